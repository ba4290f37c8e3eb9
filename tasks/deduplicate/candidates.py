"""Pairs of texts worth comparing, found without comparing all pairs."""

from collections.abc import Iterator

import numpy as np
import polars as pl
from rensa import RMinHash
from scipy import sparse

from .corpus import Corpus

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
CHUNK = 20_000
FEATURE_PARTS = 8
"""Features are sorted in so many parts, one after the other, which divides the memory that sorting takes."""


def find_rare_sharers(texts: np.ndarray, features: np.ndarray, count: int, most: int, least: int) -> np.ndarray:
    """Pairs of texts that share at least `least` features, each of which at most `most` texts have.

    `texts` and `features` are parallel: text texts[k] has feature features[k], perhaps several times. `count` is the number of texts.
    Returns pairs (n, 2) with the smaller text first, sorted.
    """
    parts = features % FEATURE_PARTS
    telling = [mark_rare(texts[parts == part], features[parts == part], count, most) for part in range(FEATURE_PARTS)]
    chunks = multiply_chunks(sparse.hstack(telling, format="csr"))
    found = [pairs_above(chunk, start, least) for start, chunk in chunks]
    return np.concatenate([np.empty((0, 2), np.int64), *found])


def mark_rare(texts: np.ndarray, features: np.ndarray, count: int, most: int) -> sparse.csr_array:
    """Which text (row) has which of the features that 2 to `most` texts have (columns)."""
    unique, columns = np.unique(features, return_inverse=True)
    has = sparse.coo_array((np.ones(len(texts), np.float32), (texts, columns)), (count, len(unique))).tocsr()
    has.data.fill(1)
    sharers = np.bincount(has.indices, minlength=len(unique))
    return has[:, (sharers > 1) & (sharers <= most)]


def multiply_chunks(rows: sparse.csr_array) -> Iterator[tuple[int, sparse.csr_array]]:
    """`rows @ rows.T`, a few rows at a time: (first row, product)."""
    turned = rows.T.tocsr()
    for start in range(0, rows.shape[0], CHUNK):
        yield start, rows[start : start + CHUNK] @ turned


def pairs_above(product: sparse.csr_array, start: int, least: float) -> np.ndarray:
    """Pairs (row, column), row before column, whose value is at least `least`."""
    found = product.tocoo()
    left, right = found.row + start, found.col
    keep = (found.data >= least) & (left < right)
    pairs = np.stack([left[keep], right[keep]], axis=1).astype(np.int64)
    return pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]


def sign_texts(corpus: Corpus) -> np.ndarray:
    """MinHash signatures over the word pairs of each text: (texts, rows * bands) of uint32."""
    owners, codes = corpus.word_pairs
    starts = np.concatenate([[0], np.cumsum(np.bincount(owners, minlength=len(corpus)))])
    parts = [sign_part(codes, starts[first : first + CHUNK + 1]) for first in range(0, len(corpus), CHUNK)]
    return np.concatenate(parts) if parts else np.empty((0, SIGNATURE_ROWS * SIGNATURE_BANDS), np.uint32)


def sign_part(codes: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """Signatures of neighbouring texts whose word pairs start at `starts`; the last start is their end."""
    size = SIGNATURE_ROWS * SIGNATURE_BANDS
    inside = np.ascontiguousarray(codes[starts[0] : starts[-1]])
    matrix = RMinHash.digest_matrix_from_flat_token_hashes(
        inside, (starts - starts[0]).astype(np.uint64), size, SIGNATURE_SEED
    )
    return np.array(matrix.to_rows(), np.uint32)


def find_band_sharers(signatures: np.ndarray, usable: np.ndarray) -> np.ndarray:
    """Pairs of near neighbours among the texts of equal band, for every band, whose signatures agree enough.

    A band that a thousand texts share gives some thousand pairs, not half a million; together the bands still
    connect all copies of one text. Only texts where `usable` is true take part.
    """
    texts = np.flatnonzero(usable)
    found = [
        pair_neighbours(signatures[texts, band * SIGNATURE_ROWS : (band + 1) * SIGNATURE_ROWS])
        for band in range(SIGNATURE_BANDS)
    ]
    pairs = unique_pairs(texts[np.concatenate(found)])
    agreement = np.concatenate(
        [(signatures[part[:, 0]] == signatures[part[:, 1]]).mean(axis=1) for part in split_pairs(pairs)]
    )
    return pairs[agreement >= SIGNATURE_JACCARD]


def pair_neighbours(band: np.ndarray) -> np.ndarray:
    """Places of near neighbours with equal rows once the rows are sorted."""
    order = np.lexsort((*band.T[::-1],))
    pairs = [np.stack([order[:-step], order[step:]], axis=1) for step in range(1, BAND_NEIGHBOURS + 1)]
    found = np.concatenate(pairs)
    return found[(band[found[:, 0]] == band[found[:, 1]]).all(axis=1)]


def unique_pairs(pairs: np.ndarray) -> np.ndarray:
    """Each unordered pair once, the smaller text first, sorted."""
    if not len(pairs):
        return np.empty((0, 2), np.int64)
    ordered = pl.DataFrame(np.sort(pairs, axis=1), schema=["left", "right"]).unique().sort("left", "right")
    return ordered.to_numpy()


def split_pairs(pairs: np.ndarray) -> list[np.ndarray]:
    """Pairs in pieces of bounded size, at least one."""
    return np.array_split(pairs, max(1, -(-len(pairs) // CHUNK)))
