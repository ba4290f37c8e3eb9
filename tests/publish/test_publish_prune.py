"""What is read stays; what nobody uses goes, and its number never comes back."""

import fcntl
import os
import subprocess
import sys
import time
from pathlib import Path

import polars as pl
import pytest

from quotidian.tasks.extract.index import Versions
from quotidian.tasks.publish.history import list_snapshots
from quotidian.tasks.publish.portions import name_portion
from quotidian.tasks.publish.prune import find_readers, judge_snapshots, remove_snapshot
from quotidian.tasks.publish.prune_work import list_unused
from quotidian.tasks.publish.snapshot import (
    MANIFEST,
    current_snapshot,
    finish_snapshot,
    start_snapshot,
    switch_current,
)
from quotidian.tasks.publish.table_files import write_rows
from quotidian.tasks.tables.catalog import TABLES


def publish(published: Path, reason: str, clean: str = "c") -> Path:
    """A snapshot of one reject, and of a table that all share."""
    before, building = current_snapshot(published), start_snapshot(published)
    row = {"input_id": ["i"], "source": ["a"], "step": ["clean"], "reason": [reason], "detail": ["d" * 1000]}
    articles = {name: column.dtype for name, column in TABLES["articles"].schema.columns().items()}
    entries = [
        write_rows(building, before, TABLES["rejects"], "part-0", pl.DataFrame(row)),
        write_rows(building, before, TABLES["articles"], name_portion(None), pl.DataFrame(schema=articles)),
    ]
    return finish_snapshot(published, building, entries, {"versions": {"clean": clean}})[0]


@pytest.fixture
def four(tmp_path: Path) -> list[Path]:
    """Four snapshots, of which the last is current."""
    return [publish(tmp_path, reason) for reason in ("empty", "binary", "xml", "language")]


def kept(published: Path, keep: int = 1, grace: float = 0) -> list[str]:
    return [one.kept for one in judge_snapshots(published, keep, grace)]


def test_the_newest_stay(tmp_path: Path, four) -> None:
    assert kept(tmp_path, 2) == ["", "", "among the newest", "current"]


def test_the_current_one_stays_wherever_it_stands(tmp_path: Path, four) -> None:
    switch_current(tmp_path, four[0])
    assert kept(tmp_path) == ["current", "", "", "among the newest"]


def test_a_snapshot_stays_for_a_while_after_it_was_current(tmp_path: Path, four) -> None:
    os.utime(four[0], (1, 1))
    assert kept(tmp_path, 1, 60) == ["", "was current 0 minutes ago", "was current 0 minutes ago", "current"]


def test_the_moment_counts_at_which_it_stopped_being_current(tmp_path: Path, four) -> None:
    for path in four:
        os.utime(path, (1, 1))
    switch_current(tmp_path, four[0])
    assert kept(tmp_path, 1, 60) == ["current", "", "", "among the newest"]
    assert four[3].stat().st_mtime > time.time() - 60


def test_a_shared_lock_on_the_manifest_holds_a_snapshot(tmp_path: Path, four) -> None:
    with (four[1] / MANIFEST).open() as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        assert kept(tmp_path)[1] in ("locked by a reader", f"read by process {os.getpid()}")
    assert kept(tmp_path)[1] == ""


@pytest.mark.parametrize(
    "program",
    [
        "import sys; file = open(sys.argv[1] + '/rejects/part-0.parquet'); print(1, flush=True); input()",
        "import os, sys; os.chdir(sys.argv[1]); print(1, flush=True); input()",
        "import mmap, sys; f = open(sys.argv[1] + '/manifest.json', 'rb'); m = mmap.mmap(f.fileno(), 0, prot=1); f.close(); print(1, flush=True); input()",
    ],
    ids=["open", "folder", "mapped"],
)
def test_a_process_that_reads_a_snapshot_holds_it(tmp_path: Path, four, program: str) -> None:
    command = [sys.executable, "-c", program, four[0]]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as reader:
        assert reader.stdout.readline() == "1\n"
        assert find_readers(tmp_path) == {four[0].name: f"process {reader.pid}"}
        assert kept(tmp_path)[0] == f"read by process {reader.pid}"
        reader.communicate("\n")
    assert kept(tmp_path)[0] == ""


def test_sizes_are_what_comes_free(tmp_path: Path, four) -> None:
    judged = judge_snapshots(tmp_path, 1, 0)
    shared = (four[0] / "articles/no-day/part-0.parquet").stat().st_size
    for one in judged[:3]:
        own = sum(path.stat().st_size for path in one.snapshot.rglob("*") if path.is_file())
        assert one.bytes == own - shared
    assert judged[3].bytes == 0


def test_numbers_never_come_back(tmp_path: Path, four) -> None:
    switch_current(tmp_path, four[0])
    for path in four[1:]:
        remove_snapshot(path)
    assert list_snapshots(tmp_path) == [four[0]]
    assert publish(tmp_path, "no_text").name.startswith("000005-")


def test_the_files_that_others_share_stay(tmp_path: Path, four) -> None:
    remove_snapshot(four[0])
    assert pl.read_parquet(four[3] / "articles/no-day/part-0.parquet").is_empty()


def test_work_of_versions_in_use_stays(tmp_path: Path) -> None:
    snapshot = publish(tmp_path / "published", "empty", clean="0123456789ab")
    for name in (
        "clean/0123456789ab",
        "clean/now",
        "clean/old",
        "extract/old",
        "links/old",
        "sketch/old",
        "publish/old",
    ):
        folder = tmp_path / "work" / name
        folder.mkdir(parents=True)
        (folder / "x.parquet").write_bytes(b"1234")
    unused = list_unused(tmp_path, Versions("now", "now"), [snapshot])
    names = [one.folder.relative_to(tmp_path / "work").as_posix() for one in unused]
    assert names == ["clean/old", "extract/old", "sketch/old", "links/old"]
    assert [one.bytes for one in unused] == [4] * 4
    assert len(list_unused(tmp_path, Versions("now", "now"), [])) == 5
