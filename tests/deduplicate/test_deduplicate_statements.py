import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from quotidian.tasks.deduplicate.corrections import Correction, Corrections
from quotidian.tasks.deduplicate.kept import Kept
from quotidian.tasks.deduplicate.sketch import sketch_quotes
from quotidian.tasks.deduplicate.statements import variants
from quotidian.tasks.deduplicate.statements.pairs import gather_quotes
from quotidian.tasks.deduplicate.statements.statements import (
    DEFAULTS,
    RUN_COMMON,
    STORY_COMMON,
    link_statements,
    measure_overlaps,
)
from quotidian.tasks.deduplicate.statements.variants import compare_words

RUDDER = "The rudder failed in strong wind near the lighthouse and nobody could steer the ship any more"
RUDDER_CUT = "the rudder failed in strong wind"
RUDDER_TRANSLATED = "that in a strong wind by the lighthouse the rudder had failed and the ship could not be steered"
RUDDER_AGAIN = "The rudder failed although engineers had looked at the ship near the lighthouse in the spring"
PAYMENT = "Every passenger will receive five hundred crowns from the company within a month"
PAIR = (RUDDER, RUDDER_CUT)


def make_quotes(rows: list[tuple]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Quotes of (article_id, speaker, text, is_said) and the links of their articles, the later of id the later."""
    data = [(f"{a}:q{n}", a, text, "direct", not denied, speaker) for n, (a, speaker, text, *denied) in enumerate(rows)]
    columns = ["quote_id", "article_id", "text", "kind", "is_said", "speaker_entity_id"]
    schema = dict.fromkeys(columns, pl.String) | {"is_said": pl.Boolean}
    quotes = pl.DataFrame(data, schema=schema, orient="row")
    articles = sorted({row[0] for row in rows})
    ranks = pl.Series(range(len(articles)), dtype=pl.UInt32)
    links = pl.DataFrame({"article_id": articles, "copy_group": [a[0] for a in articles], "story_id": "st", "age_rank": ranks},
                         schema_overrides={"article_id": pl.String, "copy_group": pl.String, "story_id": pl.String})  # fmt: skip
    return quotes.hstack(sketch_quotes(quotes["text"])), links


def group(rows, corrections=None) -> list[list[int]]:
    """Numbers of the rows that are one statement."""
    found = link_statements(*make_quotes(rows), corrections or Corrections())
    numbers = found.links.with_columns(n=pl.col("quote_id").str.extract(r"q(\d+)$").cast(pl.Int64))
    return sorted(sorted(group) for group in numbers.group_by("statement_id").agg("n")["n"].to_list())


@pytest.mark.parametrize(
    "other", [RUDDER, RUDDER_CUT, RUDDER_TRANSLATED, RUDDER.upper(), f"Sadly, {RUDDER}. We are sorry."]
)
def test_the_same_thing_said(other):
    assert group([("a", "dahl", RUDDER), ("b", "dahl", other), ("c", "dahl", PAYMENT)]) == [[0, 1], [2]]


TAXES = "Of course I pay my harbour taxes"
CLOSED = "If the brewery ever had to pay fair taxes, its doors would be closed within a week, and every sailor in the valley would drink water"
TAXES_WITHIN = f"Nobody has asked me in years, and so I say it here in front of everyone. {TAXES}, like any other owner of a brewery"


@pytest.mark.parametrize("story", ["st", "other"])
@pytest.mark.parametrize(("other", "is_one"), [(CLOSED, False), (TAXES_WITHIN, True)], ids=["like words", "within"])
def test_articles_that_are_no_copies_say_one_thing_in_most_words_only(story, other, is_one):
    quotes, links = make_quotes([("a", "dahl", TAXES), ("b", "dahl", other)])
    links = links.with_columns(story_id=pl.Series(["st", story]))
    assert link_statements(quotes, links).links["statement_id"].n_unique() == 1 + (not is_one)


BRIDGE = "We will rebuild the old harbour bridge before the first snow falls, whatever it may cost the council and its taxpayers"
CLOSING = "The council may close the old harbour before long"
READY = "that the old harbour bridge would be ready by winter"


@pytest.mark.parametrize(("other", "is_one"), [(CLOSING, False), (READY, True)], ids=["scattered", "in a row"])
def test_few_words_in_common_are_of_one_statement_where_they_stand_in_a_row(other, is_one):
    rows = [("a", "dahl", BRIDGE), ("b", "dahl", other)]
    words = gather_quotes(make_quotes(rows)[0]["words"])
    (overlap,), (common,) = measure_overlaps(words, np.array([[0, 1]]), DEFAULTS)
    assert overlap >= DEFAULTS.statement_overlap and STORY_COMMON <= common < RUN_COMMON
    assert group(rows) == ([[0, 1]] if is_one else [[0], [1]])


DAM = "to build a dam across the river Orla"


@pytest.mark.parametrize(
    ("other", "story", "is_one"),
    [
        ("that the judge would treat him unfairly because of his plans to build a dam across the river Orla", "other", False),
        ("that the judge would treat him unfairly because of his plans to build a dam across the river Orla", "st", True),
        ("that he would build the dam across the river Orla within a year", "other", True),
    ],
)  # fmt: skip
def test_a_short_saying_within_one_of_another_story_is_another_statement(other, story, is_one):
    quotes, links = make_quotes([("a", "dahl", DAM), ("b", "dahl", other)])
    links = links.with_columns(story_id=pl.Series(["st", story]))
    assert link_statements(quotes, links).links["statement_id"].n_unique() == 1 + (not is_one)


def test_copies_say_one_thing_in_other_words():
    assert group([("a1", "dahl", TAXES), ("a2", "dahl", CLOSED)]) == [[0, 1]]


@pytest.mark.parametrize(
    ("rows", "groups"),
    [
        ([("a", "dahl", RUDDER), ("b", "farrow", RUDDER)], [[0], [1]]),
        ([("a", "dahl", RUDDER), ("b", "dahl", RUDDER, True)], [[0], [1]]),
        ([("a", None, RUDDER), ("b", None, RUDDER)], [[0], [1]]),
        ([("a1", None, RUDDER), ("a2", None, RUDDER_TRANSLATED)], [[0, 1]]),
        ([("a1", None, RUDDER), ("a2", "dahl", RUDDER), ("b", "dahl", RUDDER_TRANSLATED)], [[0, 1, 2]]),
        ([("a1", None, RUDDER), ("a2", "dahl", RUDDER), ("a3", "farrow", RUDDER)], [[0], [1], [2]]),
        ([("a", None, RUDDER), ("b", "dahl", RUDDER)], [[0], [1]]),
        ([("a", "dahl", RUDDER), ("b", "dahl", RUDDER_AGAIN)], [[0, 1]]),
        ([("a", "dahl", RUDDER), ("a", "dahl", RUDDER_AGAIN)], [[0], [1]]),
        ([("a", "dahl", RUDDER), ("a", "dahl", RUDDER_CUT)], [[0, 1]]),
        (
            [("a", "dahl", "the United States"), ("b", "dahl", "We met officials of the United States in Velmora")],
            [[0], [1]],
        ),
        ([("a", "dahl", "no comment"), ("b", "dahl", "No comment!")], [[0, 1]]),
        ([("a", "dahl", ""), ("b", "dahl", "")], [[0], [1]]),
        ([("a", "dahl", "…"), ("b", "dahl", "of the")], [[0], [1]]),
        ([("a", "dahl", "…"), ("b", "dahl", "…")], [[0], [1]]),
        ([], []),
    ],
)
def test_who_said_it_and_how_much(rows, groups):
    assert group(rows) == groups


def test_a_statement_is_named_by_its_earliest_quotation():
    quotes, links = make_quotes([("b", "dahl", RUDDER), ("c", "dahl", RUDDER_CUT)])
    before = link_statements(quotes, links).links["statement_id"].unique().to_list()
    later = link_statements(*make_quotes([("b", "dahl", RUDDER), ("c", "dahl", RUDDER_CUT), ("d", "dahl", RUDDER)]))
    assert later.links["statement_id"].unique().to_list() == before
    earlier = link_statements(*make_quotes([("b", "dahl", RUDDER), ("c", "dahl", RUDDER_CUT), ("a", "dahl", RUDDER)]))
    assert earlier.links["statement_id"].unique().to_list() != before


def test_order_of_rows_changes_nothing():
    rows = [
        ("a", "dahl", RUDDER),
        ("b", "dahl", RUDDER_CUT),
        ("c", None, PAYMENT),
        ("d", "dahl", PAYMENT),
        ("e", "dahl", PAYMENT),
    ]
    quotes, links = make_quotes(rows)
    expected = link_statements(quotes, links)
    for seed in range(4):
        found = link_statements(quotes.sample(fraction=1, shuffle=True, seed=seed), links.reverse())
        for one, other in zip(expected, found, strict=True):
            assert_frame_equal(one, other)


@pytest.mark.parametrize(
    ("base", "variant", "difference"),
    [
        ("a b c", "a b c", "a b c"),
        ("a b c", "a c", "a [-b-] c"),
        ("a c", "a b c", "a {+b+} c"),
        ("a b", "a d", "a [-b-] {+d+}"),
        ("", "", ""),
    ],
)
def test_differences_word_by_word(base, variant, difference):
    assert compare_words(base, variant) == difference


def test_variants_are_compared_with_the_longest():
    variants = link_statements(
        *make_quotes([("a", "dahl", "no comment"), ("b", "dahl", "No comment!"), ("c", "dahl", RUDDER)])
    ).variants
    assert variants.select("quote_id", "difference").rows() == [
        ("a:q0", "[-No comment!-] {+no comment+}"),
        ("b:q1", "No comment!"),
    ]


def test_wordings_that_were_compared_are_not_compared_again(monkeypatch):
    first, compared = Kept(), []
    rows = [("a", "dahl", "no comment"), ("b", "dahl", "No comment!")]
    link_statements(*make_quotes(rows), kept=first)
    monkeypatch.setattr(variants, "compare_words", lambda *pair: compared.append(pair) or compare_words(*pair))
    more = make_quotes([*rows, ("c", "dahl", "No comment")])
    found = link_statements(*more, kept=Kept(first.after))
    assert compared == [("No comment!", "No comment")]
    assert_frame_equal(found.variants, link_statements(*more).variants)


@pytest.mark.parametrize(
    ("kind", "values", "groups", "has_effect"),
    [
        ("different_statements", {"quote_id": "b:q1", "other_id": "a:q0"}, [[0], [1], [2]], True),
        ("different_statements", {"quote_id": "c:q2", "other_id": "a:q0"}, [[0, 1], [2]], False),
        ("different_statements", {"quote_id": "x", "other_id": "a:q0"}, [[0, 1], [2]], False),
        ("same_statements", {"quote_id": "c:q2", "same_as": "b:q1"}, [[0, 1, 2]], True),
        ("same_statements", {"quote_id": "a:q0", "same_as": "b:q1"}, [[0, 1], [2]], False),
        ("same_statements", {"quote_id": "a:q0", "same_as": "x"}, [[0, 1], [2]], False),
    ],
)
def test_people_correct_statements(kind, values, groups, has_effect):
    rows = [("a", "dahl", RUDDER), ("b", "dahl", RUDDER_CUT), ("c", "dahl", PAYMENT)]
    corrections = Corrections(**{kind: (Correction(f"{kind}.csv", 2, values),)})
    assert group(rows, corrections) == groups
    effects = link_statements(*make_quotes(rows), corrections).effects
    assert effects["has_effect"].to_list() == [has_effect]


def test_short_quotations_of_two_stories_are_two_statements():
    quotes, links = make_quotes(
        [("a", "dahl", "No comment."), ("b", "dahl", "No comment."), ("c", "dahl", RUDDER), ("d", "dahl", RUDDER)]
    )
    links = links.with_columns(story_id=pl.col("article_id"))
    found = link_statements(quotes, links).links["statement_id"].to_list()
    assert found[0] != found[1]
    assert found[2] == found[3]
