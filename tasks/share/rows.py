"""Rows of a snapshot's tables, in batches, as other databases take them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from quotidian.tasks.tables.catalog import Table
from quotidian.tasks.tables.parquet import arrow_schema, read_rows

BATCH_ROWS = 20_000

Report = Callable[[str, int], None]
"""Is told of which table how many more rows are written."""


def table_files(snapshot: Path, table: Table) -> list[Path]:
    """Files of a table, by name."""
    return sorted((snapshot / table.name).rglob("*.parquet"))


def count_rows(snapshot: Path, table: Table) -> int:
    """Rows of a table, from the footers of its files."""
    return sum(read_rows(path) for path in table_files(snapshot, table))


def read_table(snapshot: Path, table: Table, report: Report) -> pa.RecordBatchReader:
    """All rows of a table in its declared types, read as they are needed."""

    def batches() -> Iterator[pa.RecordBatch]:
        for path in table_files(snapshot, table):
            for batch in pq.ParquetFile(path).iter_batches(BATCH_ROWS):
                yield batch
                report(table.name, batch.num_rows)

    return pa.RecordBatchReader.from_batches(arrow_schema(table), batches())
