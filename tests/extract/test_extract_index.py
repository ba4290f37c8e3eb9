"""What is finished is remembered while nothing changes, and found anew when something does."""

from pathlib import Path

import pytest

from quotidian.tasks.extract import index
from quotidian.tasks.extract.index import Versions, index_articles, judge_inputs
from quotidian.tasks.ingest.archive import Input, append_new, archive_folder

VERSIONS = Versions("c", "e")


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """One word for each time that the archive is read."""
    reads: list[str] = []

    def open_archive(data: Path) -> object:
        reads.append("read")
        return archive_folder(data)

    monkeypatch.setattr(index, "archive_folder", open_archive)
    index.judge_listed.cache_clear()
    index.index_listed.cache_clear()
    return reads


def test_a_run_reads_what_is_finished_once(tmp_path: Path, counted: list[str]) -> None:
    append_new(archive_folder(tmp_path), [Input("a.txt", b"words")])
    first = judge_inputs(tmp_path, VERSIONS)
    assert judge_inputs(tmp_path, VERSIONS).equals(first)
    assert index_articles(tmp_path, VERSIONS) is index_articles(tmp_path, VERSIONS)
    assert len(counted) == 1


def test_a_file_that_comes_or_goes_is_seen(tmp_path: Path, counted: list[str]) -> None:
    archive = archive_folder(tmp_path)
    judge_inputs(tmp_path, VERSIONS)
    append_new(archive, [Input("a.txt", b"words")])
    judge_inputs(tmp_path, VERSIONS)
    archive.files()[0].unlink()
    judge_inputs(tmp_path, VERSIONS)
    judge_inputs(tmp_path, Versions("c", "other"))
    assert len(counted) == 4
