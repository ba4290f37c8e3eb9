"""Who may speak, after linking: one entity once, and whom a correction names alone."""

import polars as pl
import pytest

from quotidian.tasks.deduplicate.archive_links import LINK_SCHEMAS, ArchiveLinks
from quotidian.tasks.publish.assemble import name_candidates

CANDIDATES = pl.DataFrame(
    [
        ("a", "a:q0-9", 1, 0, 9, 0, 0, 0.5, "Ann Smith"),
        ("a", "a:q0-9", 2, 10, 19, 1, 1, 0.25, "Eve Brown"),
        ("a", "a:q0-9", 3, 20, 29, 2, 2, 0.125, "A. Smith"),
        ("a", "a:q50-59", 1, 40, 49, None, None, 0.75, "a farmer"),
    ],
    schema={
        **{"article_id": pl.String, "quote_id": pl.String, "rank": pl.Int64, "start": pl.Int32, "end": pl.Int32},
        **{"mention_index": pl.Int32, "entity_index": pl.Int32, "probability": pl.Float64, "text": pl.String},
    },
    orient="row",
)
MENTIONS = pl.DataFrame(
    {"article_id": ["a"] * 3, "mention_index": [0, 1, 2], "mention_id": ["a:m0-9", "a:m10-19", "a:m20-29"]},
    schema_overrides={"mention_index": pl.Int32},
)
ENTITIES = {"article_id": ["a"] * 3, "entity_index": [0, 1, 2], "entity_id": ["smith", "brown", "smith"]}


def find_candidates(own: int | None, told: str | None) -> list[tuple]:
    """Rows of the first quotation, whose speaker was found to be `own` and is `told` after linking and corrections."""
    named = {"entity_links": ENTITIES}
    links = ArchiveLinks(
        **{name: pl.DataFrame(named.get(name), schema=schema) for name, schema in LINK_SCHEMAS.items()}
    )
    quotes = pl.DataFrame(
        [("a", "a:q0-9", own, told), ("a", "a:q50-59", None, None)],
        schema={
            "article_id": pl.String,
            "quote_id": pl.String,
            "speaker_entity_index": pl.Int32,
            "speaker_entity_id": pl.String,
        },
        orient="row",
    )
    rows = name_candidates(CANDIDATES, quotes, MENTIONS, links).sort("quote_id", "rank")
    assert rows.filter(quote_id="a:q50-59").select("entity_id", "text", "probability").rows() == [
        (None, "a farmer", 0.75)
    ]
    return rows.filter(quote_id="a:q0-9").select("rank", "entity_id", "mention_id", "probability").rows()


@pytest.mark.parametrize("own", [0, None], ids=["a likeliest one speaks", "nobody is known to speak"])
def test_candidates_that_are_one_entity_are_one_row(own):
    rows = find_candidates(own, None if own is None else "smith")
    assert rows == [(1, "smith", "a:m0-9", 0.625), (2, "brown", "a:m10-19", 0.25)]


@pytest.mark.parametrize(
    ("own", "told", "rows"),
    [
        (0, "brown", [(1, "brown", None, 1.0)]),
        (0, None, []),
        (None, "brown", [(1, "brown", None, 1.0)]),
    ],
    ids=["somebody else", "nobody that is named", "who was open"],
)
def test_a_correction_leaves_nobody_else(own, told, rows):
    assert find_candidates(own, told) == rows
