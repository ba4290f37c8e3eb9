"""Snapshots appear whole, share what did not change, and are switched at once."""

import json
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow.dataset as ds
import pytest

from quotidian.tasks.publish.portions import name_portion
from quotidian.tasks.publish.snapshot import (
    current_snapshot,
    finish_snapshot,
    hash_file,
    read_manifest,
    start_snapshot,
)
from quotidian.tasks.publish.table_files import write_rows
from quotidian.tasks.tables.catalog import TABLES

DAY = date(2023, 6, 19)


def rejects(reason: str) -> pl.DataFrame:
    return pl.DataFrame({"input_id": ["i"], "source": ["a"], "step": ["clean"], "reason": [reason], "detail": ["d"]})


def edits(*articles: str, day: date | None = DAY) -> pl.DataFrame:
    schema = {name: column.dtype for name, column in TABLES["edits"].schema.columns().items()}
    rows = [
        {"article_id": a, "edit_index": 0, "raw_text": "", "body_text": "", "rule": "r", "kind": "junk"}
        for a in articles
    ]
    return pl.DataFrame(rows, schema=schema).with_columns(pl.col(pl.Int32).fill_null(0), day=pl.lit(day, pl.Date))


def publish(published: Path, reason: str, days: dict[date | None, pl.DataFrame]) -> tuple[Path, bool]:
    before, building = current_snapshot(published), start_snapshot(published)
    entries = [write_rows(building, before, TABLES["rejects"], "part-0", rejects(reason))]
    entries += [write_rows(building, before, TABLES["edits"], name_portion(day), rows) for day, rows in days.items()]
    return finish_snapshot(published, building, entries, {"versions": {}})


def test_the_same_content_is_not_published_twice(tmp_path: Path) -> None:
    first, is_new = publish(tmp_path, "empty", {DAY: edits("a")})
    assert is_new
    assert publish(tmp_path, "empty", {DAY: edits("a")}) == (first, False)
    assert [p.name for p in (tmp_path / "snapshots").iterdir()] == [first.name]


def test_unchanged_files_are_shared_and_old_snapshots_stay(tmp_path: Path) -> None:
    first, _ = publish(tmp_path, "empty", {DAY: edits("a"), None: edits("b")})
    second, _ = publish(tmp_path, "empty", {DAY: edits("a"), None: edits("c")})
    day, undated = "edits/2023-06-19/part-0.parquet", "edits/no-day/part-0.parquet"
    assert (first / day).samefile(second / day)
    assert not (first / undated).samefile(second / undated)
    assert current_snapshot(tmp_path) == second
    assert first.name.startswith("000001-")
    assert second.name.startswith("000002-")


def test_the_manifest_names_every_file(tmp_path: Path) -> None:
    first, _ = publish(tmp_path, "empty", {DAY: edits("a")})
    second, _ = publish(tmp_path, "binary", {DAY: edits("a", "b")})
    manifest = read_manifest(second)
    assert (manifest["snapshot"], manifest["before"]) == (second.name, first.name)
    files = {entry["path"]: entry for entry in manifest["files"]}
    assert set(files) == {p.relative_to(second).as_posix() for p in second.rglob("*.parquet")}
    assert files["edits/2023-06-19/part-0.parquet"]["rows"] == 2
    assert all(hash_file(second / path) == entry["sha256"] for path, entry in files.items())


def test_a_run_that_was_killed_while_building_leaves_nothing_behind(tmp_path: Path) -> None:
    first, _ = publish(tmp_path, "empty", {DAY: edits("a")})
    (start_snapshot(tmp_path) / "half").write_text("half")
    assert current_snapshot(tmp_path) == first
    second, _ = publish(tmp_path, "binary", {DAY: edits("a")})
    assert sorted(p.name for p in (tmp_path / "snapshots").iterdir()) == [first.name, second.name]


@pytest.fixture
def snapshot(tmp_path: Path) -> Path:
    return publish(tmp_path, "empty", {DAY: edits("a"), None: edits("b", "c", day=None)})[0]


@pytest.mark.parametrize(
    "options", [{}, {"hive_partitioning": True, "try_parse_hive_dates": True}], ids=["plain", "by folders"]
)
def test_polars_reads_days_and_no_day(snapshot: Path, options: dict) -> None:
    rows = pl.scan_parquet(f"{snapshot}/edits", **options).collect()
    assert sorted(rows.select("article_id", "day").rows()) == [("a", DAY), ("b", None), ("c", None)]


@pytest.mark.parametrize("options", ["", ", hive_partitioning=true"], ids=["plain", "by folders"])
def test_duckdb_reads_days_and_no_day(snapshot: Path, options: str) -> None:
    with duckdb.connect() as database:
        query = f"select article_id, day from read_parquet('{snapshot}/edits/*/*.parquet'{options})"
        assert sorted(database.sql(query).fetchall()) == [("a", DAY), ("b", None), ("c", None)]


def test_pyarrow_reads_days_and_no_day(snapshot: Path) -> None:
    rows = ds.dataset(snapshot / "edits", partitioning="hive").to_table(["article_id", "day"]).to_pylist()
    assert sorted((row["article_id"], row["day"]) for row in rows) == [("a", DAY), ("b", None), ("c", None)]


def test_pandas_reads_a_table_by_its_folder(snapshot: Path) -> None:
    rows = pd.read_parquet(snapshot / "edits")
    assert sorted(zip(rows["article_id"], rows["day"], strict=True)) == [("a", DAY), ("b", None), ("c", None)]
    assert pd.read_parquet(snapshot / "edits", filters=[("day", "==", DAY)])["article_id"].to_list() == ["a"]


def test_files_carry_their_meaning(snapshot: Path) -> None:
    schema = ds.dataset(snapshot / "rejects").schema
    assert schema.metadata[b"table"] == b"rejects"
    assert json.loads(schema.metadata[b"key"]) == ["input_id"]
    assert b"reason" in schema.field("reason").metadata[b"meaning"]
