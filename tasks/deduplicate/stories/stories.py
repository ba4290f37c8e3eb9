"""Stories: articles of any outlet on one event.

Articles are merged by average linkage of the cosines of their weighted words, over pairs that are alike in their telling terms. An event that
a thousand articles report has no term that tells few of them, so its articles are first paired with some
neighbours only; then the groups that came of it are merged in the same way, as often as that changes something.
The average similarity of two groups is that of their summed vectors, so nothing is lost by this.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import numpy as np
import polars as pl
from scipy import sparse

from quotidian.tasks.deduplicate.copies.candidates import unique_pairs
from quotidian.tasks.deduplicate.corpus import Corpus, cut_rows
from quotidian.tasks.deduplicate.settings import DeduplicateSettings
from quotidian.tasks.deduplicate.stories.frames import lack_evidence, tell_of_others
from quotidian.tasks.deduplicate.stories.linkage import ROUNDING, Clusters, join_components, merge_clusters
from quotidian.tasks.deduplicate.stories.products import DIGITS, multiply_rows

TELLING_TERMS = 32
"""Terms of largest weight that stand for a text in the search for articles on its event."""
MAX_TELLING_SHARERS = 400
"""A term that more texts of one stretch of days share is not followed to all of them."""
FREQUENT_NEIGHBOURS = 4
"""Texts on either side that a text is paired with where more than `MAX_TELLING_SHARERS` share a term."""
MIN_COSINE = 0.05
"""Pairs less similar than this, also in their telling terms alone, count as 0 in an average."""
UNDATED_FACTS, FEW_FACTS = 3, 8
"""Names and figures that two articles must share where one has no day, beside what two on one event with days have in common; 1 is
enough where one of them has few. Of pairs of articles on one event nine in ten share them."""
STRETCH_WIDTHS = 2
"""Length of a stretch of days, in days that may lie between two articles on one event and one more: a longer one needs more memory, and a
shorter one has more of its days in common with the next."""
PRODUCT_TEXTS = 500
"""Texts whose products with all others of a stretch are in memory at a time."""
MAX_ROUNDS = 6
"""Rounds of merging; a fourfold reduction in each takes 400,000 articles on one event to 100 groups."""


@dataclass(frozen=True)
class Groups:
    """Groups of articles: summed vectors (rows of `sums`), counts, the `days` of all articles (NaN: none), and which of the texts of `corpus`
    (columns) each has (`members`)."""

    sums: sparse.csr_array
    sizes: np.ndarray
    days: np.ndarray
    first_day: np.ndarray
    last_day: np.ndarray
    facts: sparse.csr_array
    is_dated: np.ndarray
    corpus: Corpus
    members: sparse.csr_array

    def count_days(self, group: int) -> Counter:
        """How many articles of a group are of each day."""
        return Counter(self.days[self.members.indices[slice(*self.members.indptr[group : group + 2])]].tolist())


class Compared(NamedTuple):
    """Sizes of groups of articles, pairs (n, 2) of them that are alike, and the sums of the similarities of their articles; those of one group
    are told by a pair of it with itself."""

    sizes: np.ndarray
    pairs: np.ndarray
    totals: np.ndarray


Compare = Callable[[np.ndarray, np.ndarray], Compared]
"""Compares groups, of the place of the group of each article and whether each group is new."""


def cluster_stories(
    corpus: Corpus,
    weights: sparse.csr_array,
    facts: sparse.csr_array,
    days: np.ndarray,
    settings: DeduplicateSettings,
    labels: np.ndarray | None = None,
    least: float | None = None,
) -> np.ndarray:
    """Story of each article: the row of its earliest article.

    `corpus`, `weights` and `facts` (`mark_facts`) have a row for each article, earliest first, `days` its day as a number, NaN where it has none.
    All articles of one of the `labels` are compared with each other, and with no others; without labels, those that are alike.
    They are merged while two are at least so similar on average as `least` says (None: as the settings say).
    """
    compare = partial(compare_articles, corpus, weights, facts, days, settings, labels)
    return merge_rounds(np.arange(len(days)), compare, settings, least)


def merge_rounds(story: np.ndarray, compare: Compare, settings: DeduplicateSettings, least: float | None) -> np.ndarray:
    """Merges stories in rounds. Two of which neither is new were not merged in the round before, and are not asked again."""
    is_new = np.ones(len(story), bool)
    for _ in range(MAX_ROUNDS):
        firsts, places = np.unique(story, return_inverse=True)
        label = merge_compared(compare(places, is_new[firsts]), settings, least)
        merged = firsts[label[places]]
        is_new = np.isin(merged, merged[merged != story])
        if not is_new.any():
            break
        story = merged
    return story


def measure_centrality(weights: sparse.csr_array, story: np.ndarray) -> np.ndarray:
    """The sum of the similarities of each article to those of its story."""
    own = np.unique(story, return_inverse=True)[1]
    return multiply_rows(weights, (mark_members(own) @ weights).tocsr(), np.stack([np.arange(len(story)), own], axis=1))


def mark_members(places: np.ndarray) -> sparse.csr_array:
    """Which group (row) has which article (column), of the place of the group of each article."""
    shape = places.max(initial=-1) + 1, len(places)
    return sparse.coo_array((np.ones(len(places), np.float32), (places, np.arange(len(places)))), shape).tocsr()


def compare_articles(
    corpus: Corpus,
    weights: sparse.csr_array,
    facts: sparse.csr_array,
    days: np.ndarray,
    settings: DeduplicateSettings,
    labels: np.ndarray | None,
    places: np.ndarray,
    is_new: np.ndarray,
) -> Compared:
    """Which groups of articles are alike, of the place of the group of each article, one of two of them new."""
    groups = gather_groups(corpus, weights, facts, days, places)
    if labels is None:
        pairs = find_story_candidates(groups, is_new, settings)
    else:
        firsts = np.unique(places, return_index=True)[1]
        pairs = pair_within(labels[firsts], is_new)
    return Compared(groups.sizes, *weigh_pairs(groups, pairs, settings))


def weigh_pairs(groups: Groups, pairs: np.ndarray, settings: DeduplicateSettings) -> tuple[np.ndarray, np.ndarray]:
    """Those of some pairs of groups that are alike, and each group of several articles with itself; the sums of the similarities of their articles."""
    near, totals, means = compare_groups(groups, pairs, settings)
    pairs = pairs[near]
    totals = totals * share_near_days(groups, pairs, means >= settings.story_cosine, settings)
    own = np.stack([np.flatnonzero(groups.sizes > 1)] * 2, axis=1)
    is_alike = means >= MIN_COSINE
    squares = multiply_rows(groups.sums, groups.sums, own)
    return np.concatenate([pairs[is_alike], own]), np.concatenate([totals[is_alike], squares])


def merge_compared(compared: Compared, settings: DeduplicateSettings, least: float | None) -> np.ndarray:
    """One round of merging: the smallest of the groups that each is merged with."""
    least = settings.story_cosine if least is None else least
    sizes, pairs, totals = compared
    count, (left, right) = len(sizes), pairs.T
    is_own = left == right
    inner = np.zeros(count)
    inner[left[is_own]] = np.maximum(totals[is_own] - sizes[left[is_own]], 0) / 2
    pairs, totals = pairs[~is_own], totals[~is_own]
    keep = join_components(count, pairs, totals / sizes[pairs].prod(axis=1), least)
    return merge_clusters(Clusters(sizes, inner, pairs[keep], totals[keep]), least, settings.story_cohesion)


def gather_groups(
    corpus: Corpus, weights: sparse.csr_array, facts: sparse.csr_array, days: np.ndarray, places: np.ndarray
) -> Groups:
    """The groups of articles, of the place of the group of each."""
    members = mark_members(places)
    count = members.shape[0]
    first, last = span_days(days, places)
    is_dated = np.bincount(places, np.isnan(days), count) == 0
    sums = (members @ weights).tocsr(), np.bincount(places)
    return Groups(*sums, days, first, last, (members @ facts).tocsr(), is_dated, corpus, members)


def span_days(days: np.ndarray, places: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """First and last day of each group, NaN where it has none."""
    count = places.max(initial=-1) + 1
    first, last = np.full(count, np.inf), np.full(count, -np.inf)
    np.fmin.at(first, places, days)
    np.fmax.at(last, places, days)
    first[np.isinf(first)] = last[np.isinf(last)] = np.nan
    return first, last


def compare_groups(
    groups: Groups, pairs: np.ndarray, settings: DeduplicateSettings
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The places of those of some pairs of groups that are near enough in time and share enough; the sums of the similarities of their articles, and the
    average ones, 0 where they are of two events."""
    gap = np.maximum(*groups.first_day[pairs.T]) - np.minimum(*groups.last_day[pairs.T])
    near = np.flatnonzero(~(gap > settings.story_days))
    near = near[share_facts(groups.facts, groups.sizes, groups.is_dated, pairs[near])]
    pairs = pairs[near]
    totals = multiply_rows(groups.sums, groups.sums, pairs)
    means = totals / (groups.sizes[pairs[:, 0]] * groups.sizes[pairs[:, 1]])
    wanted = np.flatnonzero(means >= settings.story_cosine * (1 - ROUNDING))
    known = groups.corpus, groups.members, groups.facts, groups.sizes
    excess = means[wanted] - settings.story_cosine
    others = tell_of_others(*known, pairs[wanted], excess)
    undated = np.flatnonzero(~groups.is_dated[pairs[wanted]].all(axis=1))
    if len(undated):
        others[undated] |= lack_evidence(*known, pairs[wanted[undated]], excess[undated])
    means[wanted[others]] = 0
    return near, totals, means


