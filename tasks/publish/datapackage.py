"""`datapackage.json`: the snapshot described for any tool that reads Frictionless data packages."""

import json
from collections.abc import Collection, Sequence
from pathlib import Path

import dataframely as dy

from quotidian.tasks.tables.catalog import CATALOG, Table

from .snapshot import FileEntry

DATAPACKAGE = "datapackage.json"
FIELD_TYPES = {
    "String": "string",
    "Int32": "integer",
    "Int64": "integer",
    "Float64": "number",
    "Bool": "boolean",
    "Date": "date",
    "Datetime": "datetime",
}

NOT_A_NUMBER = {"integer": ["nan"], "number": ["nan"], "datetime": ["NaT"], "date": ["NaT"]}
"""How readers that go through pandas spell a null of a field's type."""

SOURCES = (
    {"title": "The articles, whose rights belong to those who published them: outlet and url of the table articles"},
    {"title": "GeoNames, for ids and places of countries and towns", "path": "https://www.geonames.org"},
    {"title": "Wikidata, for ids of countries", "path": "https://www.wikidata.org"},
)
LICENSED = {
    "entity_ids": {
        "licenses": [
            {
                "name": "CC-BY-4.0",
                "title": "Creative Commons Attribution 4.0, for what is from GeoNames",
                "path": "https://creativecommons.org/licenses/by/4.0/",
            }
        ]
    }
}
"""Licences of resources that hold what others licensed. The package has none as a whole: it holds words of articles."""


def describe_field(name: str, column: dy.Column) -> dict:
    """One field in Table Schema terms: type, meaning, unit, constraints."""
    metadata = column.metadata or {}
    field = {"name": name, "type": FIELD_TYPES[type(column).__name__], "description": column.description}
    if "unit" in metadata:
        field["unit"] = metadata["unit"]
    constraints = {"required": not column.nullable}
    if "values" in metadata:
        constraints["enum"] = list(metadata["values"])
    if column.nullable and field["type"] in NOT_A_NUMBER:
        field["missingValues"] = NOT_A_NUMBER[field["type"]]
    return field | {"constraints": constraints}


def name_paths(table: Table, entries: Sequence[FileEntry]) -> str | list[str] | None:
    """What a resource names: the files of a table, or the folder of one by day; None where nothing is there.

    A list of files would be read as one file in parts, which Parquet files are not: frictionless reads the first one only, but a whole folder.
    """
    paths = sorted(entry.path for entry in entries if entry.table == table.name)
    return table.name if table.by_day and paths else paths or None


def describe_table(table: Table, path: str | list[str], told: Collection[str]) -> dict:
    """One resource: its file or folder, fields, primary key and foreign keys to tables that are `told`."""
    foreign = [
        {"fields": [column], "reference": {"resource": target, "fields": [key]}}
        for column, (target, key) in table.foreign_keys.items()
        if target in told
    ]
    schema = {
        "missingValues": [],  # an empty text is a value; Parquet has nulls of its own
        "fields": [describe_field(name, column) for name, column in table.schema.columns().items()],
        "primaryKey": table.key,
        "foreignKeys": foreign,
    }
    described = {"name": table.name, "description": table.meaning, "path": path, "format": "parquet", "schema": schema}
    return described | LICENSED.get(table.name, {})


def write_datapackage(
    snapshot: Path, entries: list[FileEntry], tables: Sequence[Table] = CATALOG, name: str = "quotidian"
) -> None:
    """Write `datapackage.json` beside the tables."""
    paths = [(table, path) for table in tables if (path := name_paths(table, entries))]
    told = {table.name for table, _ in paths}
    resources = [describe_table(table, path, told) for table, path in paths]
    package = {"name": name, "profile": "data-package", "sources": SOURCES, "resources": resources}
    (snapshot / DATAPACKAGE).write_text(json.dumps(package, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
