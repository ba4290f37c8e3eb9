"""Units of dated articles of a few days, and which two of them are searched for articles that are alike."""

from typing import NamedTuple

import numpy as np

from quotidian.tasks.deduplicate.corpus import MIX, mix_codes
from quotidian.tasks.deduplicate.stories.reports import Reports, name_sets
from quotidian.tasks.deduplicate.values import number_items

UNIT_ARTICLES = 500
"""Articles from which on a stretch of days is halved: each unit is searched with itself and with those near to it, which for a few
articles is soon done, and for one more article is done again."""
UNIT_DAYS = 2 ** np.arange(1, 16)
"""Lengths of units of more than a day."""


class Blocks(NamedTuple):
    """Pairs of units of articles among which pairs of articles are looked for: one of the left unit and one of the right one, which never comes before it, or,
    where they are the same, two of it.

    Unit `u` has `sizes[u]` of `rows` from `starts[u]` on; `units` is (blocks, 2). A name of each block, 64 bits, tells all of its articles, and what each says
    and when it is from.
    """

    names: np.ndarray
    units: np.ndarray
    rows: np.ndarray
    starts: np.ndarray
    sizes: np.ndarray

    def read_unit(self, unit: int) -> np.ndarray:
        """The articles of a unit."""
        return self.rows[self.starts[unit] :][: self.sizes[unit]]

    def find_rows(self, numbers: np.ndarray, places: np.ndarray) -> np.ndarray:
        """The articles at some places of blocks, among their left, then their right ones."""
        left, right = self.units[numbers].T
        is_right = places >= self.sizes[left]
        return self.rows[self.starts[np.where(is_right, right, left)] + places - is_right * self.sizes[left]]

    def select(self, numbers: np.ndarray) -> "Blocks":
        """Some blocks, with their units only."""
        units, places = np.unique(self.units[numbers], return_inverse=True)
        sizes = self.sizes[units]
        own, steps = number_items(sizes)
        rows = self.rows[self.starts[units][own] + steps]
        return Blocks(self.names[numbers], places.reshape(-1, 2), rows, np.cumsum(sizes) - sizes, sizes)


def cut_blocks(reports: Reports, width: int) -> Blocks:
    """Articles among which pairs of dated ones are looked for: any two at most `width` days apart are in one of the blocks."""
    rows = np.flatnonzero(~np.isnan(reports.days))
    days = reports.days[rows]
    starts = cut_units(days, UNIT_ARTICLES)
    sizes = np.diff(starts, append=len(rows))
    names = name_sets(reports.codes[rows], starts, sizes)
    ends = np.searchsorted(days[starts], days[starts + sizes - 1] + width, "right")
    own = np.arange(len(starts))
    left, steps = number_items(ends - own - 1)
    right = left + 1 + steps
    named = np.append(names, name_two(names[left], names[right]))
    return Blocks(named, np.stack([np.append(own, left), np.append(own, right)], axis=1), rows, starts, sizes)


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
