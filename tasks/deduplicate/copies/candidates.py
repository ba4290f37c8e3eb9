"""Pairs of texts worth comparing, found without comparing all pairs.

Texts and what they share are packed in one 64-bit number and sorted: nothing else that is exact is as fast or
needs as little memory. What grows with the archive is worked on in parts of bounded size.
"""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from rensa import RMinHash

from quotidian.tasks.deduplicate.corpus import Corpus, drop_repeats

MAX_SHARERS = 20
"""A pair of words that more texts than this share says little of any two of them; copies that many sites
carry are found by their signatures instead."""
MIN_SHARED = 3
"""Rare word pairs that two texts must share to be compared. Translations of one article share 7 or more."""
SIGNATURE_ROWS = 2
SIGNATURE_BANDS = 64
"""MinHash bands: of pairs with Jaccard .25 at least 98 % share a band of two rows."""
SIGNATURE_SEED = 1
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
HASH = np.uint64(0x9E3779B97F4A7C15)
"""Odd, so that a product with it modulo 2**64 loses nothing; its upper bits mix all bits of the other factor
(Knuth, The Art of Computer Programming 3, section 6.4)."""
LOWER_HALF = np.uint64(2**32 - 1)


def find_rare_sharers(texts: np.ndarray, features: np.ndarray, count: int, most: int, least: int) -> np.ndarray:
    """Pairs of texts that share at least `least` features, each of which at most `most` texts have.

    `texts` and `features` are parallel: text texts[k] has feature features[k], perhaps several times. `count` is the number of texts.
    Returns pairs (n, 2) with the smaller text first, sorted.
    """
    return count_sharers(*gather_rare(pack_features(texts, features, count), count, most), count, least)


def find_word_sharers(corpus: Corpus, usable: np.ndarray) -> np.ndarray:
    """Pairs of texts that share rare pairs of neighbouring words; only texts where `usable` is true take part."""
    rare = gather_rare(pack_word_pairs(corpus, usable), len(corpus), MAX_SHARERS)
    return count_sharers(*rare, len(corpus), MIN_SHARED)


def pack_word_pairs(corpus: Corpus, usable: np.ndarray) -> np.ndarray:
    """The word pairs of all usable texts, packed."""
    packed, end = np.empty(len(corpus.words), np.uint64), 0
    for piece in corpus.pieces():
        texts = piece[usable[piece]]
        owners, codes = corpus.word_pairs(texts)
        packed[end : end + len(codes)] = pack_features(texts[owners], codes, len(corpus))
        end += len(codes)
    return packed[:end]


def pack_features(texts: np.ndarray, features: np.ndarray, count: int) -> np.ndarray:
    """A hash of the feature in the upper bits and the text in as many lower ones as `count` texts need.

    Of 17 million features of 100,000 texts two meet once by chance; then a text may be compared for nothing.
    """
    bits = np.uint64(count.bit_length())
    return (features.astype(np.uint64) * HASH) >> bits << bits | texts.astype(np.uint64)


def gather_rare(packed: np.ndarray, count: int, most: int) -> tuple[np.ndarray, np.ndarray]:
    """What `keep_rare` finds in all packed features, which are sorted in place."""
    packed.sort()
    rare = [keep_rare(part, count, most) for part in cut_features(packed, count)]
    return tuple(np.concatenate(parts) for parts in zip(*rare, strict=True))


def count_sharers(texts: np.ndarray, after: np.ndarray, count: int, least: int) -> np.ndarray:
    """Pairs of texts that share enough rare features, given as by `keep_rare`."""
    entries = np.sort(texts.astype(np.uint64) << np.uint64(32) | np.arange(len(texts), dtype=np.uint64)) & LOWER_HALF
    met = np.concatenate([[0], np.cumsum(np.bincount(texts, weights=after, minlength=count))])
    starts = np.concatenate([[0], np.cumsum(np.bincount(texts, minlength=count))])
    cuts = np.unique([0, *np.searchsorted(met, np.arange(PART_PAIRS, met[-1], PART_PAIRS)), count])
    stretches = (entries[starts[first] : starts[last]].astype(np.int64) for first, last in pairwise(cuts))
    found = [count_pairs(*follow(texts, after, stretch), least) for stretch in stretches]
    return np.concatenate([np.empty((0, 2), np.int64), *found])


