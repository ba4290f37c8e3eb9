"""Pairs of texts worth comparing, found without comparing all pairs.

Texts and what they share are packed in one 64-bit number and sorted: nothing else that is exact is as fast or
needs as little memory. What grows with the archive is worked on in parts of bounded size.

What very many texts share leads from each to few of them: else a thousand copies of one text would be half a million pairs. So a
pair may cease to be one when more texts come, and which it may be is told beside the pairs. A pair of texts never
becomes one because others come.
"""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from quotidian.tasks.deduplicate.copies.text_parts import (
    SIGNATURE_BANDS,
    TEXT_BITS,
    TEXT_MASK,
    Shelf,
    cut_texts,
    number_texts,
    pack_band,
    pack_features,
    pack_pairs,
)
from quotidian.tasks.deduplicate.corpus import drop_repeats, number_items, sort_once

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
PART_PAIRS = 2_000_000
"""Features and pairs that are worked on at a time, which takes some 50 bytes for each."""
WANTED_KEYS = 500_000
"""Features that are looked up at a time."""
LOWER_HALF = np.uint64(2**32 - 1)


def find_rare_sharers(texts: np.ndarray, features: np.ndarray, count: int, most: int, least: int) -> np.ndarray:
    """Pairs of texts that share at least `least` features, each of which at most `most` texts have.

    `texts` and `features` are parallel: text texts[k] has feature features[k], perhaps several times. `count` is the number of texts.
    Returns pairs (n, 2) with the smaller text first, sorted.
    """
    packed = pack_features(texts, features)
    packed.sort()
    return count_sharers(*gather_rare(packed, most), count, least)


