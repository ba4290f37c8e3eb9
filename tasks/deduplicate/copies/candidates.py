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
from rensa import RMinHash

from quotidian.tasks.deduplicate.corpus import Corpus, drop_repeats, join_terms, sort_once
from quotidian.tasks.deduplicate.kept import SIGNATURE_SIZE
from quotidian.tasks.deduplicate.words import KIND_BITS

MAX_SHARERS = 20
"""A pair of words that more texts than this share says little of any two of them; copies that many sites
carry are found by their signatures instead."""
MIN_SHARED = 3
"""Rare word pairs that two texts must share to be compared. Translations of one article share 7 or more."""
SIGNATURE_ROWS = 2
SIGNATURE_BANDS = SIGNATURE_SIZE // SIGNATURE_ROWS
"""64 MinHash bands: of pairs with Jaccard .25 at least 98 % share a band of two rows."""
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
TEXT_BITS = np.uint64(26)
"""Bits of a packed feature that tell the text: for 67 million texts."""
TEXT_MASK = np.uint64(2**26 - 1)
BAND_MARK_BITS = 20
MARK_BITS = 25
MARK_SHIFT = np.uint64(64 - MARK_BITS)
"""Upper bits of a hash by which it is marked as wanted; of the features of 1,000 texts 1 in 200 others is taken along."""
LOWER_HALF = np.uint64(2**32 - 1)


def find_rare_sharers(texts: np.ndarray, features: np.ndarray, count: int, most: int, least: int) -> np.ndarray:
    """Pairs of texts that share at least `least` features, each of which at most `most` texts have.

    `texts` and `features` are parallel: text texts[k] has feature features[k], perhaps several times. `count` is the number of texts.
    Returns pairs (n, 2) with the smaller text first, sorted.
    """
    packed = pack_features(texts, features)
    packed.sort()
    return count_sharers(*gather_rare(packed, most), count, least)


