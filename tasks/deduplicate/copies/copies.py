"""Texts that are copies of one another: near (edited, cut, extended) or rewritten (translated, spun)."""

from dataclasses import replace

import numpy as np

from quotidian.tasks.deduplicate.copies.candidates import (
    MIN_SHARED,
    Led,
    Sought,
    find_band_sharers,
    find_word_sharers,
    join_codes,
    split_codes,
    split_pairs,
)
from quotidian.tasks.deduplicate.copies.evidence import measure_cosines
from quotidian.tasks.deduplicate.copies.groups import is_copy
from quotidian.tasks.deduplicate.copies.recall import Shelved, keep_copies, recall_pairs
from quotidian.tasks.deduplicate.corpus import Corpus, weigh_terms
from quotidian.tasks.deduplicate.hanging import name_components
from quotidian.tasks.deduplicate.kept import Kept
from quotidian.tasks.deduplicate.settings import DeduplicateSettings
from quotidian.tasks.deduplicate.units import Workers
from quotidian.tasks.deduplicate.values import sort_once

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
    shelf, corpus = shelved.shelf, shelved.shelf.corpus
    known, leads = recall_pairs(corpus, kept, shelved.sought)
    sought = Sought(shelved.sought, shelved.is_new, known)
    by_bands, by_words = find_band_sharers(shelf, sought), find_word_sharers(shelf, sought, kept.folder, workers)
    leads = np.maximum(leads - np.stack([by_bands.lost, by_words.lost], axis=1), 0)
    leads[leads[:, 1] < MIN_SHARED, 1] = 0
    candidates = sort_once(np.concatenate([by_bands.codes, by_words.codes]))
    found = verify_copies(corpus, split_codes(candidates), settings, workers)
    codes = np.sort(join_codes(found))
    counted = np.stack([look_up(led, codes) for led in (by_bands, by_words)], axis=1)
    is_led = leads.any(axis=1)
    codes, leads = np.append(known[is_led], codes), np.concatenate([leads[is_led], counted])
    order = np.argsort(codes)
    copies = split_codes(codes[order])
    keep_copies(shelf, copies, leads[order], kept)
    return copies


def look_up(led: Led, codes: np.ndarray) -> np.ndarray:
    """By how many features a search leads to some pairs, which are sorted."""
    counts = np.zeros(len(codes), np.int64)
    is_led = np.isin(codes, led.codes)
    counts[is_led] = led.counts[np.isin(led.codes, codes)]
    return counts


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
    component = name_components(count, pairs)
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
