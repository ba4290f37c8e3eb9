"""Two runs on one data folder at once."""

import json
from pathlib import Path

import pytest

from .conftest import Hashes, Run, hash_current
from .test_faults_kill import start_run

pytestmark = pytest.mark.fault


def test_of_two_runs_at_once_one_works_and_one_says_who_holds(landing, run: Run, expected: Hashes, tmp_path) -> None:
    pair = [start_run(landing, tmp_path / "data") for _ in range(2)]
    said = [process.communicate(timeout=600) for process in pair]
    done, refused = sorted(range(2), key=lambda n: pair[n].returncode)
    assert (pair[done].returncode, pair[refused].returncode) == (0, 3)
    assert f"(process {pair[done].pid} on " in said[refused][1]
    assert said[refused][1].count("\n") == 1
    assert hash_current(tmp_path / "data") == expected


def test_a_run_that_waits_does_its_work_after_the_other(landing, expected: Hashes, tmp_path: Path) -> None:
    pair = [start_run(landing, tmp_path / "data", "--wait", "600") for _ in range(2)]
    reports = [json.loads(process.communicate(timeout=600)[0]) for process in pair]
    assert [process.returncode for process in pair] == [0, 0]
    assert sorted(report["inputs_new"] for report in reports) == [0, 27]
    assert sorted(report["is_new"] for report in reports) == [False, True]
    assert hash_current(tmp_path / "data") == expected


def test_the_lock_of_a_killed_run_is_free(landing, run: Run, expected: Hashes, tmp_path: Path) -> None:
    first = start_run(landing, tmp_path / "data")
    while not (tmp_path / "data" / ".lock.holder").exists():
        assert first.poll() is None
    first.kill()
    first.communicate()
    run(tmp_path / "data")
    assert hash_current(tmp_path / "data") == expected
