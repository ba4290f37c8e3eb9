"""`datapackage.json`: the snapshot described for any tool that reads Frictionless data packages."""

import json
from collections.abc import Sequence
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
    return field | {"constraints": constraints}


def describe_table(table: Table, paths: list[str]) -> dict:
    """One resource: its files, fields, primary key and foreign keys."""
    foreign = [
        {"fields": [column], "reference": {"resource": target, "fields": [key]}}
        for column, (target, key) in table.foreign_keys.items()
    ]
    schema = {
        "missingValues": [],  # an empty text is a value; Parquet has nulls of its own
        "fields": [describe_field(name, column) for name, column in table.schema.columns().items()],
        "primaryKey": table.key,
        "foreignKeys": foreign,
    }
    described = {"name": table.name, "description": table.meaning, "path": paths, "format": "parquet", "schema": schema}
    return described | LICENSED.get(table.name, {})


def write_datapackage(
    snapshot: Path, entries: list[FileEntry], tables: Sequence[Table] = CATALOG, name: str = "quotidian"
) -> None:
    """Write `datapackage.json` beside the tables."""
    resources = [describe_table(t, sorted(e.path for e in entries if e.table == t.name)) for t in tables]
    package = {"name": name, "profile": "data-package", "sources": SOURCES, "resources": resources}
    (snapshot / DATAPACKAGE).write_text(json.dumps(package, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
