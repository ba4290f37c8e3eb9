"""Real runs of the installed command on a small archive, to be killed, limited and damaged."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

BIN = Path(sys.executable).parent
CLEAN = {k: v for k, v in os.environ.items() if not k.startswith(("QUOTIDIAN_", "PREFECT_"))}

LETHAL = Path(__file__).parent / "lethal"
ENGINES = {"inline": ["--inline"], "recorded": []}

Hashes = dict[str, str]


@pytest.fixture(scope="session")
def landing(tmp_path_factory: pytest.TempPathFactory, seeds: Path) -> Path:
    """The five sample articles, twenty short ones of five days, and two inputs that are rejected."""
    folder = tmp_path_factory.mktemp("landing")
    shutil.copytree(seeds, folder / "seeds")
    rows = [
        {
            "id": n,
            "date": f"2023-07-{1 + n % 5:02}",
            "title": f"Bridge {n} to open",
            "text": f'Mayor Ann Smith said bridge {n} would open in May.\n\n"It is safe," she said. ' * 3,
        }
        for n in range(20)
    ]
    (folder / "bridges.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (folder / "empty.txt").write_text("")
    (folder / "image.bin").write_bytes(bytes(range(256)) * 4)
    return folder


def hash_snapshot(snapshot: Path) -> Hashes:
    """sha256 of every table file of a snapshot."""
    files = sorted(snapshot.rglob("*.parquet"))
    return {p.relative_to(snapshot).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def hash_current(data: Path) -> Hashes:
    """sha256 of every table file of the current snapshot."""
    return hash_snapshot((data / "published" / "current").resolve())


def command(landing: Path, data: Path, *flags: str) -> list[str]:
    """The command line of a run."""
    return [str(BIN / "quotidian"), "run", str(landing), "--inline", "--data", str(data), "--json", *flags]


Run = Callable[..., subprocess.CompletedProcess]


@pytest.fixture(scope="session")
def run(landing: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """run(data, *flags, code=0): one run of the command on the landing folder."""
    here = tmp_path_factory.mktemp("here")

    def run(data: Path, *flags: str, code: int = 0, **variables: str) -> subprocess.CompletedProcess:
        own = CLEAN | variables
        line = command(landing, data, *flags)
        done = subprocess.run(line, cwd=here, env=own, capture_output=True, text=True, timeout=600)
        assert done.returncode == code, done.stdout + done.stderr
        assert "Traceback" not in done.stderr, done.stderr
        return done

    return run


@pytest.fixture(scope="session")
def undisturbed(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a run that nothing disturbed. Tests copy it, none changes it."""
    data = tmp_path_factory.mktemp("undisturbed") / "data"
    run(data)
    return data


@pytest.fixture(scope="session")
def expected(undisturbed: Path) -> Hashes:
    """What every disturbed run must come to."""
    return hash_current(undisturbed)


@pytest.fixture
def data(undisturbed: Path, tmp_path: Path) -> Path:
    """A finished data folder of one's own."""
    shutil.copytree(undisturbed, tmp_path / "data", symlinks=True)
    return tmp_path / "data"


@pytest.fixture
def lethal(quotidian, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable:
    """lethal(*arguments): the command with articles that do what they say (see lethal/sitecustomize.py)."""
    home = tmp_path_factory.getbasetemp() / "prefect"
    variables = {"PYTHONPATH": LETHAL, "LETHAL_MARK": tmp_path / "struck", "PREFECT_HOME": home}
    return lambda *arguments, **own: quotidian(*arguments, **variables, **own)


def write_articles(path: Path, texts: dict[str, str]) -> Path:
    """JSON lines of three harmless articles, and of `texts` by name."""
    harmless = {f"a{n}": f"Mayor Ann Smith said bridge {n} would open in May." for n in range(3)}
    rows = [{"id": id_, "date": "2023-07-01", "text": text} for id_, text in sorted((harmless | texts).items())]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def read_published(data: Path) -> tuple[set[str], dict[str, tuple[str, str]]]:
    """record_id of the articles; step and reason of the rejects by record_id."""
    current, archive = data / "published" / "current", data / "archive"
    names = pl.read_parquet(archive / "*.parquet").select("input_id", "record_id")
    articles = pl.read_parquet(f"{current}/articles/**/*.parquet", hive_partitioning=False)
    rejects = pl.read_parquet(f"{current}/rejects/*.parquet").join(names, on="input_id")
    return set(articles["record_id"]), {row[0]: row[1:] for row in rejects["record_id", "step", "reason"].rows()}


@pytest.fixture
def quotidian(quotidian_process):
    """The command in a process of its own."""
    return quotidian_process
