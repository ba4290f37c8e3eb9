from itertools import chain, combinations, product

import numpy as np
import polars as pl
import pytest
from scipy import sparse

from quotidian.tasks.deduplicate.corpus import Corpus, make_corpus
from quotidian.tasks.deduplicate.settings import DeduplicateSettings
from quotidian.tasks.deduplicate.stories import blocks, stories
from quotidian.tasks.deduplicate.stories.reports import Reports
from quotidian.tasks.deduplicate.stories.stories import cluster_stories, measure_centrality


def make_weights(events: list[int]) -> sparse.csr_array:
    """Unit vectors of articles: two terms of their event, and one term of their own."""
    rows = np.zeros((len(events), 2 * (max(events) + 1) + len(events)), np.float32)
    for article, event in enumerate(events):
        rows[article, [2 * event, 2 * event + 1]] = 1
        rows[article, len(rows[0]) - len(events) + article] = 1
    return sparse.csr_array(rows / np.sqrt(3))


def no_texts(count: int) -> Corpus:
    """Texts of which no words are known."""
    return make_corpus(np.arange(count), np.empty(0, np.uint32), np.zeros(count, np.int64))


def cluster(events, days=None, settings=None) -> list[int]:
    days = np.full(len(events), np.nan) if days is None else np.array(days, float)
    weights = make_weights(events)
    vectors = no_texts(len(events)), weights, weights.sign()
    return cluster_stories(*vectors, days, settings or DeduplicateSettings()).tolist()


def test_events_are_stories():
    assert cluster([0, 1, 0, 1, 2]) == [0, 1, 0, 1, 4]


@pytest.mark.parametrize("most", [400, 5, 1])
def test_an_event_with_more_articles_than_are_paired_is_one_story(monkeypatch, most):
    monkeypatch.setattr(stories, "MAX_TELLING_SHARERS", most)
    assert cluster([0] * 60 + [1] * 3) == [0] * 60 + [60] * 3


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([1, 2, 4], [0, 0, 0]),
        ([1, 5, 20], [0, 1, 2]),
        ([1, 2, 30, 31], [0, 0, 2, 2]),
        ([1, np.nan], [0, 0]),
        ([np.nan, np.nan], [0, 0]),
        (list(range(0, 60, 2)), None),
    ],
)
def test_days_bound_a_story(days, expected):
    found = cluster([0] * len(days), days)
    if expected is None:
        spans = [np.ptp([day for day, story in zip(days, found, strict=True) if story == s]) for s in set(found)]
        assert max(spans) <= 3 * DeduplicateSettings().story_days
    else:
        assert found == expected


def test_the_central_article_is_most_similar_to_the_others():
    weights = sparse.csr_array(np.array([[0.96, 0.28], [0.8, 0.6], [0.6, 0.8]], np.float32))
    story = cluster_stories(no_texts(3), weights, weights.sign(), np.full(3, np.nan), DeduplicateSettings())
    assert story.tolist() == [0, 0, 0]
    assert measure_centrality(weights, story).argmax() == 1


@pytest.mark.parametrize(
    ("own", "shared", "days", "is_one"),
    [
        pytest.param(20, 4, [1, 1], True, id="dated"),
        pytest.param(20, 2, [1, 1], False, id="nearly all others"),
        pytest.param(1, 0, [1, 1], True, id="hardly any"),
        pytest.param(1, 0, [1, np.nan], False, id="one undated"),
        pytest.param(12, 2, [np.nan, np.nan], False, id="too few in common"),
        pytest.param(12, 3, [np.nan, np.nan], True, id="enough in common"),
        pytest.param(4, 0, [np.nan, np.nan], False, id="none of few"),
        pytest.param(4, 1, [np.nan, np.nan], True, id="one of few"),
    ],
)
def test_articles_of_a_story_share_names_or_figures(own, shared, days, is_one):
    facts = np.zeros((2, 2 * own), np.float32)
    facts[0, :own] = facts[1, own - shared : 2 * own - shared] = 1
    vectors = no_texts(2), make_weights([0, 0]), sparse.csr_array(facts)
    found = cluster_stories(*vectors, np.array(days, float), DeduplicateSettings())
    assert (len(set(found.tolist())) == 1) == is_one


