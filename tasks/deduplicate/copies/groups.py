"""Groups of copies: an original and the texts that are shown to be copies of it."""

from collections import defaultdict
from dataclasses import replace

import numpy as np

from quotidian.tasks.deduplicate.copies.evidence import align_words, share_pairs
from quotidian.tasks.deduplicate.copies.templates import is_template
from quotidian.tasks.deduplicate.corpus import Corpus
from quotidian.tasks.deduplicate.hanging import name_components
from quotidian.tasks.deduplicate.settings import DeduplicateSettings


def name_kind(evidence: dict[str, float], least_alignment: float, settings: DeduplicateSettings) -> str | None:
    """near, rewritten, or None where the evidence shows no copy."""
    if is_near(evidence, settings):
        return "near"
    return "rewritten" if evidence["aligned_share"] >= least_alignment else None


def is_near(evidence: dict[str, float], settings: DeduplicateSettings) -> bool:
    """Whether enough of one text stands in the other."""
    return max(evidence["containment"], evidence["containment_reverse"]) >= settings.near_containment


def is_copy(corpus: Corpus, left: int, right: int, least_alignment: float, settings: DeduplicateSettings) -> bool:
    """Whether two texts have a kind, and are no texts of one template."""
    is_aligned = align_words(corpus, left, right) >= least_alignment
    is_alike = is_aligned or is_near(share_pairs(corpus, left, right), settings)
    return is_alike and not is_template(corpus, left, right)


def list_neighbours(pairs: np.ndarray) -> dict[int, list[int]]:
    """The texts that are copies of each text, of pairs of which one is a copy of the other."""
    neighbours = defaultdict(list)
    for left, right in pairs.tolist():
        neighbours[left].append(right)
        neighbours[right].append(left)
    return neighbours


def group_texts(corpus: Corpus, pairs: np.ndarray, ranks: np.ndarray, settings: DeduplicateSettings) -> np.ndarray:
    """The text that each text is grouped with, itself where it is no copy.

    Of each of the `pairs` one text is a copy of the other, `ranks` are the ages of the texts. The earliest text takes in all
    that it reaches through copies, each compared with the original itself (more leniently than
    without a connection), so that a page with two articles does not make them one. Then comes the earliest of
    the texts that are left.
    """
    originals = np.arange(len(corpus))
    texts, first, is_star = find_stars(pairs, ranks)
    originals[texts[is_star]] = first[is_star]
    others = np.isin(pairs[:, 0], texts[~is_star])
    neighbours = list_neighbours(pairs[others])
    taken: set[int] = set()
    linked = np.fromiter(neighbours, np.int64, len(neighbours))
    for text in linked[np.argsort(ranks[linked])].tolist():
        if text not in taken:
            members = grow_group(replace(corpus), text, neighbours, taken, settings)
            taken |= members
            originals[list(members)] = text
    return originals


def find_stars(pairs: np.ndarray, ranks: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The texts of some pairs, the earliest text of all that each hangs together with, and whether all of these are paired with that."""
    texts, rows = np.unique(pairs, return_inverse=True)
    component = name_components(len(texts), rows.reshape(-1, 2))
    count = component.max(initial=-1) + 1
    firsts = np.empty(count, np.int64)
    latest_first = np.argsort(-ranks[texts])
    firsts[component[latest_first]] = latest_first  # of several the last one stays
    is_star = np.bincount(rows.ravel(), minlength=len(texts))[firsts] == np.bincount(component, minlength=count) - 1
    return texts, texts[firsts[component]], is_star[component]


def grow_group(
    corpus: Corpus, original: int, neighbours: dict[int, list[int]], taken: set[int], settings: DeduplicateSettings
) -> set[int]:
    """The original and all texts that copies of it lead to and that are copies of it themselves."""
    members, seen, waiting = {original}, {original}, [original]
    while waiting:
        for text in neighbours[waiting.pop()]:
            if text not in seen and text not in taken:
                seen.add(text)
                if original in neighbours[text] or is_copy(corpus, text, original, settings.member_alignment, settings):
                    members.add(text)
                    waiting.append(text)
    return members
