"""Parquet files: one record a row."""

from collections.abc import Iterator
from typing import IO, Any

from .archive import Input
from .records import read_record, write_record
from .settings import IngestSettings
from .streams import Budget, SourceBroken, describe

# Rows in memory at a time: at the default limit of a record at most 128 MB.
ROWS_A_BATCH = 64


def read_parquet(file: IO[bytes], name: str, settings: IngestSettings, budget: Budget) -> Iterator[Input]:
    """One input for each row, stored as a JSON object of its columns that hold words, numbers, dates or lists of words."""
    number = 0
    for rows in read_batches(file, name):
        for row in rows:
            number += 1
            payload = write_record({column: value for column, value in row.items() if value is not None})
            budget.spend(len(payload), name)
            yield read_record(payload, name, number, f"row {number}", settings)


def read_batches(file: IO[bytes], name: str) -> Iterator[list[dict[str, Any]]]:
    """Rows, some at a time; raises SourceBroken."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.ParquetFile(file)
        columns = [field.name for field in table.schema_arrow if is_plain(field.type)]
        for batch in table.iter_batches(ROWS_A_BATCH, columns=columns, use_threads=False):
            yield write_moments(batch).to_pylist()
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        raise SourceBroken(name, "damaged", describe(error)) from None


def write_moments(batch: Any) -> Any:
    """Dates and times in words, so that one which Python cannot hold does not end the file."""
    from pyarrow import compute, string, types

    for index, field in enumerate(batch.schema):
        if types.is_temporal(field.type):
            batch = batch.set_column(index, field.name, compute.cast(batch.column(index), string()))
    return batch


def is_plain(type_: Any) -> bool:
    """Whether a column can hold a field of an article: no structs, bytes or vectors of numbers."""
    from pyarrow import types

    if types.is_list(type_) or types.is_large_list(type_):
        type_ = type_.value_type
        return types.is_string(type_) or types.is_large_string(type_)
    if types.is_dictionary(type_):
        type_ = type_.value_type
    return not (types.is_nested(type_) or types.is_binary(type_) or types.is_large_binary(type_))
