"""The command called in this process, so that libraries and the model load once for many tests.

Signals, pools, start-up and the end of a process need a process of their own: those tests start one.
"""

import gc
import io
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
from here_pool import HerePool
from rich.console import Console

OWN = ("QUOTIDIAN_", "PREFECT_")
"""Beginnings of the variables of whoever runs the tests, which no command of a test hears of."""


def call_command(
    arguments: list[str], folder: Path, variables: Mapping[str, str], stdin: str = "", *, together: bool = False
) -> subprocess.CompletedProcess:
    """`quotidian` with these arguments in a folder: exit code and output, as from a process; `together`: errors in the output."""
    from quotidian.flows.commands.app import app, main

    out, code = make_stream(), 0
    errors = out if together else make_stream()
    with pytest.MonkeyPatch.context() as patch, chdir(folder), keeping_signals():
        set_environment(patch, variables)
        work_here(patch)
        patch.setattr(app, "console", Console())  # else the first of this process, with the width of its time
        patch.setattr(app, "error_console", Console(stderr=True))
        patch.setattr(sys, "argv", ["quotidian", *arguments])
        patch.setattr(sys, "stdin", make_stream(stdin))
        with redirect_stdout(out), redirect_stderr(errors):
            try:
                main()
            except SystemExit as ended:
                code = ended.code
    gc.unfreeze()  # a command lets what it leaves lie, as its process ends
    return subprocess.CompletedProcess(arguments, code or 0, read_stream(out), "" if together else read_stream(errors))


def run_here(folder: Path, *arguments: object) -> subprocess.CompletedProcess:
    """The command in a folder, which must end well."""
    done = call_command([*map(str, arguments)], folder, {})
    assert done.returncode == 0, done.stderr
    return done


def set_environment(patch: pytest.MonkeyPatch, variables: Mapping[str, str]) -> None:
    """The variables of this process without the settings of whoever runs it, and with these."""
    for name in [name for name in os.environ if name.startswith(OWN)]:
        patch.delenv(name)
    for name, value in variables.items():
        patch.setenv(name, value)


def work_here(patch: pytest.MonkeyPatch) -> None:
    """Let this process do the work of workers."""
    from quotidian.flows.commands import annotate, reproduce
    from quotidian.flows.running import pool

    for module in (annotate, reproduce, pool):
        patch.setattr(module, "WorkerPool", HerePool)


@contextmanager
def keeping_signals() -> Iterator[None]:
    """A command is deaf to signals once it is done; this process hears them again."""
    heard = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in heard.items():
            signal.signal(number, handler)


def make_stream(words: str = "") -> io.TextIOWrapper:
    """A stream with a buffer below it, like those of a process."""
    return io.TextIOWrapper(io.BytesIO(words.encode()), encoding="utf-8", write_through=True)


def read_stream(stream: io.TextIOWrapper) -> str:
    return stream.buffer.getvalue().decode()
