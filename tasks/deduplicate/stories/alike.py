"""Articles that are alike enough for one story, stretch of days by stretch of days.

What articles of one stretch of days are alike depends on these articles only: it is kept with what it was computed from, and computed where that is
new.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
import polars as pl
from scipy import sparse
from scipy.sparse.csgraph import minimum_spanning_tree

from quotidian.tasks.deduplicate.copies.candidates import unique_pairs
from quotidian.tasks.deduplicate.copies.recall import find_rows
from quotidian.tasks.deduplicate.corpus import MIX, mix_codes, number_items
from quotidian.tasks.deduplicate.kept import KEPT_SCHEMAS, Kept
from quotidian.tasks.deduplicate.settings import DeduplicateSettings
from quotidian.tasks.deduplicate.stories.linkage import ROUNDING
from quotidian.tasks.deduplicate.stories.products import DIGITS
from quotidian.tasks.deduplicate.stories.reports import Reports, name_sets
from quotidian.tasks.deduplicate.stories.stories import compare_groups, gather_groups, keep_telling, search_block
from quotidian.tasks.deduplicate.units import Workers

UNIT_ARTICLES = 500
"""Articles from which on a stretch of days is halved: each unit is searched with itself and with those near to it, which for a few
articles is soon done, and for one more article is done again."""
STRETCH_ARTICLES = 5_000
"""The same for a stretch of days that is searched with each unit of undated articles: of those many fewer are new at a time."""
HIGHEST_BIT = np.uint64(63)
UNIT_DAYS = 2 ** np.arange(1, 16)
"""Lengths of units of more than a day."""
WINDOW_ARTICLES = 10_000
"""Articles whose words are in memory at a time where units are searched."""
WINDOW_SECONDS = 1.2
"""To search them."""


class Block(NamedTuple):
    """Articles among which pairs are looked for: of one of `left` with one of `right`, or, where there is none, of two of `left`."""

    name: int
    left: np.ndarray
    right: np.ndarray


class Blocks(NamedTuple):
    """Blocks side by side: the left articles of block `b` are `sizes[b, 0]` of `rows` from `starts[b, 0]` on, and so are the right ones.

    A name, 64 bits, tells all of them, and what each says and when it is from.
    """

    names: np.ndarray
    rows: np.ndarray
    starts: np.ndarray
    sizes: np.ndarray

    def open(self, number: int) -> Block:
        """One block."""
        sides = (self.rows[start:][:size] for start, size in zip(self.starts[number], self.sizes[number], strict=True))
        return Block(int(self.names[number]), *sides)

    def find_rows(self, numbers: np.ndarray, places: np.ndarray) -> np.ndarray:
        """The articles at some places of blocks, among their left, then their right ones."""
        is_right = places >= self.sizes[numbers, 0]
        return self.rows[self.starts[numbers, is_right.astype(int)] + places - is_right * self.sizes[numbers, 0]]


class Alike(NamedTuple):
    """Pairs of articles (n, 2) that are alike, and their cosines."""

    pairs: np.ndarray
    cosines: np.ndarray


def find_alike(reports: Reports, settings: DeduplicateSettings, kept: Kept, workers: Workers) -> Alike:
    """Pairs of articles that are alike enough for one story and near enough in time, as many as make those hang together that do so by any likeness."""
    blocks = cut_blocks(reports, settings.story_days)
    is_new = ~np.isin(blocks.names, kept.recall("blocks")["block"].to_numpy())
    names = pl.Series(blocks.names, dtype=pl.UInt64)
    found = [kept.recall("alike").filter(pl.col("block").is_in(names.implode()))]
    windows = list(gather_windows(map(blocks.open, np.flatnonzero(is_new).tolist())))
    for alike in workers.map(search_window, windows, reports, settings, seconds=WINDOW_SECONDS * len(windows)):
        found += alike
    kept.after["blocks"], kept.after["alike"] = names.to_frame("block"), pl.concat(found)
    block, left, right, cosines = (column.to_numpy() for column in kept.after["alike"])
    order = np.argsort(blocks.names)
    numbers = order[find_rows(blocks.names[order], block)[0]]
    return Alike(np.stack([blocks.find_rows(numbers, places) for places in (left, right)], axis=1), cosines)


def cut_blocks(reports: Reports, width: int) -> Blocks:
    """Articles among which pairs are looked for: any two at most `width` days apart are in one of the blocks of dated ones.

    The undated ones are in units of their own, each of which is in a block with each other one and with each longer stretch of days: what is
    new is in few units, and only blocks with these are searched again.
    """
    dated, undated = np.flatnonzero(~np.isnan(reports.days)), np.flatnonzero(np.isnan(reports.days))
    days, others = reports.days[dated], cut_undated(reports, undated)
    rows = np.concatenate([dated, *others])
    by_days = cut_units(days, UNIT_ARTICLES)
    beside = cut_units(days, STRETCH_ARTICLES) if others else by_days[:0]
    lengths = np.array([len(other) for other in others], np.int64)
    starts = np.concatenate([by_days, len(dated) + np.cumsum(lengths) - lengths, beside])
    sizes = np.concatenate([np.diff(by_days, append=len(dated)), lengths, np.diff(beside, append=len(dated))])
    names = name_sets(reports.codes[rows], starts, sizes)
    ends = np.searchsorted(days[by_days], days[by_days + sizes[: len(by_days)] - 1] + width, "right")
    near, steps = number_items(ends - np.arange(1, len(by_days) + 1))
    own, undated_units = np.arange(len(starts) - len(beside)), len(by_days) + np.arange(len(others))
    crossing = cross_units(undated_units, np.arange(len(own), len(starts)))
    left, right = np.concatenate([np.stack([near, near + 1 + steps]), crossing], axis=1)
    return Blocks(
        np.append(names[own], name_two(names[left], names[right])),
        rows,
        np.stack([np.append(starts[own], starts[left]), np.append(starts[own], starts[right])], axis=1),
        np.stack([np.append(sizes[own], sizes[left]), np.append(0 * own, sizes[right])], axis=1),
    )


def cross_units(units: np.ndarray, stretches: np.ndarray) -> np.ndarray:
    """Each unit with each later one, and with each stretch: (2, n)."""
    left, right = np.triu_indices(len(units), 1)
    return np.concatenate(
        [units[np.stack([left, right])], [np.repeat(units, len(stretches)), np.tile(stretches, len(units))]], axis=1
    )


def cut_undated(reports: Reports, undated: np.ndarray) -> list[np.ndarray]:
    """Undated articles in units: by the day on which they were captured, where that is known, else by their codes."""
    is_seen = ~np.isnan(reports.seen[undated])
    known, rest = undated[is_seen], undated[~is_seen]
    known = known[np.argsort(reports.seen[known], kind="stable")]
    units = np.split(known, cut_units(reports.seen[known], UNIT_ARTICLES)[1:]) if len(known) else []
    units += cut_codes(rest, mix_codes(reports.codes[rest])) if len(rest) else []
    return [np.sort(unit) for unit in units]


def cut_codes(rows: np.ndarray, codes: np.ndarray) -> list[np.ndarray]:
    """Rows by the first bits of their codes, by so many that a unit has at most `UNIT_ARTICLES`."""
    if len(rows) <= UNIT_ARTICLES or (codes == codes[0]).all():
        return [rows]
    is_high = codes >> HIGHEST_BIT > 0
    parts = ((rows[is_own], codes[is_own] << np.uint64(1)) for is_own in (~is_high, is_high) if is_own.any())
    return [unit for part in parts for unit in cut_codes(*part)]


def name_two(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """64 bits for each two sets of articles, in their order."""
    return mix_codes(mix_codes(one) * MIX + other)


def cut_units(days: np.ndarray, most: int) -> np.ndarray:
    """Where units of days, which are sorted, begin: each is the longest of `UNIT_DAYS` that has at most `most` articles, or a day.

    A day of which nothing else is known than before lies in the same unit, unless a neighbour has become long enough to be halved.
    """
    starts = np.flatnonzero(np.diff(days, prepend=-np.inf))
    own, counts, lengths = days[starts], np.diff(starts, append=len(days)), np.ones(len(starts))
    for length in UNIT_DAYS:
        stretches = np.unique(own // length, return_inverse=True)[1]
        lengths[np.bincount(stretches, counts)[stretches] <= most] = length
    is_other = np.diff(own // lengths, prepend=-np.inf) != 0
    return starts[is_other | (np.diff(lengths, prepend=0) != 0)]


def gather_windows(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    """Blocks whose articles are weighed together: as many, one after the other, as have no more than `WINDOW_ARTICLES`."""
    window, rows = [], np.empty(0, np.int64)
    for block in blocks:
        together = np.union1d(rows, np.append(block.left, block.right))
        if window and len(together) > WINDOW_ARTICLES:
            yield window
            window, together = [], np.append(block.left, block.right)
        window, rows = [*window, block], together
    if window:
        yield window


def search_window(blocks: list[Block], reports: Reports, settings: DeduplicateSettings) -> list[pl.DataFrame]:
    """Rows of the kept pairs of each of some blocks."""
    rows = np.unique(np.concatenate([side for block in blocks for side in (block.left, block.right)]))
    corpus, weights, facts = reports.weigh(rows)
    articles = gather_groups(corpus, weights, facts, reports.days[rows], np.arange(len(rows)))
    telling, least, found = keep_telling(weights), settings.story_cosine * (1 - ROUNDING), []
    for block in blocks:
        own, count = np.append(block.left, block.right), len(block.left)
        places, is_left = np.searchsorted(rows, own), np.arange(len(own)) < count
        pairs = unique_pairs(search_block(telling[places], is_left, count if len(block.right) else 0))
        near, _, cosines = compare_groups(articles, places[pairs], settings)
        is_alike = cosines >= least
        left, right, cosines = span_alike(pairs[near[is_alike]], cosines[is_alike], len(own))
        columns = {"block": [block.name] * len(left), "left": left, "right": right, "cosine": cosines}
        found.append(pl.DataFrame(columns, schema=KEPT_SCHEMAS["alike"]))
    return found


def span_alike(pairs: np.ndarray, cosines: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of places that hang together by pairs so few that they still do, by whatever likeness: a spanning tree of the most similar, with their cosines."""
    graph = sparse.coo_array((2 - cosines, tuple(pairs.T)), (count, count))
    tree = minimum_spanning_tree(graph.tocsr()).tocoo()
    return tree.row, tree.col, np.round(2 - tree.data, DIGITS)
