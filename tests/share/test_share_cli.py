"""`quotidian sql` and `quotidian ask`, as a person and as a script use them."""

import csv
import io
import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from quotidian.flows.commands.app import app
from quotidian.tasks.store.errors import UsageError


def test_sql_prints_a_table(quotidian, archive: Path) -> None:
    shown = quotidian("sql", "SELECT outlet, count(*) AS n FROM articles GROUP BY 1 ORDER BY 1", "--data", archive)
    lines = [line.split() for line in shown.stdout.splitlines()]
    assert lines == [
        ["outlet", "n"],
        ["Coast", "Daily", "1"],
        ["Dover", "Times", "2"],
        ["Kent", "Post", "1"],
        ["3", "rows"],
    ]


@pytest.mark.parametrize("width", [40, 80, 200])
def test_sql_fits_the_terminal(quotidian, archive: Path, width: int) -> None:
    shown = quotidian("sql", "SELECT * FROM quotations", "--rows", 2, "--data", archive, COLUMNS=width).stdout
    assert max(map(len, shown.splitlines())) <= width
    assert "The first 2 rows" in " ".join(shown.split())


def test_sql_shows_nothing_that_acts_on_a_terminal(quotidian, archive: Path) -> None:
    shown = quotidian("sql", "SELECT chr(27) || '[31mred' || chr(8238) AS a, '[bold]x[/]' AS b", "--data", archive)
    assert "\x1b" not in shown.stdout
    assert "\u202e" not in shown.stdout
    assert "[bold]x[/]" in shown.stdout


def test_sql_reads_standard_input_and_writes_json(quotidian, archive: Path) -> None:
    done = quotidian("sql", "-", "--json", "--data", archive, stdin="SELECT count(*) AS n FROM articles")
    assert json.loads(done.stdout) == [{"n": 4}]


def test_sql_writes_csv_that_no_spreadsheet_runs(quotidian, archive: Path, tmp_path: Path) -> None:
    sql = "SELECT title FROM articles WHERE outlet = 'Kent Post'"
    shown = quotidian("sql", sql, "--format", "csv", "--data", archive).stdout
    assert list(csv.reader(io.StringIO(shown))) == [["title"], ['\'=HYPERLINK("http://x")']]
    assert "1 row in a.csv" in quotidian("sql", sql, "--to", "a.csv", "--raw", "--data", archive).stdout
    assert (tmp_path / "a.csv").read_text() == '"title"\n"=HYPERLINK(""http://x"")"\n'


def test_ask_lists_the_saved_questions(quotidian, archive: Path, tmp_path: Path) -> None:
    (tmp_path / "questions").mkdir()
    (tmp_path / "questions" / "mine.sql").write_text("-- How many?\n-- $least integer: words\nSELECT $least AS n\n")
    shown = quotidian("ask", "--data", archive).stdout
    assert "mine" in shown
    assert "most-quoted-speakers" in shown
    assert "words (needed)" in shown
    assert json.loads(quotidian("ask", "mine", "least=3", "--json", "--data", archive).stdout) == [{"n": 3}]
    assert {q["name"] for q in json.loads(quotidian("ask", "--json", "--data", archive).stdout)} >= {
        "mine",
        "said-about",
    }


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("sql", "SELECT * FROM quote"), "Tables and views: articles, edits"),
        (("sql", "SELECT 1", "--format", "xml"), "There is no format xml: use table, csv, json, parquet, xlsx"),
        (("sql", "SELECT 1", "--to", "a.doc"), "a.doc has no known ending"),
        (("sql", "SELECT 1", "--format", "table", "--to", "a.csv"), "A table is for the terminal"),
        (("ask", "nobody"), "No saved question is called nobody: there are changed-positions"),
        (("ask", "most-quoted"), r"called most-quoted \(did you mean most-quoted-speakers\?\)"),
        (("ask", "said-about", "Smith"), "write name=value"),
    ],
)
def test_mistakes_get_one_sentence(archive: Path, arguments: tuple, words: str) -> None:
    with pytest.raises(UsageError, match=words) as caught:
        app([*arguments, "--data", str(archive)], result_action="return_value", exit_on_error=False)
    assert "\n" not in str(caught.value)


def test_sql_without_a_snapshot_says_how_to_start(quotidian) -> None:
    assert "Nothing is published in data yet" in quotidian("sql", "SELECT 1", code=2).stderr


def test_ctrl_c_stops_a_long_answer_and_leaves_nothing(archive: Path) -> None:
    sql = "SELECT a.i, b.i FROM range(3000000) a(i), range(300000) b(i)"
    command = [Path(sys.executable).parent / "quotidian", "sql", sql, "--to", "a.csv", "--data", archive]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=archive.parent, start_new_session=True)
    try:
        while process.poll() is None and not list(archive.parent.glob(".a.csv.*")):
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=600)
    finally:
        process.kill()
    assert (process.returncode, errors.strip()[:19]) == (130, "quotidian: stopped;")
    assert not list(archive.parent.glob("*a.csv*"))
