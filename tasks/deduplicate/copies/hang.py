"""Copies hung on what they were copied from, group by group; a group of which nothing changed is as it was."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby, pairwise
from operator import itemgetter
from typing import NamedTuple

import numpy as np
import polars as pl

from quotidian.tasks.deduplicate.copies.candidates import split_pairs
from quotidian.tasks.deduplicate.copies.direction import Publication, make_publication
from quotidian.tasks.deduplicate.copies.evidence import measure_cosines
from quotidian.tasks.deduplicate.copies.groups import list_neighbours, name_kind
from quotidian.tasks.deduplicate.copies.recall import recall_named
from quotidian.tasks.deduplicate.copies.text_parts import Shelf
from quotidian.tasks.deduplicate.copies.trees import CopyTree
from quotidian.tasks.deduplicate.corpus import Corpus, mix_codes, weigh_terms
from quotidian.tasks.deduplicate.kept import COPY_SCHEMA, KEPT_SCHEMAS, Kept
from quotidian.tasks.deduplicate.settings import DeduplicateSettings
from quotidian.tasks.deduplicate.units import Workers
from quotidian.tasks.deduplicate.values import find_runs

READ = ("published_date", "published_at", "captured_at", "url", "outlet", "agency", "credited", "people")
"""What `make_publication` reads of an article beside its id and text."""
UNIT_ARTICLES, UNIT_SECONDS = 5_000, 0.8
"""Articles of groups that are hung at a time, and how long that takes."""
Unit = tuple[pl.DataFrame, dict[int, list[int]]]
"""Articles of some groups, and the copies of their texts."""


class Hung(NamedTuple):
    """How the articles of an archive hang on each other, earliest first.

    copies    age_rank, original_rank (that of what it hangs on) and COPY_SCHEMA of each article but the first of its group
    first     the rank of the first article of the group of each, which who is alone is himself
    is_known  whether that is known to be the first
    """

    copies: pl.DataFrame
    first: np.ndarray
    is_known: np.ndarray


def hang_copies(
    placed: pl.DataFrame,
    articles: pl.DataFrame,
    shelf: Shelf,
    pairs: np.ndarray,
    settings: DeduplicateSettings,
    kept: Kept,
    workers: Workers,
) -> Hung:
    """Who copied from whom in each group of several, and the first of each.

    `placed` has row (that of `articles`, which have article_id and READ), group and text (row of the corpus), earliest first; of each of the
    `pairs` one text is a copy of the other.
    """
    ranks, starts, sizes = gather_several(placed["group"].to_numpy())
    own = placed.select("row", "text")[ranks]
    several = articles.select("article_id", *READ)[own["row"]].with_columns(own["text"])
    names = name_groups(several, starts, shelf, pairs)
    known, numbers, is_new = recall_named(kept.recall("trees"), "tree", names)
    new = several.with_columns(tree=np.repeat(names, sizes)).filter(np.repeat(is_new, sizes))
    seconds = UNIT_SECONDS * len(new) / UNIT_ARTICLES
    is_asked = np.zeros(len(shelf.corpus), bool)
    is_asked[new["text"].to_numpy()] = True
    units = part_groups(new, list_neighbours(pairs[is_asked[pairs].any(axis=1)]))
    trees = pl.concat([known, *workers.map(hang_groups, units, replace(shelf.corpus), settings, seconds=seconds)])
    kept.after["trees"] = trees
    numbers = np.append(numbers, np.flatnonzero(is_new))  # group by group, as the trees come
    return place_trees(trees, ranks, starts[numbers], sizes[numbers], placed.height)


def gather_several(groups: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The ranks of the articles of groups of several, group by group, where each group begins among these, and how many it has."""
    ranks = np.flatnonzero(np.bincount(groups)[groups] > 1)
    ranks = ranks[np.argsort(groups[ranks], kind="stable")]
    starts = find_runs(groups[ranks])
    return ranks, starts, np.diff(starts, append=len(ranks))


