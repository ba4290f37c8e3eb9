"""Reading a published snapshot as a sceptic: everything that its tables promise, tried on the files."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq

from quotidian.tasks.clean.cleaned import Edit
from quotidian.tasks.clean.trace import rebuild_raw
from quotidian.tasks.ingest.archive import archive_folder
from quotidian.tasks.ingest.raw_text import read_raw_text
from quotidian.tasks.ingest.settings import IngestSettings
from quotidian.tasks.tables.catalog import CATALOG, TABLES, Table
from quotidian.tasks.tables.parquet import arrow_schema

from .check_published import check_files
from .contracts import SLICES, WHOLE, ContractBroken, Keys, check_foreign_keys, check_schema, check_slices, hash_keys


def check_snapshot(snapshot: Path, data: Path, ingest: IngestSettings) -> list[str]:
    """One sentence for each promise that the snapshot breaks; empty where all is in order."""
    damaged = list(check_files(snapshot))
    if damaged:
        return damaged  # rows of damaged files prove nothing
    own = (check_metadata(snapshot), check_rows(snapshot), check_texts(snapshot))
    with_archive = (check_inputs(snapshot, data), check_rebuilding(snapshot, data, ingest))
    return [finding for findings in (*own, *with_archive) for finding in findings]


def table_files(snapshot: Path, table: Table) -> list[Path]:
    """Files of a table, by name."""
    return sorted((snapshot / table.name).rglob("*.parquet"))


def check_metadata(snapshot: Path) -> Iterator[str]:
    """Every file has the declared schema, meanings included."""
    for table in CATALOG:
        for path in table_files(snapshot, table):
            if not pq.read_schema(path).equals(arrow_schema(table), check_metadata=True):
                yield f"{path.relative_to(snapshot)} has another schema than {table.name} declares"


def read_table(snapshot: Path, table: Table, columns: list[str] | None = None) -> pl.DataFrame:
    """All rows of a table."""
    return pl.read_parquet(table_files(snapshot, table), columns=columns, hive_partitioning=False)


def check_rows(snapshot: Path) -> Iterator[str]:
    """Types, rules, keys and foreign keys of every table."""
    targets = {target for table in CATALOG for target in table.foreign_keys.values()}
    keys: Keys = {
        (name, key): hash_keys(read_table(snapshot, TABLES[name], [key])[key]) for name, key in sorted(targets)
    }
    for table in CATALOG:
        rows = read_table(snapshot, table)
        for check in (partial(check_schema, table, rows), partial(check_foreign_keys, table, rows, keys)):
            try:
                check()
            except ContractBroken as error:
                yield str(error)


def check_texts(snapshot: Path) -> Iterator[str]:
    """Every text is the slice of its body, headline or caption that its offsets say."""
    for path in table_files(snapshot, TABLES["articles"]):
        place = f"{path.parent.name}/{path.name}"
        texts = [
            pl.read_parquet(snapshot / held / place, columns=[*columns], hive_partitioning=False)
            for held, columns in WHOLE.items()
        ]
        for name in SLICES:
            rows = pl.read_parquet(snapshot / name / place, hive_partitioning=False)
            try:
                check_slices(name, rows, *texts)
            except ContractBroken as error:
                yield str(error)


def check_inputs(snapshot: Path, data: Path) -> Iterator[str]:
    """No input is both article and reject, and every one of them is archived."""
    articles = read_table(snapshot, TABLES["articles"], ["input_id"])
    rejects = read_table(snapshot, TABLES["rejects"], ["input_id"])
    both = articles.join(rejects, on="input_id").height
    if both:
        yield f"{both} inputs are both article and reject"
    archived = archive_folder(data).scan("input_id").collect()
    lost = pl.concat([articles, rejects]).join(archived, on="input_id", how="anti").height
    if lost:
        yield f"{lost} inputs of the snapshot are not archived"


def check_rebuilding(snapshot: Path, data: Path, ingest: IngestSettings) -> Iterator[str]:
    """Body and edits rebuild the raw text of the archived input."""
    archive, located = archive_folder(data), archive_folder(data).locate()
    for path in table_files(snapshot, TABLES["articles"]):
        articles = pl.read_parquet(path, columns=["article_id", "input_id", "body"], hive_partitioning=False)
        edits = pl.read_parquet(snapshot / "edits" / path.parent.name / path.name, hive_partitioning=False)
        by_article = {key: rows.sort("edit_index") for (key,), rows in edits.group_by("article_id")}
        inputs = archive.read(located.join(articles, on="input_id", how="semi")).join(articles, on="input_id")
        for row in inputs.iter_rows(named=True):
            raw = read_raw_text(row["payload"], row["media_type"], ingest)
            if rebuild_raw(row["body"], list_edits(by_article.get(row["article_id"]))) != raw:
                yield f"article {row['article_id']}: body and edits do not rebuild the raw text"


def list_edits(rows: pl.DataFrame | None) -> list[Edit]:
    """The edits of one article as the clean room makes them."""
    if rows is None:
        return []
    return [Edit(**row) for row in rows.drop("article_id", "edit_index", "day").iter_rows(named=True)]
