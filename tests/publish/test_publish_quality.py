"""The figures that every snapshot carries are whole, and are those of the documentation."""

import csv
import importlib.util
from pathlib import Path
from types import ModuleType

import polars as pl
import pytest

from quotidian.tasks.publish import memory
from quotidian.tasks.publish.quality import read_quality
from quotidian.tasks.store.facts import read_facts
from quotidian.tasks.store.versions import facts_of, reach_modules
from quotidian.tasks.tables.catalog import TABLES
from quotidian.tasks.tables.quality import Quality

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def quality_file() -> ModuleType:
    """The program that writes the figures."""
    spec = importlib.util.spec_from_file_location("quality_file", ROOT / "benchmarks" / "quality_file.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_figure_keeps_the_rules_of_the_table() -> None:
    assert Quality.is_valid(read_quality())


def test_every_step_that_decides_is_measured() -> None:
    assert set(read_quality()["step"]) == {"clean", "extract", "deduplicate"}


def test_figures_speak_of_columns_that_exist() -> None:
    for columns in read_quality()["table_columns"]:
        for table, column in (name.split(".") for name in columns.split()):
            assert column in TABLES[table].schema.column_names()


def test_f1_lies_between_precision_and_recall() -> None:
    f1 = read_quality().filter(pl.col("metric") == "f1")
    for score, precision, recall in f1.select("score", "precision", "recall").iter_rows():
        assert score == pytest.approx(2 * precision * recall / (precision + recall), abs=0.002)


def test_the_documentation_shows_the_figures_of_the_table(quality_file: ModuleType) -> None:
    page = (ROOT / "docs" / "figures.md").read_text(encoding="utf-8")
    assert quality_file.print_table(list(read_facts("quality"))) in page


def test_new_figures_are_written_into_file_and_page(quality_file: ModuleType, tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "docs").mkdir()
    for name in ("seeds/quality.csv", "docs/figures.md"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    monkeypatch.setattr(quality_file, "ROOT", tmp_path)
    figures = {row["measure"]: {"score": 0.5, "gold_articles": 7} for row in read_facts("quality")}
    quality_file.write_quality(figures)
    with (tmp_path / "seeds" / "quality.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {(row["score"], row["gold_articles"]) for row in rows} == {("0.5", "7")}
    assert [row["question"] for row in rows] == [row["question"] for row in read_facts("quality")]
    assert {row["measured_version"] for row in rows if row["step"] == "extract"} == {
        quality_file.find_versions()["extract"]
    }
    assert quality_file.print_table(rows) in (tmp_path / "docs" / "figures.md").read_text(encoding="utf-8")


def test_a_measure_that_the_file_does_not_know_is_named(quality_file: ModuleType) -> None:
    figures = {row["measure"]: {"score": 0.5} for row in read_facts("quality")} | {"spelling": {"score": 1.0}}
    with pytest.raises(ValueError, match="spelling"):
        quality_file.write_quality(figures)


def test_new_figures_make_the_tables_without_days_anew() -> None:
    rejects = pl.DataFrame({"input_id": ["i"]})
    before = memory.fingerprint_totals({}, Path("links"), rejects, read_quality())
    assert memory.fingerprint_totals({}, Path("links"), rejects, read_quality()) == before
    other = read_quality().with_columns(score=pl.lit(0.5))
    assert memory.fingerprint_totals({}, Path("links"), rejects, other) != before


def test_figures_change_no_version_of_a_room() -> None:
    for room in ("clean", "extract", "deduplicate"):
        assert "quality" not in facts_of(reach_modules(f"{room}.task"))