def share_facts(facts: sparse.csr_array, sizes: np.ndarray, is_dated: np.ndarray, pairs: np.ndarray) -> np.ndarray:
    """Whether two groups may be on one event by the names and figures that their articles share on average: always where all
    have a day."""
    left, right = pairs.T
    enough = is_dated[left] & is_dated[right]
    asked = np.flatnonzero(~enough)
    left, right = left[asked], right[asked]
    own = facts.sum(axis=1) / sizes
    needed = np.where(np.minimum(own[left], own[right]) <= FEW_FACTS, 1, UNDATED_FACTS)
    shared = multiply_rows(facts, facts, pairs[asked])
    enough[asked] = shared >= needed * sizes[left] * sizes[right]
    return enough


def share_near_days(groups: Groups, pairs: np.ndarray, wanted: np.ndarray, settings: DeduplicateSettings) -> np.ndarray:
    """Share of the pairs of articles of two groups that are at most `story_days` apart, where `wanted`, else 1."""
    shares = np.ones(len(pairs))
    is_large = np.maximum(*groups.sizes[pairs.T]) > 1
    asked = np.flatnonzero(wanted & is_large)
    counted = {group: groups.count_days(group) for group in np.unique(pairs[asked]).tolist()}
    for place in asked:
        left, right = (counted[group] for group in pairs[place].tolist())
        apart = sum(n * m for a, n in left.items() for b, m in right.items() if abs(a - b) > settings.story_days)
        shares[place] = 1 - apart / (left.total() * right.total())
    return shares


