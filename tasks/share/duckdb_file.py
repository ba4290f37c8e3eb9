"""One DuckDB file with all tables, comments and views, and with keys where they are asked for."""

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

STORAGE = "v1.4.0"
"""Storage that DuckDB 1.4 (2025) and later open. It packs texts, which that of 1.0 to 1.2 does not (113 MB and 158 MB of 9,808 articles); 1.3 packs them
too, but reads texts that may be null as null in files that 2.0 wrote (tried with 1.3.2), so it had better refuse the file."""


def write_duckdb(snapshot: Path, path: Path, report: Report, keys: bool = False) -> None:
    """Write the snapshot as a DuckDB file that appears when it is whole.

    keys: whether tables have primary and foreign keys. Each is an index, and they need more room than the rows.
    """
    with write_aside(path) as aside:
        log = aside.with_name(f"{aside.name}.wal")
        try:
            connected = duckdb.connect(aside, config=CLOSED | {"storage_compatibility_version": STORAGE})
            with connected as database, pass_interrupts():
                hide_progress(database)
                fill_database(database, snapshot, report, keys)
        finally:
            log.unlink(missing_ok=True)


def fill_database(database: duckdb.DuckDBPyConnection, snapshot: Path, report: Report, keys: bool) -> None:
    """Make every table, view and comment."""
    for table in order_tables():
        copy_table(database, snapshot, table, keys)
        report(table.name, count_rows(snapshot, table))
    for statement in (*name_snapshot(read_manifest(snapshot)), *define_views()):
        database.execute(statement)


def copy_table(database: duckdb.DuckDBPyConnection, snapshot: Path, table: Table, keys: bool) -> None:
    """Make one table with its comments, and copy its rows."""
    constraints = [define_key(table), *define_foreign_keys(table, to_itself=False)] if keys else []
    database.execute(create_table(table, constraints=constraints))
    columns = ", ".join(quote_name(column) for column in table.schema.column_names())
    database.execute(f"INSERT INTO {quote_name(table.name)} SELECT {columns} FROM {scan_table(snapshot, table)}")
    for statement in comment_on(table):
        database.execute(statement)
