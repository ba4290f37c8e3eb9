"""Pairs of texts worth comparing, found without comparing all pairs.

Texts and what they share are packed in one 64-bit number and sorted: nothing else that is exact is as fast or
needs as little memory. What grows with the archive is worked on in parts of bounded size.

What very many texts share leads from each to few of them: else a thousand copies of one text would be half a million pairs. So a
pair may cease to be one when more texts come, and which it may be is told beside the pairs. A pair of texts never
becomes one because others come.
"""

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from quotidian.tasks.deduplicate.arrays import Array, find_places
from quotidian.tasks.deduplicate.copies.pair_runs import keep_frequent, merge_runs, write_runs
from quotidian.tasks.deduplicate.copies.text_parts import (
    SIGNATURE_BANDS,
    TEXT_BITS,
    TEXT_MASK,
    Listed,
    Shelf,
    cut_texts,
    number_texts,
    pack_band,
    pack_features,
    pack_pairs,
)
from quotidian.tasks.deduplicate.corpus import drop_repeats, number_items, sort_once
from quotidian.tasks.deduplicate.units import Workers

MAX_SHARERS = 20
"""A pair of words that more texts than this share says little of any two of them; copies that many sites
carry are found by their signatures instead."""
MIN_SHARED = 3
"""Rare word pairs that two texts must share to be compared. Translations of one article share 7 or more."""
SIGNATURE_JACCARD = 0.05
"""Estimated Jaccard below which a shared band is taken for chance."""
BAND_NEIGHBOURS = 8
"""Texts of equal band that each text is paired with on either side. Of 300 copies with 30 % of their words replaced
the original then meets all, with 45 % replaced 80 %; with 1 neighbour 25 %."""
CHUNK = 5_000
"""Pairs of texts whose words are compared at a time."""
PART_FEATURES = 1_000_000
"""Features that are worked on at a time, which takes some 50 bytes for each."""
PART_PASSED = 8_000_000
"""Features that are read at a time where few are asked for."""
UNIT_RANGES, UNIT_SECONDS = 5, 0.5
"""Ranges of so many features whose pairs are one unit, and how long that takes."""
LOWER_HALF = np.uint64(2**32 - 1)
Range = tuple[tuple[int, int], ...]
"""Where features of one range begin and end in each of some lists."""
NO_PAIRS = [np.empty(0, np.uint64)], np.empty(0, np.int64)
"""What `pair_ranges` finds where nothing is."""


def find_rare_sharers(
    texts: np.ndarray, features: np.ndarray, most: int, least: int, firsts: int | None = None
) -> np.ndarray:
    """Pairs of texts that share at least `least` features, each of which at most `most` texts have; of them those with a text below `firsts`.

    `texts` and `features` are parallel: text texts[k] has feature features[k], perhaps several times.
    Returns pairs (n, 2) with the smaller text first, sorted.
    """
    packed = pack_features(texts, features)
    packed.sort()
    return split_codes(keep_frequent((pair_rare(part, most, firsts) for part in cut_features(packed)), least, None))