def find_story_candidates(groups: Groups, is_new: np.ndarray, settings: DeduplicateSettings) -> np.ndarray:
    """Pairs of groups, one of them new, that are alike in their telling terms and come within `story_days` of each other, where both have a day."""
    blocks = block_days(groups.first_day, groups.last_day, settings.story_days)
    return unique_pairs(
        np.concatenate(search_blocks(groups, [block for block in blocks if is_new[block].any()], is_new))
    )


def search_blocks(groups: Groups, blocks: list[np.ndarray], is_new: np.ndarray) -> list[np.ndarray]:
    """Pairs of groups, one of them new, of each of some blocks, that are alike in their telling terms."""
    telling = keep_telling(groups.sums)
    telling.data /= np.repeat(groups.sizes, np.diff(telling.indptr))
    return [block[search_block(telling[block], is_new[block])] for block in blocks]


def pair_within(labels: np.ndarray, is_new: np.ndarray) -> np.ndarray:
    """All pairs of places of equal labels, one of them new, the smaller place first; equal labels stand together."""
    ends = np.searchsorted(labels, labels, "right")
    left, right = spread(np.arange(len(labels)) + 1, ends - np.arange(len(labels)) - 1)
    return np.stack([left, right], axis=1)[is_new[left] | is_new[right]]


def keep_telling(weights: sparse.csr_array) -> sparse.csr_array:
    """The `TELLING_TERMS` heaviest terms of each text, ties to the smaller term."""
    weights.sort_indices()
    kept = np.concatenate([np.empty(0, np.int64), *(choose_terms(weights, *bounds) for bounds in cut_rows(weights))])
    starts = np.concatenate([[0], np.cumsum(np.minimum(np.diff(weights.indptr), TELLING_TERMS))])
    return sparse.csr_array((weights.data[kept], weights.indices[kept], starts), weights.shape)


def choose_terms(weights: sparse.csr_array, first: int, last: int) -> np.ndarray:
    """Places of the heaviest terms of each text of a stretch."""
    start, end = weights.indptr[[first, last]]
    texts = np.repeat(np.arange(last - first), np.diff(weights.indptr[first : last + 1]))
    falling = np.uint64(2**32 - 1) - weights.data[start:end].astype(np.float32).view(np.uint32)
    order = np.argsort(texts.astype(np.uint64) << np.uint64(32) | falling, kind="stable")
    rank = np.arange(len(texts)) - (weights.indptr[first:last] - start)[texts]
    return start + order[rank < TELLING_TERMS].astype(np.int64)


