"""Sayings are compared in proportion to their number, and nothing is lost by it."""

from collections.abc import Callable
from itertools import product

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal
from reports import Report, read_reports

from quotidian.tasks.deduplicate import units
from quotidian.tasks.deduplicate.sketch import sketch_quotes
from quotidian.tasks.deduplicate.statements import claim_columns, opposed, pairs
from quotidian.tasks.deduplicate.statements.claim_columns import Asked, lay_out, may_contradict, read_claims
from quotidian.tasks.deduplicate.statements.claims import list_words, read_claim
from quotidian.tasks.deduplicate.statements.conflicts import find_conflicts
from quotidian.tasks.deduplicate.statements.contradictions import find_contradictions
from quotidian.tasks.deduplicate.units import Workers

TEXTS = (
    "Police said 12 people were killed in the fire at the mill.",
    "The hospital said nine people were killed in the fire at the mill, and 30 were hurt.",
    "Police said no people were killed in the fire at the mill.",
    "The union said at least nine people could be killed in the fire at the mill.",
    "Were nine people killed in the fire at the mill? the hospital asked.",
    "The ministry said that the envoy had signed the treaty with Velmora.",
    "The embassy said that the envoy had not signed the treaty with Velmora.",
    "The embassy said that the envoy would not sign the treaty with Velmora and Sarn.",
    "A rival said that Mayor Helena Brandt had sold the island of Sarn to a builder.",
    "Mayor Helena Brandt denied that she had sold the island of Sarn to a builder.",
    "The airline said that 214 passengers were on board the plane from Sarn.",
    "Officials said that between 200 and 210 passengers were on board the plane.",
    '"There is no leak in the tank of the ferry, not one," the company said.',
    '"There is a leak in the tank of the ferry," a diver said.',
)
TOWNS = ("Velmora", "Sarn", "Ostrel", "Kaldby", "Brintow", "Hollmark", "Tarnwick", "Eskel", "Porthay", "Mundry")


@pytest.fixture(scope="module")
def said() -> pl.DataFrame:
    """Sayings of one story, each of an outlet of its own."""
    return read_reports([Report(text, f"Paper {number}") for number, text in enumerate(TEXTS)])


def test_what_columns_tell_apart_contradicts_nothing(said: pl.DataFrame) -> None:
    claims, numbers = read_claims(said, np.arange(len(said)))
    told, places = lay_out(claims), range(len(claims))
    assert sorted(set(numbers.tolist())) == list(places)
    cases = [
        (one, other, mine, theirs)
        for one, other, mine, theirs in product(places, places, (False, True), (False, True))
        if one != other
    ]
    asked = np.array(cases)
    may = may_contradict(told, Asked(asked[:, :2], asked[:, 2:] > 0))
    found = [
        bool(find_contradictions(claims[one], claims[other], (mine, theirs), True))
        for one, other, mine, theirs in cases
    ]
    assert sum(found) > 5
    assert not (np.array(found) & ~may).any()
    assert may.sum() < len(cases) / 4


def repeat_saying(said: pl.DataFrame, figures: list[int], fires: list[int]) -> pl.DataFrame:
    """The first of the sayings again and again, each in an article and an outlet of its own, with other figures, of several fires."""
    count = len(figures)
    one = pl.concat([said.filter(pl.col("text").str.contains("12 people"))] * count)
    ids = pl.Series([f"a{number:05d}" for number in range(count)])
    texts = [
        f"{figure} people were killed in the fire at {TOWNS[fire]} mill in {TOWNS[fire][::-1].title()}"
        for figure, fire in zip(figures, fires, strict=True)
    ]
    places = [
        [own | {"value": float(figure), "place": 0, "start": 0, "end": len(str(figure))} for own in before]
        for figure, before in zip(figures, one["figures"].to_list(), strict=True)
    ]
    made = one.drop("words").with_columns(
        text=pl.Series(texts),
        figures=pl.Series(places, dtype=one.schema["figures"]),
        claim_words=pl.Series([list_words(read_claim(*pair)) for pair in zip(texts, places, strict=True)]),
        quote_id=ids + ":q0",
        statement_id="sa_" + ids,
        **dict.fromkeys(("article_id", "copy_group", "origin_id", "outlet"), ids),
        age_rank=pl.Series(range(count), dtype=pl.UInt32),
    )
    return made.hstack(sketch_quotes(made["text"])).select(said.columns)


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """How often claims are read, and compared, from now on."""
    counts = {"read_claim": 0, "find_contradictions": 0}

    def count(module: object, name: str) -> None:
        plain = getattr(module, name)

        def call(*values: object) -> object:
            counts[name] += 1
            return plain(*values)

        monkeypatch.setattr(module, name, call)

    count(claim_columns, "read_claim")
    count(opposed, "find_contradictions")
    return counts


def test_equal_claims_are_read_and_compared_once(said: pl.DataFrame, calls: dict[str, int]) -> None:
    many = repeat_saying(said, [12, 9, 7] * 40, [0] * 120)
    assert set(find_conflicts(many).select("value", "other_value").rows()) == {(12, 9), (12, 7), (9, 7)}
    assert calls == {"read_claim": 6, "find_contradictions": 6}


@pytest.mark.parametrize("count", [400, 1_200])
def test_a_claim_is_compared_with_few_others(
    said: pl.DataFrame, calls: dict[str, int], monkeypatch, count: int
) -> None:
    monkeypatch.setattr(opposed, "MOST_COMPARED", 3)
    figures = [2000 + 7 * number for number in range(count)]
    many = repeat_saying(said, figures, [number * 10 // count for number in range(count)])
    assert find_conflicts(many).height > 0
    assert calls["find_contradictions"] <= 3 * count


def test_what_is_found_in_a_story_depends_on_no_other(said: pl.DataFrame, monkeypatch) -> None:
    monkeypatch.setattr(opposed, "MOST_COMPARED", 1)
    many = repeat_saying(said, [12, 9, 7, 5, 3, 2] * 6, [0] * 36)
    many = many.with_columns(story_id=pl.format("st_{}", pl.int_range(pl.len()) % 4))
    stories = [find_conflicts(many.filter(story_id=story)) for story in many["story_id"].unique()]
    assert_frame_equal(find_conflicts(many), pl.concat(stories).sort("conflict_id"))


def test_workers_find_the_same_conflicts(said: pl.DataFrame, monkeypatch, tmp_path) -> None:
    monkeypatch.setattr(units, "LEAST_SECONDS", 0)
    monkeypatch.setattr(pairs, "WINDOW_ROWS", 8)
    many = repeat_saying(said, [12, 9, 7, 5, 3, 2] * 6, [0] * 36)
    many = many.with_columns(story_id=pl.format("st_{}", pl.int_range(pl.len()) % 4))
    calls = []

    def spread(door: Callable, batches: list) -> list:
        calls.append(len(batches))
        return [door(batch) for batch in batches]

    found = find_conflicts(many, workers=Workers(tmp_path, spread))
    assert (found.height > 0, calls) == (True, [4, 1])
    assert_frame_equal(found, find_conflicts(many))
