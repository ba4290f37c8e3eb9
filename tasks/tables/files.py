"""Writing files so that a reader never sees half of one, and Parquet the same way every time."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa

ROW_GROUP_ROWS = 65_536
FORMAT = {"compression": "zstd", "compression_level": 3, "row_group_size": ROW_GROUP_ROWS, "version": "2.6"}


@contextmanager
def write_aside(path: Path) -> Iterator[Path]:
    """Yield a path beside `path`; on success flush it to disk and rename it, else remove it.

    A reader sees the old file, the new file, or none: never half of one. Leftovers of a killed process
    start with a dot and are never read.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        yield aside
        with aside.open("rb+") as file:
            os.fsync(file.fileno())
        aside.replace(path)
        flush_names(path.parent)
    finally:
        aside.unlink(missing_ok=True)


def flush_names(folder: Path) -> None:
    """Make sure that the names in a folder (or the bytes of a file) are on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)


def plain_type(type_: pa.DataType) -> pa.DataType:
    """The type that every Parquet reader knows: views and large types become plain ones."""
    if pa.types.is_string_view(type_) or pa.types.is_large_string(type_):
        return pa.string()
    if pa.types.is_binary_view(type_) or pa.types.is_large_binary(type_):
        return pa.binary()
    if pa.types.is_list(type_) or pa.types.is_large_list(type_):
        return pa.list_(plain_type(type_.value_type))
    if pa.types.is_struct(type_):
        return pa.struct([pa.field(f.name, plain_type(f.type)) for f in type_])
    return type_
