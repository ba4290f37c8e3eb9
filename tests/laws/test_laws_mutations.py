"""Whatever comes in ends as an article or as a reject: a few hundred broken and hostile sources, more on request."""

import os
from pathlib import Path

import pytest

from quotidian.tasks.clean.article import rebuild_raw
from quotidian.tasks.clean.cleaned import Edit
from quotidian.tasks.clean.row import clean_input
from quotidian.tasks.clean.settings import CleanSettings
from quotidian.tasks.clean.work import clean_folder
from quotidian.tasks.ingest.archive import Input, append_new, archive_folder
from quotidian.tasks.ingest.raw_text import read_raw_text
from quotidian.tasks.ingest.settings import IngestSettings
from quotidian.tasks.ingest.sources import read_sources
from quotidian.tasks.publish.check import check_snapshot

from .mutations import mutate

COUNT = int(os.environ.get("QUOTIDIAN_TEST_MUTATIONS", "300"))
WHOLE_RUN = 40
PART = 50
INGEST, CLEAN = IngestSettings(), CleanSettings()


def write_source(folder: Path, seed: int) -> Path:
    name, payload = mutate(seed)
    path = folder / name
    path.write_bytes(payload)
    return path


def clean_row(row: dict) -> dict:
    """The work row of an archived input, tried for its promises."""
    cleaned = clean_input(row, CLEAN, INGEST)
    if cleaned.get("reject_reason"):
        assert cleaned["reject_detail"]
    else:
        raw = read_raw_text(row["payload"], row["media_type"], INGEST)
        assert rebuild_raw(cleaned["body"], [Edit(**edit) for edit in cleaned["edits"]]) == raw
    return cleaned


def is_named(input_: Input) -> bool:
    """Whether a reject has its reason in one word, and a detail."""
    return input_.reject_reason is None or (input_.reject_reason.isidentifier() and bool(input_.reject_detail))


@pytest.mark.parametrize("first", range(0, COUNT, PART))
def test_every_source_becomes_articles_or_rejects(first: int, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    found: list[Input] = []
    for seed in range(first, min(first + PART, COUNT)):
        path = write_source(tmp_path / "in", seed)
        inputs = list(read_sources([path], INGEST))
        assert inputs == list(read_sources([path], INGEST)), "reading twice gives the same"
        assert all(is_named(input_) for input_ in inputs)
        found += inputs
    seen, new = append_new(archive_folder(tmp_path), found)
    assert seen >= new
    rows = archive_folder(tmp_path).scan().collect().to_dicts()
    assert len(rows) == new == len({input_.input_id for input_ in found})
    clean_folder(tmp_path, "v").write([clean_row(row) for row in rows if row["reject_reason"] is None])


@pytest.mark.scale
def test_a_run_over_such_sources_keeps_every_promise(run_here, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for seed in range(WHOLE_RUN):
        write_source(tmp_path / "in", seed)
    result = run_here(tmp_path / "data", tmp_path / "in")
    assert check_snapshot(result.published.snapshot, tmp_path / "data", INGEST) == []
    assert result.published.rows["articles"] + result.published.rows["rejects"] == result.new
