"""Every code block of docs/bi.md runs, in the order of the page."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "bi.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(sh|python|sql)\n(.*?)```", PAGE, re.DOTALL)
BIN = Path(sys.executable).parent

pytestmark = pytest.mark.server
SHOWN = {
    "select kind, count(*) as n from quotes": '"kind": "direct"',
    "quotidian ask most-quoted": "Antony Blinken",
    "aggregate(": "direct",
    "duckdb_columns": "Length of body",
    "pl.scan_parquet": "Antony Blinken",
    "pd.read_parquet": "indirect",
    'partitioning="hive"': "How sure the extractor is",
    "create_engine": "Chinese threat theory",
    "adbc_driver": "000001-",
    "sqlite3": "Antony Blinken",
    "--without-text --to": "without text in shared",
}
"""What the output of a block holds that says that it worked on the sample articles."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, seeds: Path, postgres: str) -> dict:
    """A folder with the sample articles, and the environment that the page speaks of."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "seeds").mkdir()
    (folder / "seeds" / "articles").symlink_to(seeds)
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("QUOTIDIAN_", "PREFECT_"))}
    environment |= {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "DATABASE_URL": postgres}
    return {"cwd": folder, "env": environment, "capture_output": True, "text": True, "timeout": 120}


def test_the_page_runs(desk: dict) -> None:
    seen = set()
    for language, code in BLOCKS:
        if language == "sql":
            (desk["cwd"] / "questions").mkdir()
            (desk["cwd"] / "questions" / "naming.sql").write_text(code)
            continue
        command = [sys.executable, "-c", code] if language == "python" else ["bash", "-euo", "pipefail", "-c", code]
        done = subprocess.run(command, **desk)
        assert done.returncode == 0, code + done.stdout + done.stderr
        for piece, words in SHOWN.items():
            if piece in code:
                seen.add(piece)
                assert words in done.stdout, code + done.stdout
    assert seen == set(SHOWN)
    assert {"said.csv", "articles.parquet", "quotes.xlsx", "news.duckdb"} <= {p.name for p in desk["cwd"].iterdir()}
    mine = subprocess.run(["quotidian", "ask", "naming", "name=Taiwan", "--json"], **desk)
    assert "Taiwan" in mine.stdout


def test_the_page_names_every_saved_question() -> None:
    for path in (ROOT / "seeds" / "questions").glob("*.sql"):
        assert f"quotidian ask {path.stem}" in PAGE
