"""Texts that are copies of one another: near (edited, cut, extended) or rewritten (translated, spun)."""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

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
from quotidian.tasks.deduplicate.copies.direction import Publication, make_publication
from quotidian.tasks.deduplicate.copies.evidence import measure_cosines
from quotidian.tasks.deduplicate.copies.groups import is_copy, name_kind
from quotidian.tasks.deduplicate.copies.trees import CopyTree
from quotidian.tasks.deduplicate.corpus import Corpus
from quotidian.tasks.deduplicate.settings import DeduplicateSettings

MIN_COSINE = 0.25
"""Candidates less similar than this are not measured further; translated copies have at least .37."""


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


def hang_copies(
    grouped: pl.DataFrame,
    corpus: Corpus,
    neighbours: dict[int, list[int]],
    weights: sparse.csr_array,
    settings: DeduplicateSettings,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Who copied from whom in each group, and the first of each group.

    `grouped` has group, text (row of the corpus) and what `make_publication` reads, earliest first; `neighbours` are the
    copies of each text. Returns one row for each article but the first of its group (article_id, original_id, relation,
    order_basis, kind, the measures, score), and group, copy_group (the first's article_id), first_text and is_known
    (whether it is known to be the first) of every group.
    """
    rows, firsts = [], []
    several = grouped.filter(pl.len().over("group") > 1).sort("group", maintain_order=True)
    for group, articles in groupby(several.iter_rows(named=True), key=itemgetter("group")):
        tree = CopyTree(corpus, list(map(make_publication, articles)), neighbours)
        rows += hang_group(tree, settings)
        firsts.append((group, tree.articles[0].article_id, tree.articles[0].text, tree.has_known_first()))
    alone = grouped.filter(pl.len().over("group") == 1).select(
        "group", copy_group="article_id", first_text="text", is_known=True
    )
    found = pl.DataFrame(firsts, schema=alone.schema, orient="row")
    return add_cosines(pl.DataFrame(rows, schema=COPY_SCHEMA), grouped, weights), pl.concat([alone, found])


def hang_group(tree: CopyTree, settings: DeduplicateSettings) -> Iterator[dict]:
    """Rows of COPY_SCHEMA of one group, without the cosines."""
    for article, parent, relation, basis in tree.hang():
        evidence = tree.measure(article.text, parent.text)
        kind = name_copy(article, parent, evidence, settings)
        relation = "rewritten" if (kind, relation) == ("rewritten", "republished") else relation
        score = evidence["aligned_share"] if kind == "rewritten" else evidence["containment"]
        yield {
            "article_id": article.article_id,
            "original_id": parent.article_id,
            "relation": relation,
            "order_basis": basis,
            "kind": kind,
            "score": score,
            "cosine": 1.0,
        } | evidence


def name_copy(
    article: Publication, parent: Publication, evidence: dict[str, float], settings: DeduplicateSettings
) -> str:
    """The kind of a copy against its parent."""
    if article.text == parent.text:
        return "exact"
    return name_kind(evidence, settings.member_alignment, settings) or "rewritten"


def add_cosines(copies: pl.DataFrame, grouped: pl.DataFrame, weights: sparse.csr_array) -> pl.DataFrame:
    """Copies with the cosine of each with its parent."""
    texts = grouped.select("article_id", "text")
    joined = copies.join(texts, on="article_id", maintain_order="left").join(
        texts.rename({"article_id": "original_id", "text": "parent"}), on="original_id", maintain_order="left"
    )
    cosines = measure_cosines(weights, joined.select("text", "parent").to_numpy())
    is_exact = pl.col("kind") == "exact"
    return copies.with_columns(cosine=pl.when(is_exact).then(1.0).otherwise(pl.Series(cosines, dtype=pl.Float64)))


COPY_SCHEMA = dict.fromkeys(
    ("article_id", "original_id", "relation", "order_basis", "kind"), pl.String
) | dict.fromkeys(("jaccard", "containment", "containment_reverse", "cosine", "aligned_share", "score"), pl.Float64)
