"""How much two texts have in common: the measures that a decision on copies rests on."""

import numpy as np
from rapidfuzz.distance import LCSseq
from scipy import sparse

from quotidian.tasks.deduplicate.corpus import Corpus
from quotidian.tasks.deduplicate.stories.products import DIGITS, multiply_rows


def measure_cosines(weights: sparse.csr_array, pairs: np.ndarray) -> np.ndarray:
    """Cosine of each pair of rows of weighted words."""
    return np.clip(multiply_rows(weights, weights, pairs), 0, 1)


def measure_pair(corpus: Corpus, left: int, right: int) -> dict[str, float]:
    """What `share_pairs` and `align_words` find in two texts."""
    return share_pairs(corpus, left, right) | {"aligned_share": align_words(corpus, left, right)}


def share_pairs(corpus: Corpus, left: int, right: int) -> dict[str, float]:
    """Jaccard and containments of the word pairs of two texts, 0 to 1.

    `containment` is the share of `left` that stands in `right`, `containment_reverse` that of `right` in `left`.
    """
    left_pairs, right_pairs = corpus.distinct_pairs(left), corpus.distinct_pairs(right)
    met = np.sort(np.concatenate([left_pairs, right_pairs]))
    both = int(np.count_nonzero(met[1:] == met[:-1]))
    return {
        "jaccard": round(both / max(len(left_pairs) + len(right_pairs) - both, 1), DIGITS),
        "containment": round(both / max(len(left_pairs), 1), DIGITS),
        "containment_reverse": round(both / max(len(right_pairs), 1), DIGITS),
    }


def align_words(corpus: Corpus, left: int, right: int) -> float:
    """Length of the longest common subsequence of the content words of two texts over the length of the longer text, 0 to 1."""
    left_words, right_words = corpus.sequence(left), corpus.sequence(right)
    return round(LCSseq.similarity(left_words, right_words) / max(len(left_words), len(right_words), 1), DIGITS)