def cut_features(packed: np.ndarray, count: int) -> Iterator[np.ndarray]:
    """Sorted packed features in parts of about `PART_FEATURES`, all texts of one feature in one part; at least one."""
    bits = np.uint64(count.bit_length())
    firsts = packed[PART_FEATURES::PART_FEATURES] >> bits << bits
    yield from np.split(packed, np.searchsorted(packed, firsts))


def keep_rare(packed: np.ndarray, count: int, most: int) -> tuple[np.ndarray, np.ndarray]:
    """The texts of each feature that 2 to `most` texts have, one feature after the other, and how many texts of the
    same feature come after each."""
    bits = np.uint64(count.bit_length())
    unique = drop_repeats(packed)
    ends = np.flatnonzero(np.diff(unique >> bits, append=np.uint64(2**64 - 1))) + 1
    sizes = np.diff(ends, prepend=0)
    keep = np.repeat((sizes > 1) & (sizes <= most), sizes)
    after = np.repeat(ends, sizes) - np.arange(1, len(unique) + 1)
    texts = unique[keep] & np.uint64((1 << int(bits)) - 1)
    return texts.astype(np.int32), after[keep].astype(np.int32)


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


def sign_texts(corpus: Corpus) -> np.ndarray:
    """MinHash signatures over the word pairs of each text: (texts, rows * bands) of uint32."""
    return np.concatenate([sign_part(corpus, texts) for texts in corpus.pieces()])


def sign_part(corpus: Corpus, texts: np.ndarray) -> np.ndarray:
    """Signatures of some texts."""
    owners, codes = corpus.word_pairs(texts)
    starts = np.searchsorted(owners, np.arange(len(texts) + 1)).astype(np.uint64)
    size = SIGNATURE_ROWS * SIGNATURE_BANDS
    matrix = RMinHash.digest_matrix_from_flat_token_hashes(codes, starts, size, SIGNATURE_SEED)
    return np.array(matrix.to_rows(), np.uint32).reshape(len(texts), size)


def find_band_sharers(signatures: np.ndarray, usable: np.ndarray) -> np.ndarray:
    """Pairs of near neighbours among the texts of equal band, for every band, whose signatures agree enough.

    A band that a thousand texts share gives some thousand pairs, not half a million; together the bands still
    connect all copies of one text. Only texts where `usable` is true take part.
    """
    texts = np.flatnonzero(usable)
    columns = np.ascontiguousarray(signatures[texts].T)
    found = [pair_neighbours(columns[band : band + SIGNATURE_ROWS]) for band in range(0, len(columns), SIGNATURE_ROWS)]
    pairs = texts[split_codes(drop_repeats(np.sort(np.concatenate(found))))]
    agreement = np.concatenate(
        [(signatures[part[:, 0]] == signatures[part[:, 1]]).mean(axis=1) for part in split_pairs(pairs)]
    )
    return pairs[agreement >= SIGNATURE_JACCARD]


def pair_neighbours(band: np.ndarray) -> np.ndarray:
    """Codes of pairs of near neighbours with equal columns, in order of a hash of the columns, then of their places."""
    codes = np.zeros(band.shape[1], np.uint64)
    for row in band:
        codes = codes * HASH + row
    packed = np.sort(pack_features(np.arange(len(codes)), codes, len(codes)))
    order = (packed & np.uint64((1 << len(codes).bit_length()) - 1)).astype(np.int64)
    codes = codes[order]
    equal = [(np.flatnonzero(codes[step:] == codes[:-step]), step) for step in range(1, BAND_NEIGHBOURS + 1)]
    pairs = [np.stack([order[places], order[places + step]], axis=1) for places, step in equal]
    return join_codes(np.concatenate(pairs))


def unique_pairs(pairs: np.ndarray) -> np.ndarray:
    """Each unordered pair once, the smaller text first, sorted."""
    return split_codes(drop_repeats(np.sort(join_codes(pairs))))


def split_pairs(pairs: np.ndarray) -> list[np.ndarray]:
    """Pairs in pieces of bounded size, at least one."""
    return np.array_split(pairs, max(1, -(-len(pairs) // CHUNK)))
