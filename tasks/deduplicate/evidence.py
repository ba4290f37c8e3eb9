"""How much two texts have in common: the measures that a decision on copies rests on."""

from itertools import pairwise

import numpy as np
from rapidfuzz.distance import LCSseq
from scipy import sparse

from .corpus import Corpus
from .products import DIGITS, multiply_rows


def measure_cosines(weights: sparse.csr_array, pairs: np.ndarray) -> np.ndarray:
    """TF-IDF cosine of each pair of rows."""
    return np.clip(multiply_rows(weights, weights, pairs), 0, 1)


def measure_pair(corpus: Corpus, left: int, right: int) -> dict[str, float]:
    """Jaccard and containments of the word pairs, and the share of words in common order, of two texts.

    `containment` is the share of `left` that stands in `right`, `containment_reverse` that of `right` in
    `left`; `aligned_share` the length of the longest common subsequence of content words over the length of
    the longer text. All are 0 to 1.
    """
    left_words, right_words = corpus.sequence(left), corpus.sequence(right)
    left_pairs, right_pairs = set(pairwise(left_words)), set(pairwise(right_words))
    both = len(left_pairs & right_pairs)
    longer = max(len(left_words), len(right_words), 1)
    return {
        "jaccard": round(both / max(len(left_pairs | right_pairs), 1), DIGITS),
        "containment": round(both / max(len(left_pairs), 1), DIGITS),
        "containment_reverse": round(both / max(len(right_pairs), 1), DIGITS),
        "aligned_share": round(LCSseq.similarity(left_words, right_words) / longer, DIGITS),
    }