def find_word_sharers(
    shelf: Shelf, sought: np.ndarray, folder: Path | None, workers: Workers
) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of texts, one of them `sought`, that share rare pairs of neighbouring words; and the texts that may have lost
    partners because sought ones made a word pair frequent. `folder` has room for what does not fit into memory."""
    order = np.argsort(~sought, kind="stable")
    count = np.count_nonzero(sought)
    numbers = np.empty(len(order), np.int32)  # the sought ones come first
    numbers[order] = np.arange(len(order))
    lists = [(packed, numbers[texts]) for packed, texts in shelf.features]
    asked = list_asked(shelf.features, sought, lambda texts: list_words(shelf, texts))
    replaced = sum(map(len, shelf.texts)) - len(shelf.corpus)  # stand in two parts
    ranges = cut_lists(lists, asked)
    units = [ranges[first : first + UNIT_RANGES] for first in range(0, len(ranges), UNIT_RANGES)]
    with TemporaryDirectory(dir=folder, prefix=".pairs-", suffix=".tmp") as name:
        shared = lists, asked, count, replaced, Path(name)
        found = [NO_PAIRS, *workers.map(pair_ranges, units, *shared, seconds=UNIT_SECONDS * len(units))]
        runs, crowded = zip(*found, strict=True)
        pairs = split_codes(merge_runs([run for own in runs for run in own], MIN_SHARED))
    return order[pairs], order[sort_once(np.concatenate(crowded))]


def pair_ranges(
    ranges: list[Range], lists: list[Listed], asked: list[Array] | None, count: int, replaced: int, folder: Path
) -> tuple[list[Array], np.ndarray]:
    """Codes of the pairs of texts that share rare features of some ranges, in sorted runs, and the texts of those that the first
    `count` texts, which are asked for, made frequent."""
    crowded = [np.empty(0, np.int64)]

    def pair_parts() -> Iterator[np.ndarray]:
        for bounds in ranges:
            part = read_part(*read_range(lists, asked, bounds), MAX_SHARERS + replaced)
            if asked is not None:
                crowded.append(find_crowded(part, count, MAX_SHARERS))
            yield pair_rare(part, MAX_SHARERS, count)

    return list(write_runs(pair_parts(), folder)), sort_once(np.concatenate(crowded))


def list_asked(lists: list[Listed], sought: np.ndarray, pack: Callable[[np.ndarray], np.ndarray]) -> list[Array] | None:
    """Sorted lists of all features of the sought texts: those of parts that have no others, and what is packed of the rest; None where
    all texts are sought."""
    if sought.all():
        return None
    fresh = [(packed, texts) for packed, texts in lists if sought[texts].all()]
    rest = sought.copy()
    for _, texts in fresh:
        rest[texts] = False
    return [*(packed for packed, _ in fresh), pack(np.flatnonzero(rest))]


def list_words(shelf: Shelf, texts: np.ndarray) -> np.ndarray:
    """The word pairs of some texts, sorted, as they are packed."""
    return sort_once(np.concatenate([pack_pairs(shelf.corpus, piece) for piece in cut_texts(texts)]))


def cut_lists(lists: list[Listed], asked: list[Array] | None) -> list[Range]:
    """Ranges of all features of sorted lists, and of those that are asked for: all texts of one feature in one range."""
    passed = sum(len(packed) for packed, _ in lists)
    wanted = passed if asked is None else sum(map(len, asked))
    count = max(-(-passed // PART_PASSED), -(-wanted // PART_FEATURES))
    cuts = np.array([place * 2**64 // count for place in range(1, count)], np.uint64) >> TEXT_BITS << TEXT_BITS
    arrays = [*(packed for packed, _ in lists), *(asked or ())]
    places = [pairwise([0, *find_places(packed, cuts).tolist(), len(packed)]) for packed in arrays]
    return list(zip(*places, strict=True))


def read_range(
    lists: list[Listed], asked: list[Array] | None, bounds: Range
) -> tuple[list[Listed], list[np.ndarray] | None]:
    """The features of one range, of each list, and those that are asked for."""
    arrays = [*(packed for packed, _ in lists), *(asked or ())]
    own = [packed[start:end] for packed, (start, end) in zip(arrays, bounds, strict=True)]
    parts = [(part, numbers) for part, (_, numbers) in zip(own, lists, strict=False)]
    return parts, None if asked is None else own[len(lists) :]


def read_part(lists: list[Listed], asked: list[np.ndarray] | None, spare: int | None = None) -> np.ndarray:
    """The features of one range, packed with their texts' numbers, sorted: those that are asked for, without those that more than
    `spare` other texts have."""
    if asked is not None:
        keys, counts = np.unique(np.concatenate(asked) >> TEXT_BITS, return_counts=True)
        lists = choose_keys(lists, keys << TEXT_BITS, None if spare is None else counts + spare)
    return sort_once(np.concatenate([number_texts(*own) for own in lists]))


def choose_keys(lists: list[Listed], keys: np.ndarray, most: np.ndarray | None) -> list[Listed]:
    """What some sorted lists have of the features `keys`, without those that are more than `most` times there."""
    lows, highs = (np.stack(ends) for ends in zip(*(find_ends(packed, keys) for packed, _ in lists), strict=True))
    if most is not None:
        is_few = (highs - lows).sum(axis=0) <= most
        lows, highs = lows[:, is_few], highs[:, is_few]
    chosen = []
    for (packed, numbers), low, high in zip(lists, lows, highs, strict=True):
        owners, places = number_items(high - low)
        chosen.append((packed[low[owners] + places], numbers))
    return chosen


def find_ends(packed: np.ndarray, keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where the texts of each of some features begin in a sorted list, and where they end."""
    lows = np.searchsorted(packed, keys)
    highs = lows.copy()
    before_end = np.flatnonzero(lows < len(packed))
    met = before_end[packed[lows[before_end]] <= keys[before_end] + TEXT_MASK]
    highs[met] = np.searchsorted(packed, keys[met] + TEXT_MASK, "right")
    return lows, highs


def pair_rare(packed: np.ndarray, most: int, firsts: int | None = None) -> np.ndarray:
    """Codes of the pairs of texts of each feature that at most `most` texts have, of them those with a text below `firsts`; features are
    packed with their texts, sorted."""
    texts, after = keep_rare(packed, most)
    entries = np.flatnonzero(after if firsts is None else (after > 0) & (texts < firsts))
    left, right = follow(texts, after, entries)
    codes = left.astype(np.uint64)
    codes <<= np.uint64(32)
    codes |= right.astype(np.uint32)
    return codes


def cut_features(packed: np.ndarray) -> Iterator[np.ndarray]:
    """Sorted packed features in parts of about `PART_FEATURES`, all texts of one feature in one part; at least one."""
    firsts = packed[PART_FEATURES::PART_FEATURES] >> TEXT_BITS << TEXT_BITS
    yield from np.split(packed, np.searchsorted(packed, firsts))