def place_trees(trees: pl.DataFrame, ranks: np.ndarray, starts: np.ndarray, sizes: np.ndarray, count: int) -> Hung:
    """What trees tell of `count` articles; their groups have `sizes` articles, of the `ranks` from `starts` on."""
    bases, is_first = np.repeat(starts, sizes), trees["original"].is_null().to_numpy()
    own, originals = (ranks[bases + trees[name].fill_null(0).to_numpy()] for name in ("place", "original"))
    first, is_known = np.arange(count), np.ones(count, bool)
    first[own] = np.repeat(own[is_first], sizes)
    is_known[own] = np.repeat(trees["is_known"].filter(is_first).to_numpy(), sizes)
    copies = trees.select(*COPY_SCHEMA).with_columns(age_rank=own, original_rank=originals)
    return Hung(copies.filter(~is_first), first, is_known)


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
    rows, pairs = [], []
    for tree, group in groupby(articles.iter_rows(named=True), key=itemgetter("tree")):
        members = list(map(make_publication, group))
        places = {member.article_id: place for place, member in enumerate(members)}
        grown = CopyTree(replace(corpus), members, neighbours)
        for article, original, row in hang_group(grown, settings):
            rows.append({"tree": tree, "place": places[article.article_id]} | row)
            rows[-1]["original"] = original and places[original.article_id]
            pairs.append((article.text, (original or article).text))
    return add_cosines(
        pl.DataFrame(rows, schema=KEPT_SCHEMAS["trees"]), np.array(pairs, np.int64).reshape(-1, 2), corpus
    )


def name_groups(articles: pl.DataFrame, starts: np.ndarray, shelf: Shelf, pairs: np.ndarray) -> np.ndarray:
    """64 bits for all that the tree of each group of copies rests on: its articles, what is read of them, their words, and the words of the copies of each;
    groups come one after the other, and begin at `starts`."""
    led = np.zeros(len(shelf.corpus), np.uint64)
    mixed = mix_codes(shelf.spelling)
    for one, other in (pairs.T, pairs.T[::-1]):
        np.add.at(led, one, mixed[other])
    texts = articles["text"].to_numpy()
    hashed = articles.select("article_id", *(spell_list(articles, name) for name in READ)).with_columns(
        pl.Series(name, values[texts], dtype=pl.UInt64)
        for name, values in (("text_hash", shelf.corpus.text_hash), ("spelling", shelf.spelling), ("led", led))
    )
    codes = mix_codes(hashed.hash_rows().to_numpy())
    return np.add.reduceat(codes, starts) if len(starts) else codes


def spell_list(articles: pl.DataFrame, name: str) -> pl.Expr:
    """A column as something that has a hash: a list of names as its names, each after a sign that none has."""
    if not isinstance(articles.schema[name], pl.List):
        return pl.col(name)
    return pl.col(name).list.eval(pl.lit("\x1f") + pl.element()).list.join("").alias(name)


def hang_group(tree: CopyTree, settings: DeduplicateSettings) -> Iterator[tuple[Publication, Publication | None, dict]]:
    """Each article of one group, the first of them without an original, its original, and what is told of it, without the cosine."""
    yield tree.articles[0], None, {"is_known": tree.has_known_first()}
    for article, parent, relation, basis in tree.hang():
        evidence = tree.measure(article.text, parent.text)
        kind = name_copy(article, parent, evidence, settings)
        relation = "rewritten" if (kind, relation) == ("rewritten", "republished") else relation
        score = evidence["aligned_share"] if kind == "rewritten" else evidence["containment"]
        row = {"relation": relation, "order_basis": basis, "kind": kind, "score": score}
        yield article, parent, row | evidence


def name_copy(
    article: Publication, parent: Publication, evidence: dict[str, float], settings: DeduplicateSettings
) -> str:
    """The kind of a copy against its parent."""
    if article.text == parent.text:
        return "exact"
    return name_kind(evidence, settings.member_alignment, settings) or "rewritten"


def add_cosines(copies: pl.DataFrame, pairs: np.ndarray, corpus: Corpus) -> pl.DataFrame:
    """Copies with the cosine of each with its original, of whose texts `pairs` tells the rows."""
    is_exact = (copies["kind"] == "exact").fill_null(False).to_numpy()
    places = np.flatnonzero(copies["original"].is_not_null().to_numpy() & ~is_exact)
    cosines = np.where(is_exact, 1.0, np.nan)
    cosines[places] = np.concatenate([measure_part(corpus, part) for part in split_pairs(pairs[places])])
    return copies.with_columns(cosine=pl.Series(cosines).fill_nan(None))


def measure_part(corpus: Corpus, pairs: np.ndarray) -> np.ndarray:
    """The cosine of each of some pairs of texts."""
    texts, rows = np.unique(pairs, return_inverse=True)
    return measure_cosines(weigh_terms(corpus.select(texts)), rows.reshape(-1, 2))