@pytest.mark.parametrize("texts_at_a_time", [1, 7, 500])
def test_texts_alike_in_rare_terms_are_paired(monkeypatch, texts_at_a_time):
    monkeypatch.setattr(stories, "PRODUCT_TEXTS", texts_at_a_time)
    rows = np.random.default_rng(1).random((30, 12)) * (np.random.default_rng(2).random((30, 12)) < 0.2)
    is_rare = np.arange(12) > 2
    expected = np.triu((rows * is_rare) @ rows.T, 1) >= stories.MIN_COSINE
    rare = stories.keep_rare(sparse.csr_array(rows), np.where(is_rare, 0, stories.MAX_TELLING_SHARERS + 1))
    found = np.concatenate(list(stories.pair_alike(rare, 30)))
    assert sorted(map(tuple, found.tolist())) == sorted(map(tuple, np.argwhere(expected).tolist()))
    assert 0 < len(found) < 200
    crossing = np.concatenate(list(stories.pair_alike(rare, 11, 11)))
    assert sorted(map(tuple, crossing.tolist())) == sorted(map(tuple, np.add(np.argwhere(expected[:11, 11:]), [0, 11])))


def list_searched(reports: Reports) -> dict[int, list[tuple[int, int]]]:
    """The pairs of articles of each block."""
    found, searched = blocks.cut_blocks(reports, 3), {}
    for name, units in zip(found.names.tolist(), found.units.tolist(), strict=True):
        left, right = (found.read_unit(unit).tolist() for unit in units)
        pairs = combinations(left, 2) if units[0] == units[1] else product(left, right)
        searched[name] = [(min(pair), max(pair)) for pair in pairs]
    return searched


@pytest.mark.parametrize("most", [1, 5, 1_000])
def test_days_near_to_each_other_are_searched_together_once(monkeypatch, most):
    monkeypatch.setattr(blocks, "UNIT_ARTICLES", most)
    days = np.sort(np.random.default_rng(3).integers(-40, 90, 150)).astype(float)
    codes = np.arange(150, dtype=np.uint64)
    pairs = [*chain(*list_searched(Reports(None, codes, days, codes, days)).values())]
    near = np.argwhere(np.triu(np.abs(days[:, None] - days) <= 3, 1)).tolist()
    assert len(pairs) == len(set(pairs))
    assert set(map(tuple, near)) <= set(pairs)


def make_reports(days: list[float], seen: list[float]) -> Reports:
    """Articles of which only their days are known, and when they were captured."""
    rows = np.arange(len(days))
    codes = pl.Series(
        [f"{day} {when} {days[:row].count(day)}" for row, (day, when) in enumerate(zip(days, seen, strict=True))]
    )
    return Reports(None, rows, np.array(days, float), codes.hash(1).to_numpy(), np.array(seen, float))


NONE = np.nan
DATED = [float(day) for day in range(0, 40, 2) for _ in range(3)]


@pytest.mark.parametrize(
    "when", [NONE, 5.0, "each"], ids=["captured unknown", "captured at once", "captured day by day"]
)
def test_the_undated_are_searched_with_all_others_once(monkeypatch, when) -> None:
    monkeypatch.setattr(blocks, "UNIT_ARTICLES", 4)
    monkeypatch.setattr(blocks, "STRETCH_ARTICLES", 9)
    seen = [float(n // 3) if when == "each" else when for n in range(30)]
    searched = list_searched(make_reports([*DATED, *[NONE] * 30], [NONE] * len(DATED) + seen))
    pairs = sorted(pair for pair in chain(*searched.values()) if pair[1] >= len(DATED))
    wanted = [(one, other) for other in range(len(DATED), len(DATED) + 30) for one in range(other)]
    assert pairs == sorted(wanted)


@pytest.mark.parametrize(
    ("days", "seen"),
    [([41.0] * 5, [NONE] * 5), ([NONE] * 5, [90.0] * 5)],
    ids=["of a new day", "captured on a new day"],
)
def test_of_the_undated_only_what_is_new_is_searched_again(monkeypatch, days: list[float], seen: list[float]) -> None:
    monkeypatch.setattr(blocks, "UNIT_ARTICLES", 4)
    monkeypatch.setattr(blocks, "STRETCH_ARTICLES", 9)
    undated, captured = [NONE] * 60, [float(n // 3) for n in range(60)]
    before = list_searched(make_reports([*DATED, *undated], [NONE] * len(DATED) + captured))
    after = list_searched(make_reports([*DATED, *undated, *days], [NONE] * len(DATED) + captured + seen))
    again = sum(len(pairs) for name, pairs in after.items() if name not in before)
    assert 0 < again <= 5 * 2 * (len(DATED) + 60) < sum(map(len, after.values())) / 4


def test_only_the_heaviest_terms_tell(monkeypatch):
    monkeypatch.setattr(stories, "TELLING_TERMS", 2)
    weights = sparse.csr_array(np.array([[0.1, 0.9, 0.4], [0, 0, 0], [0.5, 0.5, 0.5], [0, 0.2, 0]]))
    assert stories.keep_telling(weights).toarray().tolist() == [[0, 0.9, 0.4], [0, 0, 0], [0.5, 0.5, 0], [0, 0.2, 0]]
