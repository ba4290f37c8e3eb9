"""Who may say a quotation, and how likely each of them is: no likeliest one is taken in silence.

seeds/speaker_shares.csv holds, for each way in which speakers are found (WAYS and LAYOUTS of `speakers.py`) and, of those who
were weighed, for each share of all weight from which the line holds, how often the words were the speaker's on annotated news
(`words_right` of `speakers`, PolNeAR), and how often they meant him (`meaning_right` of `read`, read by hand). Their product
is the probability. `benchmarks/candidates.py` counts them.
"""

from functools import cache
from typing import NamedTuple

from quotidian.tasks.extract.speakers.speakers import Speaker, Weighed
from quotidian.tasks.store.facts import read_facts

LEAST_PROBABILITY = 0.05
"""Whoever is less likely is not told."""

Shares = dict[str, list[tuple[float, float]]]
"""Way -> (least share of all weight, probability), the highest share first."""


class Candidate(NamedTuple):
    """Somebody who may speak: the words that name him, in characters, the entity, if he has a name, and how likely he is."""

    start: int
    end: int
    entity: int | None
    probability: float


@cache
def read_shares() -> Shares:
    """The probabilities of seeds/speaker_shares.csv."""
    shares: Shares = {}
    for row in read_facts("speaker_shares"):
        probability = float(row["words_right"]) * float(row["meaning_right"])
        shares.setdefault(row["way"], []).append((float(row["least_weight"]), probability))
    return {way: sorted(lines, reverse=True) for way, lines in shares.items()}


def find_probability(way: str, weight: float = 1.0) -> float:
    """How likely somebody is the speaker who was found in a way, with a share of all weight."""
    return next(probability for least, probability in read_shares()[way] if weight >= least)


def list_candidates(speaker: Speaker | None) -> list[Candidate]:
    """Who may be the speaker, likeliest first; nobody for a pronoun of which nothing is known."""
    if speaker is None:
        return []
    if speaker.weighed and (speaker.way == "weighed" or speaker.entity is None):
        return list_rivals(speaker.weighed)
    if speaker.entity is None and (speaker.is_pronoun or not speaker.way):
        return []
    return [Candidate(speaker.start, speaker.end, speaker.entity, round(find_probability(speaker.way), 3))]


def list_rivals(weighed: tuple[Weighed, ...]) -> list[Candidate]:
    """Those among whom a pronoun was weighed; together they are never surer than sure."""
    total = sum(one.weight for one in weighed)
    likely = [find_probability("weighed", one.weight / total) for one in weighed]
    scale = max(1.0, sum(likely))
    told = [Candidate(*one[:3], round(share / scale, 3)) for one, share in zip(weighed, likely, strict=True)]
    return [one for one in told if one.probability >= LEAST_PROBABILITY]
