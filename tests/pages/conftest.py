"""A desk: a folder as the pages expect it, in which their commands run in this process, so that libraries load once."""

import io
import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
from refresh import Ran, prepare_folder, run_line

from quotidian.flows.commands.app import main

OWN = {"COLUMNS": "100", "NO_COLOR": "1", "QUOTIDIAN_WORKERS": "1"}
SHELL = frozenset("|<>;&$`")


class Desk:
    """`run` gives a command's exit code and all that it prints; `outputs` keeps them by command."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.outputs = folder, {}

    def run(self, line: str) -> Ran:
        """Run a line of a page; nothing is recorded by Prefect here, tests/servers does that."""
        if (
            line.startswith(("quotidian run ", "quotidian backfill "))
            and "--inline" not in line
            and "--plan" not in line
        ):
            line_run = f"{line} --inline"
        else:
            line_run = line
        self.outputs[line] = self.run_here(line_run)
        return self.outputs[line]

    def run_here(self, line: str) -> Ran:
        """In this process where it is one command, its output into a pipe where one follows, else in bash."""
        first, _, rest = line.partition(" | ")
        if not line.startswith("quotidian ") or SHELL & set(first):
            return run_line(line, self.folder)
        ran = call_main(first, self.folder)
        if not rest:
            return ran
        done = subprocess.run(["bash", "-c", rest], input=ran.words, cwd=self.folder, capture_output=True, text=True)
        return Ran(done.returncode, done.stdout + done.stderr)


def call_main(line: str, folder: Path) -> Ran:
    """Call the command's entry point with the words of a line."""
    words, code = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True), 0
    argv, heard = sys.argv, {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    sys.argv = shlex.split(line)
    try:
        with chdir(folder), redirect_stdout(words), redirect_stderr(words):
            main()
    except SystemExit as ended:
        code = ended.code
    finally:
        sys.argv = argv
        for number, handler in heard.items():  # the command is deaf to signals once it is done
            signal.signal(number, handler)
    return Ran(code, words.buffer.getvalue().decode())


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One for a module."""
    yield from make_desk(tmp_path_factory.mktemp("desk") / "news")


def make_desk(folder: Path) -> Iterator[Desk]:
    """A desk, without the settings of whoever runs the tests."""
    prepare_folder(folder)
    with pytest.MonkeyPatch.context() as environment:
        for name in [name for name in os.environ if name.startswith(("QUOTIDIAN_", "PREFECT_"))]:
            environment.delenv(name)
        for name, value in OWN.items():
            environment.setenv(name, value)
        yield Desk(folder)


@pytest.fixture
def fresh_desk(tmp_path: Path) -> Iterator[Desk]:
    """One for a test."""
    yield from make_desk(tmp_path / "news")
