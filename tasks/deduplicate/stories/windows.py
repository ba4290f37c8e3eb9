"""Blocks that are searched together for articles that are alike, each with what it would find alone."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import polars as pl
from scipy import sparse
from scipy.sparse.csgraph import minimum_spanning_tree

from quotidian.tasks.deduplicate.copies.candidates import unique_pairs
from quotidian.tasks.deduplicate.kept import KEPT_SCHEMAS
from quotidian.tasks.deduplicate.settings import DeduplicateSettings
from quotidian.tasks.deduplicate.stories.blocks import Blocks
from quotidian.tasks.deduplicate.stories.linkage import ROUNDING
from quotidian.tasks.deduplicate.stories.products import DIGITS
from quotidian.tasks.deduplicate.stories.reports import Reports
from quotidian.tasks.deduplicate.stories.stories import (
    Groups,
    compare_groups,
    find_frequent,
    gather_groups,
    keep_rare,
    keep_telling,
    pair_alike,
    pair_sharers,
)
from quotidian.tasks.deduplicate.values import find_runs

WINDOW_ARTICLES = 20_000
"""Articles whose words are in memory at a time where units are searched."""
WINDOW_SECONDS = 2.4
"""To search them."""
STRETCH = WINDOW_ARTICLES // 4
"""Articles of neighbouring units that are put into a window before others are."""


class Unit(NamedTuple):
    """Articles of a window by their places there, the weights of their telling terms, and how many of them have each term."""

    places: np.ndarray
    telling: sparse.csr_array
    sharers: np.ndarray


def gather_windows(blocks: Blocks, wanted: np.ndarray) -> Iterator[np.ndarray]:
    """Some blocks in windows, whose articles are weighed together: as many as have no more than `WINDOW_ARTICLES`, stretch of left units by stretch of
    right ones, so that most articles of a window are searched with most others."""
    left, right = (number_stretches(units, blocks.sizes) for units in blocks.units[wanted].T)
    wanted = wanted[np.lexsort((wanted, right, left))]
    window, seen, count = [], set(), 0
    for number, pair in zip(wanted.tolist(), blocks.units[wanted].tolist(), strict=True):
        more = sum(blocks.sizes[unit] for unit in set(pair) - seen)
        if window and count + more > WINDOW_ARTICLES:
            yield np.array(window)
            window, seen, count, more = [], set(), 0, sum(blocks.sizes[unit] for unit in set(pair))
        window.append(number)
        seen.update(pair)
        count += more
    if window:
        yield np.array(window)


def number_stretches(units: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """The stretch of about `STRETCH` articles in which each of some units lies."""
    own, places = np.unique(units, return_inverse=True)
    return (np.cumsum(sizes[own]) // STRETCH)[places]


def search_window(blocks: Blocks, reports: Reports, settings: DeduplicateSettings) -> list[pl.DataFrame]:
    """Rows of the kept pairs of some blocks."""
    rows = np.unique(blocks.rows)
    corpus, weights, facts = reports.weigh(rows)
    articles = gather_groups(corpus, weights, facts, reports.days[rows], np.arange(len(rows)))
    telling = keep_telling(weights)
    units = [open_unit(np.searchsorted(rows, blocks.read_unit(unit)), telling) for unit in range(len(blocks.sizes))]
    order = np.lexsort(blocks.units.T[::-1])
    found = []
    for own in np.split(order, find_runs(blocks.units[order, 0])[1:]):
        unit, beside = units[blocks.units[own[0], 0]], [units[right] for right in blocks.units[own, 1].tolist()]
        for place, pairs, cosines in search_unit(unit, beside, articles, settings):
            left, right, spanned = span_alike(pairs, cosines)
            columns = {"block": [blocks.names[own[place]]] * len(left), "left": left, "right": right, "cosine": spanned}
            found.append(pl.DataFrame(columns, schema=KEPT_SCHEMAS["alike"]))
    return found


def open_unit(places: np.ndarray, telling: sparse.csr_array) -> Unit:
    """The unit of the articles at some places of a window."""
    own = telling[places]
    return Unit(places, own, np.bincount(own.indices, minlength=own.shape[1]))


def search_unit(
    unit: Unit, beside: list[Unit], articles: Groups, settings: DeduplicateSettings
) -> Iterator[tuple[int, np.ndarray, np.ndarray]]:
    """Of a unit and each of those `beside` it, of which it may be the first: the place of that one, the pairs that are alike, by their places among
    the articles of the one, then the other, and their cosines; nothing where there is none."""
    is_own, count = beside[0] is unit, len(unit.places)
    others = beside[is_own:]
    sharers = [unit.sharers, *(unit.sharers + other.sharers for other in others)]
    together = [unit, *others]
    rare = sparse.vstack([keep_rare(one.telling, shared) for one, shared in zip(together, sharers, strict=True)], "csr")
    ends = np.cumsum([len(one.places) for one in together])
    found = [*pair_alike(rare, count, 0 if is_own else count)]
    for place in range(1 - is_own, len(together)):
        found += pair_frequent(unit, together[place], sharers[place], ends[place] - len(together[place].places))
    pairs = unique_pairs(np.concatenate(found))
    near, _, cosines = compare_groups(articles, np.concatenate([one.places for one in together])[pairs], settings)
    is_alike = cosines >= settings.story_cosine * (1 - ROUNDING)
    pairs, cosines = pairs[near[is_alike]], cosines[is_alike]
    numbers = np.searchsorted(ends, pairs[:, 1], "right")
    for number in np.unique(numbers).tolist():
        own = numbers == number
        behind = max(ends[number - 1] - count, 0) if number else 0
        yield number - 1 + is_own, pairs[own] - [0, behind], cosines[own]


def pair_frequent(unit: Unit, other: Unit, sharers: np.ndarray, start: int) -> Iterator[np.ndarray]:
    """Pairs of near neighbours among the articles of a unit and of another one, or of the one alone, that share frequent terms; the other one's are numbered
    from `start` on."""
    is_frequent = find_frequent(sharers)
    if not is_frequent.any():
        return
    if other is unit:
        yield from pair_sharers(unit.telling, is_frequent)
        return
    count = len(unit.places)
    for pairs in pair_sharers(sparse.vstack([unit.telling, other.telling], "csr"), is_frequent):
        yield pairs[(pairs[:, 0] < count) & (pairs[:, 1] >= count)] + [0, start - count]


def span_alike(pairs: np.ndarray, cosines: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of places that hang together by pairs so few that they still do, by whatever likeness: a spanning tree of the most similar, with their cosines."""
    count = pairs.max() + 1
    graph = sparse.coo_array((2 - cosines, tuple(pairs.T)), (count, count))
    tree = minimum_spanning_tree(graph.tocsr()).tocoo()
    return tree.row, tree.col, np.round(2 - tree.data, DIGITS)
