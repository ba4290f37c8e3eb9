"""A question in SQL: what may be asked, its answer in batches, and what was wrong with it in one sentence."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa
from duckdb import StatementType

from quotidian.tasks.store.errors import UsageError
from quotidian.tasks.tables.catalog import TABLES

from .views import read_views

BATCH_ROWS = 10_000
EXPLAIN = re.compile(r"explain\b", re.IGNORECASE)


class QueryRefused(UsageError):
    """The SQL cannot be run as it stands."""


@dataclass(frozen=True)
class Answer:
    """The rows of an answer in batches, read as they are needed, with their columns in `schema`."""

    schema: pa.Schema
    batches: Iterator[pa.RecordBatch]


def run_query(database: duckdb.DuckDBPyConnection, sql: str, values: dict[str, Any] | None = None) -> Answer:
    """Ask one question. Raises QueryRefused, then or while the batches are read, where the SQL is wrong or no question."""
    try:
        require_question(sql)
        reader = database.sql(sql, params=values or None).to_arrow_reader(BATCH_ROWS)
    except duckdb.InterruptException:
        raise
    except duckdb.Error as error:
        raise QueryRefused(explain_mistake(error, sql)) from None
    return Answer(reader.schema, read_batches(reader, sql))


def read_batches(reader: pa.RecordBatchReader, sql: str) -> Iterator[pa.RecordBatch]:
    """The batches of an answer; what fails on the way is told like what fails at once."""
    try:
        yield from reader
    except (duckdb.Error, pa.ArrowException, OSError) as error:
        if "interrupted" in str(error).lower():
            raise KeyboardInterrupt from None
        raise QueryRefused(explain_mistake(error, sql)) from None


def require_question(sql: str) -> None:
    """Raise QueryRefused unless `sql` is one statement that only reads."""
    statements = duckdb.extract_statements(sql)
    if len(statements) != 1:
        raise QueryRefused(f"Give one SQL statement, not {len(statements)}.")
    if statements[0].type == StatementType.MULTI:
        raise QueryRefused("Name the values that PIVOT makes columns of: PIVOT … ON kind IN ('direct', 'mixed').")
    if not only_reads(sql, statements[0].type):
        raise QueryRefused(
            "Only questions can be asked (SELECT, FROM, WITH, DESCRIBE, SUMMARIZE, EXPLAIN): a snapshot is never changed."
        )


def only_reads(sql: str, kind: StatementType) -> bool:
    """Whether a statement is a question or explains one without running anything else."""
    if kind == StatementType.EXPLAIN:
        explained = EXPLAIN.split(sql, maxsplit=1)[1]
        return [s.type for s in duckdb.extract_statements(explained)] == [StatementType.SELECT]
    return kind == StatementType.SELECT


def explain_mistake(error: Exception, sql: str) -> str:
    """What DuckDB says, in one sentence, with the tables or columns that there are."""
    said = str(error).split("\n\nLINE ")[0]
    words = re.sub(r"^(\w+ )+Error: ", "", " ".join(said.split())).replace("!", ";").rstrip(".;?")
    return f"The SQL cannot be run: {words}.{hint_names(error, sql)}"


def hint_names(error: Exception, sql: str) -> str:
    """The tables where a table is unknown, the columns of the tables in the SQL where a column is."""
    if isinstance(error, duckdb.CatalogException) and "Table with name" in str(error):
        return f" Tables and views: {', '.join([*TABLES, *read_views()])}."
    if isinstance(error, duckdb.BinderException):
        named = [name for name in TABLES if re.search(rf"\b{name}\b", sql, re.IGNORECASE)]
        return "".join(f" Columns of {name}: {', '.join(TABLES[name].schema.column_names())}." for name in named)
    return ""
