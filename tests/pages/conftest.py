"""A desk: a folder as the pages expect it, in which their commands run in this process, so that libraries load once."""

import os
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from in_process import call_command
from refresh import Ran, prepare_folder, run_line

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
        done = call_command(shlex.split(first)[1:], self.folder, OWN, together=True)
        ran = Ran(done.returncode, done.stdout)
        if not rest:
            return ran
        done = subprocess.run(["bash", "-c", rest], input=ran.words, cwd=self.folder, capture_output=True, text=True)
        return Ran(done.returncode, done.stdout + done.stderr)


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
