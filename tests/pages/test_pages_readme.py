"""What the README shows is what happens."""

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from pages import ROOT, find_blocks, read_lines
from refresh import Ran

from quotidian.flows.commands.app import app
from quotidian.tasks.tables.catalog import CATALOG

README = (ROOT / "README.md").read_text(encoding="utf-8")
ELSEWHERE = {
    "make run": "installs everything; continuous integration does it with `make test-all`",
    "quotidian run landing --engine dask --dask-address tcp://10.0.0.5:8786": "docs/scale.md has it, with a real cluster",
    "quotidian watch": "tests/share has it, with watches",
    "pip wheel --no-deps --wheel-dir dist .": "tests/laws builds the wheel of a copy of the tree",
    'pip install "quotidian[excel] @ file://$PWD/dist/quotidian-0.1.0-py3-none-any.whl"': "tests/laws installs the wheel",
    "quotidian fetch feeds.csv --to landing/feeds": "docs/fetch.md has it, with real feeds",
}


def blocks(language: str) -> list[str]:
    """Code blocks of the README in a language."""
    return [block.text for block in find_blocks(README) if block.language == language]


def steady_words(text: str) -> list[str]:
    """Words of a summary that hang on no clock, no folder and no width of the terminal."""
    kept = [line for line in text.splitlines() if not line.startswith(("Tables:", "Time:"))]
    return " ".join(kept).split()


@pytest.fixture(scope="module")
def outputs(desk) -> dict[str, Ran]:
    """Every command of the README in its order, by line."""
    (desk.folder / "texts.jsonl").write_text(json.dumps({"id": 1, "text": "Ann Smith said it was over."}) + "\n")
    return {line: desk.run(line) for line in read_lines("README.md") if line not in ELSEWHERE}


def test_every_command_of_the_readme_works(outputs) -> None:
    for line, ran in outputs.items():
        assert ran.code == 0, (line, ran.words)


def test_what_runs_elsewhere_stands_in_the_readme() -> None:
    assert set(ELSEWHERE) <= set(read_lines("README.md"))


def test_the_readme_names_every_command() -> None:
    named = {shlex.split(line)[1] for line in read_lines("README.md") if line.startswith("quotidian ")}
    assert named == {name for name in app if not name.startswith("-")} - {"tables"}  # for who changes the tables


def test_the_readme_shows_the_real_output(outputs) -> None:
    assert steady_words(blocks("text")[0]) == steady_words(outputs["quotidian run seeds/articles"].words)


def test_the_readme_lists_every_table() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", README, re.MULTILINE))
    assert rows == {table.name: table.meaning.removeprefix("One row for ").rstrip(".") for table in CATALOG}


def test_the_query_of_the_readme_runs(outputs, desk) -> None:
    (program,) = blocks("python")
    own = {"PATH": str(Path(sys.executable).parent)}
    shown = subprocess.run(
        [sys.executable, "-c", program], cwd=desk.folder, env=own, capture_output=True, text=True, timeout=600
    )
    assert shown.returncode == 0, shown.stderr
    assert "Antony Blinken" in shown.stdout
