"""`import quotidian`: texts, snapshots and runs from Python."""

import json
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
from here_pool import HerePool
from pages import find_blocks, read_page

import quotidian
from quotidian.flows import run as runs
from quotidian.tasks.share.queries import QueryRefused
from quotidian.tasks.share.questions import QuestionBroken
from quotidian.tasks.store.errors import UsageError
from quotidian.tasks.tables.catalog import CATALOG

ROOT = Path(__file__).parents[2]
TEXT = "“The harbour stays open,” said Mara Quill, the pilot of Eastport. Quill added that the ice would melt in May."
RECORDS = (
    {"id": "a", "date": "2024-03-01", "outlet": "Coast Daily", "text": TEXT},
    {
        "id": "b",
        "text": "Ben Ash told reporters that Mara Quill was wrong about the ice. “It will stay until June,” Ash said.",
    },
)


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory):
    """A snapshot of two articles, one without a day."""
    folder = tmp_path_factory.mktemp("api")
    (folder / "news.jsonl").write_text("\n".join(map(json.dumps, RECORDS)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runs, "take_pool", lambda workers: HerePool())
        patch.setattr("quotidian.flows.commands.run.expect_news", lambda settings: None)
        return quotidian.run([folder / "news.jsonl"], folder / "data", workers=1)


def test_a_text_is_read_as_it_is() -> None:
    reading = quotidian.annotate(TEXT)
    said = reading.quotes.select("speaker", "speaker_text", "cue", "content").rows()
    assert said == [
        ("Mara Quill", "Mara Quill", "said", "The harbour stays open"),
        ("Mara Quill", "Quill", "added", "that the ice would melt in May"),
    ]
    assert all(TEXT[start:end] == text for start, end, text in reading.mentions.select("start", "end", "text").rows())
    assert reading.sentences["text"].to_list() == [TEXT[:65], TEXT[66:]]


def test_many_texts_keep_their_order_and_an_empty_one_has_nothing() -> None:
    readings = [*quotidian.annotate_many(["", TEXT])]
    assert [reading.quotes.height for reading in readings] == [0, 2]
    assert readings[0].quotes.columns == readings[1].quotes.columns


def test_every_table_is_a_frame_with_its_columns(news) -> None:
    for table in CATALOG:
        columns = getattr(news, table.name).columns
        assert columns == table.schema.column_names()
        assert news.scan(table.name).collect_schema().names() == columns


def test_views_questions_and_sql_are_answered(news) -> None:
    assert {"Mara Quill", "Ben Ash"} <= {*news.quotations["speaker"]}
    assert news.query("SELECT count(*) AS n FROM articles WHERE outlet = $name", name="Coast Daily")["n"].item() == 1
    assert news.query("SELECT 1 AS one WHERE false").schema == pl.Schema({"one": pl.Int32})
    assert news.ask("most-quoted-speakers", limit=1).height == 1
    assert "Mara Quill was wrong" in news.said_about("Quill", by="Ash")["statement"].item()
    with news.database() as database:
        assert database.sql("SELECT count(*) FROM articles").fetchall() == [(2,)]


def test_what_is_wrong_is_said_in_a_sentence(news, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Nothing is published"):
        quotidian.open(tmp_path)
    with pytest.raises(AttributeError, match="no table or view quote:"):
        news.quote
    with pytest.raises(QueryRefused, match="Only questions"):
        news.query("DROP VIEW quotes")
    with pytest.raises(QuestionBroken, match="no question who"):
        news.ask("who")


def test_a_snapshot_stays_while_another_is_published(news, monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setattr(runs, "take_pool", lambda workers: HerePool())
    before, data = news.articles, news.settings.data
    (tmp_path / "more.jsonl").write_text(json.dumps({"id": "c", "text": TEXT.replace("May", "June")}))
    later = quotidian.run([tmp_path / "more.jsonl"], data, workers=1)
    assert later.folder != news.folder
    assert later.articles.height == 3
    assert news.articles.equals(before)


def test_importing_takes_nothing_heavy() -> None:
    program = (
        "import sys, quotidian; print(sorted({'polars', 'spacy', 'duckdb', 'prefect', 'pydantic'} & {*sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=600, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.slow
def test_the_page_runs_as_a_script(tmp_path: Path) -> None:
    (block,) = (block.text for block in find_blocks(read_page("docs/python.md")) if block.language == "python")
    lines = [f"    {line}" for line in block.replace("seeds/articles", f"{ROOT}/seeds/articles").splitlines()]
    script = tmp_path / "script.py"
    script.write_text("if __name__ == '__main__':\n" + "\n".join(lines) + "\n")
    done = subprocess.run([sys.executable, script], cwd=tmp_path, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    assert "Antony Blinken" in done.stdout
