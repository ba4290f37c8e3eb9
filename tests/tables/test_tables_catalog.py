"""Every published table is declared whole."""

from pathlib import Path

import polars as pl
import pyarrow as pa
import pytest

from quotidian.tasks.tables.catalog import CATALOG, RUNS, TABLES, Table
from quotidian.tasks.tables.dictionary import print_dictionary
from quotidian.tasks.tables.parquet import arrow_schema

DOCS = Path(__file__).parents[2] / "docs"

each_table = pytest.mark.parametrize("table", [*CATALOG, RUNS], ids=lambda table: table.name)


@each_table
def test_every_column_has_a_meaning(table: Table) -> None:
    for name, column in table.schema.columns().items():
        assert column.description, f"{table.name}.{name}"
        assert column.description.endswith("."), f"{table.name}.{name}"


@each_table
def test_every_number_has_a_unit(table: Table) -> None:
    for name, column in table.schema.columns().items():
        if column.dtype.is_numeric() or column.dtype.is_temporal():
            assert column.metadata, f"{table.name}.{name}"
            assert column.metadata["unit"], f"{table.name}.{name}"


@each_table
def test_what_lies_in_folders_by_day_has_the_day(table: Table) -> None:
    assert ("day" in table.schema.column_names()) is (table.by_day or table.name == "backfills")


@each_table
def test_key_and_foreign_keys_name_columns(table: Table) -> None:
    assert table.key
    for column, (target, key) in table.foreign_keys.items():
        assert column in table.schema.column_names()
        assert TABLES[target].key == [key]
    assert set(table.sort_by) <= set(table.schema.column_names())


@each_table
def test_arrow_schema_carries_the_meaning_in_flat_types(table: Table) -> None:
    for field in arrow_schema(table):
        assert field.metadata[b"meaning"].decode() == table.schema.columns()[field.name].description
        assert not pa.types.is_nested(field.type)


def test_a_column_means_the_same_in_every_table() -> None:
    meanings: dict[str, set[tuple]] = {}
    for table in CATALOG:
        for name, column in table.schema.columns().items():
            if name.endswith("_id") and name != "statement_id" and column.dtype == pl.String:
                meanings.setdefault(name, set()).add(column.description)
    # a sentence, mention or entity plays another part where it is pointed to
    assert all(
        len(m) == 1 for name, m in meanings.items() if name in ("article_id", "input_id", "quote_id", "story_id")
    )


def test_data_dictionary_is_that_of_the_code() -> None:
    assert (DOCS / "tables.md").read_text(encoding="utf-8") == print_dictionary(), (
        "run: quotidian tables > docs/tables.md"
    )
