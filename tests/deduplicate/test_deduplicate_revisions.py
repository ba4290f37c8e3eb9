"""What becomes of quotations when an outlet changes its page."""

import polars as pl
import pytest
from polars.testing import assert_frame_equal
from reports import read_quotes

from quotidian.tasks.deduplicate.sketch import SKETCH_SCHEMA, sketch_article
from quotidian.tasks.deduplicate.statements.revisions import find_quote_changes

NOBODY = pl.Series([], dtype=pl.String)
LEAD = "The council of Velmora met on Monday to speak of the old lighthouse. "
SAFE = '"The lighthouse is safe and will stand for another hundred years," Mayor Helena Brandt said. '
COST = "Engineer Tomas Farrow said that the repair of the lighthouse would cost 18 million crowns. "
TOLL = "Police said 12 people were killed in the storm on the coast. "
HURT = "Police said 30 people were injured by falling trees in the town. "
END = "Fishermen had asked for a new lamp for years."


def changes_between(*texts: str, urls: tuple[str | None, ...] = ()) -> pl.DataFrame:
    """Rows of quote_changes of texts of one address, the earliest first."""
    ids = [f"a{number}" for number in range(len(texts))]
    index = pl.DataFrame(
        {
            "article_id": ids,
            "url": pl.Series(urls or ["https://post.example/1"] * len(texts), dtype=pl.String),
            "revision": range(len(texts)),
            "body_hash": [f"h{texts.index(text)}" for text in texts],
        }
    )
    bodies = [{"body_hash": f"h{texts.index(text)}", **sketch_article(text, None, [])} for text in dict.fromkeys(texts)]
    sketches = pl.DataFrame(bodies, schema={"body_hash": pl.String, **SKETCH_SCHEMA})
    return find_quote_changes(read_quotes(list(texts)), index, sketches, NOBODY)


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (LEAD + SAFE + END, LEAD + SAFE + COST + END, [("added", None, "Farrow")]),
        (LEAD + SAFE + COST + END, LEAD + SAFE + END, [("removed", "Farrow", None)]),
        (LEAD + SAFE + END, LEAD + SAFE.replace("is safe", "is sound") + END, [("reworded", "Brandt", "Brandt")]),
        (LEAD + SAFE + END, LEAD + SAFE.replace("is safe", "is not safe") + END, [("reworded", "Brandt", "Brandt")]),
        (
            LEAD + SAFE + END,
            LEAD + SAFE.replace("Helena Brandt", "Lena Olsen") + END,
            [("attributed", "Brandt", "Olsen")],
        ),
        (LEAD + COST + END, LEAD + COST.replace("18", "31") + END, [("figure", "Farrow", "Farrow")]),
        (
            LEAD + TOLL + END,
            LEAD + TOLL.replace("12", "at least 15").replace("coast", "coast of Sarn") + END,
            [("figure", None, None)],
        ),
        (LEAD + TOLL + END, LEAD + TOLL.replace("Police", "The hospital") + END, [("attributed", None, None)]),
        (
            LEAD + COST + END,
            LEAD + COST.replace("18 million", "eighteen million") + END,
            [("reworded", "Farrow", "Farrow")],
        ),
        (LEAD + TOLL + END, LEAD + HURT + END, [("added", None, None), ("removed", None, None)]),
        (
            LEAD + SAFE + COST + END,
            LEAD + COST.replace("18", "20") + SAFE.replace("another", "a") + END,
            [("figure", "Farrow", "Farrow"), ("reworded", "Brandt", "Brandt")],
        ),
    ],
    ids=[
        "added",
        "removed",
        "reworded",
        "not",
        "another speaker",
        "cost",
        "toll",
        "another source",
        "a figure spelt out",
        "another saying",
        "moved and changed",
    ],
)
def test_what_was_changed(old: str, new: str, found: list[tuple]) -> None:
    rows = changes_between(old, new).select("kind", "speaker_entity_id", "later_speaker_entity_id").rows()
    assert sorted(rows) == found


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (LEAD + SAFE + COST + END, LEAD + SAFE + COST + END),
        (LEAD + SAFE + COST + END, LEAD + COST + SAFE + END),
        (LEAD + SAFE + END, LEAD + SAFE + END + " A storm is expected in the night, and ships stay in the harbour."),
        (LEAD + SAFE + END, LEAD + SAFE.replace('"The', "“The").replace(',"', ",”") + END),
        (LEAD + SAFE + END, LEAD.upper() + SAFE + END),
        (LEAD + SAFE + END, LEAD + SAFE.replace("Mayor Helena Brandt", "Brandt") + END),
        (LEAD + COST + END, LEAD + COST.replace("Engineer Tomas Farrow", "The engineer") + END),
        (LEAD + SAFE + END, LEAD + SAFE.replace("Helena Brandt", "Helene Brant") + END),
        (LEAD + COST + END, LEAD + COST.replace("said that the repair", "said the repair") + END),
        (LEAD + COST + END, LEAD + COST.replace("Engineer Tomas Farrow said that t", "T") + END),
    ],
    ids=[
        "nothing",
        "only the order",
        "text without quotations",
        "other marks",
        "another lead",
        "a shorter name",
        "a description",
        "another spelling",
        "no that",
        "the words stay without a speaker",
    ],
)
def test_what_was_not_changed(old: str, new: str) -> None:
    assert changes_between(old, new).rows() == []


