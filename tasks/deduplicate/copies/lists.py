"""Lists of features with the texts that have them, side by side, read in ranges of bounded size, or looked into for the features of few texts.

A feature is packed with a text in 64 bits: in the upper 38 a hash, in the lower `TEXT_BITS` the text. In a list each feature stands once, with its last 32 bits.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from quotidian.tasks.deduplicate.arrays import Array, find_place, find_within, map_array
from quotidian.tasks.deduplicate.values import drop_repeats, find_runs, number_items

TEXT_BITS = np.uint64(26)
"""Bits of a packed feature that tell the text: for 67 million texts."""
TEXT_MASK = np.uint64(2**26 - 1)
FEATURE_BITS, KEY_BITS = 38, np.uint64(32)
HIGHS = 64
"""What the bits of a feature may be that a key lacks."""
STRIDE = 8
"""Features in a row, of the first of which it is told where its texts begin."""
BEFORE = np.tri(STRIDE, k=-1, dtype=np.uint8)
"""Which of a row come before each of its features."""
PART_FEATURES = 1_000_000
"""Features that are worked on at a time, which takes some 50 bytes for each."""
LIST_FEATURES = 200_000
"""Features that are asked for at a time."""
MANY = 2**32
"""More texts than there are."""


@dataclass(frozen=True)
class FeatureList:
    """Features of some texts, sorted, and the texts of each.

    marks   bits, one for each of some first bits that a feature may have: whether there is one, as up to one in four of those seems to be that are not there
    edges   where features begin that have each of some first bits, at least six, and where the last ones end
    keys    the other bits of each feature
    counts  how many texts have each, `STRIDE` in a row, the last row filled up
    starts  where the texts of the first of each row begin
    texts   the texts of each, one feature after the other
    """

    marks: Array
    edges: Array
    keys: Array
    counts: Array
    starts: Array
    texts: Array

    def __len__(self) -> int:
        return len(self.texts)

    @property
    def edge_shift(self) -> np.uint64:
        """Bits of a feature behind those that tell the row of `edges` where such features begin."""
        return np.uint64(FEATURE_BITS + 1 - (len(self.edges) - 1).bit_length())

    def find_places(self, features: np.ndarray) -> list[int]:
        """Where some features would stand."""
        edges, rows = map_array(self.edges), (features >> self.edge_shift).astype(np.int64)
        bounds = zip(features.astype(np.uint32).tolist(), edges[rows].tolist(), edges[rows + 1].tolist(), strict=True)
        return [find_place(self.keys, *bound) for bound in bounds]

    def find_start(self, place: int) -> int:
        """Where the texts of the feature at a place begin."""
        row, steps = divmod(place, STRIDE)
        return int(self.starts[row : row + 1][0]) + int(self.counts[row : row + 1][:, :steps].sum())

    def read_features(self, first: int, last: int) -> tuple[np.ndarray, np.ndarray]:
        """The features of a stretch, and how many texts have each."""
        edges = map_array(self.edges)[:: (len(self.edges) - 1) // HIGHS]
        highs = np.repeat(np.arange(HIGHS, dtype=np.uint64) << KEY_BITS, np.diff(edges.clip(first, last)))
        row = first // STRIDE
        counts = self.counts[row : -(-last // STRIDE)].ravel()[first - row * STRIDE :][: last - first]
        highs |= self.keys[first:last]
        return highs, counts

    def read(self, first: int, last: int, numbers: np.ndarray) -> np.ndarray:
        """The features of a stretch, packed with the numbers of their texts; sorted where these are."""
        features, counts = self.read_features(first, last)
        features <<= TEXT_BITS
        packed, texts = np.repeat(features, counts), self.texts[self.find_start(first) : self.find_start(last)]
        packed |= numbers[texts].astype(np.uint64, copy=False)
        return packed

    def find_marked(self, features: np.ndarray) -> np.ndarray:
        """Which of some features may be there."""
        marks = map_array(self.marks)
        rows = mark_rows(features, marks.size)
        return np.flatnonzero(marks[rows >> 3] >> (rows & 7).astype(np.uint8) & 1)

    def find_keys(self, features: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Which of some features, sorted, are there, and their places."""
        marked, keys, edges = self.find_marked(features), map_array(self.keys), map_array(self.edges)
        some = features[marked]
        wanted, rows = some.astype(np.uint32), (some >> self.edge_shift).astype(np.int64)
        starts, ends = edges[rows].astype(np.int64), edges[rows + 1].astype(np.int64)
        places = find_within(keys, wanted, starts, ends)
        is_met = places < ends
        is_met[is_met] = keys[places[is_met]] == wanted[is_met]
        return marked[is_met], places[is_met]

    def find_met(self, features: np.ndarray, most: np.ndarray) -> tuple[np.ndarray, ...]:
        """Which of some features, sorted, are there, how many texts have each; and of its first texts, at most so many, the place of the feature among
        these, and the text."""
        met, places = self.find_keys(features)
        if not len(met):
            return met, met, met, met
        rows, steps = np.divmod(places, STRIDE)
        counts = map_array(self.counts)[rows]
        sizes = counts[np.arange(len(met)), steps].astype(np.int64)
        starts = map_array(self.starts)[rows] + np.einsum("ij,ij->i", counts, BEFORE[steps], dtype=np.int64)
        owners, steps = number_items(np.minimum(sizes, most[met]))
        return met, sizes, owners, map_array(self.texts)[starts[owners] + steps]


Listed = tuple[FeatureList, np.ndarray]
"""A list, and the numbers of its texts."""
Range = tuple[tuple[int, int], ...]
"""Where features of one range begin and end in each of some lists."""


