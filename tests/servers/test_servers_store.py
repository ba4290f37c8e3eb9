"""The data folder in a real S3 server on loopback: mirrors, the pointer, the lock."""

import json
import shlex
import shutil
import socket
from pathlib import Path

import duckdb
import polars as pl
import pytest
from pages import read_lines

from quotidian.flows.settings import Settings, load_settings
from quotidian.flows.storage.lock import DataLocked
from quotidian.flows.storage.mirror import hold_data, refresh_data
from quotidian.flows.storage.store import LOCK, StoreClosed, lock_store, open_store
from quotidian.tasks.publish.snapshot import read_manifest

pytestmark = [pytest.mark.server, pytest.mark.filterwarnings("ignore::DeprecationWarning")]
s3fs = pytest.importorskip("s3fs")
ADDRESS = "s3://bucket/quotidian"


def read_hashes(snapshot: Path) -> dict[str, str]:
    return {entry["path"]: entry["sha256"] for entry in read_manifest(snapshot)["files"]}


def mirror(tmp_path: Path, machine: str, monkeypatch) -> Settings:
    """Settings as they are on a machine with a mirror of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / machine))
    return load_settings(data=ADDRESS)


def read_store(desk, tmp_path: Path) -> pl.DataFrame:
    """The articles as a reader of the store finds them: the pointer first, then the files of one snapshot."""
    snapshot = json.loads(desk.cat_file("bucket/quotidian/published/current.json"))["snapshot"]
    desk.get(f"bucket/quotidian/published/snapshots/{snapshot}/articles", str(tmp_path / "read"), recursive=True)
    return duckdb.sql(f"select * from read_parquet('{tmp_path}/read/**/*.parquet')").pl()


def test_two_machines_share_a_data_folder(on, desk, quotidian, seeds: Path, tmp_path: Path) -> None:
    first, second = sorted(seeds.iterdir())[:2], sorted(seeds.iterdir())[2:]
    shutil.copytree(seeds, tmp_path / "landing", ignore=lambda *_: [path.name for path in second])
    run, status = (shlex.split(line)[1:-2] for line in read_lines("docs/scale.md") if ADDRESS in line)
    on("one", *run, "--inline")
    on("two", "run", *second, "--inline")
    days = json.loads(on("one", *status, "--json").stdout)["days"]
    assert sum(day["published"] for day in days) == 5
    assert "All in order" in on("one", "check").stdout
    shared = Path(on("one", "path").stdout.strip())
    alone = json.loads(quotidian("run", seeds, "--inline", "--json").stdout)
    assert read_hashes(shared) == read_hashes(Path(alone["snapshot"]))
    assert read_store(desk, tmp_path).height == 5
    assert not desk.exists(f"bucket/quotidian/{LOCK}")
    again = json.loads(on("three", "run", *first, "--inline", "--json").stdout)
    assert (again["inputs_new"], again["is_new"], set(again["batches"].values())) == (0, False, {0})


def test_unchanged_files_are_copied_inside_the_store(on, desk, seeds: Path, tmp_path: Path, monkeypatch) -> None:
    on("one", "run", seeds, "--inline")
    extra = tmp_path / "extra.jsonl"
    extra.write_text(json.dumps({"text": "Rain fell on the town all day, the mayor said. " * 9, "date": "2023-07-01"}))
    on("one", "run", extra, "--inline")
    snapshots = desk.ls("bucket/quotidian/published/snapshots", detail=False)
    day = "articles/2023-06-19/part-0.parquet"
    assert len(snapshots) == 2
    assert desk.cat_file(f"{snapshots[0]}/{day}") == desk.cat_file(f"{snapshots[1]}/{day}")
    on("two", "path")
    held = mirror(tmp_path, "two", monkeypatch)
    assert [p.name for p in (held.place.published / "snapshots").iterdir()] == [Path(snapshots[1]).name]


def test_work_that_a_failed_run_finished_is_carried_back(desk, tmp_path: Path, monkeypatch) -> None:
    one = mirror(tmp_path, "one", monkeypatch)
    with pytest.raises(ZeroDivisionError), hold_data(one.place, "a run"):
        (one.place.folder / "archive").mkdir()
        (one.place.folder / "archive" / "a.parquet").write_bytes(b"finished")
        raise ZeroDivisionError
    assert desk.cat_file("bucket/quotidian/archive/a.parquet") == b"finished"


def test_work_that_was_never_carried_back_stays_in_the_mirror(desk, tmp_path: Path, monkeypatch) -> None:
    one = mirror(tmp_path, "one", monkeypatch)
    (one.place.folder / "archive").mkdir(parents=True)
    (one.place.folder / "archive" / "a.parquet").write_bytes(b"finished")
    with hold_data(one.place, "the next run"):
        assert (one.place.folder / "archive" / "a.parquet").exists()
    assert desk.exists("bucket/quotidian/archive/a.parquet")


def test_what_is_taken_away_goes_everywhere(desk, tmp_path: Path, monkeypatch) -> None:
    one, two = (mirror(tmp_path, name, monkeypatch) for name in ("one", "two"))
    with hold_data(one.place, "a run"):
        (one.place.folder / "archive").mkdir()
        (one.place.folder / "archive" / "a.parquet").write_bytes(b"x")
    refresh_data(two.place, "archive")
    assert (two.place.folder / "archive" / "a.parquet").exists()
    with hold_data(one.place, "a take-down"):
        (one.place.folder / "archive" / "a.parquet").unlink()
    assert not desk.exists("bucket/quotidian/archive/a.parquet")
    refresh_data(two.place, "archive")
    assert not (two.place.folder / "archive" / "a.parquet").exists()


def test_one_writer_at_a_time(desk, tmp_path: Path, monkeypatch) -> None:
    one, two = (mirror(tmp_path, name, monkeypatch) for name in ("one", "two"))
    with (
        hold_data(one.place, "the first run"),
        pytest.raises(DataLocked, match="held by `the first run`"),
        hold_data(two.place, "x"),
    ):
        pytest.fail("two hold it")


def test_the_lock_of_a_dead_process_is_taken_over(desk) -> None:
    gone = {"pid": 2**22 + 1, "host": socket.gethostname(), "purpose": "a killed run"}
    desk.pipe_file(f"bucket/quotidian/{LOCK}", json.dumps(gone).encode())
    with lock_store(open_store(ADDRESS), 0, "the next run"):
        assert b"the next run" in desk.cat_file(f"bucket/quotidian/{LOCK}")
    assert not desk.exists(f"bucket/quotidian/{LOCK}")


def test_the_lock_of_another_machine_is_respected(desk) -> None:
    other = {"pid": 1, "host": "elsewhere", "purpose": "a long run"}
    desk.pipe_file(f"bucket/quotidian/{LOCK}", json.dumps(other).encode())
    words = r"process 1 on elsewhere.*remove s3://bucket/quotidian/\.lock"
    with pytest.raises(DataLocked, match=words), lock_store(open_store(ADDRESS), 0, "the next run"):
        pytest.fail("two hold it")


def test_a_bucket_that_is_not_there_is_said(s3: str, on, seeds: Path) -> None:
    with pytest.raises(StoreClosed, match="no such bucket"):
        open_store("s3://nowhere/quotidian")
