"""The files of the tables in a snapshot."""

import re
from pathlib import Path

import polars as pl

from quotidian.tasks.tables.catalog import Table
from quotidian.tasks.tables.parquet import arrow_schema, write_plain

from .portions import count_bits
from .snapshot import FileEntry, hash_file, is_whole, link_file

PART_ROWS = 100_000
"""Rows that a file of a table without days has at most on average: 10 MB or less, so that what changes of a large table is written, and not all of it."""
HASH_DIGITS = 12
HASH = re.compile(rf"(?:[a-z]+_)?(?=[0-9a-f]{{{HASH_DIGITS}}})")
"""What may stand before the hash that a key begins with."""


def file_path(table: Table, portion: str) -> str:
    """Path of a table's file below the snapshot; `portion` is that of a day, or the part of a table without days."""
    return f"{table.name}/{portion}.parquet"


def cut_parts(table: Table, rows: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """Part of a table without days -> its rows, in their order.

    A large one is cut into 2, 4, 8 … parts by the first bits of its key, which is a hash but in ledger and quality: one more row changes one part, but
    where the number of parts doubles.
    """
    bits = count_bits(rows.height, PART_ROWS)
    hashes = read_hashes(rows[table.key[0]]) if bits else None
    if hashes is None or hashes.has_nulls():
        return {"part-0": rows}
    placed = rows.with_columns(part=hashes // 2 ** (4 * HASH_DIGITS - bits))
    parts = placed.partition_by("part", as_dict=True, include_key=False)
    return {f"part-{part}": own for (part,), own in sorted(parts.items())}


def read_hashes(keys: pl.Series) -> pl.Series:
    """The hashes that keys begin with, as numbers, which sort ten times as fast; null where a key does not begin as the first does."""
    found = HASH.match(keys.first() or "")
    if found is None:
        return pl.repeat(None, len(keys), dtype=pl.Int64, eager=True)
    digits = keys.str.slice(found.end(), HASH_DIGITS).str.to_integer(base=16, dtype=pl.Int64, strict=False)
    return digits.set(~keys.str.starts_with(found.group()), None)


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
