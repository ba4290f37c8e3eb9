"""Events that fill much of an archive: their texts count little where the rarity of words is measured.

In an archive of which a third reports one event, the words of that event are as common as "said", and its
articles would seem to have nothing in common. Names tell such an event from a topic: a dozen names that each
stand in a third of all texts, and nearly always in the same texts. The words of a topic (a country, a president)
are as frequent, but each stands in many texts without the others.
"""

import numpy as np

from quotidian.tasks.deduplicate.corpus import Corpus, count_columns
from quotidian.tasks.deduplicate.stories.linkage import cluster_by_average
from quotidian.tasks.deduplicate.words import NAME

DOMINANT_SHARE = 0.05
"""Share of the texts of an archive above which a name, or an event, is looked at."""
MAX_NAMES = 400
MIN_TOGETHER = 0.6
"""Least mean normalised pointwise mutual information (Bouma 2009) of the names of an event: 0 for names that meet
by chance, 1 for names that never stand apart. Two names that stand in a half of all texts each and together in
40 % have .51, two that stand in a third each and together in 28 % have .73."""
MIN_NAMES = 5
EVENT_TEXTS = 50
"""A dominant event counts as so many texts, which leaves its names about as telling as those of a large story."""


def weigh_texts(corpus: Corpus) -> np.ndarray:
    """How much each text counts where the rarity of words is measured: 1, and less for those of dominant events."""
    weight = np.ones(len(corpus))
    least = max(EVENT_TEXTS, DOMINANT_SHARE * len(corpus))
    names = find_frequent_names(corpus, least)
    if len(names) < MIN_NAMES:
        return weight
    has = corpus.counted[0][:, names].astype(bool).astype(np.float64)
    label = cluster_by_average(len(names), *measure_together((has.T @ has).toarray(), len(corpus)), MIN_TOGETHER)
    for event in np.flatnonzero(np.bincount(label) >= MIN_NAMES):
        inside = has[:, label == event].sum(axis=1) >= (label == event).sum() / 2
        if inside.sum() > least:
            weight[inside] = np.minimum(weight[inside], EVENT_TEXTS / inside.sum())
    return weight


def find_frequent_names(corpus: Corpus, least: float) -> np.ndarray:
    """Terms that are mostly names and stand in more than `least` texts, the most frequent first; few are looked at."""
    texts_with = count_columns(corpus.counted[0])
    is_name = corpus.kinds[:, NAME] * 2 > corpus.kinds.sum(axis=1)
    frequent = np.flatnonzero(is_name & (texts_with > least))
    return frequent[np.argsort(-texts_with[frequent], kind="stable")][:MAX_NAMES]


def measure_together(both: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of names that stand in the same texts more often than by chance, and their normalised pointwise mutual
    information; `both` counts the texts that have two names, of `count` texts."""
    alone = np.diag(both) / count
    left, right = np.nonzero(np.triu(both, 1) / count > np.outer(alone, alone))
    share = both[left, right] / count
    information = np.log(share / (alone[left] * alone[right]))
    together = np.where(share < 1, information / np.maximum(-np.log(share), 1e-9), 0.0)
    return np.stack([left, right], axis=1), np.round(together, 6)
