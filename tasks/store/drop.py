"""Taking rows out of the store, where people ask for it: results to be made again, and take-downs."""

import io
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from .file_format import FORMAT
from .files import write_aside
from .work import hash_bytes


def list_files(folder: Path) -> list[Path]:
    """The whole files of a folder of the store, by name."""
    return sorted(path for path in folder.glob("*.parquet") if not path.name.startswith("."))


def drop_rows(folder: Path, column: str, values: pl.Series) -> int:
    """Take the rows whose `column` has one of `values` out of every file of a folder; return how many there were.

    What is left of a file is on the disk, under the name that its new bytes have, before the old file goes: a
    killed process leaves rows twice, never none. The schema of the files does not matter.
    """
    if values.is_empty():
        return 0
    return sum(drop_from(path, column, values) for path in list_files(folder))


def drop_from(path: Path, column: str, values: pl.Series) -> int:
    """The same for one file."""
    dropped = pl.read_parquet(path, columns=[column])[column].is_in(values.implode()).fill_null(False)
    if not dropped.any():
        return 0
    rest = pq.read_table(path).filter(pa.array((~dropped).to_list()))
    if rest.num_rows:
        buffer = io.BytesIO()
        pq.write_table(rest, buffer, **FORMAT)
        with write_aside(path.with_name(f"{hash_bytes(buffer.getvalue())}.parquet")) as aside:
            aside.write_bytes(buffer.getvalue())
    path.unlink()
    return int(dropped.sum())
