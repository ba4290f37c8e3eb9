"""Copies hung on what they were copied from, group by group; a group of which nothing changed is as it was."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby, pairwise
from operator import itemgetter

import numpy as np
import polars as pl

from quotidian.tasks.deduplicate.copies.candidates import split_pairs
from quotidian.tasks.deduplicate.copies.direction import Publication, make_publication
from quotidian.tasks.deduplicate.copies.evidence import measure_cosines
from quotidian.tasks.deduplicate.copies.groups import list_neighbours, name_kind
from quotidian.tasks.deduplicate.copies.text_parts import Shelf
from quotidian.tasks.deduplicate.copies.trees import CopyTree
from quotidian.tasks.deduplicate.corpus import Corpus, mix_codes, weigh_terms
from quotidian.tasks.deduplicate.kept import COPY_SCHEMA, KEPT_SCHEMAS, Kept
from quotidian.tasks.deduplicate.settings import DeduplicateSettings
from quotidian.tasks.deduplicate.units import Workers

READ = ("published_date", "published_at", "captured_at", "url", "outlet", "agency", "credited", "people")
"""What `make_publication` reads of an article beside its id and text."""
UNIT_ARTICLES, UNIT_SECONDS = 5_000, 0.8
"""Articles of groups that are hung at a time, and how long that takes."""
Unit = tuple[pl.DataFrame, dict[int, list[int]]]
"""Articles of some groups, and the copies of their texts."""


def hang_copies(
    grouped: pl.DataFrame,
    shelf: Shelf,
    pairs: np.ndarray,
    settings: DeduplicateSettings,
    kept: Kept,
    workers: Workers,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Who copied from whom in each group of several, and the first of each.

    `grouped` has age_rank, group, text (row of the corpus) and what `make_publication` reads, earliest first; of each of the
    `pairs` one text is a copy of the other. Returns one row for each article but the first of its group (age_rank, COPY_SCHEMA), and group, copy_group (the
    first's article_id) and is_known (whether it is known to be the first) of every group.
    """
    groups = grouped["group"].to_numpy()
    several = grouped.filter(np.bincount(groups)[groups] > 1).sort("group", maintain_order=True)
    names = name_groups(several, shelf, pairs)
    known = kept.recall("trees").join(names, on="tree", how="semi")
    new = several.join(names.join(known, on="tree", how="anti"), on="group", maintain_order="left")
    seconds = UNIT_SECONDS * len(new) / UNIT_ARTICLES
    is_new = np.zeros(len(shelf.corpus), bool)
    is_new[new["text"].to_numpy()] = True
    units = part_groups(new, list_neighbours(pairs[is_new[pairs].any(axis=1)]))
    trees = pl.concat([known, *workers.map(hang_groups, units, replace(shelf.corpus), settings, seconds=seconds)])
    kept.after["trees"] = trees
    is_first = pl.col("original_id").is_null()
    firsts = trees.filter(is_first).join(names, on="tree").select("group", copy_group="article_id", is_known="is_known")
    ranked = trees.filter(~is_first).join(several.select("article_id", "age_rank"), on="article_id")
    return ranked.select("age_rank", *COPY_SCHEMA), firsts


def part_groups(articles: pl.DataFrame, neighbours: dict[int, list[int]]) -> Iterator[Unit]:
    """Units of the articles of groups, one group after the other; no group is cut."""
    starts = np.flatnonzero(np.diff(articles["tree"].to_numpy())) + 1
    edges = starts[np.flatnonzero(np.diff(starts // UNIT_ARTICLES, prepend=0))].tolist()
    for first, last in pairwise([0, *edges, len(articles)]):
        own = articles[first:last]
        yield own, {text: neighbours[text] for text in own["text"].unique().to_list() if text in neighbours}


def hang_groups(unit: Unit, corpus: Corpus, settings: DeduplicateSettings) -> pl.DataFrame:
    """Rows of the kept trees of the groups of a unit."""
    articles, neighbours = unit
    rows = []
    for tree, group in groupby(articles.iter_rows(named=True), key=itemgetter("tree")):
        grown = CopyTree(replace(corpus), list(map(make_publication, group)), neighbours)
        rows += [{"tree": tree} | row for row in hang_group(grown, settings)]
    return add_cosines(pl.DataFrame(rows, schema=KEPT_SCHEMAS["trees"]), articles, corpus)


def name_groups(articles: pl.DataFrame, shelf: Shelf, pairs: np.ndarray) -> pl.DataFrame:
    """group and tree, 64 bits for all that the tree of a group of copies rests on: its articles, what is read of them, their words,
    and the words of the copies of each."""
    led = np.zeros(len(shelf.corpus), np.uint64)
    mixed = mix_codes(shelf.spelling)
    for one, other in (pairs.T, pairs.T[::-1]):
        np.add.at(led, one, mixed[other])
    texts = articles["text"].to_numpy()
    hashed = articles.select("article_id", *(spell_list(articles, name) for name in READ)).with_columns(
        pl.Series(name, values[texts], dtype=pl.UInt64)
        for name, values in (("text_hash", shelf.corpus.text_hash), ("spelling", shelf.spelling), ("led", led))
    )
    codes = pl.Series(mix_codes(hashed.hash_rows().to_numpy()), dtype=pl.UInt64)
    return articles.select("group", tree=codes).group_by("group", maintain_order=True).agg(pl.col("tree").sum())


def spell_list(articles: pl.DataFrame, name: str) -> pl.Expr:
    """A column as something that has a hash: a list of names as its names, each after a sign that none has."""
    if not isinstance(articles.schema[name], pl.List):
        return pl.col(name)
    return pl.col(name).list.eval(pl.lit("\x1f") + pl.element()).list.join("").alias(name)


def hang_group(tree: CopyTree, settings: DeduplicateSettings) -> Iterator[dict]:
    """The first article of one group, and rows of COPY_SCHEMA of the others, without the cosines."""
    yield {"article_id": tree.articles[0].article_id, "is_known": tree.has_known_first()}
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
        } | evidence


def name_copy(
    article: Publication, parent: Publication, evidence: dict[str, float], settings: DeduplicateSettings
) -> str:
    """The kind of a copy against its parent."""
    if article.text == parent.text:
        return "exact"
    return name_kind(evidence, settings.member_alignment, settings) or "rewritten"


def add_cosines(copies: pl.DataFrame, articles: pl.DataFrame, corpus: Corpus) -> pl.DataFrame:
    """Copies with the cosine of each with its parent."""
    texts = articles.select("article_id", "text")
    joined = copies.join(texts, on="article_id", maintain_order="left").join(
        texts.rename({"article_id": "original_id", "text": "parent"}),
        on="original_id",
        how="left",
        maintain_order="left",
    )
    is_exact = copies["kind"] == "exact"
    places = (copies["original_id"].is_not_null() & ~is_exact).fill_null(False).arg_true()
    cosines = np.where(is_exact.fill_null(False), 1.0, np.nan)
    pairs = joined[places].select("text", "parent").to_numpy().astype(np.int64)
    cosines[places] = np.concatenate([measure_part(corpus, part) for part in split_pairs(pairs)])
    return copies.with_columns(cosine=pl.Series(cosines).fill_nan(None))


def measure_part(corpus: Corpus, pairs: np.ndarray) -> np.ndarray:
    """The cosine of each of some pairs of texts."""
    texts, rows = np.unique(pairs, return_inverse=True)
    return measure_cosines(weigh_terms(corpus.select(texts)), rows.reshape(-1, 2))