def find_word_sharers(corpus: Corpus, usable: np.ndarray, sought: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of texts, one of them `sought`, that share rare pairs of neighbouring words; and the texts that may have lost
    partners because sought ones made a word pair frequent. Only texts where `usable` is true take part."""
    order = np.argsort(~sought, kind="stable")
    numbers, count = np.argsort(order), np.count_nonzero(sought)  # the sought ones come first
    packed = pack_word_pairs(corpus, usable, sought, numbers)
    packed.sort()
    crowded = find_crowded(packed, count, MAX_SHARERS) if count < len(corpus) else np.empty(0, np.int64)
    rare = gather_rare(packed, MAX_SHARERS)
    del packed  # the largest of all arrays here
    return order[count_sharers(*rare, len(corpus), MIN_SHARED, count)], order[crowded]


def pack_word_pairs(corpus: Corpus, usable: np.ndarray, sought: np.ndarray, numbers: np.ndarray) -> np.ndarray:
    """The word pairs of all usable texts that a sought one has, too, packed with the texts' `numbers`."""
    if sought[usable].all():
        found = pack_pieces(corpus, usable, numbers)
    else:
        wanted = np.zeros(1 << MARK_BITS, bool)
        for part in pack_pieces(corpus, usable & sought, numbers):
            wanted[part >> MARK_SHIFT] = True
        found = (pack_wanted(corpus, piece, usable, numbers, wanted) for piece in corpus.pieces())
    packed, end = np.empty(len(corpus.words), np.uint64), 0
    for part in found:
        packed[end : end + len(part)] = part
        end += len(part)
    return packed[:end]


def pack_pieces(corpus: Corpus, usable: np.ndarray, numbers: np.ndarray) -> Iterator[np.ndarray]:
    """The packed word pairs of usable texts, some thousand texts at a time."""
    for piece in corpus.pieces():
        texts = piece[usable[piece]]
        owners, codes = corpus.word_pairs(texts)
        yield pack_features(numbers[texts[owners]], codes)


def pack_wanted(
    corpus: Corpus, piece: np.ndarray, usable: np.ndarray, numbers: np.ndarray, wanted: np.ndarray
) -> np.ndarray:
    """Those of the packed word pairs of the usable texts of a piece that are marked as wanted: whose they are is asked of these only."""
    start, end = corpus.starts[piece[0]], corpus.starts[piece[-1] + 1]
    terms = (corpus.words[start:end] >> KIND_BITS).astype(np.uint64)
    hashed = join_terms(terms[:-1], terms[1:]) * HASH
    places = np.flatnonzero(wanted[hashed >> MARK_SHIFT])
    texts = np.searchsorted(corpus.starts, start + places, "right") - 1
    is_inside = usable[texts] & (start + places + 1 < corpus.starts[texts + 1])
    return hashed[places[is_inside]] >> TEXT_BITS << TEXT_BITS | numbers[texts[is_inside]].astype(np.uint64)


def pack_features(texts: np.ndarray, features: np.ndarray) -> np.ndarray:
    """A hash of the feature in the upper bits and the text in the `TEXT_BITS` lower ones.

    Of 17 million features of 100,000 texts some hundred meet another one by chance; then a text may be compared for nothing.
    """
    return (features.astype(np.uint64) * HASH) >> TEXT_BITS << TEXT_BITS | texts.astype(np.uint64)


def gather_rare(packed: np.ndarray, most: int) -> tuple[np.ndarray, np.ndarray]:
    """What `keep_rare` finds in all packed features, which are sorted."""
    rare = [keep_rare(part, most) for part in cut_features(packed)]
    return tuple(np.concatenate(parts) for parts in zip(*rare, strict=True))


def count_sharers(
    texts: np.ndarray, after: np.ndarray, count: int, least: int, firsts: int | None = None
) -> np.ndarray:
    """Pairs of texts that share enough rare features, given as by `keep_rare`; of them those with a text below `firsts`."""
    entries = np.sort(texts.astype(np.uint64) << np.uint64(32) | np.arange(len(texts), dtype=np.uint64)) & LOWER_HALF
    met = np.concatenate([[0], np.cumsum(np.bincount(texts, weights=after, minlength=count))])
    starts = np.concatenate([[0], np.cumsum(np.bincount(texts, minlength=count))])
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
    found = [np.empty(0, np.int64)]
    for part in cut_features(packed):
        texts, ends = list_sharers(part)
        sizes = np.diff(ends, prepend=0)
        before = np.diff(np.append(0, np.cumsum(texts >= count))[ends], prepend=0)
        is_crowded = np.repeat((sizes > most) & (before <= most), sizes)
        found.append(texts[is_crowded & (texts >= count)])
    return sort_once(np.concatenate(found))


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


def sign_texts(corpus: Corpus, texts: np.ndarray) -> np.ndarray:
    """MinHash signatures over the word pairs of some texts: (texts, rows * bands), of each value the lower 16 bits."""
    parts = [sign_part(corpus, part) for part in np.array_split(texts, 1 + len(texts) // CHUNK)]
    return np.concatenate(parts)


def sign_part(corpus: Corpus, texts: np.ndarray) -> np.ndarray:
    """Signatures of some texts."""
    owners, codes = corpus.word_pairs(texts)
    starts = np.searchsorted(owners, np.arange(len(texts) + 1)).astype(np.uint64)
    matrix = RMinHash.digest_matrix_from_flat_token_hashes(codes, starts, SIGNATURE_SIZE, SIGNATURE_SEED)
    return np.array(matrix.to_rows(), np.uint32).reshape(len(texts), SIGNATURE_SIZE).astype(np.uint16)


def find_band_sharers(signatures: np.ndarray, usable: np.ndarray, sought: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of near neighbours, one of them `sought`, among the texts of equal band, for every band, whose signatures agree
    enough; and the texts that may have lost neighbours to sought ones.

    A band that a thousand texts share gives some thousand pairs, not half a million; together the bands still
    connect all copies of one text. Only texts where `usable` is true take part.
    """
    texts = np.flatnonzero(usable)
    columns = np.ascontiguousarray(signatures[texts].T)
    found, crowded = [], []
    for band in range(0, len(columns), SIGNATURE_ROWS):
        codes = join_columns(columns[band : band + SIGNATURE_ROWS])
        members = find_members(codes, sought[texts])
        pairs, neighbours = pair_neighbours(codes[members])
        pairs = members[pairs]
        found.append(join_codes(pairs[sought[texts[pairs]].any(axis=1)]))
        crowded.append(members[neighbours])
    pairs = texts[split_codes(drop_repeats(np.sort(np.concatenate(found))))]
    agreement = np.concatenate(
        [(signatures[part[:, 0]] == signatures[part[:, 1]]).mean(axis=1) for part in split_pairs(pairs)]
    )
    return pairs[agreement >= SIGNATURE_JACCARD], texts[sort_once(np.concatenate(crowded))]


def join_columns(band: np.ndarray) -> np.ndarray:
    """One 64-bit code of the columns of a band, which are equal where the codes are."""
    codes = np.zeros(band.shape[1], np.uint64)
    for row in band:
        codes = codes << np.uint64(16) | row
    return codes * HASH


def find_members(codes: np.ndarray, sought: np.ndarray) -> np.ndarray:
    """Places of the codes that a sought place has, too, and perhaps of some more."""
    if sought.all():
        return np.arange(len(codes))
    wanted = np.zeros(1 << BAND_MARK_BITS, bool)
    marks = codes >> np.uint64(64 - BAND_MARK_BITS)
    wanted[marks[sought]] = True
    return np.flatnonzero(wanted[marks])


def pair_neighbours(codes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of places of equal codes that are near neighbours in their order, and the places of codes that so many have that
    some are no neighbours."""
    packed = np.sort(pack_features(np.arange(len(codes)), codes))
    order = (packed & TEXT_MASK).astype(np.int64)
    codes = packed >> TEXT_BITS
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