def find_word_sharers(shelf: Shelf, sought: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of texts, one of them `sought`, that share rare pairs of neighbouring words; and the texts that may have lost
    partners because sought ones made a word pair frequent."""
    order = np.argsort(~sought, kind="stable")
    count = np.count_nonzero(sought)
    numbers = np.empty(len(order), np.int64)  # the sought ones come first
    numbers[order] = np.arange(len(order))
    lists = [(packed, numbers[texts]) for packed, texts in shelf.features]
    found, crowded = [(np.empty(0, np.int32),) * 2], [np.empty(0, np.int64)]
    for part in read_all(lists) if sought.all() else read_wanted(lists, *list_wanted(shelf, order[:count])):
        found.append(keep_rare(part, MAX_SHARERS))
        crowded.append(find_crowded(part, count, MAX_SHARERS))
    rare = tuple(np.concatenate(columns) for columns in zip(*found, strict=True))
    found.clear()  # what is rare is the largest of all that is in memory here
    pairs = count_sharers(*rare, len(order), MIN_SHARED, count)
    return order[pairs], order[sort_once(np.concatenate(crowded))]


def list_wanted(shelf: Shelf, texts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The word pairs of some texts, sorted, as they are packed, and the most texts of each that make it worth reading whose it is."""
    packed = sort_once(np.concatenate([pack_pairs(shelf.corpus, piece) for piece in cut_texts(texts)]))
    keys, counts = np.unique(packed >> TEXT_BITS, return_counts=True)
    replaced = sum(map(len, shelf.texts)) - len(shelf.corpus)  # stand in two parts
    return keys << TEXT_BITS, counts + MAX_SHARERS + replaced


def read_all(lists: list[tuple[np.ndarray, np.ndarray]]) -> Iterator[np.ndarray]:
    """All features of some sorted lists, packed with their texts' numbers: sorted, all texts of one feature in one part."""
    count = -(-sum(len(packed) for packed, _ in lists) // PART_FEATURES)
    cuts = np.array([place * 2**64 // count for place in range(1, count)], np.uint64) >> TEXT_BITS << TEXT_BITS
    pieces = [np.split(packed, np.searchsorted(packed, cuts)) for packed, _ in lists]
    for parts in zip(*pieces, strict=True):
        found = [number_texts(part, numbers) for part, (_, numbers) in zip(parts, lists, strict=True)]
        yield sort_once(np.concatenate(found))


def read_wanted(
    lists: list[tuple[np.ndarray, np.ndarray]], keys: np.ndarray, most: np.ndarray | None = None
) -> Iterator[np.ndarray]:
    """The same of the features `keys`, sorted, without those that are more than `most` times in the lists."""
    for first in range(0, len(keys), WANTED_KEYS):
        wanted = keys[first : first + WANTED_KEYS]
        lows, highs = (np.stack(ends) for ends in zip(*(find_ends(packed, wanted) for packed, _ in lists), strict=True))
        if most is not None:
            is_few = (highs - lows).sum(axis=0) <= most[first : first + WANTED_KEYS]
            lows, highs = lows[:, is_few], highs[:, is_few]
        found = []
        for (packed, numbers), low, high in zip(lists, lows, highs, strict=True):
            owners, places = number_items(high - low)
            found.append(number_texts(packed[low[owners] + places], numbers))
        yield sort_once(np.concatenate(found))


def find_ends(packed: np.ndarray, keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where the texts of each of some features begin in a sorted list, and where they end."""
    lows = np.searchsorted(packed, keys)
    highs = lows.copy()
    before_end = np.flatnonzero(lows < len(packed))
    met = before_end[packed[lows[before_end]] <= keys[before_end] + TEXT_MASK]
    highs[met] = np.searchsorted(packed, keys[met] + TEXT_MASK, "right")
    return lows, highs


def gather_rare(packed: np.ndarray, most: int) -> tuple[np.ndarray, np.ndarray]:
    """What `keep_rare` finds in all packed features, which are sorted."""
    rare = [keep_rare(part, most) for part in cut_features(packed)]
    return tuple(np.concatenate(parts) for parts in zip(*rare, strict=True))


def count_sharers(
    texts: np.ndarray, after: np.ndarray, count: int, least: int, firsts: int | None = None
) -> np.ndarray:
    """Pairs of texts that share enough rare features, given as by `keep_rare`; of them those with a text below `firsts`."""
    entries = texts.astype(np.uint64)
    entries <<= np.uint64(32)  # in place: there may be hundreds of millions
    entries |= np.arange(len(texts), dtype=np.uint32)
    entries.sort()
    entries &= LOWER_HALF
    numbers, partners = np.zeros(count, np.int64), np.zeros(count, np.int64)
    for first in range(0, len(texts), PART_FEATURES):
        part = slice(first, first + PART_FEATURES)
        numbers += np.bincount(texts[part], minlength=count)
        partners += np.bincount(texts[part], weights=after[part], minlength=count).astype(np.int64)
    met, starts = (np.append(0, np.cumsum(values)) for values in (partners, numbers))
    last = count if firsts is None else firsts
    cuts = np.unique([0, *np.searchsorted(met, np.arange(PART_PAIRS, met[last], PART_PAIRS)), last])
    stretches = (entries[starts[first] : starts[end]].astype(np.int64) for first, end in pairwise(cuts))
    found = [count_pairs(*follow(texts, after, stretch), least) for stretch in stretches]
    return np.concatenate([np.empty((0, 2), np.int64), *found])


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
    return texts[keep].astype(np.int32), after[keep].astype(np.int32)


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
    return (unique & TEXT_MASK).astype(np.int64), ends


def follow(texts: np.ndarray, after: np.ndarray, entries: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The text of each of some entries with each later text of the same feature."""
    sizes = after[entries]
    starts = np.cumsum(sizes) - sizes
    steps = np.arange(sizes.sum()) - np.repeat(starts, sizes) + 1
    return np.repeat(texts[entries], sizes), texts[np.repeat(entries, sizes) + steps]


def count_pairs(left: np.ndarray, right: np.ndarray, least: int) -> np.ndarray:
    """The pairs that stand at least `least` times in two parallel arrays, sorted."""
    codes = np.sort(left.astype(np.uint64) << np.uint64(32) | right.astype(np.uint64))
    enough = codes[least - 1 :][codes[least - 1 :] == codes[: len(codes) - least + 1]]
    return split_codes(drop_repeats(enough))


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
    for packed in read_all(shelf.bands) if sought.all() else read_wanted(shelf.bands, list_bands(shelf, sought)):
        pairs, far = pair_neighbours(packed)
        found.append(sort_once(join_codes(pairs[sought[pairs].any(axis=1)])))
        crowded.append(far)
    pairs = split_codes(drop_repeats(np.sort(np.concatenate(found))))
    agreement = np.concatenate([measure_agreement(shelf, part) for part in split_pairs(pairs)])
    return pairs[agreement >= SIGNATURE_JACCARD], sort_once(np.concatenate(crowded))


def list_bands(shelf: Shelf, sought: np.ndarray) -> np.ndarray:
    """The bands of some texts, sorted, as they are packed."""
    texts = np.flatnonzero(sought)
    signatures = shelf.read_signatures(texts)
    own = [pack_band(signatures, np.arange(len(texts)), band) for band in range(SIGNATURE_BANDS)]
    return sort_once(np.concatenate(own) >> TEXT_BITS << TEXT_BITS)


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
