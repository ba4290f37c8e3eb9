"""Texts that are copies of one another: near (edited, cut, extended) or rewritten (translated, spun)."""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

import numpy as np
import polars as pl
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from quotidian.tasks.deduplicate.copies.candidates import (
    find_band_sharers,
    find_word_sharers,
    join_codes,
    split_pairs,
    unique_pairs,
)
from quotidian.tasks.deduplicate.copies.direction import Publication, make_publication
from quotidian.tasks.deduplicate.copies.evidence import measure_cosines
from quotidian.tasks.deduplicate.copies.groups import is_copy, name_kind
from quotidian.tasks.deduplicate.copies.recall import keep_copies, recall_pairs, recall_texts
from quotidian.tasks.deduplicate.copies.trees import CopyTree
from quotidian.tasks.deduplicate.corpus import Corpus, weigh_terms
from quotidian.tasks.deduplicate.kept import Kept
from quotidian.tasks.deduplicate.settings import DeduplicateSettings

MIN_COSINE = 0.25
"""Candidates less similar than this are not measured further; translated copies have at least .37."""

PART_PAIRS = 20_000
"""Pairs whose texts are weighed at a time."""


def find_copies(corpus: Corpus, settings: DeduplicateSettings, kept: Kept) -> np.ndarray:
    """Pairs of texts of which one is a copy of the other: (n, 2) rows of the corpus, sorted.

    A text that was compared with all others before meets only those that are new. Of a pair that is known only this may have
    changed: that so many others now share what led from one text to the other that nothing leads there any more.
    """
    usable = corpus.sizes >= settings.min_words
    sought, signatures = recall_texts(corpus, kept)
    known = recall_pairs(corpus, kept, sought)
    candidates, crowded = find_candidates(corpus, signatures, usable, sought)
    doubtful = crowded[known].all(axis=1)
    if doubtful.any():
        again = np.zeros(len(corpus), bool)
        again[known[doubtful, 0]] = True
        led = np.isin(join_codes(known), join_codes(find_candidates(corpus, signatures, usable, again)[0]))
        known = known[~doubtful | led]
    copies = unique_pairs(np.concatenate([known, verify_copies(corpus, candidates, settings)]))
    keep_copies(corpus, signatures, copies, kept)
    return copies


def find_candidates(
    corpus: Corpus, signatures: np.ndarray, usable: np.ndarray, sought: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of distinct texts, one of them `sought`, that share rare word pairs or agree in their signatures; and whether each text
    may have lost partners to sought ones."""
    crowded = np.zeros(len(corpus), bool)
    found = find_word_sharers(corpus, usable, sought), find_band_sharers(signatures, usable, sought)
    for _, texts in found:
        crowded[texts] = True
    return unique_pairs(np.concatenate([pairs for pairs, _ in found])), crowded


def verify_copies(corpus: Corpus, candidates: np.ndarray, settings: DeduplicateSettings) -> np.ndarray:
    """Those of the pairs of which one text is a copy of the other."""
    found = [np.empty((0, 2), np.int64)]
    for pairs in part_pairs(candidates, len(corpus)):
        texts, rows = np.unique(pairs, return_inverse=True)
        is_copy = verify_part(corpus.select(texts), rows.reshape(-1, 2), settings)
        found.append(pairs[is_copy])
    return np.concatenate(found)


def part_pairs(pairs: np.ndarray, count: int) -> list[np.ndarray]:
    """Pairs in parts of bounded size, those that hang together side by side."""
    graph = sparse.coo_array((np.ones(len(pairs), bool), tuple(pairs.T)), (count, count))
    component = connected_components(graph, directed=False)[1]
    ordered = pairs[np.argsort(component[pairs[:, 0]], kind="stable")]
    return np.array_split(ordered, -(-len(pairs) // PART_PAIRS)) if len(pairs) else []


def verify_part(corpus: Corpus, pairs: np.ndarray, settings: DeduplicateSettings) -> np.ndarray:
    """Whether one text is a copy of the other in each pair."""
    is_copied = np.zeros(len(pairs), bool)
    places = np.flatnonzero(measure_cosines(weigh_terms(corpus), pairs) >= MIN_COSINE)
    places = places[share_enough(corpus, pairs[places], settings)]
    least = settings.rewritten_alignment
    is_copied[places] = [is_copy(corpus, *pair, least, settings) for pair in pairs[places].tolist()]
    return is_copied


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
