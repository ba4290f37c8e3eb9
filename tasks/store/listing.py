"""A listing of a work folder: what its files have in a few short columns, gathered in few files, so that no run opens them all.

A part of the listing is named by the hash of its bytes and says of each row which file it is from. Files of a work folder never change, so
what a part says of a file that is there holds. A part is thrown away where its bytes are others than its name says, a file of which
it tells is gone, or the columns are others; what no part tells is read from the files. The whole listing may be deleted.
"""

import io
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import polars as pl

from .files import write_aside

SUFFIX = ".listing"
MIN_FILES = 16
"""Files up to which no listing is written: to open them is soon done."""
MOST_PARTS = 8
"""Parts from which on they are made one."""


def read_listing(
    files: list[Path],
    schema: dict[str, pl.DataType],
    read: Callable[[list[Path]], pl.DataFrame],
    name: Callable,
    wanted: pl.Expr | None = None,
) -> pl.DataFrame:
    """The columns of `schema` and `file` of all rows of some files of one folder, or of those that are `wanted`: all files there are. `read`
    reads them from files, `name` hashes bytes."""
    folder, there = files[0].parent, {path.name for path in files}
    found = {path: part for path in find_parts(folder) if (part := read_part(path, schema, name)) is not None}
    told = {path: set(part["file"].unique()) for path, part in found.items()}
    listed = {path: part for path, part in found.items() if told[path] <= there}
    with suppress(OSError):  # who may only read leaves them
        for path in set(find_parts(folder)) - listed.keys():
            path.unlink(missing_ok=True)
    known = {file for path in listed for file in told[path]}
    fresh = [path for path in files if path.name not in known]
    rows = list(listed.values())
    if fresh:
        rows.append(read(fresh).with_columns(pl.col("file").str.slice(len(str(folder)) + 1)))
    if fresh and len(files) > MIN_FILES:
        is_full = len(listed) >= MOST_PARTS
        with suppress(OSError):
            write_part(folder, pl.concat(rows) if is_full else rows[-1], name)
            for path in listed if is_full else ():
                path.unlink(missing_ok=True)
    chosen = rows if wanted is None else [part.filter(wanted) for part in rows]
    return pl.concat(chosen).with_columns(file=pl.lit(f"{folder}{os.sep}") + pl.col("file"))


def find_parts(folder: Path) -> list[Path]:
    """The parts of the listing of a folder."""
    return sorted(folder.glob(f".*{SUFFIX}"))


def read_part(path: Path, schema: dict[str, pl.DataType], name: Callable) -> pl.DataFrame | None:
    """The rows of a part, with the names of their files; None where it is of no use."""
    with suppress(OSError, pl.exceptions.PolarsError):
        words = path.read_bytes()
        if path.name != f".{name(words)}{SUFFIX}":
            return None
        part = pl.read_parquet(io.BytesIO(words))
        return part if part.schema == pl.Schema({**schema, "file": pl.String}) else None
    return None


def write_part(folder: Path, rows: pl.DataFrame, name: Callable) -> None:
    """Write a part."""
    buffer = io.BytesIO()
    rows.write_parquet(buffer, compression="lz4")
    with write_aside(folder / f".{name(buffer.getvalue())}{SUFFIX}") as aside:
        aside.write_bytes(buffer.getvalue())


def remove_listings(folder: Path) -> None:
    """Remove all listings below a folder."""
    for path in folder.rglob(f".*{SUFFIX}"):
        path.unlink(missing_ok=True)
