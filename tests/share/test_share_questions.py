"""Saved questions: real answers, and what people may write themselves."""

from datetime import date
from pathlib import Path

import pytest

from quotidian.tasks.share.queries import run_query
from quotidian.tasks.share.questions import QuestionBroken, read_question, read_questions, read_values
from quotidian.tasks.share.reading import open_snapshot

SAVED = read_questions(Path("nowhere"))


def ask(snapshot: Path, name: str, **given: str) -> list[dict]:
    question = SAVED[name]
    with open_snapshot(snapshot) as database:
        answer = run_query(database, question.sql, read_values(question, given))
        return [row for batch in answer.batches for row in batch.to_pylist()]


def test_most_quoted_speakers_count_copies_apart(snapshot: Path) -> None:
    first, second = ask(snapshot, "most-quoted-speakers")
    assert (first["speaker"], first["articles"], first["independent_articles"], first["outlets"]) == (
        "Ann Smith",
        4,
        2,
        3,
    )
    assert second["speaker"] == "Tom Brown"
    assert [row["speaker"] for row in ask(snapshot, "most-quoted-speakers", limit="1")] == ["Ann Smith"]
    assert ask(snapshot, "most-quoted-speakers", outlet="kent post")[0]["articles"] == 1


def test_what_one_said_about_another(snapshot: Path) -> None:
    (row,) = ask(snapshot, "said-about", speaker="smith", about="builders")
    assert (row["speaker"], row["names"]) == ("Ann Smith", "Kent Builders")
    assert "Kent Builders did good work" in row["statement"]


def test_who_quoted_it_first(snapshot: Path) -> None:
    rows = ask(snapshot, "quoted-first", words="people of dover")
    assert [(row["place"], row["outlet"]) for row in rows] == [
        (1, "Dover Times"),
        (2, "Kent Post"),
        (None, "Dover Times"),
        (None, "Coast Daily"),
    ]


def test_most_copied_articles(snapshot: Path) -> None:
    (row,) = ask(snapshot, "most-copied-articles")
    assert (row["outlet"], row["copies"], row["exact"], row["near"]) == ("Dover Times", 2, 1, 1)
    assert row["copied_by"] == "Coast Daily, Kent Post"


def test_quotations_that_differ(snapshot: Path) -> None:
    rows = ask(snapshot, "differing-quotations", speaker="smith")
    assert {row["outlet"] for row in rows} == {"Dover Times", "Kent Post", "Coast Daily"}
    assert any("[-been-] {+waited+}" in row["difference"] for row in rows)
    assert ask(snapshot, "differing-quotations", speaker="brown") == []


def test_outlets_by_share_of_copied_text(snapshot: Path) -> None:
    shares = {row["outlet"]: row["copied_share_of_words"] for row in ask(snapshot, "copied-share")}
    assert (shares["Kent Post"], shares["Dover Times"]) == (1.0, 0.0)
    assert 0.8 < shares["Coast Daily"] < 1
    assert [row["outlet"] for row in ask(snapshot, "copied-share", articles="2")] == ["Dover Times"]


def test_figures_that_were_said(snapshot: Path) -> None:
    assert ask(snapshot, "figures-said", about="bridge") == []
    with open_snapshot(snapshot) as database:
        sql = "SELECT DISTINCT text, value, counted, quote_id FROM quantities ORDER BY text"
        rows = run_query(database, sql).batches
        assert {row["text"] for batch in rows for row in batch.to_pylist()} == {"24 months", "three", "two years"}


def test_days_with_gaps(snapshot: Path) -> None:
    every, dover = ask(snapshot, "days-with-gaps")
    assert (every["outlet"], every["day_before"], every["days_without"]) == ("(all outlets)", date(2023, 6, 20), 2)
    assert (dover["outlet"], dover["days_without"]) == ("Dover Times", 3)
    assert len(ask(snapshot, "days-with-gaps", days="3")) == 1


def test_questions_of_ones_own_come_besides_and_win(tmp_path: Path) -> None:
    (tmp_path / "mine.sql").write_text("-- How many since?\n-- $since date: first day\nSELECT $since AS day\n")
    (tmp_path / "copied-share.sql").write_text("-- Another way to count\nSELECT 1\n")
    questions = read_questions(tmp_path)
    assert read_values(questions["mine"], {"since": "2023-06-19"}) == {"since": date(2023, 6, 19)}
    assert questions["copied-share"].meaning == "Another way to count"
    assert set(questions) == {*SAVED, "mine"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("SELECT 1", "does not begin with a comment"),
        ("-- What?\n-- $x thing: what\nSELECT $x", "is no parameter: write"),
        ("-- What?\n-- $x\nSELECT $x", "is no parameter"),
    ],
)
def test_a_broken_question_is_named(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "q.sql").write_text(text)
    with pytest.raises(QuestionBroken, match=words):
        read_question(tmp_path / "q.sql")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "said-about needs speaker="),
        ({"speaker": "a", "about": "b", "limit": "many"}, "limit=many is no integer"),
        ({"who": "a"}, "no parameter who: it has speaker, about, limit"),
    ],
)
def test_a_wrong_value_is_named(given: dict, words: str) -> None:
    with pytest.raises(QuestionBroken, match=words):
        read_values(SAVED["said-about"], given)


def test_quotations_by_women_and_men_show_what_is_not_told(snapshot: Path) -> None:
    rows = ask(snapshot, "women-and-men")
    with open_snapshot(snapshot) as database:
        sql = "SELECT quote_id FROM quote_speakers JOIN quotes USING (quote_id) JOIN articles USING (article_id) WHERE is_said AND is_latest"
        said = [row for batch in run_query(database, sql).batches for row in batch.to_pylist()]
    assert sum(row["quotations"] for row in rows) == len(said)
    assert round(sum(row["share"] for row in rows), 2) == 1
    assert all((row["share_of_told"] is None) == row["sex_stated"].startswith("(") for row in rows)