def block_days(first_day: np.ndarray, last_day: np.ndarray, width: int) -> list[np.ndarray]:
    """The groups that reach into each stretch of days; stretches overlap by `width` days so that any two groups at most so
    far apart share one. The undated lie in one more stretch, together with all others."""
    dated = np.flatnonzero(~np.isnan(first_day))
    stretch = STRETCH_WIDTHS * (width + 1)
    start, end = (first_day[dated] - width) // stretch, last_day[dated] // stretch
    places = np.unique(first_day[dated] // stretch)
    lowest, highest = np.searchsorted(places, start), np.searchsorted(places, end, "right")
    owners, block = spread(lowest, highest - lowest)
    order = np.argsort(block, kind="stable")
    blocks = np.split(dated[owners[order]], np.cumsum(np.bincount(block, minlength=len(places)))[:-1])
    is_all_dated = len(places) and len(dated) == len(first_day)
    return blocks if is_all_dated else [*blocks, np.arange(len(first_day))]


def spread(starts: np.ndarray, sizes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The numbers of all ranges of `sizes` numbers from `starts`: the place of the range, and the number."""
    owners = np.repeat(np.arange(len(sizes)), sizes)
    return owners, np.arange(len(owners)) + (starts - np.cumsum(sizes) + sizes)[owners]


def search_block(telling: sparse.csr_array, is_sought: np.ndarray) -> np.ndarray:
    """Pairs of texts that are alike in their telling terms, one of them sought; a term that many share leads to some neighbours only."""
    sharers = np.bincount(telling.indices, minlength=telling.shape[1])
    order = np.argsort(~is_sought, kind="stable")
    alike = pair_alike(keep_rare(telling[order], sharers), np.count_nonzero(is_sought))
    frequent = pair_sharers(telling, find_frequent(sharers))
    pairs = np.concatenate([*(order[places] for places in alike), *frequent])
    return pairs[is_sought[pairs].any(axis=1)]


def find_frequent(sharers: np.ndarray) -> np.ndarray:
    """Whether each term is frequent, of how many texts that are searched together share it."""
    return sharers > MAX_TELLING_SHARERS


def keep_rare(telling: sparse.csr_array, sharers: np.ndarray) -> sparse.csr_array:
    """Telling terms without frequent ones."""
    rare = telling.copy()
    rare.data *= ~find_frequent(sharers)[rare.indices]
    rare.eliminate_zeros()
    return rare


def pair_alike(rare: sparse.csr_array, count: int, others: int = 0) -> Iterator[np.ndarray]:
    """Pairs of texts with a product of at least `MIN_COSINE` over rare terms, the first of them one of the first `count`, the second behind it and from
    `others` on."""
    for first in range(0, count, PRODUCT_TEXTS):
        columns = rare[first : min(first + PRODUCT_TEXTS, count)].T.tocsr()
        start = max(first, others)
        products = sparse.tril(rare[start:] @ columns, start - first - 1, format="coo")
        is_alike = np.round(products.data, DIGITS) >= MIN_COSINE
        yield np.stack([products.col[is_alike] + first, products.row[is_alike] + start], axis=1)


def pair_sharers(telling: sparse.csr_array, is_frequent: np.ndarray) -> Iterator[np.ndarray]:
    """Pairs of texts that share a frequent term and are near neighbours among those that have it."""
    places = np.flatnonzero(is_frequent[telling.indices])
    texts, terms = np.searchsorted(telling.indptr, places, "right") - 1, telling.indices[places]
    order = np.lexsort((texts, terms))
    texts, terms = texts[order], terms[order]
    for step in range(1, FREQUENT_NEIGHBOURS + 1):
        yield np.stack([texts[:-step], texts[step:]], axis=1)[terms[:-step] == terms[step:]]


class ToldStories(NamedTuple):
    """Of each article, earliest first, the number of its story and the sum of its similarities within that; and, story by story, story_id and the number
    that it spells."""

    story: np.ndarray
    central: np.ndarray
    ids: pl.DataFrame


def name_stories(told: ToldStories, articles: pl.DataFrame, rows: np.ndarray) -> pl.DataFrame:
    """One row a story: story_id, title and central_article_id, of the article most similar to the others, of several of these the earliest.

    Of `articles` article_id and title are read; they stand in `rows` earliest first.
    """
    highest = np.full(len(told.ids), -np.inf)
    np.maximum.at(highest, told.story, told.central)
    latest_first = np.flatnonzero(told.central == highest[told.story])[::-1]
    central = np.empty(len(highest), np.int64)
    central[told.story[latest_first]] = latest_first  # of several the last one stays
    order = np.argsort(told.ids["number"].to_numpy())
    named = articles.select("title", central_article_id="article_id")[rows[central[order]]]
    return named.select(told.ids["story_id"].gather(order), "title", "central_article_id")
