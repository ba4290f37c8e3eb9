"""After a new setting, rule or model: what is not redone yet stands as it was, and says so; a full redo leaves no trace."""

import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from quotidian.flows.pipeline import Result
from quotidian.flows.running.plan import describe_plan
from quotidian.tasks.ingest.settings import IngestSettings
from quotidian.tasks.publish.check import check_snapshot
from quotidian.tasks.publish.snapshot import read_manifest

TEXTS = {
    "2024-05-01": "MARLOW (AP) — Ann Castle said on Wednesday that the bridge would close. “It is not safe,” Castle said.",
    "2024-05-02": "“We will repair it by autumn,” said Mayor Ann Castle in Marlow on Thursday.",
    "2024-05-03": "The harbour of Eastport froze on Friday. Peter Stone said the ice was a metre thick.",
}
LATER = date(2024, 5, 2)
STRICT = {"extract": {"min_confidence": 0.3}}
DATELINES = {"clean": {"remove_credits": False}}


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "sources"
    folder.mkdir()
    for day, text in TEXTS.items():
        (folder / f"{day}.jsonl").write_text(json.dumps({"id": day, "published": day, "text": text}))
    return folder


def read_versions(result: Result) -> dict[str, tuple[str, str]]:
    """Day -> versions of clean and extract that made its article."""
    rows = pl.read_parquet(f"{result.published.snapshot}/articles/**/*.parquet", hive_partitioning=False)
    columns = ("published_date", "clean_version", "extractor_version")
    return {str(day): (clean, extract) for day, clean, extract in rows.select(columns).rows()}


def pair(result: Result) -> tuple[str, str]:
    return result.versions.clean, result.versions.extract


def test_what_is_not_redone_stands_as_it_was(run_here, sources, tmp_path: Path) -> None:
    old = run_here(tmp_path, sources)
    new = run_here(tmp_path, sources, days=(LATER, None), **STRICT)
    assert read_versions(old) == dict.fromkeys(TEXTS, pair(old))
    assert read_versions(new) == {"2024-05-01": pair(old), "2024-05-02": pair(new), "2024-05-03": pair(new)}
    assert (new.plan.new, new.plan.redone, new.published.older) == (0, 2, 1)
    assert check_snapshot(new.published.snapshot, tmp_path, IngestSettings()) == []
    counts = {(v["clean_version"], v["extractor_version"]): v["articles"] for v in manifest_versions(new)}
    assert counts == {pair(old): 1, pair(new): 2}


def manifest_versions(result: Result) -> list[dict]:
    return read_manifest(result.published.snapshot)["articles_by_version"]


@pytest.mark.parametrize("settings", [STRICT, DATELINES, STRICT | DATELINES], ids=["extract", "clean", "both"])
def test_a_full_redo_gives_what_a_new_folder_gives(settings, run_here, table_hashes, sources, tmp_path: Path) -> None:
    run_here(tmp_path / "old", sources)
    run_here(tmp_path / "old", sources, days=(LATER, None), **settings)
    redone = run_here(tmp_path / "old", sources, **settings)
    fresh = run_here(tmp_path / "new", sources, **settings)
    assert redone.published.older == 0
    assert table_hashes(redone.published.snapshot) == table_hashes(fresh.published.snapshot)
    assert manifest_versions(redone) == manifest_versions(fresh)


def test_a_body_that_cleaning_leaves_as_it_was_keeps_its_annotations(run_here, sources, tmp_path: Path) -> None:
    old = run_here(tmp_path, sources)
    new = run_here(tmp_path, sources, days=(date(2030, 1, 1), None), **DATELINES)
    own = (new.versions.clean, old.versions.extract)
    assert read_versions(new) == {"2024-05-01": pair(old), "2024-05-02": own, "2024-05-03": own}
    assert check_snapshot(new.published.snapshot, tmp_path, IngestSettings()) == []


def test_the_version_used_last_stands_in(run_here, sources, tmp_path: Path) -> None:
    run_here(tmp_path, sources)
    second = run_here(tmp_path, sources, **STRICT)
    third = run_here(tmp_path, sources, days=(LATER, LATER), extract={"min_confidence": 0.4})
    assert read_versions(third) == dict.fromkeys(TEXTS, pair(second)) | {"2024-05-02": pair(third)}


def test_a_reject_of_the_newest_version_is_final(run_here, sources, tmp_path: Path) -> None:
    run_here(tmp_path, sources)
    strict = {"clean": {"languages": ["fr"], "language_letters": 20}}
    new = run_here(tmp_path, sources, days=(LATER, LATER), **strict)
    assert (new.published.rows["articles"], new.published.rows["rejects"]) == (0, 3)


def test_new_articles_and_redone_ones_are_told_apart(run_here, sources, tmp_path: Path) -> None:
    run_here(tmp_path, sources / "2024-05-01.jsonl")
    new = run_here(tmp_path, sources, **STRICT)
    assert (new.plan.new, new.plan.redone) == (2, 1)
    assert describe_plan(new.plan) == "To extract: 3 articles (2 new, 1 that another version made)."
