"""Articles without a day: which others they are alike.

Whether two are alike rests on these two only, so pairs are kept one by one, and those looked for of which one is new. Of what hangs together so few pairs are
kept as make it do so; where an article of it is gone, its undated ones are looked for again.

A term that many of an archive tell of leads to few of these only, else an event of a third of an archive would take the square of it. Which terms, and to whom,
rests on the articles of the smallest codes: what is new is seldom one of them, and where that changes, all are looked for.
"""

from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

import numpy as np
import polars as pl
from scipy import sparse
from scipy.sparse.csgraph import minimum_spanning_tree

from quotidian.tasks.deduplicate.copies.candidates import unique_pairs
from quotidian.tasks.deduplicate.copies.recall import match_codes
from quotidian.tasks.deduplicate.hanging import name_components
from quotidian.tasks.deduplicate.kept import KEPT_SCHEMAS, Kept
from quotidian.tasks.deduplicate.settings import DeduplicateSettings
from quotidian.tasks.deduplicate.stories.facts import list_facts
from quotidian.tasks.deduplicate.stories.linkage import ROUNDING
from quotidian.tasks.deduplicate.stories.products import DIGITS
from quotidian.tasks.deduplicate.stories.reports import Reports
from quotidian.tasks.deduplicate.stories.stories import (
    compare_groups,
    gather_groups,
    keep_rare,
    keep_telling,
    pair_alike,
)
from quotidian.tasks.deduplicate.units import Workers
from quotidian.tasks.deduplicate.values import is_among, sort_once

PIECE_ARTICLES = 10_000
"""Undated articles, and articles that they are searched with, whose words are in memory at a time."""
PIECE_PAIRS = 500_000
"""Pairs that are alike, or to be compared, of which there are no more in memory by much."""
PIECE_SECONDS, PAIR_SECONDS = 0.3, 2e-8
"""To weigh the words of a piece, and to search a pair of its articles."""
SAMPLE, CROWD = 500, 100
"""Dated, and undated, articles that terms are counted in; so many of them share a term at most that is followed to all."""
CROWD_ARTICLES = 8
"""Articles that one is paired with by a term that more share."""


Found = tuple[np.ndarray, np.ndarray]
"""Pairs of articles (n, 2), each with the earlier one first, and their cosines."""


class Piece(NamedTuple):
    """Undated articles, and others that each is searched with; None: each two of the undated ones."""

    undated: np.ndarray
    others: np.ndarray | None


def find_undated(reports: Reports, settings: DeduplicateSettings, kept: Kept, workers: Workers) -> Found:
    """Pairs of articles (n, 2) that are alike of which one is undated at least, as many as make those hang together that do so by any likeness, and
    their cosines."""
    is_undated = np.isnan(reports.days)
    if not is_undated.any():
        return np.empty((0, 2), np.int64), np.empty(0)
    crowds = find_crowds(reports, is_undated)
    pairs, cosines, is_new = recall_crossing(reports, crowds, kept)
    pieces = list(cut_pieces(is_undated, is_new, reports.texts))
    count = sum(len(undated) * len(undated if others is None else others) for undated, others in pieces)
    seconds = PIECE_SECONDS * len(pieces) + PAIR_SECONDS * count
    found = workers.map(search_piece, pieces, reports, crowds, settings, seconds=seconds)
    pairs, cosines = span_pairs([(pairs, cosines), *found], reports.codes)
    left, right = reports.codes[pairs.T]
    kept.after["crowds"] = crowds
    kept.after["crossed"] = pl.DataFrame({"code": reports.codes})
    kept.after["crossing"] = pl.DataFrame(
        {"left": left, "right": right, "cosine": cosines}, schema=KEPT_SCHEMAS["crossing"]
    )
    return pairs, cosines


def find_crowds(reports: Reports, is_undated: np.ndarray) -> pl.DataFrame:
    """Terms that many articles share, each with the codes of a few of them."""
    found = [pl.DataFrame(schema=KEPT_SCHEMAS["crowds"])]
    for rows in (np.flatnonzero(is_undated), np.flatnonzero(~is_undated)):
        sample = rows[np.argsort(reports.codes[rows])[:SAMPLE]]
        corpus, weights, _ = reports.weigh(sample)
        sharers = keep_telling(weights).tocsc()
        for term in np.flatnonzero(np.diff(sharers.indptr) > CROWD):
            first = np.sort(sharers.indices[sharers.indptr[term] : sharers.indptr[term + 1]])[:CROWD_ARTICLES]
            columns = {"term": corpus.terms[[term]].repeat(len(first)), "code": reports.codes[sample[first]]}
            found.append(pl.DataFrame(columns, schema=KEPT_SCHEMAS["crowds"]))
    return pl.concat(found).sort("term", "code")


