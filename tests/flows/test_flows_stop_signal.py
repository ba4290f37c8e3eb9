"""A run that is stopped within a library that swallows KeyboardInterrupt ends as one that was stopped."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

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


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "terminate"])
def test_a_stop_that_a_library_swallowed_is_a_stop(number: signal.Signals, seeds: Path, tmp_path: Path) -> None:
    line = [sys.executable, "-c", SWALLOWING.format(number=int(number)), "run", seeds, "--data", "data", "--inline"]
    done = subprocess.run(line, cwd=tmp_path, capture_output=True, text=True, timeout=600)
    assert (done.returncode, done.stderr) == (
        130,
        "quotidian: stopped; what was finished is kept, the same command goes on from there.\n",
    )
    (run,) = pl.read_parquet(tmp_path / "data/published/runs/*.parquet").to_dicts()
    assert (run["state"], run["error"]) == (
        "interrupted",
        "TypeError: '<unprintable str object>' is not a Polars data type",
    )


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


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "terminate"])
def test_a_stop_within_a_finalizer_is_not_lost_and_a_second_one_changes_nothing(
    number: signal.Signals, seeds: Path, tmp_path: Path
) -> None:
    line = [sys.executable, "-c", TWICE.format(number=int(number)), "run", seeds, "--data", "data", "--inline"]
    done = subprocess.run(line, cwd=tmp_path, capture_output=True, text=True, timeout=600)
    assert (done.returncode, done.stderr) == (
        130,
        "quotidian: stopped; what was finished is kept, the same command goes on from there.\n",
    )
    (run,) = pl.read_parquet(tmp_path / "data/published/runs/*.parquet").to_dicts()
    assert (run["state"], run["error"]) == ("interrupted", "KeyboardInterrupt: ")


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