def keep_rare(packed: np.ndarray, most: int) -> tuple[np.ndarray, np.ndarray]:
    """The texts of each feature that 2 to `most` texts have, one feature after the other, and how many texts of the
    same feature come after each."""
    texts, ends = list_sharers(packed)
    sizes = np.diff(ends, prepend=0)
    keep = np.repeat((sizes > 1) & (sizes <= most), sizes)
    after = np.repeat(ends, sizes) - np.arange(1, len(texts) + 1)
    return texts[keep], after[keep].astype(np.int32)


def find_crowded(packed: np.ndarray, count: int, most: int) -> np.ndarray:
    """The texts from number `count` on that have a feature which more than `most` texts have, but not without those below `count`."""
    texts, ends = list_sharers(packed)
    sizes = np.diff(ends, prepend=0)
    before = np.diff(np.append(0, np.cumsum(texts >= count))[ends], prepend=0)
    is_crowded = np.repeat((sizes > most) & (before <= most), sizes)
    return sort_once(texts[is_crowded & (texts >= count)])


def list_sharers(packed: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The texts of each feature, one feature after the other, and where those of each end."""
    unique = drop_repeats(packed)
    ends = np.flatnonzero(np.diff(unique >> TEXT_BITS, append=np.uint64(2**64 - 1))) + 1
    return (unique & TEXT_MASK).astype(np.int32), ends


def follow(texts: np.ndarray, after: np.ndarray, entries: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The text of each of some entries with each later text of the same feature."""
    sizes = after[entries]
    starts = np.cumsum(sizes) - sizes
    steps = np.arange(1, sizes.sum() + 1, dtype=np.int32)
    steps += np.repeat((entries - starts).astype(np.int32), sizes)
    return np.repeat(texts[entries], sizes), texts[steps]


def join_codes(pairs: np.ndarray) -> np.ndarray:
    """64-bit codes of pairs (n, 2), the smaller text in the upper half."""
    left, right = pairs.T  # column by column, which is ten times as fast as along rows of two
    return np.minimum(left, right).astype(np.uint64) << np.uint64(32) | np.maximum(left, right).astype(np.uint64)


def split_codes(codes: np.ndarray) -> np.ndarray:
    """Pairs (n, 2) from their 64-bit codes."""
    pairs = np.empty((len(codes), 2), np.int64)
    pairs[:, 0], pairs[:, 1] = codes >> np.uint64(32), codes & LOWER_HALF
    return pairs


def find_band_sharers(shelf: Shelf, sought: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of near neighbours, one of them `sought`, among the texts of equal band, for every band, whose signatures agree
    enough; and the texts that may have lost neighbours to sought ones.

    A band that a thousand texts share gives some thousand pairs, not half a million; together the bands still
    connect all copies of one text.
    """
    found, crowded = [np.empty(0, np.uint64)], [np.empty(0, np.int64)]
    asked = list_asked(shelf.bands, sought, lambda texts: list_bands(shelf, texts))
    for bounds in cut_lists(shelf.bands, asked):
        pairs, far = pair_neighbours(read_part(*read_range(shelf.bands, asked, bounds)))
        found.append(sort_once(join_codes(pairs[sought[pairs].any(axis=1)])))
        crowded.append(far)
    pairs = split_codes(drop_repeats(np.sort(np.concatenate(found))))
    agreement = np.concatenate([measure_agreement(shelf, part) for part in split_pairs(pairs)])
    return pairs[agreement >= SIGNATURE_JACCARD], sort_once(np.concatenate(crowded))


def list_bands(shelf: Shelf, texts: np.ndarray) -> np.ndarray:
    """The bands of some texts, sorted, as they are packed."""
    signatures = shelf.read_signatures(texts)
    rows = np.arange(len(texts))
    return np.concatenate([pack_band(signatures, rows, band) for band in range(SIGNATURE_BANDS)])


def measure_agreement(shelf: Shelf, pairs: np.ndarray) -> np.ndarray:
    """Share of the values of the signatures of each pair of texts that are the same."""
    return (shelf.read_signatures(pairs[:, 0]) == shelf.read_signatures(pairs[:, 1])).mean(axis=1)


def pair_neighbours(packed: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of texts of equal features that are near neighbours in their order, and the texts of features that so many have that
    some are no neighbours; features are packed with their texts, sorted."""
    order, codes = (packed & TEXT_MASK).astype(np.int64), packed >> TEXT_BITS
    equal = [(np.flatnonzero(codes[step:] == codes[:-step]), step) for step in range(1, BAND_NEIGHBOURS + 2)]
    pairs = [np.stack([order[places], order[places + step]], axis=1) for places, step in equal[:-1]]
    far = np.unique([equal[-1][0] + step for step in range(BAND_NEIGHBOURS + 2)])
    return np.concatenate(pairs), order[far]


def unique_pairs(pairs: np.ndarray) -> np.ndarray:
    """Each unordered pair once, the smaller text first, sorted."""
    return split_codes(drop_repeats(np.sort(join_codes(pairs))))


def split_pairs(pairs: np.ndarray) -> list[np.ndarray]:
    """Pairs in pieces of bounded size, at least one."""
    return np.array_split(pairs, max(1, -(-len(pairs) // CHUNK)))
