"""Texts that are copies of one another: near (edited, cut, extended) or rewritten (translated, spun)."""

import numpy as np
import polars as pl
from scipy import sparse

from quotidian.tasks.deduplicate.copies.candidates import (
    find_band_sharers,
    find_word_sharers,
    sign_texts,
    split_pairs,
    unique_pairs,
)
from quotidian.tasks.deduplicate.copies.evidence import measure_cosines, measure_pair
from quotidian.tasks.deduplicate.copies.groups import is_copy, name_kind
from quotidian.tasks.deduplicate.corpus import Corpus
from quotidian.tasks.deduplicate.settings import DeduplicateSettings

MIN_COSINE = 0.25
"""Candidates less similar than this are not measured further; translated copies have at least .37."""
COSINE_DIGITS = 2
"""Decimals of the cosine that is published: it rests on the words of the whole archive, and those after them change with every
new article."""


def find_candidates(corpus: Corpus, settings: DeduplicateSettings) -> np.ndarray:
    """Pairs of distinct texts that share rare word pairs or agree in their signatures."""
    usable = corpus.sizes >= settings.min_words
    found = [find_word_sharers(corpus, usable), find_band_sharers(sign_texts(corpus), usable)]
    return unique_pairs(np.concatenate(found))


def find_copies(
    corpus: Corpus, weights: sparse.csr_array, candidates: np.ndarray, settings: DeduplicateSettings
) -> np.ndarray:
    """Those of the pairs of which one text is a copy of the other."""
    pairs = candidates[measure_cosines(weights, candidates) >= MIN_COSINE]
    pairs = pairs[share_enough(corpus, pairs, settings)]
    least = settings.rewritten_alignment
    return pairs[np.array([is_copy(corpus, *pair, least, settings) for pair in pairs.tolist()], dtype=bool)]


def share_enough(corpus: Corpus, pairs: np.ndarray, settings: DeduplicateSettings) -> np.ndarray:
    """Whether two texts have as many words in common as a copy must, whatever the order of the words."""
    counts = corpus.counted[0]
    shared = [counts[part[:, 0]].minimum(counts[part[:, 1]]).sum(axis=1) for part in split_pairs(pairs)]
    sizes = corpus.sizes[pairs]
    needed = np.minimum(settings.near_containment * sizes.min(axis=1), settings.rewritten_alignment * sizes.max(axis=1))
    return np.concatenate(shared) >= np.floor(needed)


def label_copies(
    articles: pl.DataFrame, corpus: Corpus, weights: sparse.csr_array, settings: DeduplicateSettings
) -> pl.DataFrame:
    """Evidence of each copy against the original of its group.

    `articles` has article_id, text (row of the corpus), original_id and original_text. Returns one row for
    each article that is not its group's original: article_id, original_id, kind, the measures, score.
    """
    copies = articles.filter(pl.col("article_id") != pl.col("original_id"))
    pairs = copies.select("text", "original_text").unique().sort("text", "original_text")
    cosines = measure_cosines(weights, pairs.to_numpy())
    rows = [
        compare_texts(corpus, left, right, cosine, settings)
        for (left, right), cosine in zip(pairs.rows(), cosines, strict=True)
    ]
    measured = pairs.hstack(pl.DataFrame(rows, schema=EVIDENCE_SCHEMA))
    return copies.join(measured, on=["text", "original_text"], how="left").select(
        "article_id", "original_id", *EVIDENCE_SCHEMA
    )


EVIDENCE_SCHEMA = {
    "kind": pl.String,
    "jaccard": pl.Float64,
    "containment": pl.Float64,
    "containment_reverse": pl.Float64,
    "cosine": pl.Float64,
    "aligned_share": pl.Float64,
    "score": pl.Float64,
}


def compare_texts(corpus: Corpus, left: int, right: int, cosine: float, settings: DeduplicateSettings) -> dict:
    """Kind, measures and score of a copy (`left`) against its original (`right`)."""
    if left == right:
        return dict.fromkeys(EVIDENCE_SCHEMA, 1.0) | {"kind": "exact"}
    evidence = measure_pair(corpus, left, right)
    kind = name_kind(evidence, settings.member_alignment, settings) or "rewritten"
    score = evidence["containment"] if kind == "near" else evidence["aligned_share"]
    return {"kind": kind, "cosine": round(float(cosine), COSINE_DIGITS), "score": score} | evidence
