"""One SQLite file with all tables, keys and views; dates and times are ISO texts in UTC."""

import sqlite3
from contextlib import closing
from pathlib import Path

from quotidian.tasks.publish.snapshot import read_manifest
from quotidian.tasks.store.files import write_aside
from quotidian.tasks.tables.catalog import Table

from .cells import plain_value
from .definitions import (
    create_table,
    define_foreign_keys,
    define_key,
    name_snapshot,
    order_tables,
    quote_name,
)
from .rows import Report, read_table
from .views import define_views


def write_sqlite(snapshot: Path, path: Path, report: Report) -> None:
    """Write the snapshot as an SQLite file that appears when it is whole."""
    with write_aside(path) as aside:
        loose = aside.with_name(f"{aside.name}.loose")
        try:
            with closing(sqlite3.connect(loose, isolation_level=None)) as database:
                fill_database(database, snapshot, report)
                database.execute("VACUUM INTO ?", [str(aside)])  # pages filled in the order of keys are a sixth fewer
        finally:
            loose.unlink(missing_ok=True)


def fill_database(database: sqlite3.Connection, snapshot: Path, report: Report) -> None:
    """Make every table and view."""
    database.execute("PRAGMA journal_mode = OFF")  # the file is nobody's yet
    database.execute("BEGIN")
    for table in order_tables():
        copy_table(database, snapshot, table, report)
    for statement in (*name_snapshot(read_manifest(snapshot)), *define_views(is_commented=False)):
        database.execute(statement)
    database.execute("COMMIT")


def copy_table(database: sqlite3.Connection, snapshot: Path, table: Table, report: Report) -> None:
    """Make one table with its keys, and copy its rows. They lie in the order of the key, so that no index holds it once more."""
    made = create_table(table, constraints=[define_key(table), *define_foreign_keys(table)])
    database.execute(f"{made} WITHOUT ROWID")
    marks = ", ".join("?" * len(table.schema.column_names()))
    for batch in read_table(snapshot, table, report):
        rows = zip(*(map(plain_value, column.to_pylist()) for column in batch.columns), strict=True)
        database.executemany(f"INSERT INTO {quote_name(table.name)} VALUES ({marks})", rows)
