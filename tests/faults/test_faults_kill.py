"""Runs that are killed at random moments: a plain rerun gives the bytes of an undisturbed run.

Some are whole commands, killed with all of their processes; more are warm runs, forked from a process that has
loaded the model (see kill_runs.py). QUOTIDIAN_TEST_KILLS and QUOTIDIAN_TEST_WARM_KILLS raise their numbers.
"""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import CLEAN, Hashes, Run, command, hash_current

pytestmark = pytest.mark.fault
KILLS = int(os.environ.get("QUOTIDIAN_TEST_KILLS", "4"))
FIRST = int(os.environ.get("QUOTIDIAN_TEST_FIRST_KILL", "0"))
WARM_KILLS = int(os.environ.get("QUOTIDIAN_TEST_WARM_KILLS", "6"))
SCRIPT = Path(__file__).parent / "kill_runs.py"
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "POLARS_MAX_THREADS"), "1")
PHASES = {
    "start": ".lock",
    "ingest": "archive",
    "clean": "work/clean",
    "extract": "work/extract",
    "deduplicate": "work/sketch",
    "publish": "published/snapshots/.building-*",
    "switch": "published/snapshots/0*",
}
"""Signs by which the beginning of a phase is seen from outside."""
LONGEST_SECONDS = 0.15
PATIENCE_SECONDS = 600


@pytest.mark.scale
def test_warm_runs_killed_at_any_moment_are_finished_by_the_next(landing: Path, tmp_path: Path) -> None:
    line = [sys.executable, SCRIPT, landing, tmp_path, str(WARM_KILLS), str(FIRST)]
    done = subprocess.run(line, env=CLEAN | ONE_THREAD, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    print(done.stdout)
    found = json.loads(done.stdout)
    assert (found["kills"], found["same"]) == (WARM_KILLS, WARM_KILLS)


def start_run(landing: Path, data: Path, *flags: str) -> subprocess.Popen:
    """A run in a session of its own, so that all of its processes can be reached."""
    line, here = command(landing, data, *flags), data.parent
    return subprocess.Popen(
        line, cwd=here, env=CLEAN, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )


def await_sign(run: subprocess.Popen, data: Path, pattern: str) -> None:
    """Wait until a phase has begun or the run has ended."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while run.poll() is None and not any(data.glob(pattern)):
        assert time.monotonic() < deadline, f"{pattern} did not appear"
        time.sleep(0.001)


def list_session(session: int) -> list[int]:
    """Processes that belong to a session, the dead ones that nobody has asked after left out."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, own = stat.read_text().rpartition(")")[2].split()[:4]
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(own) == session and state != "Z":
            found.append(int(stat.parent.name))
    return found


def await_nobody(session: int) -> None:
    """Wait until no process of a session is left."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while left := list_session(session):
        assert time.monotonic() < deadline, f"processes {left} outlived their run"
        time.sleep(0.05)


@pytest.fixture(scope="module")
def strike(landing: Path) -> Callable:
    """strike(data, number, end): start a run and end it at the random moment of that number; return the process."""

    def strike(data: Path, number: int, end: Callable[[subprocess.Popen], None]) -> subprocess.Popen:
        moment = random.Random(number)
        phase = list(PHASES)[number % len(PHASES)]
        run = start_run(landing, data)
        await_sign(run, data, PHASES[phase])
        time.sleep(moment.uniform(0, LONGEST_SECONDS))
        end(run)
        return run

    return strike


def kill_group(run: subprocess.Popen) -> None:
    """Kill a run with its workers, as a machine that loses power does."""
    os.killpg(run.pid, signal.SIGKILL)
    run.communicate()


@pytest.mark.parametrize("number", range(FIRST, FIRST + KILLS))
def test_a_killed_run_is_finished_by_the_next(number, strike, run: Run, expected: Hashes, tmp_path: Path) -> None:
    strike(tmp_path / "data", number, kill_group)
    run(tmp_path / "data")
    assert hash_current(tmp_path / "data") == expected
    shutil.rmtree(tmp_path / "data")


@pytest.mark.parametrize("number", [2, 3])
def test_workers_end_with_a_run_that_is_killed_alone(number: int, strike, tmp_path: Path) -> None:
    run = strike(tmp_path / "data", number, lambda run: run.kill())
    run.communicate()
    await_nobody(run.pid)


SIGNALS = {"Ctrl-C": (os.killpg, signal.SIGINT), "SIGTERM": (os.kill, signal.SIGTERM)}


@pytest.mark.parametrize("phase", [1, 3, 5])
@pytest.mark.parametrize(("send", "number"), SIGNALS.values(), ids=SIGNALS)
def test_a_stopped_run_says_so_and_leaves_nobody(send, number, phase, strike, run, expected, tmp_path: Path) -> None:
    def stop(run: subprocess.Popen) -> None:
        send(run.pid, number)

    for moment in range(phase, 20 * len(PHASES), len(PHASES)):
        stopped = strike(tmp_path / "data", moment, stop)
        _, words = stopped.communicate(timeout=600)
        if stopped.returncode:
            break
        shutil.rmtree(tmp_path / "data")  # the run was over before: strike another one, at another moment
    assert stopped.returncode == 130
    assert words == "quotidian: stopped; what was finished is kept, the same command goes on from there.\n"
    await_nobody(stopped.pid)
    run(tmp_path / "data")
    assert hash_current(tmp_path / "data") == expected
