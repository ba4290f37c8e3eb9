"""The description of a snapshot for other tools."""

import json
from pathlib import Path

import pytest

from quotidian.tasks.publish.datapackage import DATAPACKAGE, describe_field, write_datapackage
from quotidian.tasks.publish.snapshot import FileEntry
from quotidian.tasks.tables.catalog import CATALOG, TABLES


def describe(folder: Path, *paths: str) -> dict[str, dict]:
    """The resources of a snapshot that holds these files, by name."""
    entries = [FileEntry(path, path.partition("/")[0], 1, 1, "hash") for path in paths]
    write_datapackage(folder, entries)
    package = json.loads((folder / DATAPACKAGE).read_text(encoding="utf-8"))
    return {resource["name"]: resource for resource in package["resources"]}


def test_a_table_by_day_is_its_folder_and_another_its_files(tmp_path: Path) -> None:
    told = describe(
        tmp_path, "quotes/no-day/part-0.parquet", "quotes/2023-06-19/part-0.parquet", "stories/part-0.parquet"
    )
    assert {name: resource["path"] for name, resource in told.items()} == {
        "quotes": "quotes",
        "stories": ["stories/part-0.parquet"],
    }


def test_keys_point_to_what_is_there(tmp_path: Path) -> None:
    told = describe(tmp_path, "quotes/no-day/part-0.parquet", "entities/part-0.parquet")
    targets = {key["reference"]["resource"] for key in told["quotes"]["schema"]["foreignKeys"]}
    assert targets == {"entities"}
    assert told["quotes"]["schema"]["primaryKey"] == ["quote_id"]


@pytest.mark.parametrize("table", CATALOG, ids=lambda table: table.name)
def test_a_null_of_a_number_or_a_time_is_no_value_of_the_wrong_type(table) -> None:
    for name, column in table.schema.columns().items():
        field = describe_field(name, column)
        may_lack = column.nullable and field["type"] in ("integer", "number", "datetime", "date")
        assert ("missingValues" in field) == may_lack


def test_an_empty_text_is_a_value(tmp_path: Path) -> None:
    assert describe(tmp_path, "ledger/part-0.parquet")["ledger"]["schema"]["missingValues"] == []
    title = describe_field("title", TABLES["articles"].schema.columns()["title"])
    assert "missingValues" not in title
