"""SQL that makes the published tables in another database, from their declarations: types, keys, comments."""

import json
from graphlib import TopologicalSorter

import dataframely as dy

from quotidian.tasks.tables.catalog import CATALOG, TABLES, Table

TYPES = {
    "String": "TEXT",
    "Int32": "INTEGER",
    "Int64": "BIGINT",
    "Float64": "DOUBLE PRECISION",
    "Bool": "BOOLEAN",
    "Date": "DATE",
    "Datetime": "TIMESTAMP WITH TIME ZONE",
}
"""Standard SQL that DuckDB, PostgreSQL and SQLite all take."""
SNAPSHOT = "snapshot"
"""A table of one row beside the published ones: which snapshot this is."""


def quote_name(*parts: str) -> str:
    """A name as SQL takes it, whatever it is: "schema"."table"."""
    return ".".join('"' + part.replace('"', '""') + '"' for part in parts)


def quote_text(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def order_tables() -> list[Table]:
    """The tables, each after those that it points to."""
    targets = {t.name: {target for target, _ in t.foreign_keys.values()} - {t.name} for t in CATALOG}
    return [TABLES[name] for name in TopologicalSorter(targets).static_order()]


def define_column(name: str, column: dy.Column) -> str:
    """Name, type and nullability."""
    return f"{quote_name(name)} {TYPES[type(column).__name__]}{'' if column.nullable else ' NOT NULL'}"


def define_key(table: Table) -> str:
    """The primary key as a constraint."""
    return f"PRIMARY KEY ({', '.join(quote_name(column) for column in table.key)})"


def define_foreign_keys(table: Table, *schema: str, to_itself: bool = True) -> list[str]:
    """The foreign keys as constraints; DuckDB cannot check those of a table `to_itself` while it is loaded."""
    return [
        f"FOREIGN KEY ({quote_name(column)}) REFERENCES {quote_name(*schema, target)} ({quote_name(key)})"
        for column, (target, key) in table.foreign_keys.items()
        if to_itself or target != table.name
    ]


def create_table(table: Table, *schema: str, constraints: list[str]) -> str:
    """CREATE TABLE with the declared columns."""
    columns = [define_column(name, column) for name, column in table.schema.columns().items()]
    return f"CREATE TABLE {quote_name(*schema, table.name)} ({', '.join([*columns, *constraints])})"


def name_snapshot(manifest: dict, *schema: str) -> list[str]:
    """CREATE TABLE and INSERT: which snapshot, inputs ever archived, versions of rooms and libraries as JSON."""
    name, inputs = quote_name(*schema, SNAPSHOT), manifest.get("inputs")
    values = (
        quote_text(manifest["snapshot"]),
        "NULL" if inputs is None else str(inputs),
        quote_text(json.dumps(manifest["versions"])),
    )
    return [
        f"CREATE TABLE {name} (snapshot TEXT NOT NULL, inputs BIGINT, versions TEXT NOT NULL)",
        f"INSERT INTO {name} VALUES ({', '.join(values)})",
    ]


def explain_column(column: dy.Column) -> str:
    """Meaning and unit of a column."""
    unit = (column.metadata or {}).get("unit")
    return f"{column.description} Unit: {unit}." if unit else column.description or ""


def explain_table(table: Table) -> str:
    """What one row is, its key, and the keys of other tables that it holds."""
    key = f"Key: {', '.join(table.key)}."
    links = [f"{column} is {target}.{other}" for column, (target, other) in table.foreign_keys.items()]
    return " ".join([table.meaning, key, *([f"{', '.join(links)}."] if links else [])])


def comment_on(table: Table, *schema: str) -> list[str]:
    """COMMENT ON for the table and every column."""
    name = quote_name(*schema, table.name)
    columns = [
        f"COMMENT ON COLUMN {name}.{quote_name(column)} IS {quote_text(explain_column(declared))}"
        for column, declared in table.schema.columns().items()
    ]
    return [f"COMMENT ON TABLE {name} IS {quote_text(explain_table(table))}", *columns]
