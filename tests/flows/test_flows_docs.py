"""What the documentation shows is what happens."""

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from quotidian.tasks.tables.catalog import CATALOG

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BIN = Path(sys.executable).parent


def blocks(language: str) -> list[str]:
    """Code blocks of the README in a language."""
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def steady_lines(text: str) -> list[str]:
    """Lines of a summary that hang on no clock, no folder and no width of the terminal."""
    kept = [line for line in text.splitlines() if not line.startswith(("Tables:", "Time:"))]
    return " ".join(kept).split()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, seeds: Path) -> Path:
    """A folder as the README's commands expect it."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "seeds").mkdir()
    (folder / "seeds" / "articles").symlink_to(seeds)
    (folder / "landing").mkdir()
    (folder / "landing" / "2023-06-19").symlink_to(seeds)
    (folder / "texts.jsonl").write_text(json.dumps({"id": 1, "text": "Ann Smith said it was over."}) + "\n")
    return folder


def commands() -> list[str]:
    (block,) = blocks("sh")
    return [line for line in block.splitlines() if "--inline" in line] + [
        line for line in block.splitlines() if "--inline" not in line and " run " not in line and " fetch " not in line
    ]


@pytest.fixture(scope="module")
def outputs(desk: Path) -> dict[str, subprocess.CompletedProcess]:
    """Every command of the README that needs no server, in an order in which they make sense."""
    done = {}
    for line in commands():
        words = shlex.split(line, comments=True)
        extra = ["--inline"] if words[1] == "backfill" else []
        command = [BIN / words[0], *words[1:], *extra]
        done[words[1]] = subprocess.run(command, cwd=desk, capture_output=True, text=True, timeout=120)
    return done


def test_every_command_of_the_readme_works(outputs) -> None:
    named = {"init", "run", "status", "show", "check", "path", "settings", "annotate", "learn-junk", "backfill"}
    assert named | {
        "diff",
        "rollback",
        "prune",
        "forget",
        "sql",
        "ask",
        "report",
        "reproduce",
        "export",
        "publish",
    } == set(outputs)
    for name, done in outputs.items():
        assert done.returncode == 0, (name, done.stderr)


def test_the_readme_shows_the_real_output(outputs) -> None:
    assert steady_lines(blocks("text")[0]) == steady_lines(outputs["run"].stdout)


def test_the_readme_lists_every_table(outputs) -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", README, re.MULTILINE))
    assert rows == {table.name: table.meaning.removeprefix("One row for ").rstrip(".") for table in CATALOG}


def test_the_query_of_the_readme_runs(outputs, desk: Path) -> None:
    (program,) = blocks("python")
    shown = subprocess.run(
        [sys.executable, "-c", program],
        cwd=desk,
        env={"PATH": str(BIN)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert shown.returncode == 0, shown.stderr
    assert "Antony Blinken" in shown.stdout
