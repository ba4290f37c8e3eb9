"""Units of articles of a few days, and which two of them are searched for articles that are alike."""

from typing import NamedTuple

import numpy as np

from quotidian.tasks.deduplicate.corpus import MIX, mix_codes
from quotidian.tasks.deduplicate.stories.reports import Reports, name_sets
from quotidian.tasks.deduplicate.values import number_items

UNIT_ARTICLES = 500
"""Articles from which on a stretch of days is halved: each unit is searched with itself and with those near to it, which for a few
articles is soon done, and for one more article is done again."""
STRETCH_ARTICLES = 5_000
"""The same for a stretch of days that is searched with each unit of undated articles: of those many fewer are new at a time."""
HIGHEST_BIT = np.uint64(63)
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
    named = np.append(names[own], name_two(names[left], names[right]))
    return Blocks(named, np.stack([np.append(own, left), np.append(own, right)], axis=1), rows, starts, sizes)


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
