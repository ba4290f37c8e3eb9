"""Quotations of headlines, after linking: who repeats the body follows what is known of it, corrections included."""

import polars as pl

from quotidian.tasks.deduplicate.archive_links import LINK_SCHEMAS, ArchiveLinks
from quotidian.tasks.publish.assemble import join_display

DISPLAY = pl.DataFrame(
    [("a", 0, 0), ("a", None, 1), ("a", None, None), ("b", 0, None)],
    schema={"article_id": pl.String, "body_quote_index": pl.Int32, "speaker_entity_index": pl.Int32},
    orient="row",
)
QUOTES = pl.DataFrame(
    [("a", 0, "a:q0-9", "s1", "corrected"), ("b", 0, "b:q0-9", "s2", None)],
    schema={"article_id": pl.String, "quote_index": pl.Int32, **dict.fromkeys(("quote_id", "statement_id", "speaker_entity_id"), pl.String)},
    orient="row",
)  # fmt: skip
ENTITIES = {"article_id": ["a", "a"], "entity_index": [0, 1], "entity_id": ["found", "other"]}


def test_who_repeats_the_body_is_who_speaks_there() -> None:
    named = {"entity_links": ENTITIES}
    links = ArchiveLinks(
        **{name: pl.DataFrame(named.get(name), schema=schema) for name, schema in LINK_SCHEMAS.items()}
    )
    rows = join_display(DISPLAY, QUOTES, links).select("speaker_entity_id", "body_quote_id", "statement_id").rows()
    assert rows == [
        ("corrected", "a:q0-9", "s1"),
        ("other", None, None),
        (None, None, None),
        (None, "b:q0-9", "s2"),
    ]
