"""One DuckDB file with all tables, keys, comments and views."""

from pathlib import Path

import duckdb

from quotidian.tasks.publish.snapshot import read_manifest
from quotidian.tasks.store.files import write_aside
from quotidian.tasks.tables.catalog import Table

from .definitions import (
    comment_on,
    create_table,
    define_foreign_keys,
    define_key,
    name_snapshot,
    order_tables,
    quote_name,
)
from .reading import CLOSED, hide_progress, pass_interrupts, scan_table
from .rows import Report, count_rows
from .views import define_views

OLDEST = "v1.0.0"
"""Storage that DuckDB 1.1 (2024) and later open (tried with 1.1.0 to 2.0); 1.0 stumbles over keys that 2.0 writes."""


def write_duckdb(snapshot: Path, path: Path, report: Report) -> None:
    """Write the snapshot as a DuckDB file that appears when it is whole."""
    with write_aside(path) as aside:
        log = aside.with_name(f"{aside.name}.wal")
        try:
            connected = duckdb.connect(aside, config=CLOSED | {"storage_compatibility_version": OLDEST})
            with connected as database, pass_interrupts():
                hide_progress(database)
                fill_database(database, snapshot, report)
        finally:
            log.unlink(missing_ok=True)


def fill_database(database: duckdb.DuckDBPyConnection, snapshot: Path, report: Report) -> None:
    """Make every table, view and comment."""
    for table in order_tables():
        copy_table(database, snapshot, table)
        report(table.name, count_rows(snapshot, table))
    for statement in (*name_snapshot(read_manifest(snapshot)), *define_views()):
        database.execute(statement)


def copy_table(database: duckdb.DuckDBPyConnection, snapshot: Path, table: Table) -> None:
    """Make one table with its keys and comments, and copy its rows."""
    constraints = [define_key(table), *define_foreign_keys(table, to_itself=False)]
    database.execute(create_table(table, constraints=constraints))
    columns = ", ".join(quote_name(column) for column in table.schema.column_names())
    database.execute(f"INSERT INTO {quote_name(table.name)} SELECT {columns} FROM {scan_table(snapshot, table)}")
    for statement in comment_on(table):
        database.execute(statement)
