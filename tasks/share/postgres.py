"""A schema of a PostgreSQL database with all tables, keys, indexes, comments and views, replaced in one transaction.

The schema is built beside the one that readers see and takes its place in a rename at the end: they see all of one
snapshot or all of another. Rights that were granted on it pass to the new one, and views elsewhere that read it are made again.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pyarrow as pa
import pyarrow.compute as pc

from quotidian.tasks.publish.snapshot import read_manifest
from quotidian.tasks.store.errors import QuotidianError
from quotidian.tasks.tables.catalog import CATALOG, Table

from .cells import is_text
from .definitions import (
    SNAPSHOT,
    comment_on,
    create_table,
    define_foreign_keys,
    define_key,
    name_snapshot,
    order_tables,
    quote_name,
    quote_text,
)
from .extras import import_extra
from .postgres_swap import is_there, list_dependents, list_grants, require_own_schema, run_together
from .rows import Report, read_table
from .views import define_views, read_views

BUILDING = "_loading"
OWN = "Quotidian snapshot "
"""How the comment of a schema begins that an export made; only such a one is ever replaced."""
LOCK_SECONDS = 60
"""How long an export waits for queries that read the old tables."""
LOCK_TURN = 0.5
"""Seconds of one wait: less than the second after which PostgreSQL looks for deadlocks (deadlock_timeout)."""
HELD = ("lock_not_available", "deadlock_detected")
"""PostgreSQL's names of a lock that was not given in time, and of a deadlock."""


class PostgresFailed(QuotidianError):
    """PostgreSQL refused, or cannot be reached."""


def write_postgres(snapshot: Path, address: str, schema: str, report: Report) -> None:
    """Replace `schema` by the tables of `snapshot`; on any error the database stays as it was.

    Raises PostgresFailed with what PostgreSQL says, and where the schema holds things that no export made.
    """
    with connect(address) as cursor:
        cursor.execute(f"SELECT pg_advisory_xact_lock(hashtext({quote_text(OWN + schema)}))")
        require_own_schema(cursor, schema, OWN)
        build_schema(cursor, snapshot, schema + BUILDING, report)
        swap_schema(cursor, schema)


@contextmanager
def connect(address: str) -> Iterator[Any]:
    """Yield a cursor in a transaction that is committed at the end."""
    driver = import_extra("adbc_driver_postgresql.dbapi", "postgres")
    try:
        with driver.connect(address) as connection, connection.cursor() as cursor:
            cursor.execute("SET LOCAL search_path = ''")  # definitions of views come with the names of their schemas
            yield cursor
            connection.commit()
    except driver.Error as error:
        raise PostgresFailed(f"{hide_password(address)}: {describe_refusal(error, address)}.") from None


def describe_refusal(error: Exception, address: str) -> str:
    """What PostgreSQL said, in one line and without the password."""
    words = " ".join(str(error).split()).replace(address, hide_password(address))
    return words.rstrip(".?")


def hide_password(address: str) -> str:
    """The address without the password."""
    parts = urlsplit(address)
    if parts.password is None:
        return address
    return urlunsplit(parts._replace(netloc=parts.netloc.replace(f":{parts.password}@", ":***@")))


def build_schema(cursor: Any, snapshot: Path, schema: str, report: Report) -> None:
    """Make all tables in a new schema: rows first, then keys and indexes, which is faster."""
    manifest = read_manifest(snapshot)
    cursor.execute(f"CREATE SCHEMA {quote_name(schema)}")
    for table in order_tables():
        copy_table(cursor, snapshot, table, schema, report)
    for table in order_tables():
        for statement in (*link_table(table, schema), *comment_on(table, schema)):
            cursor.execute(statement)
    for statement in name_snapshot(manifest, schema):
        cursor.execute(statement)
    cursor.execute(f"COMMENT ON SCHEMA {quote_name(schema)} IS {quote_text(OWN + manifest['snapshot'])}")
    create_views(cursor, schema)


def copy_table(cursor: Any, snapshot: Path, table: Table, schema: str, report: Report) -> None:
    """Make one table with its primary key, and copy its rows."""
    cursor.execute(create_table(table, schema, constraints=[]))
    rows = read_table(snapshot, table, report)
    storable = pa.RecordBatchReader.from_batches(rows.schema, (replace_nul(batch) for batch in rows))
    cursor.adbc_ingest(table.name, storable, mode="append", db_schema_name=schema)
    cursor.execute(f"ALTER TABLE {quote_name(schema, table.name)} ADD {define_key(table)}")
    cursor.execute(f"ANALYZE {quote_name(schema, table.name)}")


def replace_nul(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Texts with U+FFFD for the character NUL, which PostgreSQL cannot store; offsets stay true."""
    columns = [pc.replace_substring(c, "\0", "\ufffd") if is_text(c.type) else c for c in batch.columns]
    return pa.RecordBatch.from_arrays(columns, schema=batch.schema)


def link_table(table: Table, schema: str) -> Iterator[str]:
    """Foreign keys, and an index on each of their columns: what people join by."""
    name = quote_name(schema, table.name)
    for constraint in define_foreign_keys(table, schema):
        yield f"ALTER TABLE {name} ADD {constraint}"
    for column in table.foreign_keys:
        if column != table.key[0]:
            yield f"CREATE INDEX ON {name} ({quote_name(column)})"


def create_views(cursor: Any, schema: str) -> None:
    """Make the saved views over the tables of the schema."""
    cursor.execute(f"SET LOCAL search_path = {quote_name(schema)}")
    for statement in define_views(schema):
        cursor.execute(statement)
    cursor.execute("SET LOCAL search_path = ''")


def swap_schema(cursor: Any, schema: str) -> None:
    """Put the built schema in the place of the one before, with its rights and the views that read it.

    The old tables go when no query reads them. Locks are waited for in short turns and given back between them, so
    that a reader who holds one table and asks for the next is never taken for a deadlock.
    """
    turns = int(LOCK_SECONDS / LOCK_TURN)
    cursor.execute(f"SET LOCAL lock_timeout = {int(LOCK_TURN * 1000)}")
    for turn in range(1, turns + 1):
        cursor.execute(run_together(replace_schema(cursor, schema), () if turn == turns else HELD))
        if not is_there(cursor, schema + BUILDING):
            return
        time.sleep(LOCK_TURN / 2)


def replace_schema(cursor: Any, schema: str) -> list[str]:
    """Statements that replace the schema by the built one."""
    own = [*(table.name for table in CATALOG), SNAPSHOT, *read_views()]
    dependents = list_dependents(cursor, schema, own)
    return [
        *list_grants(cursor, schema, schema + BUILDING, own),
        f"DROP SCHEMA IF EXISTS {quote_name(schema)} CASCADE",
        f"ALTER SCHEMA {quote_name(schema + BUILDING)} RENAME TO {quote_name(schema)}",
        *dependents,
    ]
