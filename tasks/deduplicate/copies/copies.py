"""Texts that are copies of one another: near (edited, cut, extended) or rewritten (translated, spun)."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from quotidian.tasks.deduplicate.copies.candidates import (
    find_band_sharers,
    find_word_sharers,
    join_codes,
    split_pairs,
    unique_pairs,
)
from quotidian.tasks.deduplicate.copies.evidence import measure_cosines
from quotidian.tasks.deduplicate.copies.groups import is_copy
from quotidian.tasks.deduplicate.copies.recall import Shelved, keep_copies, recall_pairs
from quotidian.tasks.deduplicate.copies.text_parts import Shelf
from quotidian.tasks.deduplicate.corpus import Corpus, weigh_terms
from quotidian.tasks.deduplicate.kept import Kept
from quotidian.tasks.deduplicate.settings import DeduplicateSettings
from quotidian.tasks.deduplicate.units import Workers

MIN_COSINE = 0.25
"""Candidates less similar than this are not measured further; translated copies have at least .37."""

PART_PAIRS = 10_000
"""Pairs whose texts are weighed at a time."""
PART_SECONDS = 0.4
"""To verify them."""


def find_copies(shelved: Shelved, settings: DeduplicateSettings, kept: Kept, workers: Workers) -> np.ndarray:
    """Pairs of texts of which one is a copy of the other: (n, 2) rows of the corpus, sorted.

    A text that was compared with all others before meets only those that are new. Of a pair that is known only this may have
    changed: that so many others now share what led from one text to the other that nothing leads there any more.
    """
    shelf, sought = shelved.shelf, shelved.sought
    corpus = shelf.corpus
    known = recall_pairs(corpus, kept, sought)
    searches = find_band_sharers, partial(find_word_sharers, folder=kept.folder, workers=workers)
    (by_bands, far), (by_words, crowded) = (search(shelf, sought) for search in searches)
    lost = doubt_pairs(known, np.concatenate([far, crowded]), len(corpus))
    for search in searches:  # the first costs less
        lost = drop_led(lost, shelf, search)
    known = known[~np.isin(join_codes(known), join_codes(lost))]
    candidates = unique_pairs(np.concatenate([by_bands, by_words]))
    copies = unique_pairs(np.concatenate([known, verify_copies(corpus, candidates, settings, workers)]))
    keep_copies(shelf, copies, kept)
    return copies


def doubt_pairs(known: np.ndarray, texts: np.ndarray, count: int) -> np.ndarray:
    """The known pairs both of whose texts may have lost partners."""
    is_doubtful = np.zeros(count, bool)
    is_doubtful[texts] = True
    return known[is_doubtful[known].all(axis=1)]


def drop_led(
    pairs: np.ndarray, shelf: Shelf, search: Callable[[Shelf, np.ndarray], tuple[np.ndarray, np.ndarray]]
) -> np.ndarray:
    """The pairs to which a search leads no more."""
    if not len(pairs):
        return pairs
    again = np.zeros(len(shelf.corpus), bool)
    again[pairs[:, 0]] = True
    return pairs[~np.isin(join_codes(pairs), join_codes(search(shelf, again)[0]))]


def verify_copies(
    corpus: Corpus, candidates: np.ndarray, settings: DeduplicateSettings, workers: Workers
) -> np.ndarray:
    """Those of the pairs of which one text is a copy of the other."""
    parts = part_pairs(candidates, len(corpus))
    found = workers.map(verify_pairs, parts, replace(corpus), settings, seconds=PART_SECONDS * len(parts))
    return np.concatenate([np.empty((0, 2), np.int64), *found])


def verify_pairs(pairs: np.ndarray, corpus: Corpus, settings: DeduplicateSettings) -> np.ndarray:
    """The same of some of the pairs."""
    texts, rows = np.unique(pairs, return_inverse=True)
    return pairs[verify_part(corpus.select(texts), rows.reshape(-1, 2), settings)]


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
