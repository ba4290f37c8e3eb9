"""`quotidian report` as people and scripts use it."""

import json
from pathlib import Path

import pytest
from filelock import FileLock

from quotidian.tasks.report.folder import NoReport, ReportLocked, write_folder


def test_the_command_writes_pages_and_says_where(quotidian, snapshot: Path, tmp_path: Path) -> None:
    data = snapshot.parents[2]
    done = quotidian("report", "--data", data, "--to", "pages", "--articles", "2")
    assert f"Open {tmp_path / 'pages' / 'index.html'}" in done.stdout
    assert "6 articles have no page: --articles raises the limit" in done.stdout
    values = json.loads(quotidian("report", "--data", data, "--to", "pages", "--json").stdout)
    assert values["pages"]["articles"] == values["rows"]["articles"] == 8
    assert values["snapshot"] == snapshot.name
    assert sorted(p.name for p in tmp_path.glob(".pages*")) == [".pages.lock"]


def test_limits_come_from_the_settings_too(quotidian, snapshot: Path, tmp_path: Path) -> None:
    (tmp_path / "quotidian.toml").write_text("[report]\nstories = 1\nspeakers = 3\n")
    values = json.loads(quotidian("report", "--data", snapshot.parents[2], "--to", "pages", "--json").stdout)
    assert (values["pages"]["stories"], values["pages"]["speakers"]) == (1, 3)


def test_mistakes_get_one_sentence(quotidian, snapshot: Path, tmp_path: Path) -> None:
    assert "Nothing is published in data yet" in quotidian("report", code=2).stderr
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear")
    done = quotidian("report", "--data", snapshot.parents[2], "--to", "mine", code=2)
    assert "is there and is no report: name another folder with --to" in done.stderr
    assert (tmp_path / "mine" / "letter.txt").read_text() == "dear"
    done = quotidian("report", "--data", snapshot.parents[2], "--stories", "-1", code=2)
    assert "--stories cannot be used" in done.stderr


def test_a_report_that_fails_leaves_the_one_before(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    with write_folder(folder) as building:
        (building / "report.json").write_text("first")
    with pytest.raises(KeyboardInterrupt), write_folder(folder) as building:
        (building / "report.json").write_text("second")
        raise KeyboardInterrupt
    assert (folder / "report.json").read_text() == "first"
    assert sorted(p.name for p in tmp_path.iterdir()) == [".pages.lock", "pages"]


def test_what_a_killed_writer_left_is_removed(tmp_path: Path) -> None:
    left = tmp_path / ".pages.1.aside"
    left.mkdir()
    (left / "half.html").write_text("half")
    with write_folder(tmp_path / "pages") as building:
        (building / "report.json").write_text("whole")
    assert not left.exists()
    assert (tmp_path / "pages" / "report.json").read_text() == "whole"


def test_two_writers_do_not_mix(tmp_path: Path) -> None:
    with (
        FileLock(tmp_path / ".pages.lock"),
        pytest.raises(ReportLocked, match="another process"),
        write_folder(tmp_path / "pages"),
    ):
        pass


def test_a_file_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "pages").write_text("a file")
    with pytest.raises(NoReport), write_folder(tmp_path / "pages"):
        pass
