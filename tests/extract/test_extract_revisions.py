"""Texts of one page are states of it, in their order."""

import polars as pl
import pytest

from quotidian.tasks.extract.index import number_revisions

PAGES = {
    "one address": ("https://post.example/a", "https://post.example/a", [0, 1], [False, True]),
    "www., http and a slash": ("https://www.post.example/a", "http://post.example/a/", [0, 1], [False, True]),
    "a slash before the query": ("https://post.example/a/?id=7", "https://post.example/a?id=7", [0, 1], [False, True]),
    "for a telephone": ("https://m.post.example/a", "https://post.example/a/amp/", [0, 1], [False, True]),
    "for a telephone, as a file": (
        "https://post.example/a.html",
        "https://amp.post.example/a.amp.html",
        [0, 1],
        [False, True],
    ),
    "for a printer": (
        "https://post.example/a?id=7&print=true",
        "https://post.example/a?amp=1&id=7",
        [0, 1],
        [False, True],
    ),
    "no layout": ("https://post.example/lamp", "https://post.example/l", [0, 0], [True, True]),
    "what is printed": ("https://post.example/a?print=edition", "https://post.example/a", [0, 0], [True, True]),
    "other queries": ("https://post.example/a?id=7", "https://post.example/a?id=8", [0, 0], [True, True]),
    "another host": ("https://post.example/a", "https://mail.example/a", [0, 0], [True, True]),
    "none": (None, None, [0, 0], [True, True]),
}


@pytest.mark.parametrize(("first", "second", "revision", "is_latest"), PAGES.values(), ids=PAGES)
def test_states_of_a_page_are_numbered(
    first: str | None, second: str | None, revision: list[int], is_latest: list[bool]
) -> None:
    columns = dict.fromkeys(("published_at", "published_date", "captured_at"), pl.lit(None))
    articles = pl.DataFrame({"article_id": ["a", "b"], "url": pl.Series([first, second], dtype=pl.String)})
    found = number_revisions(articles.with_columns(**columns)).sort("article_id")
    assert (found["revision"].to_list(), found["is_latest"].to_list()) == (revision, is_latest)
