"""Days one by one: planned, recorded, skipped when finished, gone on after a failure."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from quotidian.flows.backfill.dates import BadDay, fill_date, fill_sources, has_date, list_days, read_day
from quotidian.flows.backfill.days import Backfill, BadSource, backfill_days
from quotidian.flows.backfill.plan import plan_days
from quotidian.flows.backfill.records import read_records
from quotidian.flows.process.interrupt import STOPPED
from quotidian.flows.settings import Settings
from quotidian.flows.storage.lock import DataLocked
from quotidian.tasks.ingest.archive import append_new, archive_folder
from quotidian.tasks.ingest.fingerprint import fingerprint_source
from quotidian.tasks.ingest.sources import read_sources
from quotidian.tasks.store.errors import QuotidianError

FIRST, LAST = date(2023, 6, 1), date(2023, 6, 3)
TEXT = "The mayor said on {} that the bridge would open in May, and thanked all who had worked on it."


@dataclass
class Archiver:
    """Stands for the run: archives the sources for real, and fails on the days it is told."""

    settings: Settings
    failing: dict[str, BaseException] = field(default_factory=dict)
    ran: list[str] = field(default_factory=list)

    def __call__(self, sources: list[str]):
        for source in sources:
            if (error := self.failing.get(Path(source).name)) is not None:
                raise error
        self.ran += [Path(source).name for source in sources] or ["nothing"]
        seen, new = append_new(archive_folder(self.settings.place.folder), read_sources(sources, self.settings.ingest))
        return Done(Counts(seen, new))


@dataclass
class Counts:
    seen: int
    new: int


@dataclass
class Done:
    result: Counts
    run_id: str = "run"


@pytest.fixture
def landing(tmp_path: Path) -> Path:
    """Three days, of which the second has no folder."""
    for day in (FIRST, LAST):
        (tmp_path / str(day)).mkdir()
        (tmp_path / str(day) / "a.txt").write_text(TEXT.format(day))
    return tmp_path


@pytest.fixture
def archiver(tmp_path: Path) -> Archiver:
    return Archiver(Settings(data=tmp_path / ".data"))


def states(archiver: Archiver, landing: Path, **options) -> list[str]:
    backfill = Backfill(f"{landing}/{{date}}", archiver.settings, archiver, **options)
    return [day.state for day in backfill_days(backfill, FIRST, LAST)]


def test_finished_days_are_skipped_the_next_time(archiver, landing) -> None:
    assert states(archiver, landing) == ["completed", "missing", "completed"]
    assert states(archiver, landing) == ["skipped", "missing", "skipped"]
    assert archiver.ran == ["2023-06-01", "2023-06-03"]


@pytest.mark.parametrize("pattern", ["{date}", "{date:%Y-%m-%d}/", "{date}/*", "2023-*{date:%d}/a.txt"])
def test_days_bring_in_what_the_whole_folder_does(archiver, landing, pattern: str) -> None:
    whole = archiver([f"{landing}/2023*"])
    days = backfill_days(Backfill(f"{landing}/{pattern}", archiver.settings, archiver), FIRST, LAST)
    assert [(day.inputs_seen, day.inputs_new) for day in days] == [(1, 0), (0, 0), (1, 0)]
    assert (whole.result.seen, whole.result.new) == (2, 2)


def test_a_source_with_a_mark_of_its_own_keeps_other_names(archiver, landing) -> None:
    archiver([f"{landing}/2023-06-01", f"{landing}/2023-06-03"])
    for pattern, new in (("{date}/./", 0), ("{date}", 1)):
        days = backfill_days(Backfill(f"{landing}/{pattern}", archiver.settings, archiver), FIRST, LAST)
        assert [day.inputs_new for day in days] == [new, 0, new]


def test_force_runs_them_again(archiver, landing) -> None:
    states(archiver, landing)
    assert states(archiver, landing, force=True) == ["completed", "missing", "completed"]


def test_a_day_whose_source_changed_runs_again(archiver, landing) -> None:
    states(archiver, landing)
    (landing / "2023-06-01" / "b.txt").write_text("Late news.")
    os.utime(landing / "2023-06-03" / "a.txt", (1, 1))
    assert states(archiver, landing) == ["completed", "missing", "completed"]
    assert states(archiver, landing) == ["skipped", "missing", "skipped"]


def test_a_day_whose_files_are_gone_stays_finished(archiver, landing) -> None:
    states(archiver, landing)
    (landing / "2023-06-01" / "a.txt").unlink()
    (landing / "2023-06-01").rmdir()
    assert states(archiver, landing) == ["skipped", "missing", "skipped"]


def test_another_version_of_a_room_makes_days_outdated(archiver, landing) -> None:
    states(archiver, landing)
    archiver.settings = archiver.settings.model_copy(
        update={"clean": archiver.settings.clean.model_copy(update={"languages": ("en", "de")})}
    )
    assert [d.state for d in plan_days(f"{landing}/{{date}}", FIRST, LAST, archiver.settings)] == [
        "outdated",
        "missing",
        "outdated",
    ]
    assert states(archiver, landing) == ["completed", "missing", "completed"]


@pytest.mark.parametrize("error", [QuotidianError("The disk is full."), OSError("no space"), ValueError("odd")])
def test_a_failed_day_does_not_stop_the_others_and_runs_again(archiver, landing, error) -> None:
    archiver.failing = {"2023-06-01": error}
    assert states(archiver, landing) == ["failed", "missing", "completed"]
    records = read_records(archiver.settings, f"{landing}/{{date}}")
    assert records[FIRST]["state"] == "failed"
    assert str(error) in records[FIRST]["error"]
    archiver.failing = {}
    assert states(archiver, landing) == ["completed", "missing", "skipped"]


def test_a_locked_folder_stops_the_backfill(archiver, landing) -> None:
    archiver.failing = {"2023-06-01": DataLocked("held")}
    with pytest.raises(DataLocked):
        states(archiver, landing)
    assert archiver.ran == []


def test_ctrl_c_is_recorded_and_the_same_command_goes_on(archiver, landing) -> None:
    archiver.failing = {"2023-06-03": KeyboardInterrupt()}
    with pytest.raises(KeyboardInterrupt):
        states(archiver, landing)
    assert read_records(archiver.settings, f"{landing}/{{date}}")[LAST]["state"] == "interrupted"
    archiver.failing = {}
    assert states(archiver, landing) == ["skipped", "missing", "completed"]


def test_the_plan_counts_inputs_and_writes_nothing(archiver, landing) -> None:
    (landing / "2023-06-03" / "empty.txt").touch()
    source = f"{landing}/{{date}}/*.txt"
    planned = plan_days(source, FIRST, LAST, archiver.settings)
    assert [(d.state, d.files, d.inputs, d.archived, d.pending, d.rejected) for d in planned] == [
        ("new", 1, 1, 0, 1, 0),
        ("missing", 0, 0, 0, 0, 0),
        ("new", 2, 2, 0, 2, 0),
    ]
    assert not archiver.settings.place.folder.exists()
    archiver([f"{landing}/./2023-06-03"])
    last = plan_days(f"{landing}/{{date}}", FIRST, LAST, archiver.settings)[-1]
    assert (last.archived, last.pending, last.published, last.rejected) == (2, 1, 0, 1)


def test_records_are_a_table(archiver, landing) -> None:
    states(archiver, landing)
    rows = pl.read_parquet(f"{archiver.settings.place.folder}/published/backfills/*/*.parquet").sort("day")
    assert rows.select("state", "file_count", "inputs_seen", "inputs_new").rows() == [
        ("completed", 1, 1, 1),
        ("missing", None, None, None),
        ("completed", 1, 1, 1),
    ]


def test_a_fingerprint_follows_names_sizes_and_moments(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a")
    seen = {fingerprint_source(str(tmp_path))}
    (tmp_path / "a.txt").rename(tmp_path / "b.txt")
    seen.add(fingerprint_source(str(tmp_path)))
    os.utime(tmp_path / "b.txt", (1, 1))
    seen.add(fingerprint_source(str(tmp_path)))
    assert len(seen) == 3
    assert fingerprint_source(str(tmp_path)) in seen
    assert fingerprint_source(str(tmp_path / "*.txt"))[0] == 1


@pytest.mark.parametrize(
    ("source", "filled"),
    [
        ("landing/{date}/", "landing/./2023-06-01/"),
        ("landing/{date}/./", "landing/2023-06-01/./"),
        ("s3://news/{date:%Y/%m/%d}/*.gz", "s3://news/./2023/06/01/*.gz"),
        ("{date}/{date:%H}", "././2023-06-01/00"),
        ("{other}/{date}", "{other}/./2023-06-01"),
        ("{date.year}", "{date.year}"),
    ],
)
def test_the_day_stands_in_the_source(source: str, filled: str) -> None:
    assert fill_date(source, FIRST) == filled
    assert has_date(source) == (source != filled)


def test_the_command_line_names_the_day() -> None:
    assert fill_sources(["in/{date}", "x"], "2023-06-01") == ["in/./2023-06-01", "x"]
    assert fill_sources(["in"], None) == ["in"]
    assert fill_sources(["in/{date}"], "today") == [f"in/./{read_day('today')}"]
    with pytest.raises(BadDay, match="add --date"):
        fill_sources(["in/{date}"], None)
    with pytest.raises(BadDay, match="is no day"):
        fill_sources(["in/{date}"], "yesterday")


def test_ranges_and_sources_that_make_no_sense(archiver) -> None:
    with pytest.raises(BadDay, match="lies before"):
        list(list_days(LAST, FIRST))
    with pytest.raises(BadSource, match="does not say where the day stands"):
        backfill_days(Backfill("in", archiver.settings, archiver), FIRST, LAST)


def test_a_real_backfill_plans_runs_skips_and_makes_again(quotidian, landing: Path, tmp_path: Path) -> None:
    arguments = ("backfill", "--source", "{date}/", "--from", "2023-06-01", "--to", "2023-06-03")
    plan = json.loads(quotidian(*arguments, "--plan", "--json").stdout)
    assert [(day["state"], day["pending"]) for day in plan] == [("new", 1), ("missing", 0), ("new", 1)]
    assert "3 days: 2 completed, 0 skipped, 1 missing, 0 failed." in quotidian(*arguments, "--inline").stdout
    plan = json.loads(quotidian(*arguments, "--plan", "--json").stdout)
    assert [(day["state"], day["published"]) for day in plan] == [("finished", 1), ("missing", 0), ("finished", 1)]
    work = tmp_path / "data" / "work" / "extract"
    before = {path: path.stat().st_mtime_ns for path in work.rglob("*.parquet")}
    assert "2 completed, 0 skipped" in quotidian(*arguments, "--inline", "--redo", "extract").stdout
    after = {path: path.stat().st_mtime_ns for path in work.rglob("*.parquet")}
    assert set(after) == set(before)  # the same bytes again
    assert all(after[path] > before[path] for path in before)
    assert "2 skipped" in quotidian(*arguments, "--inline").stdout
    (tmp_path / "2023-06-02").write_text("{")
    (tmp_path / "data" / "archive").rename(tmp_path / "aside")
    (tmp_path / "data" / "archive").write_text("in the way")
    failed = quotidian(*arguments, "--inline", "--force", code=1).stdout
    assert "0 completed, 0 skipped, 0 missing, 3 failed" in failed
    assert "The same command runs the failed days again" in failed


@pytest.mark.fault
def test_ctrl_c_within_a_day_is_safe(tmp_path: Path) -> None:
    for day in ("2023-06-01", "2023-06-02"):
        (tmp_path / day).mkdir()
        for number in range(4):
            (tmp_path / day / f"{number}.txt").write_text(
                f"Ann Smith said on {day} that bridge {number} is safe. " * 300
            )
    command = [Path(sys.executable).parent / "quotidian", "backfill", "{date}", "--inline", "--workers", "1", "--json"]
    command += ["--from", "2023-06-01", "--to", "2023-06-02"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=tmp_path, start_new_session=True)
    while not (tmp_path / "data" / "work" / "clean").exists():
        time.sleep(0.05)
        assert process.poll() is None
    os.killpg(process.pid, signal.SIGINT)
    _, words = process.communicate(timeout=600)
    assert (process.returncode, words) == (130, STOPPED)
    rows = pl.read_parquet(f"{tmp_path}/data/published/backfills/*/*.parquet")
    assert rows.select("day", "state").rows() == [(date(2023, 6, 1), "interrupted")]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, timeout=600)
    assert [(day["state"], day["inputs_seen"]) for day in json.loads(done.stdout)] == [("completed", 4)] * 2
