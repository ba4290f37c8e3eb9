"""A run that is stopped within a library that swallows KeyboardInterrupt ends as one that was stopped."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from quotidian.flows.process.interrupt import INTERRUPTED, STOPPED
from quotidian.flows.process.stop_signal import is_stopped, noting_signals, raise_later

SWALLOWING = """
import signal, sys
from quotidian.flows import run
from quotidian.flows.commands.app import main

def pipeline(*arguments):
    try:
        signal.raise_signal({number})
    except KeyboardInterrupt:
        raise TypeError("'<unprintable str object>' is not a Polars data type") from None

run.pipeline = pipeline
main()
"""


NUMBERS = pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "terminate"])


def stop_run(code: str, seeds: Path, folder: Path) -> tuple[str, str]:
    """State and error that a run records whose code stops it; it says so in one line and exits with the number of an interruption."""
    line = [sys.executable, "-c", code, "run", seeds, "--data", "data", "--inline"]
    done = subprocess.run(line, cwd=folder, capture_output=True, text=True, timeout=600)
    assert (done.returncode, done.stderr) == (INTERRUPTED, STOPPED)
    (run,) = pl.read_parquet(folder / "data/published/runs/*.parquet").to_dicts()
    return run["state"], run["error"]


@NUMBERS
def test_a_stop_that_a_library_swallowed_is_a_stop(number: signal.Signals, seeds: Path, tmp_path: Path) -> None:
    said = "TypeError: '<unprintable str object>' is not a Polars data type"
    assert stop_run(SWALLOWING.format(number=int(number)), seeds, tmp_path) == ("interrupted", said)


TWICE = """
import signal
from quotidian.flows import run
from quotidian.flows.commands.app import main

class Finalized:
    def __del__(self):
        signal.raise_signal({number})

def pipeline(*arguments):
    Finalized()
    while True:
        pass

write_record = run.write_record

def stop_again(*arguments):
    signal.raise_signal({number})
    write_record(*arguments)

run.pipeline, run.write_record = pipeline, stop_again
main()
"""


@NUMBERS
def test_a_stop_within_a_finalizer_is_not_lost_and_a_second_one_changes_nothing(
    number: signal.Signals, seeds: Path, tmp_path: Path
) -> None:
    state = stop_run(TWICE.format(number=int(number)), seeds, tmp_path)
    assert state == ("interrupted", "KeyboardInterrupt: ")


def test_what_else_fails_in_a_finalizer_is_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Failing:
        def __del__(self) -> None:
            raise ValueError("no such thing")

    monkeypatch.setattr(sys, "unraisablehook", raise_later)
    Failing()
    assert capsys.readouterr().err.endswith("ValueError: no such thing\n")


def test_signals_are_noted_while_they_are_listened_to() -> None:
    before = signal.signal(signal.SIGTERM, lambda *_: None)
    try:
        with noting_signals():
            assert not is_stopped(ValueError())
            os.kill(os.getpid(), signal.SIGTERM)
            assert is_stopped(ValueError())
        with noting_signals():
            assert not is_stopped(ValueError())
            assert is_stopped(KeyboardInterrupt())
    finally:
        signal.signal(signal.SIGTERM, before)
