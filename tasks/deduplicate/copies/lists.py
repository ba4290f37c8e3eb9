"""Sorted lists of packed features side by side, read in ranges of bounded size, or looked into for the features of few texts."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from quotidian.tasks.deduplicate.arrays import Array, find_places
from quotidian.tasks.deduplicate.copies.pair_runs import count_codes
from quotidian.tasks.deduplicate.corpus import drop_repeats, number_items

TEXT_BITS = np.uint64(26)
"""Bits of a packed feature that tell the text: for 67 million texts."""
TEXT_MASK = np.uint64(2**26 - 1)
PART_FEATURES = 1_000_000
"""Features that are worked on at a time, which takes some 50 bytes for each."""
LIST_FEATURES = 200_000
"""Features that are asked for at a time, and those of a list that are read at a time then: as many as the caches of a processor hold."""
MANY = 2**32
"""More texts than there are."""
Listed = tuple[Array, np.ndarray]
"""Packed features, sorted, and the numbers of the texts that they tell."""
Range = tuple[tuple[int, int], ...]
"""Where features of one range begin and end in each of some lists."""


def cut_lists(lists: list[Listed], asked: list[Array] | None = None) -> list[Range]:
    """Ranges of all features of sorted lists, or of those that are asked for: all texts of one feature in one range."""
    arrays, most = (asked, LIST_FEATURES) if asked is not None else ([packed for packed, _ in lists], PART_FEATURES)
    count = -(-sum(map(len, arrays)) // most)
    cuts = np.array([place * 2**64 // count for place in range(1, count)], np.uint64) >> TEXT_BITS << TEXT_BITS
    places = [pairwise([0, *find_places(packed, cuts).tolist(), len(packed)]) for packed in arrays]
    return list(zip(*places, strict=True))


def read_range(lists: list[Listed], bounds: Range) -> np.ndarray:
    """The features of one range of some lists, packed with their texts' numbers, sorted."""
    own = zip(lists, bounds, strict=True)
    return join_sorted([number_texts(packed[start:end], texts) for (packed, texts), (start, end) in own])


def look_up(lists: list[Listed], asked: list[Array], bounds: Range, spare: int = MANY) -> np.ndarray:
    """The features of one range of those that are asked for, packed with the numbers of all texts that have them, sorted; those that
    more than `spare` other texts have, if at all, of so many of them."""
    wanted = np.concatenate([packed[start:end] for packed, (start, end) in zip(asked, bounds, strict=True)])
    keys, counts = count_codes(np.sort(wanted >> TEXT_BITS, kind="stable"), 1)
    keys, left, found = keys << TEXT_BITS, counts + spare, [np.empty(0, np.uint64)]
    for packed, texts in lists:
        met, sizes, own = find_met(packed, keys, left + 1)
        found.append(number_texts(own, texts))
        left[met] -= sizes
        keys, left = keys[left >= 0], left[left >= 0]
    return join_sorted(found)


def find_met(packed: Array, keys: np.ndarray, most: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Which of some features, sorted, a list has, how many texts of each, and its first ones of each, at most so many."""
    found = [(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.uint64))]
    for first, last, own in read_around(packed, keys):
        wanted = keys[first:last]
        lows = np.searchsorted(own, wanted)
        before_end = np.flatnonzero(lows < len(own))
        met = before_end[own[lows[before_end]] <= wanted[before_end] + TEXT_MASK]
        lows = lows[met]
        sizes = np.searchsorted(own, wanted[met] + TEXT_MASK, "right") - lows
        owners, places = number_items(np.minimum(sizes, most[first:last][met]))
        found.append((met + first, sizes, own[lows[owners] + places]))
    return tuple(map(np.concatenate, zip(*found, strict=True)))


def read_around(packed: Array, keys: np.ndarray) -> Iterator[tuple[int, int, np.ndarray]]:
    """Stretches of some features, sorted, and all that a list has of them: first and last place (exclusive) of the features, and the stretch of the list."""
    place, first, size = int(find_places(packed, keys[:1]).sum()), 0, LIST_FEATURES
    while first < len(keys) and place < len(packed):
        own, last = packed[place : place + size], len(keys)
        if place + size < len(packed):  # of the last feature there may be more
            edge = own[-1] >> TEXT_BITS << TEXT_BITS
            own, last = own[: np.searchsorted(own, edge)], int(np.searchsorted(keys, edge))
        if len(own):
            yield first, last, own
            place, first, size = place + len(own), last, LIST_FEATURES
        else:
            size *= 2


def number_texts(packed: np.ndarray, numbers: np.ndarray) -> np.ndarray:
    """Packed features with other numbers of their texts."""
    return packed >> TEXT_BITS << TEXT_BITS | numbers[(packed & TEXT_MASK).astype(np.int64)].astype(np.uint64)


def join_sorted(arrays: list[np.ndarray]) -> np.ndarray:
    """The numbers of some arrays, which are sorted or nearly so, sorted, each once: a stable sort merges them, in a quarter of the time."""
    return drop_repeats(np.sort(np.concatenate(arrays), kind="stable"))
