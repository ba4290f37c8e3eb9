"""Whom the words of a quotation are about: from its parts, not from what interrupts them."""

import polars as pl

from quotidian.tasks.publish.assemble import find_subjects

PARTS = pl.DataFrame(
    {
        "article_id": ["a", "a", "b"],
        "quote_id": ["a:q0-40", "a:q0-40", "b:q0-10"],
        "part_index": [0, 1, 0],
        "start": [0, 30, 0],
        "end": [10, 40, 10],
    }
)
MENTIONS = pl.DataFrame(
    [
        ("a", "a:m2-6", 2, 6, "name", "e_1"),
        ("a", "a:m15-20", 15, 20, "name", "e_2"),
        ("a", "a:m32-34", 32, 34, "pronoun", "e_1"),
        ("a", "a:m36-39", 36, 39, "name", None),
        ("b", "b:m8-12", 8, 12, "name", "e_3"),
    ],
    schema=["article_id", "mention_id", "start", "end", "mention_kind", "entity_id"],
    orient="row",
)


def test_what_stands_in_the_parts_counts():
    rows = find_subjects(PARTS, MENTIONS).sort("mention_id").select("quote_id", "entity_id", "mention_id", "how").rows()
    assert rows == [("a:q0-40", "e_1", "a:m2-6", "named"), ("a:q0-40", "e_1", "a:m32-34", "pronoun")]