def test_figures_and_words_stand_in_the_row() -> None:
    (row,) = changes_between(LEAD + COST + END, LEAD + COST.replace("18", "31") + END).to_dicts()
    assert (row["value"], row["later_value"], row["counted"]) == (18e6, 31e6, "crowns")
    assert "[-18-] {+31+}" in row["difference"]
    assert (row["earlier_article_id"], row["article_id"]) == ("a0", "a1")
    assert 0.8 < row["score"] < 1


def test_each_text_is_compared_with_the_one_before() -> None:
    texts = (LEAD + SAFE + END, LEAD + SAFE + COST + END, LEAD + SAFE + COST.replace("18", "31") + END)
    rows = changes_between(*texts).sort("article_id").select("earlier_article_id", "article_id", "kind").rows()
    assert rows == [("a0", "a1", "added"), ("a1", "a2", "figure")]


def test_texts_of_one_page_are_compared() -> None:
    urls = ("https://post.example/1/?a=2", "http://www.post.example/1?a=2")
    assert changes_between(LEAD + SAFE + END, LEAD + SAFE + COST + END, urls=urls).height == 1


def test_texts_of_other_addresses_are_not_compared() -> None:
    texts = (LEAD + SAFE + END, LEAD + SAFE + COST + END)
    assert changes_between(*texts, urls=("https://post.example/1", "https://post.example/2")).height == 0
    assert changes_between(*texts, urls=(None, None)).height == 0


def test_order_of_rows_changes_nothing() -> None:
    texts = [LEAD + SAFE + COST + TOLL + END, LEAD + HURT + COST.replace("18", "31") + END]
    quotes = read_quotes(texts)
    index = pl.DataFrame({"article_id": ["a0", "a1"], "url": ["u", "u"], "revision": [0, 1], "body_hash": ["h0", "h1"]})
    bodies = [{"body_hash": f"h{number}", **sketch_article(text, None, [])} for number, text in enumerate(texts)]
    sketches = pl.DataFrame(bodies, schema={"body_hash": pl.String, **SKETCH_SCHEMA})
    expected = find_quote_changes(quotes, index, sketches, NOBODY)
    assert expected.height == 4
    shuffled = quotes.sample(fraction=1, shuffle=True, seed=2)
    assert_frame_equal(find_quote_changes(shuffled, index.reverse(), sketches.reverse(), NOBODY), expected)
