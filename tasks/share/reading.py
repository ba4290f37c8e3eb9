"""One snapshot as a DuckDB database that can be read and nothing else."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from quotidian.tasks.tables.catalog import CATALOG, Table

from .definitions import quote_name, quote_text
from .views import read_views

CLOSED = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
}
"""Nothing is downloaded to answer a question."""


@contextmanager
def open_snapshot(snapshot: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a database in memory whose views are the tables of `snapshot` and the saved views.

    Times are UTC. No other
    file, no network and no extension can be reached, and no setting changed.
    """
    connected = duckdb.connect(":memory:", config=CLOSED)
    with TemporaryDirectory(prefix="quotidian-") as spill, connected as database, pass_interrupts():
        for table in CATALOG:
            database.execute(f"CREATE VIEW {quote_name(table.name)} AS SELECT * FROM {scan_table(snapshot, table)}")
        for name, query in read_views().items():
            database.execute(f"CREATE VIEW {quote_name(name)} AS {query}")
        database.execute("SET TimeZone = 'UTC'")
        hide_progress(database)
        database.execute(f"SET temp_directory = {quote_text(spill)}")
        database.execute(f"SET allowed_directories = [{quote_text(f'{snapshot}/')}, {quote_text(f'{spill}/')}]")
        database.execute("SET enable_external_access = false")
        database.execute("SET lock_configuration = true")
        yield database


def hide_progress(database: duckdb.DuckDBPyConnection) -> None:
    """Nothing but the answer goes to standard output. In a Jupyter without ipywidgets DuckDB shows no progress, and refuses to be told."""
    with suppress(duckdb.InvalidInputException):
        database.execute("SET enable_progress_bar = false")


@contextmanager
def pass_interrupts() -> Iterator[None]:
    """Ctrl-C during a query as what it is: DuckDB tells of it by another error."""
    try:
        yield
    except (RuntimeError, duckdb.InterruptException) as error:
        if "interrupted" not in str(error).lower():
            raise
        raise KeyboardInterrupt from None


def scan_table(snapshot: Path, table: Table) -> str:
    """The files of a table as SQL."""
    files = quote_text(f"{snapshot}/{table.name}/{'*/' * table.by_day}*.parquet")
    return f"read_parquet({files}, hive_partitioning = false)"
