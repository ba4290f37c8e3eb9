"""Parquet files: one record a row."""

from collections.abc import Iterator
from typing import IO, Any

from .archive import Input
from .encodings import decode_bytes
from .kinds import SNIFF_BYTES, has_controls
from .parquet_pages import list_page_sizes
from .records import fold_field, read_record, write_record
from .settings import IngestSettings
from .streams import Budget, SourceBroken, describe

# Rows in memory at a time, where pages have 1 MB or less, as writers make them: at the default limit of a record 64 MB.
MAX_ROWS = 32
# All of the rows in memory may be one value, as large as the largest page.
BATCH_BYTES = 32_000_000
MAX_PAGE_BYTES = 256_000_000
# A row's bytes, and so its id, must not depend on what settings name.
USUAL_TEXTS = frozenset(map(fold_field, ("text", "body", "content", "maintext", "html", "raw_html", "title", "url")))
MAX_THINGS = 1_000_000
"""Columns times row groups; a thousand columns in a thousand row groups."""


def read_parquet(file: IO[bytes], name: str, settings: IngestSettings, budget: Budget) -> Iterator[Input]:
    """One input for each row, stored as a JSON object of its columns that hold words, numbers, dates or lists of words."""
    number = 0
    for rows in read_batches(file, name, budget):
        for row in rows:
            number += 1
            payload = write_record({column: value for column, value in row.items() if value is not None})
            budget.spend(len(payload), name)
            yield read_record(payload, name, number, f"row {number}", settings)


def read_batches(file: IO[bytes], name: str, budget: Budget) -> Iterator[list[dict[str, Any]]]:
    """Rows, some at a time; raises SourceBroken."""
    import pyarrow as pa

    try:
        table = open_table(file, budget)
        columns = [field.name for field in table.schema_arrow if is_plain(field.type) or is_text_in_bytes(field)]
        largest = measure_pages(file, table.metadata, columns, name, budget)
        count = max(1, min(MAX_ROWS, BATCH_BYTES // max(1, largest)))
        for batch in table.iter_batches(count, columns=columns, use_threads=False):
            check_lists(batch, name)
            yield [
                {name: decode_value(value) for name, value in row.items()} for row in write_moments(batch).to_pylist()
            ]
    except (pa.ArrowException, OSError, ValueError, OverflowError, MemoryError) as error:
        raise SourceBroken(name, "damaged", describe(error)) from None


def open_table(file: IO[bytes], budget: Budget) -> Any:
    """The file, its lists of words by the places of the words in a dictionary: one word may be repeated in them without end."""
    import pyarrow.parquet as pq

    most = min(MAX_THINGS, max(1_000, budget.whole))
    metadata = pq.ParquetFile(file, thrift_container_size_limit=most).metadata
    lists = [column.path for column in map(metadata.schema.column, range(metadata.num_columns)) if "." in column.path]
    return pq.ParquetFile(file, metadata=metadata, read_dictionary=lists, thrift_container_size_limit=most)


def measure_pages(file: IO[bytes], metadata: Any, columns: list[str], name: str, budget: Budget) -> int:
    """Bytes of the largest page of the columns; raises SourceBroken where they unpack to more than the file may."""
    wanted, total, largest = set(columns), 0, 0
    for group in map(metadata.row_group, range(metadata.num_row_groups)):
        for chunk in map(group.column, range(group.num_columns)):
            if chunk.path_in_schema.partition(".")[0] in wanted:
                for size in list_page_sizes(file, chunk):
                    total, largest = total + size, max(largest, size)
                    budget.check(total, name)
    if largest > MAX_PAGE_BYTES:
        raise SourceBroken(name, "too_large", f"a page of {largest} bytes, more than {MAX_PAGE_BYTES}")
    file.seek(0)
    return largest


def check_lists(batch: Any, name: str) -> None:
    """Raise SourceBroken where lists of words hold more than a batch may; arrays of a dictionary show that before they are unpacked."""
    from pyarrow import types

    for column in batch.columns:
        if types.is_list(column.type) or types.is_large_list(column.type):
            words = column.flatten()
            size = measure_words(words)
            if max(size, len(words)) > BATCH_BYTES:
                detail = f"lists in {len(column)} rows hold {size} bytes, more than {BATCH_BYTES}"
                raise SourceBroken(name, "too_large", detail)


def measure_words(words: Any) -> int:
    """Bytes that an array has when its words are unpacked from their dictionary; of objects, those of all fields."""
    from pyarrow import compute, types

    if types.is_struct(words.type):
        return sum(map(measure_words, words.flatten()))
    if not types.is_dictionary(words.type):
        return words.nbytes
    return compute.sum(compute.binary_length(words.dictionary).take(words.indices)).as_py() or 0


def write_moments(batch: Any) -> Any:
    """Dates and times in words, so that one which Python cannot hold does not end the file."""
    from pyarrow import compute, string, types

    for index, field in enumerate(batch.schema):
        if types.is_temporal(field.type):
            batch = batch.set_column(index, field.name, compute.cast(batch.column(index), string()))
    return batch


def is_plain(type_: Any) -> bool:
    """Whether a column can hold a field of an article: words, numbers, moments, lists of words, objects of words and numbers."""
    from pyarrow import types

    if types.is_list(type_) or types.is_large_list(type_):
        return is_words(type_.value_type) or is_object(type_.value_type)
    if types.is_dictionary(type_):
        type_ = type_.value_type
    is_bytes = (types.is_binary, types.is_large_binary, types.is_fixed_size_binary, types.is_binary_view)
    return is_object(type_) or not (types.is_nested(type_) or any(test(type_) for test in is_bytes))


def is_text_in_bytes(field: Any) -> bool:
    """Whether a column of bytes has a usual name of a text, as writers that know no text have it."""
    from pyarrow import types

    return (types.is_binary(field.type) or types.is_large_binary(field.type)) and fold_field(field.name) in USUAL_TEXTS


def decode_value(value: Any) -> Any:
    """A value, the text of bytes; None for those of no text."""
    if not isinstance(value, bytes):
        return value
    return None if has_controls(value[:SNIFF_BYTES]) else decode_bytes(value)


def is_words(type_: Any) -> bool:
    """Whether a type is text."""
    from pyarrow import types

    type_ = type_.value_type if types.is_dictionary(type_) else type_
    return types.is_string(type_) or types.is_large_string(type_)


def is_object(type_: Any) -> bool:
    """Whether a type is a struct of texts and numbers, such as {"id": 1, "name": "The Post"}."""
    from pyarrow import types

    return types.is_struct(type_) and all(
        is_words(field.type) or types.is_integer(field.type) or types.is_boolean(field.type) for field in type_
    )