def list_features(packed: np.ndarray) -> FeatureList:
    """The list of packed features, which are sorted, each once."""
    size, bits = 2 ** max(len(packed).bit_length() - 1, 0), max(len(packed).bit_length() - 4, 6)
    marks, counts = np.zeros(size, np.uint8), np.zeros(2**bits, np.int64)
    parts = list(cut_features(packed))  # which the caches hold, and of each of which little is kept
    most = max(int((part & TEXT_MASK).max(initial=0)) for part in parts)
    texts, found, place = np.empty(len(packed), np.min_scalar_type(most)), [], 0
    for part in parts:
        features = part >> TEXT_BITS
        firsts = find_runs(features)
        features = features[firsts]
        set_marks(marks, mark_rows(features, size))
        rows = (features >> np.uint64(FEATURE_BITS - bits)).astype(np.int64)
        if len(rows):
            counts[rows[0] : rows[-1] + 1] += np.bincount(rows - rows[0])
        texts[place : place + len(part)] = part & TEXT_MASK
        place += len(part)
        found.append((features.astype(np.uint32), keep_narrow(np.diff(firsts, append=len(part)))))
    keys, sharers = map(np.concatenate, zip(*found, strict=True))
    rest = STRIDE - len(keys) % STRIDE  # one at least, so that there is a row behind the last feature
    sharers = np.append(sharers, np.zeros(rest, sharers.dtype)).reshape(-1, STRIDE)
    ends = np.cumsum(sharers.sum(axis=1, dtype=np.int64))
    return FeatureList(
        marks,
        keep_narrow(np.append(0, np.cumsum(counts))),
        keys,
        sharers,
        keep_narrow(np.append(0, ends[:-1])),
        texts,
    )


def cut_features(packed: np.ndarray) -> Iterator[np.ndarray]:
    """Sorted packed features in parts of about `PART_FEATURES`, all texts of one feature in one part; at least one."""
    firsts = packed[PART_FEATURES::PART_FEATURES] >> TEXT_BITS << TEXT_BITS
    yield from np.split(packed, np.searchsorted(packed, firsts))


def set_marks(marks: np.ndarray, rows: np.ndarray) -> None:
    """Set some bits of marks, which are sorted."""
    if len(rows):
        first, last = int(rows[0]) >> 3, int(rows[-1]) >> 3
        own = np.zeros(8 * (last + 1 - first), bool)
        own[rows - 8 * first] = True
        marks[first : last + 1] |= np.packbits(own, bitorder="little")


def mark_rows(features: np.ndarray, size: int) -> np.ndarray:
    """The bits of some features in marks of `size` bytes, a power of two: from four to eight bits for each text of each."""
    return (features >> np.uint64(FEATURE_BITS - size.bit_length() - 2)).astype(np.int64)


def keep_narrow(values: np.ndarray) -> np.ndarray:
    """Numbers, none of them negative, in as few bytes each as they need."""
    return values.astype(np.min_scalar_type(int(values.max(initial=0))))


def cut_lists(lists: list[Listed], asked: list[FeatureList] | None = None) -> list[Range]:
    """Ranges of all features of lists, or of those that are asked for: all texts of one feature in one range."""
    own, most = (asked, LIST_FEATURES) if asked is not None else ([listed for listed, _ in lists], PART_FEATURES)
    count = -(-sum(map(len, own)) // most)
    cuts = np.array([place * 2**38 // count for place in range(1, count)], np.uint64)
    places = [pairwise([0, *listed.find_places(cuts), len(listed.keys)]) for listed in own]
    return list(zip(*places, strict=True))


def read_range(lists: list[Listed], bounds: Range) -> np.ndarray:
    """The features of one range of some lists, packed with their texts' numbers, sorted."""
    own = zip(lists, bounds, strict=True)
    return join_sorted([listed.read(start, end, texts) for (listed, texts), (start, end) in own])


def look_up(lists: list[Listed], asked: list[FeatureList], bounds: Range, spare: int = MANY) -> np.ndarray:
    """The features of one range of those that are asked for, packed with the numbers of all texts that have them, sorted; those that
    more than `spare` other texts have, if at all, of so many of them."""
    features, counts = read_asked(asked, bounds)
    left, found, others = counts + spare, [np.empty(0, np.uint64)], []
    for listed, numbers in lists:
        own = next((bound for one, bound in zip(asked, bounds, strict=True) if one is listed), None)
        if own is None:
            others.append((listed, numbers))
        else:  # all that is asked for and there is read
            found.append(listed.read(*own, numbers))
            met, sizes = listed.read_features(*own)
            left[np.searchsorted(features, met)] -= sizes
    for listed, numbers in others:
        met, sizes, owners, texts = listed.find_met(features, left + 1)
        found.append(features[met][owners] << TEXT_BITS | numbers[texts].astype(np.uint64, copy=False))
        left[met] -= sizes
        features, left = features[left >= 0], left[left >= 0]
    return join_sorted(found)


def read_asked(asked: list[FeatureList], bounds: Range) -> tuple[np.ndarray, np.ndarray]:
    """The features of one range of some lists, sorted, each once, and how many texts have each."""
    own = [listed.read_features(start, end) for listed, (start, end) in zip(asked, bounds, strict=True)]
    features, counts = map(np.concatenate, zip(*own, strict=True))
    order = np.argsort(features, kind="stable")  # which merges them
    features, counts = features[order], counts[order].astype(np.int64)
    firsts = find_runs(features)
    return features[firsts], np.diff(np.append(0, np.cumsum(counts))[np.append(firsts, len(counts))])


def join_sorted(arrays: list[np.ndarray]) -> np.ndarray:
    """The numbers of some arrays, which are sorted or nearly so, sorted, each once: a stable sort merges them, in a quarter of the time."""
    return drop_repeats(np.sort(np.concatenate(arrays), kind="stable"))
