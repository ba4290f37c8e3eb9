"""Parquet files that carry their meaning."""

import json
from functools import cache
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from quotidian.tasks.store.file_format import FORMAT, plain_type
from quotidian.tasks.store.files import write_aside

from .catalog import Table


@cache
def arrow_schema(table: Table) -> pa.Schema:
    """The table's Arrow schema, with meaning and unit of each column in its field metadata."""
    fields = []
    for plain, column in zip(pa.schema(table.schema), table.schema.columns().values(), strict=True):
        words = {"meaning": column.description or ""}
        words |= {k: v if isinstance(v, str) else json.dumps(v) for k, v in (column.metadata or {}).items()}
        fields.append(pa.field(plain.name, plain_type(plain.type), column.nullable, words))
    return pa.schema(fields, {"table": table.name, "meaning": table.meaning, "key": json.dumps(table.key)})


def write_frame(frame: pl.DataFrame, schema: pa.Schema, path: Path) -> None:
    """Write `frame` as one Parquet file with exactly `schema`, whole or not at all."""
    with write_aside(path) as aside:
        write_plain(frame, schema, aside)


def write_plain(frame: pl.DataFrame, schema: pa.Schema, path: Path) -> None:
    """The same into a folder that nobody reads yet, without flushing; the same rows give the same bytes."""
    pq.write_table(frame.select(schema.names).to_arrow().cast(schema), path, **FORMAT)


def read_rows(path: Path) -> int:
    """Number of rows of a Parquet file, from its footer."""
    return pq.read_metadata(path).num_rows
