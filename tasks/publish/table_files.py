"""The files of the tables in a snapshot."""

from pathlib import Path

import polars as pl

from quotidian.tasks.tables.catalog import Table
from quotidian.tasks.tables.parquet import arrow_schema, write_plain

from .snapshot import FileEntry, hash_file, is_whole, link_file


def file_path(table: Table, portion: str | None) -> str:
    """Path of a table's file below the snapshot."""
    return f"{table.name}/{portion if table.by_day else 'part-0'}.parquet"


def write_rows(building: Path, before: Path | None, table: Table, portion: str | None, rows: pl.DataFrame) -> FileEntry:
    """Write the rows of a table (of a portion); where the snapshot before has the same bytes, link to its file."""
    relative = file_path(table, portion)
    path = building / relative
    path.parent.mkdir(parents=True, exist_ok=True)
    write_plain(rows, arrow_schema(table), path)
    entry = FileEntry(relative, table.name, rows.height, path.stat().st_size, hash_file(path))
    if before is not None and is_whole(before, entry):
        path.unlink()
        link_file(building, before, entry)
    return entry
