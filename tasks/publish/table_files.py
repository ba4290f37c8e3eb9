"""The files of the tables in a snapshot."""

from pathlib import Path

import polars as pl

from quotidian.tasks.tables.catalog import Table
from quotidian.tasks.tables.parquet import arrow_schema, write_plain

from .portions import count_bits, read_bits
from .snapshot import FileEntry, hash_file, is_whole, link_file

PART_ROWS = 100_000
"""Rows that a file of a table without days has at most on average: 10 MB or less, so that what changes of a large table is written, and not all of it."""
HASH = r"^(?:[a-z]+_)?([0-9a-f]{12})"
"""The hash that a key begins with."""


def file_path(table: Table, portion: str) -> str:
    """Path of a table's file below the snapshot; `portion` is that of a day, or the part of a table without days."""
    return f"{table.name}/{portion}.parquet"


def cut_parts(table: Table, rows: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """Part of a table without days -> its rows, in their order.

    A large one is cut into 2, 4, 8 … parts by the first bits of its key, which is a hash but in ledger and quality: one more row changes one part, but
    where the number of parts doubles.
    """
    bits = count_bits(rows.height, PART_ROWS)
    part = read_bits(pl.col(table.key[0]).str.extract(HASH), pl.lit(bits, pl.Int64))
    placed = rows.with_columns(part=part) if bits else rows
    if not bits or placed["part"].has_nulls():
        return {"part-0": rows}
    parts = placed.partition_by("part", as_dict=True, include_key=False)
    return {f"part-{part}": own for (part,), own in sorted(parts.items())}


def write_rows(building: Path, before: Path | None, table: Table, portion: str, rows: pl.DataFrame) -> FileEntry:
    """Write the rows of a portion or a part of a table; where the snapshot before has the same bytes, link to its file."""
    relative = file_path(table, portion)
    path = building / relative
    path.parent.mkdir(parents=True, exist_ok=True)
    write_plain(rows, arrow_schema(table), path)
    entry = FileEntry(relative, table.name, rows.height, path.stat().st_size, hash_file(path))
    if before is not None and is_whole(before, entry):
        path.unlink()
        link_file(building, before, entry)
    return entry
