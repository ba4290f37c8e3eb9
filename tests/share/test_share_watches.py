"""Watches: what they find, what is news, and files that cannot be used."""

from pathlib import Path

import pytest

from quotidian.tasks.share.reading import open_snapshot
from quotidian.tasks.share.watches import WatchBroken, choose_news, find_rows, read_watch, read_watches


def write_watch(folder: Path, text: str, name: str = "w.toml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def find(snapshot: Path, path: Path) -> list[dict]:
    with open_snapshot(snapshot) as database:
        return find_rows(read_watch(path), database)


def test_statements_by_somebody_are_told_once_however_many_articles_carry_them(snapshot: Path, tmp_path: Path) -> None:
    rows = find(snapshot, write_watch(tmp_path, 'kind = "said_by"\nname = "tom brown"'))
    assert {row["title"] for row in rows} == {"Tom Brown"}
    news = choose_news(rows, set())
    assert len(news) < len(rows)
    assert [row["published_date"] for row in news if "before the winter" in row["words"]] == ["2023-06-19"]


def test_statements_about_somebody(snapshot: Path, tmp_path: Path) -> None:
    rows = find(snapshot, write_watch(tmp_path, 'kind = "said_about"\nname = "Kent Builders"'))
    assert any("did good work" in row["words"] for row in rows)
    assert "Kent Builders" not in {row["title"] for row in rows}


def test_copies_of_an_outlet(snapshot: Path, tmp_path: Path) -> None:
    rows = find(snapshot, write_watch(tmp_path, 'kind = "copied"\nname = "Dover Times"'))
    assert "Kent Post" in {row["title"] for row in rows}
    assert find(snapshot, write_watch(tmp_path, 'kind = "copied"\nname = "Coast Daily"')) == []


def test_anonymous_claims_and_queries_of_ones_own(snapshot: Path, tmp_path: Path) -> None:
    assert find(snapshot, write_watch(tmp_path, 'kind = "anonymous"')) == []
    own = "SELECT article_id AS id, article_id, title FROM articles"
    rows = find(snapshot, write_watch(tmp_path, own, "own.sql"))
    assert len(rows) == 4
    assert all(row["news"] == row["id"] and row["words"] == "" for row in rows)


def test_the_watch_that_the_docs_show_can_be_used(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "operate.md").read_text(encoding="utf-8")
    texts = [block for block in page.split("```text\n")[1:] if block.startswith("# watches/")]
    watches = [read_watch(write_watch(tmp_path, text.split("```")[0])) for text in texts]
    assert {watch.values["name"] for watch in watches} == {"Ann Smith"}
    sent = [(watch.webhook, watch.apprise) for watch in watches]
    assert sent == [("https://chat.example/hooks/1", None), (None, "$NEWSROOM_MAIL")]


@pytest.mark.parametrize(
    ("known", "told"),
    [(set(), ["q1", "q3"]), ({"q2"}, ["q3"]), ({"q1", "q3"}, []), ({"gone"}, ["q1", "q3"])],
    ids=["nothing known", "another article had it", "all known", "known is gone"],
)
def test_news_is_what_no_article_had_before(known: set[str], told: list[str]) -> None:
    rows = [{"id": "q1", "news": "s1"}, {"id": "q2", "news": "s1"}, {"id": "q3", "news": "s2"}]
    assert [row["id"] for row in choose_news(rows, known)] == told


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('kind = "said_bye"\nname = "A"', "no kind said_bye"),
        ('kind = "said_by"', "lacks name"),
        ('kind = "anonymous"\nname = "A"', "does not use"),
        ("", "needs one of kind"),
        ('kind = "anonymous"\nwebhok = "x"', "webhok"),
        ('kind = "anonymous"\nwebhook = "file:///etc/passwd"', "no address"),
        ('kind = "anonymous"\nwebhook = "https://a.example"\napprise = "json://a.example"', "write another watch"),
        ("kind = ", "cannot be read"),
    ],
    ids=["unknown kind", "no name", "a name too many", "empty", "unknown key", "no web address", "two ways", "no TOML"],
)
def test_a_watch_that_cannot_be_used_is_refused_in_a_sentence(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(WatchBroken, match=words):
        read_watches(write_watch(tmp_path, text).parent)


def test_a_query_without_an_id_and_one_name_twice_are_refused(snapshot: Path, tmp_path: Path) -> None:
    with pytest.raises(WatchBroken, match="no column id"):
        find(snapshot, write_watch(tmp_path, "SELECT title FROM articles", "w.sql"))
    write_watch(tmp_path, 'kind = "anonymous"')
    with pytest.raises(WatchBroken, match="another name"):
        read_watches(tmp_path)
