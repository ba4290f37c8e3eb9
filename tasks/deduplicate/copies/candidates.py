"""Pairs of texts worth comparing, found without comparing all pairs.

Texts and what they share are packed in one 64-bit number and sorted: nothing else that is exact is as fast or
needs as little memory. What grows with the archive is worked on in parts of bounded size.

What very many texts share leads from each to few of them: else a thousand copies of one text would be half a million pairs. So a
pair may cease to be one when more texts come. By how many things one text leads to the other is told of each pair, and of pairs that are
known how many of these lead there no more. A pair of texts never becomes one because others come.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np

from quotidian.tasks.deduplicate.arrays import Array
from quotidian.tasks.deduplicate.copies.lists import (
    MANY,
    TEXT_BITS,
    TEXT_MASK,
    FeatureList,
    Listed,
    Range,
    cut_features,
    cut_lists,
    list_features,
    look_up,
    read_range,
)
from quotidian.tasks.deduplicate.copies.pair_runs import count_codes, keep_frequent, merge_runs, write_runs
from quotidian.tasks.deduplicate.copies.text_parts import (
    SIGNATURE_BANDS,
    Shelf,
    cut_texts,
    pack_band,
    pack_features,
    pack_pairs,
)
from quotidian.tasks.deduplicate.units import Workers
from quotidian.tasks.deduplicate.values import drop_repeats, sort_once

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
UNIT_FEATURES, UNIT_SECONDS = 5_000_000, 0.5
"""Features that are asked for whose pairs are one unit, and how long that takes."""
LOWER_HALF = np.uint64(2**32 - 1)


class Sought(NamedTuple):
    """Whether each text is sought, whether it is new among these, and the sorted codes of pairs that are known, none of them of a sought text."""

    texts: np.ndarray
    is_new: np.ndarray
    known: np.ndarray


class Led(NamedTuple):
    """Codes of pairs of texts, one of them sought, sorted; how many features lead from one to the other; and of each known pair how many
    do no more because new texts came."""

    codes: np.ndarray
    counts: np.ndarray
    lost: np.ndarray


def find_rare_sharers(
    texts: np.ndarray, features: np.ndarray, most: int, least: int, firsts: int | None = None
) -> np.ndarray:
    """Pairs of texts that share at least `least` features, each of which at most `most` texts have; of them those with a text below `firsts`.

    `texts` and `features` are parallel: text texts[k] has feature features[k], perhaps several times.
    Returns pairs (n, 2) with the smaller text first, sorted.
    """
    packed = pack_features(texts, features)
    packed.sort()
    found = (pair_rare(part, most, firsts) for part in cut_features(packed))
    return split_codes(keep_frequent(found, least, None)[0])


def find_word_sharers(shelf: Shelf, sought: Sought, folder: Path | None, workers: Workers) -> Led:
    """Pairs of texts, one of them sought, that share rare pairs of neighbouring words; `folder` has room for what does not fit into memory."""
    order = np.argsort((2 - sought.texts - sought.is_new).astype(np.int8), kind="stable")
    new, count = np.count_nonzero(sought.is_new), np.count_nonzero(sought.texts)
    numbers = np.empty(len(order), np.uint64)  # the new ones come first, then the others that are sought
    numbers[order] = np.arange(len(order))
    features = shelf.features
    lists = [(listed, numbers[texts]) for listed, texts in features]
    asked = list_asked(features, sought.texts, lambda texts: list_words(shelf, texts))
    known = join_codes(numbers[split_codes(sought.known)])
    replaced = sum(map(len, shelf.texts)) - len(shelf.corpus)  # stand in two parts
    share = sum(map(len, asked or [listed for listed, _ in lists])) / UNIT_FEATURES
    ranges = cut_lists(lists, asked)
    length = max(1, int(len(ranges) / max(share, 1)))
    units = [ranges[first : first + length] for first in range(0, len(ranges), length)]
    with TemporaryDirectory(dir=folder, prefix=".pairs-", suffix=".tmp") as name:
        shared = lists, asked, known, new, count, replaced, Path(name)
        found = list(workers.map(pair_ranges, units, *shared, seconds=UNIT_SECONDS * share))
        codes, counts = merge_runs([np.empty(0, np.uint64), *(run for runs, _ in found for run in runs)], MIN_SHARED)
    codes = join_codes(order[split_codes(codes)])
    places = np.argsort(codes)
    return Led(codes[places], counts[places], sum((lost for _, lost in found), np.zeros(len(known), np.int64)))


def pair_ranges(
    ranges: list[Range],
    lists: list[Listed],
    asked: list[FeatureList] | None,
    known: np.ndarray,
    new: int,
    count: int,
    replaced: int,
    folder: Path,
) -> tuple[list[Array], np.ndarray]:
    """Codes of the pairs of texts that share rare features of some ranges, in sorted runs, one of them among the first `count`, which are
    asked for; and how many each of the known pairs shares that the first `new` texts made frequent."""
    lost = np.zeros(len(known), np.int64)

    def pair_parts() -> Iterator[np.ndarray]:
        for bounds in ranges:
            part = read_features(lists, asked, bounds, MAX_SHARERS + replaced)
            if len(known):
                lost[:] += count_known(pair_rare(keep_crowded(part, new, MAX_SHARERS), MAX_SHARERS), known)
            yield pair_rare(part, MAX_SHARERS, count)

    return list(write_runs(pair_parts(), folder)), lost


def count_known(codes: np.ndarray, known: np.ndarray) -> np.ndarray:
    """How often each of some sorted codes, at least one, is there."""
    places = np.minimum(np.searchsorted(known, codes), len(known) - 1)
    return np.bincount(places[known[places] == codes], minlength=len(known))


def read_features(lists: list[Listed], asked: list[FeatureList] | None, bounds: Range, spare: int = MANY) -> np.ndarray:
    """The features of one range of those that are asked for, or, where that is None, of all."""
    return read_range(lists, bounds) if asked is None else look_up(lists, asked, bounds, spare)


def list_asked(
    lists: list[Listed], sought: np.ndarray, pack: Callable[[np.ndarray], np.ndarray]
) -> list[FeatureList] | None:
    """Lists of all features of the sought texts: those of parts that have no others, and what is packed of the rest; None where
    all texts are sought."""
    if sought.all():
        return None
    fresh = [(listed, texts) for listed, texts in lists if sought[texts].all()]
    rest = sought.copy()
    for _, texts in fresh:
        rest[texts] = False
    return [*(listed for listed, _ in fresh), list_features(pack(np.flatnonzero(rest)))]


def list_words(shelf: Shelf, texts: np.ndarray) -> np.ndarray:
    """The word pairs of some texts, sorted, as they are packed."""
    return sort_once(np.concatenate([pack_pairs(shelf.corpus, piece) for piece in cut_texts(texts)]))


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


def keep_rare(packed: np.ndarray, most: int) -> tuple[np.ndarray, np.ndarray]:
    """The texts of each feature that 2 to `most` texts have, one feature after the other, and how many texts of the
    same feature come after each."""
    texts, ends = list_sharers(packed)
    sizes = np.diff(ends, prepend=0)
    keep = np.repeat((sizes > 1) & (sizes <= most), sizes)
    after = np.repeat(ends, sizes) - np.arange(1, len(texts) + 1)
    return texts[keep], after[keep].astype(np.int32)


def keep_crowded(packed: np.ndarray, new: int, most: int) -> np.ndarray:
    """Of packed features, sorted, those that more than `most` texts have, but not without the first `new` texts: of the other texts."""
    is_old = (packed & TEXT_MASK) >= new
    ends = np.flatnonzero(np.diff(packed >> TEXT_BITS, append=np.uint64(2**64 - 1))) + 1
    sizes = np.diff(ends, prepend=0)
    before = np.diff(np.append(0, np.cumsum(is_old))[ends], prepend=0)
    return packed[is_old & np.repeat((sizes > most) & (before <= most), sizes)]


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


def find_band_sharers(shelf: Shelf, sought: Sought) -> Led:
    """Pairs of near neighbours, one of them sought, among the texts of equal band, for every band, whose signatures agree
    enough.

    A band that a thousand texts share gives some thousand pairs, not half a million; together the bands still
    connect all copies of one text.
    """
    found, lost = [np.empty(0, np.uint64)], np.zeros(len(sought.known), np.int64)
    bands = shelf.bands
    asked = list_asked(bands, sought.texts, lambda texts: list_bands(shelf, texts))
    for bounds in cut_lists(bands, asked):
        packed = read_features(bands, asked, bounds)
        pairs = pair_neighbours(packed)
        found.append(np.sort(join_codes(pairs[sought.texts[pairs].any(axis=1)])))
        if len(lost):
            old = pair_neighbours(packed[~sought.is_new[packed & TEXT_MASK]])
            lost += count_known(join_codes(old), sought.known) - count_known(join_codes(pairs), sought.known)
    codes, counts = count_codes(np.sort(np.concatenate(found)), 1)
    agreement = np.concatenate([measure_agreement(shelf, part) for part in split_pairs(split_codes(codes))])
    is_enough = agreement >= SIGNATURE_JACCARD
    return Led(codes[is_enough], counts[is_enough], lost)


def list_bands(shelf: Shelf, texts: np.ndarray) -> np.ndarray:
    """The bands of some texts, sorted, as they are packed."""
    signatures = shelf.read_signatures(texts)
    rows = np.arange(len(texts))
    return np.concatenate([pack_band(signatures, rows, band) for band in range(SIGNATURE_BANDS)])


def measure_agreement(shelf: Shelf, pairs: np.ndarray) -> np.ndarray:
    """Share of the values of the signatures of each pair of texts that are the same."""
    return (shelf.read_signatures(pairs[:, 0]) == shelf.read_signatures(pairs[:, 1])).mean(axis=1)


def pair_neighbours(packed: np.ndarray) -> np.ndarray:
    """Pairs of texts of equal features that are near neighbours in their order; features are packed with their texts, sorted."""
    order, codes = (packed & TEXT_MASK).astype(np.int64), packed >> TEXT_BITS
    equal = [(np.flatnonzero(codes[step:] == codes[:-step]), step) for step in range(1, BAND_NEIGHBOURS + 1)]
    return np.concatenate([np.stack([order[places], order[places + step]], axis=1) for places, step in equal])


def unique_pairs(pairs: np.ndarray) -> np.ndarray:
    """Each unordered pair once, the smaller text first, sorted."""
    return split_codes(drop_repeats(np.sort(join_codes(pairs))))


def split_pairs(pairs: np.ndarray) -> list[np.ndarray]:
    """Pairs in pieces of bounded size, at least one."""
    return np.array_split(pairs, max(1, -(-len(pairs) // CHUNK)))
