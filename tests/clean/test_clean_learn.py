"""Proposals of junk from lines that come back."""

from quotidian.tasks.clean.article import clean_article
from quotidian.tasks.clean.cleaned import Cleaned, Declared
from quotidian.tasks.clean.learn import SCHEMA, propose_junk
from quotidian.tasks.clean.settings import CleanSettings

STORY = "The council of Northport voted on day {} to keep harbour bridge number {} shut until engineers have seen it."
SLOGAN = "Northport news, 24 hours a day"


def write_articles(count: int) -> list[tuple[str, str]]:
    names = "abcdefghijklmnop"
    return [
        ("Harbour Post", f"{STORY.format(names[i], names[i])}\n\n{SLOGAN}\n\nShare on Facebook") for i in range(count)
    ]


def test_lines_that_come_back_are_proposed_with_counts():
    proposed = propose_junk([*write_articles(4), ("Other", SLOGAN)], min_count=3)
    assert proposed.schema == SCHEMA
    assert proposed.rows(named=True) == [
        {
            "phrase": "northport news # hours a day",
            "rule": "repeated_line",
            "opens_block": "",
            "where": "",
            "outlet": "Harbour Post",
            "article_count": 4,
            "outlet_article_count": 4,
            "sentence_share": 0.0,
            "example": SLOGAN,
        }
    ]


def test_the_order_of_articles_does_not_matter():
    articles = write_articles(5)
    assert propose_junk(articles, 2).equals(propose_junk(articles[::-1], 2))


def test_what_is_accepted_is_removed():
    raw = write_articles(1)[0][1]
    phrases = tuple(propose_junk(write_articles(3), 3)["phrase"])
    cleaned = clean_article(raw, Declared(), CleanSettings(junk_phrases=phrases))
    assert isinstance(cleaned, Cleaned)
    assert cleaned.body == STORY.format("a", "a")


def test_nothing_comes_of_nothing():
    assert propose_junk([], 1).is_empty()
