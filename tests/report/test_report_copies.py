"""Who was first, and copies of copies."""

from datetime import UTC, date, datetime

import pytest

from quotidian.tasks.report.stories import find_first, order_tree

NEW, OLD = date(2024, 5, 2), date(2024, 5, 1)
NOON, ONE = datetime(2024, 5, 1, 12, tzinfo=UTC), datetime(2024, 5, 1, 13, tzinfo=UTC)


@pytest.mark.parametrize(
    ("articles", "first"),
    [
        ([("a", NEW, None), ("b", OLD, None)], "b"),
        ([("a", OLD, ONE), ("b", OLD, NOON), ("c", NEW, None)], "b"),
        ([("a", OLD, NOON), ("b", OLD, NOON)], None),
        ([("a", OLD, NOON), ("b", OLD, None)], None),
        ([("a", NEW, None), ("b", OLD, None), ("c", None, None)], None),
        ([("a", OLD, NOON)], None),
    ],
    ids=["by day", "by time", "the same time", "a time lacks", "a day lacks", "one article"],
)
def test_who_was_first_is_said_only_where_it_is_known(articles: list[tuple], first: str | None) -> None:
    rows = [dict(zip(("article_id", "published_date", "published_at"), a, strict=True)) for a in articles]
    found = find_first(rows)
    assert (found and found["article_id"]) == first


@pytest.mark.parametrize(
    ("pairs", "tree"),
    [
        ([("b", "a"), ("c", "b"), ("d", "a")], [("b", 0), ("c", 1), ("d", 0)]),
        ([("a", "b"), ("b", "a")], [("a", 0), ("b", 0)]),
        ([(chr(98 + n), chr(97 + n)) for n in range(6)], [("b", 0), ("c", 1), ("d", 2), ("e", 3), ("f", 3), ("g", 3)]),
    ],
    ids=["a copy of a copy", "each of the other", "a long chain"],
)
def test_copies_stand_below_what_they_were_taken_from(pairs: list[tuple], tree: list[tuple]) -> None:
    copies = [{"article_id": copy, "original_id": original} for copy, original in pairs]
    assert [(copy["article_id"], copy["depth"]) for copy in order_tree(copies)] == tree