def recall_crossing(reports: Reports, crowds: pl.DataFrame, kept: Kept) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The pairs that are known, with their cosines, and which articles must be searched: new ones, and those that hung together with one that is gone."""
    known = kept if crowds.equals(kept.recall("crowds")) else Kept()
    codes, crossing = known.recall("crossed")["code"].to_numpy(), known.recall("crossing")
    rows = match_codes(reports.codes, codes)
    is_new = np.ones(len(reports.codes), bool)
    ends = np.stack([match_codes(codes, crossing[name].to_numpy()) for name in ("left", "right")], axis=1)
    component = name_components(len(codes), ends)
    is_whole = np.ones(len(codes), bool)
    is_whole[component[rows < 0]] = False
    is_known = (rows >= 0) & (is_whole[component] | ~np.isnan(reports.days[rows]))
    is_new[rows[is_known]] = False
    is_left = is_whole[component[ends[:, 0]]]
    return rows[ends[is_left]], crossing["cosine"].to_numpy()[is_left], is_new


def cut_pieces(is_undated: np.ndarray, is_new: np.ndarray, texts: np.ndarray) -> Iterator[Piece]:
    """Each two articles of which one is undated and one is new, once; in the order of their texts, which so are read side by side."""
    new, dated = np.flatnonzero(is_undated & is_new), np.flatnonzero(~is_undated & is_new)
    own = cut_rows(new)
    for place, undated in enumerate(own):
        yield Piece(undated, None)
        yield from (Piece(undated, other) for other in own[:place])
    others = np.flatnonzero(~(is_undated & is_new))
    yield from cross_rows(new, others[np.argsort(texts[others])])
    yield from cross_rows(np.flatnonzero(is_undated & ~is_new), dated)


def cross_rows(undated: np.ndarray, others: np.ndarray) -> Iterator[Piece]:
    """Some undated articles with some others."""
    for some in cut_rows(undated):
        yield from (Piece(some, other) for other in cut_rows(others))


def cut_rows(rows: np.ndarray) -> list[np.ndarray]:
    """Articles so many at a time as a piece has."""
    return [rows[first : first + PIECE_ARTICLES] for first in range(0, len(rows), PIECE_ARTICLES)]


def search_piece(piece: Piece, reports: Reports, crowds: pl.DataFrame, settings: DeduplicateSettings) -> Found:
    """The pairs of a piece that are alike, as few as make those hang together that do so, and their cosines."""
    piece = piece if piece.others is None else meet_facts(piece, reports)
    count = len(piece.undated)
    rows, others = (piece.undated, 0) if piece.others is None else (np.concatenate(piece), count)
    corpus, weights, facts = reports.weigh(rows)
    articles = gather_groups(corpus, weights, facts, reports.days[rows], np.arange(len(rows)))
    telling = keep_telling(weights)
    crowded = pair_crowded(telling, corpus.terms, reports.codes[rows], crowds)
    crowded = crowded[(crowded[:, 0] < count) & (crowded[:, 1] >= others)]
    sharers = np.where(np.isin(corpus.terms, crowds["term"].to_numpy()), len(reports.codes), 0)
    found = [(np.empty((0, 2), np.int64), np.empty(0))]
    cuts = np.arange(PIECE_PAIRS, len(crowded), PIECE_PAIRS)
    for places in chain(np.split(crowded, cuts), pair_alike(keep_rare(telling, sharers), count, others)):
        near, _, cosines = compare_groups(articles, places, settings)
        is_alike = cosines >= settings.story_cosine * (1 - ROUNDING)
        found.append((np.sort(rows[places[near[is_alike]]], axis=1), cosines[is_alike]))
        if sum(len(pairs) for pairs, _ in found) > PIECE_PAIRS:
            found = [span_pairs(found, reports.codes)]
    return span_pairs(found, reports.codes)


def meet_facts(piece: Piece, reports: Reports) -> Piece:
    """The articles of a piece that share a fact with one they are searched with: the rest have too little in common with these, and need not be weighed."""
    (left, terms), (right, others) = (list_facts(reports.corpus, reports.texts[rows]) for rows in piece)
    is_shared = is_among(others, sort_once(terms))
    is_sharing = is_among(terms, sort_once(others[is_shared]))
    return Piece(piece.undated[sort_once(left[is_sharing])], piece.others[sort_once(right[is_shared])])


def pair_crowded(telling: sparse.csr_array, terms: np.ndarray, codes: np.ndarray, crowds: pl.DataFrame) -> np.ndarray:
    """Pairs of texts that share a term of a crowd and of which one is among the few that this leads to, the smaller place first."""
    rows, columns = match_codes(codes, crowds["code"].to_numpy()), np.searchsorted(terms, crowds["term"].to_numpy())
    sharers, found = telling.tocsc(), [np.empty((0, 2), np.int64)]
    for row, column in zip(rows[rows >= 0].tolist(), columns[rows >= 0].tolist(), strict=True):
        texts = sharers.indices[sharers.indptr[column] : sharers.indptr[column + 1]]
        texts = texts[texts != row].astype(np.int64)
        found.append(np.sort(np.stack([texts, np.full(len(texts), row)], axis=1), axis=1))
    return unique_pairs(np.concatenate(found))


def span_pairs(found: list[Found], codes: np.ndarray) -> Found:
    """Of articles that hang together by pairs so few that they still do, by whatever likeness: the most similar, of equal ones the smallest codes, as if all
    were given at once."""
    pairs, cosines = (np.concatenate(part) for part in zip(*found, strict=True))
    cosines, ends = np.round(cosines, DIGITS), np.sort(codes[pairs], axis=1)
    order = np.lexsort((-cosines, ends[:, 1], ends[:, 0]))
    order = order[np.append(True, np.diff(ends[order], axis=0).any(axis=1))[: len(order)]]
    order = order[np.argsort(-cosines[order], kind="stable")]
    graph = sparse.coo_array((np.arange(1.0, len(order) + 1), tuple(pairs[order].T)), (len(codes), len(codes)))
    chosen = order[np.sort(minimum_spanning_tree(graph.tocsr()).data).astype(np.int64) - 1]
    return pairs[chosen], cosines[chosen]
