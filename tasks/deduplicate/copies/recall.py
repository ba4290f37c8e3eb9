"""Which texts must be compared anew, and what is known of the others."""

import numpy as np
import polars as pl

from quotidian.tasks.deduplicate.copies.candidates import sign_texts
from quotidian.tasks.deduplicate.corpus import Corpus
from quotidian.tasks.deduplicate.kept import SIGNATURE_SIZE, Kept

UPPER_HALF = np.uint64(32)


def recall_texts(corpus: Corpus, kept: Kept) -> tuple[np.ndarray, np.ndarray]:
    """Whether each text must be compared with all others, and the signature of each.

    Where a text that was compared is gone, or has other terms, word pairs may have become rare again: then all are compared.
    """
    texts = kept.recall("texts")
    signatures = np.empty((len(corpus), SIGNATURE_SIZE), np.uint16)
    rows, is_there = find_rows(corpus.text_hash, texts["text_hash"].to_numpy())
    before, now = texts["spelling"].to_numpy(), corpus.spellings
    same_terms = is_there.copy()
    same_terms[is_there] = before[is_there] >> UPPER_HALF == now[rows[is_there]] >> UPPER_HALF
    signatures[rows[same_terms]] = texts["signature"].to_numpy()[same_terms]
    sought = np.ones(len(corpus), bool)
    sought[rows[same_terms]] = False
    new = np.flatnonzero(sought)
    signatures[new] = sign_texts(corpus, new)
    sought[rows[same_terms]] = (before[same_terms] != now[rows[same_terms]]) | (not same_terms.all())
    return sought, signatures


def recall_pairs(corpus: Corpus, kept: Kept, sought: np.ndarray) -> np.ndarray:
    """The pairs of copies that are known, none of them of a text that is compared anew: (n, 2) rows of the corpus."""
    if sought.all():
        return np.empty((0, 2), np.int64)
    columns = [find_rows(corpus.text_hash, kept.recall("pairs")[name].to_numpy())[0] for name in ("left", "right")]
    pairs = np.stack(columns, axis=1)
    return pairs[~sought[pairs].any(axis=1)]


def keep_copies(corpus: Corpus, signatures: np.ndarray, pairs: np.ndarray, kept: Kept) -> None:
    """Keep all texts and the pairs of copies for the next time."""
    kept.after["texts"] = pl.DataFrame(
        {"text_hash": corpus.text_hash, "spelling": corpus.spellings, "signature": signatures}
    )
    left, right = corpus.text_hash[pairs].T
    kept.after["pairs"] = pl.DataFrame({"left": left, "right": right})


def find_rows(ordered: np.ndarray, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The row of each value among ordered ones, and whether it is there."""
    rows = np.minimum(np.searchsorted(ordered, values), max(len(ordered) - 1, 0))
    is_there = ordered[rows] == values if len(ordered) else np.zeros(len(values), bool)
    return rows, is_there
