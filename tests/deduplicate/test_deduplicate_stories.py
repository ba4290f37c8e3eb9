from itertools import chain, combinations, product

import numpy as np
import pytest
from scipy import sparse

from quotidian.tasks.deduplicate.corpus import Corpus, make_corpus
from quotidian.tasks.deduplicate.hanging import name_components
from quotidian.tasks.deduplicate.settings import DeduplicateSettings
from quotidian.tasks.deduplicate.stories import blocks, stories, undated
from quotidian.tasks.deduplicate.stories.facts import common_terms, mark_facts
from quotidian.tasks.deduplicate.stories.reports import Reports
from quotidian.tasks.deduplicate.stories.stories import cluster_stories, measure_centrality
from quotidian.tasks.deduplicate.words import KIND_BITS, NAME


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
    pairs = [*chain(*list_searched(Reports(None, codes, days, codes)).values())]
    near = np.argwhere(np.triu(np.abs(days[:, None] - days) <= 3, 1)).tolist()
    assert len(pairs) == len(set(pairs))
    assert set(map(tuple, near)) <= set(pairs)


NONE = np.nan
DAYS = np.array([*(float(day) for day in range(0, 40, 2) for _ in range(3)), *[NONE] * 45])


@pytest.mark.parametrize("most", [1, 7, 1_000])
@pytest.mark.parametrize("known", ["none", "all", "some", "the dated", "the undated"])
def test_the_undated_are_searched_with_all_others_once(monkeypatch, most: int, known: str) -> None:
    monkeypatch.setattr(undated, "PIECE_ARTICLES", most)
    is_undated = np.isnan(DAYS)
    some = np.arange(len(DAYS)) % 5 > 1
    is_new = {"none": ~some | some, "all": some & ~some, "some": some, "the dated": is_undated}.get(known, ~is_undated)
    searched = []
    for own, others in undated.cut_pieces(is_undated, is_new, np.arange(len(DAYS))[::-1]):
        assert len(own) <= most and (others is None or len(others) <= most)
        searched += combinations(own.tolist(), 2) if others is None else product(own.tolist(), others.tolist())
    wanted = np.logical_or.outer(is_undated, is_undated) & np.logical_or.outer(is_new, is_new)
    assert sorted(map(sorted, searched)) == np.argwhere(np.triu(wanted, 1)).tolist()


@pytest.mark.parametrize("names", [1, 4, 300], ids=["all share one", "some share one", "hardly any share one"])
@pytest.mark.parametrize("count", [0, 1, 12])
def test_articles_that_share_no_fact_are_not_weighed(names: int, count: int) -> None:
    draw = np.random.default_rng(6)
    terms = np.append(draw.integers(0, 2**29, names), common_terms()[:3]).astype(np.uint32)
    words = [np.append(draw.choice(terms, 4) << KIND_BITS | NAME, draw.choice(terms, 30) << KIND_BITS) for _ in DAYS]
    corpus = make_corpus(np.arange(len(DAYS)), np.concatenate(words), np.full(len(DAYS), 34))
    reports = Reports(corpus, np.arange(len(DAYS)), DAYS, np.arange(len(DAYS), dtype=np.uint64))
    piece = undated.Piece(np.arange(len(DAYS) - count, len(DAYS)), np.arange(40))
    shared = (mark_facts(corpus) @ mark_facts(corpus).T).toarray()[np.ix_(*piece)] > 0

    met = undated.meet_facts(piece, reports)
    assert met.undated.tolist() == piece.undated[shared.any(axis=1)].tolist()
    assert met.others.tolist() == piece.others[shared.any(axis=0)].tolist()
    pairs, cosines = undated.search_piece(piece, reports, undated.find_crowds(reports, DAYS < 0), DeduplicateSettings())
    assert pairs.shape == (len(cosines), 2) and (shared.any() or not len(pairs))


def test_pairs_that_are_spanned_again_are_those_that_are_spanned_at_once() -> None:
    draw = np.random.default_rng(4)
    pairs = draw.permutation(np.argwhere(np.triu(np.ones((40, 40)), 1)))[:300]
    cosines, codes = draw.integers(6, 10, 300) / 10, draw.permutation(40).astype(np.uint64)
    expected = undated.span_pairs([(pairs, cosines)], codes)
    first = undated.span_pairs([(pairs[:170], cosines[:170])], codes)
    again = undated.span_pairs([(pairs[150:], cosines[150:]), first], codes)
    assert len(expected[0]) < 40
    assert all(np.array_equal(one, other) for one, other in zip(again, expected, strict=True))
    for least in (0.6, 0.8, 0.9):
        parts = [name_components(40, some[kept >= least]).tolist() for some, kept in ((pairs, cosines), expected)]
        assert parts[0] == parts[1]


def test_only_the_heaviest_terms_tell(monkeypatch):
    monkeypatch.setattr(stories, "TELLING_TERMS", 2)
    weights = sparse.csr_array(np.array([[0.1, 0.9, 0.4], [0, 0, 0], [0.5, 0.5, 0.5], [0, 0.2, 0]]))
    assert stories.keep_telling(weights).toarray().tolist() == [[0, 0.9, 0.4], [0, 0, 0], [0.5, 0.5, 0], [0, 0.2, 0]]
