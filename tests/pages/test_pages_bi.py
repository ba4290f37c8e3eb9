"""Every code block of docs/bi.md and docs/exports.md runs, in the order of the pages."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pages import ROOT, Block, find_blocks, split_lines
from refresh import Ran

PAGE = "\n".join((ROOT / page).read_text(encoding="utf-8") for page in ("docs/bi.md", "docs/exports.md"))
BLOCKS = [block for block in find_blocks(PAGE) if block.language in ("sh", "python", "sql")]
NOT_RUN = {"pip install apache-superset": "an environment of its own; tried by hand, as the page says"}

pytestmark = pytest.mark.server
SHOWN = {
    "select kind, count(*) as n from quotes": '"kind": "direct"',
    "quotidian ask most-quoted": "Antony Blinken",
    "aggregate(": "direct",
    "duckdb_columns": "Length of body",
    "pl.scan_parquet": "Antony Blinken",
    "pd.read_parquet": "indirect",
    "ds.dataset(": "How sure the extractor is",
    "create_engine": "Chinese threat theory",
    "adbc_driver": "000001-",
    "sqlite3": "Antony Blinken",
    "--without-text --to": "without text in shared",
}
"""What the output of a block holds that says that it worked on the sample articles."""


@pytest.fixture(scope="module")
def ran(desk, postgres: str) -> list[Ran]:
    """What each block did, in a folder with the sample articles and the environment that the page speaks of."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DATABASE_URL", postgres)
        environment.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
        return [run_block(block, desk, postgres) for block in BLOCKS]


def run_block(block: Block, desk, postgres: str) -> Ran:
    """Run the commands, the program or the statements of a block; a saved question is saved as the page says."""
    if block.language == "python":
        command = [sys.executable, "-c", block.text]
        done = subprocess.run(command, cwd=desk.folder, capture_output=True, text=True, timeout=600)
        return Ran(done.returncode, done.stdout + done.stderr)
    if block.language == "sh":
        lines = [line for line in split_lines(block.text) if not line.startswith(tuple(NOT_RUN))]
        done = [desk.run(line.replace("$DATABASE_URL", postgres)) for line in lines]
        return Ran(sum(one.code for one in done), "".join(one.words for one in done))
    if block.text.startswith("CREATE ROLE"):
        return grant(block.text, postgres)
    (desk.folder / "questions").mkdir()
    (desk.folder / "questions" / "naming.sql").write_text(block.text, encoding="utf-8")
    return desk.run("quotidian ask naming name=Taiwan --json")


def grant(statements: str, postgres: str) -> Ran:
    """Run statements on the server; the role that they make reads a table, and cannot write it."""
    import adbc_driver_postgresql.dbapi as postgresql

    with postgresql.connect(postgres, autocommit=True) as connection, connection.cursor() as cursor:
        for statement in statements.strip().split("\n"):
            cursor.execute(statement)
        cursor.execute("SET ROLE reader")
        cursor.execute("SELECT count(*) FROM quotidian.quotations")
        number = cursor.fetchone()[0]
        with pytest.raises(postgresql.ProgrammingError, match="permission denied"):
            cursor.execute("DELETE FROM quotidian.quotes")
    return Ran(0, f"{number} rows to read")


def test_every_block_runs(ran: list[Ran]) -> None:
    for block, one in zip(BLOCKS, ran, strict=True):
        assert one.code == 0, block.text + one.words


@pytest.mark.parametrize("piece", SHOWN)
def test_a_block_shows_what_it_should(piece: str, ran: list[Ran]) -> None:
    shown = [one.words for block, one in zip(BLOCKS, ran, strict=True) if piece in block.text]
    assert shown
    assert all(SHOWN[piece] in words for words in shown)


def test_the_files_and_the_question_of_the_page_are_there(ran: list[Ran], desk) -> None:
    names = {path.name for path in desk.folder.iterdir()}
    assert {"said.csv", "articles.parquet", "quotes.xlsx", "news.duckdb", "news.sqlite", "shared"} <= names
    assert any("Taiwan" in one.words for block, one in zip(BLOCKS, ran, strict=True) if block.language == "sql")


def test_the_page_names_every_saved_question() -> None:
    for path in (ROOT / "seeds" / "questions").glob("*.sql"):
        assert f"quotidian ask {path.stem}" in PAGE


def test_what_is_not_run_still_stands_on_the_page() -> None:
    assert all(line in PAGE for line in NOT_RUN)
