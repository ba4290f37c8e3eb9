"""A clock that is wrong: numbers of snapshots, runs and `current` do not hang on it."""

import json
import shutil
import subprocess
from pathlib import Path

import polars as pl
import pytest

from .conftest import BIN, CLEAN, Hashes, Run, hash_current

pytestmark = [pytest.mark.fault, pytest.mark.skipif(shutil.which("faketime") is None, reason="needs faketime")]
STEADY = {"FAKETIME_DONT_FAKE_MONOTONIC": "1"}


def run_at(offset: str, *arguments: object, where: Path) -> dict:
    """The report of a run whose clock is off."""
    line = ["faketime", "-f", offset, BIN / "quotidian", "run", *arguments, "--inline", "--json"]
    done = subprocess.run(line, cwd=where, env=CLEAN | STEADY, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_clock_moved_back_changes_nothing(landing: Path, run: Run, expected: Hashes, tmp_path: Path) -> None:
    data = tmp_path / "data"
    reports = [
        run_at("+400d", landing / "bridges.jsonl", "--data", data, where=tmp_path),
        run_at("-4000d", landing, "--data", data, where=tmp_path),
        run_at("-9000d", landing, "--data", data, where=tmp_path),
    ]
    names = [Path(report["snapshot"]).name[:6] for report in reports]
    assert (names, [report["is_new"] for report in reports]) == (["000001", "000002", "000002"], [True, True, False])
    runs = pl.read_parquet(data / "published" / "runs" / "*.parquet").sort("run_id")
    assert runs["run_id"].n_unique() == 3
    assert runs["snapshot"].str.head(6).to_list() == ["000002", "000002", "000001"]
    assert (runs["ended_at"] >= runs["started_at"]).all()
    assert json.loads(run(data).stdout)["is_new"] is False


def test_the_same_bytes_at_any_time(landing: Path, expected: Hashes, tmp_path: Path) -> None:
    run_at("-20000d", landing, "--data", tmp_path / "data", where=tmp_path)
    assert hash_current(tmp_path / "data") == expected
