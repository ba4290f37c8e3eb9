"""What two quotations say of the same thing that cannot both be so: another figure, or one says it and the other not.

A false contradiction is worse than one that is missed: what is not told by the words beside a figure is no contradiction.
"""

from functools import cache, lru_cache
from typing import NamedTuple

from rapidfuzz.distance import Indel

from quotidian.tasks.deduplicate.statements.claims import Claim, Figure, Span, cut_word
from quotidian.tasks.deduplicate.statements.differences import read_figures
from quotidian.tasks.store.facts import read_facts

LEAST_WORDS = 2
"""Words, what is counted among them, that two figures must have in common."""
LEAST_SAID = 3
"""The same for two quotations of which one denies the other."""
PRONOUN_WORDS = 2
"""Words more that are needed where a pronoun stands for what is spoken of."""
EXTRA_WORDS = 5
"""Words in common from which on the quotation that is not denied may have one more."""
SAME_SHARE = 0.85
KNOWN = 20_000
"""Texts whose figures are remembered."""


class Contradiction(NamedTuple):
    """`kind` is figure, negated or denied; `score` tells how much of the words agree; `left` and `right` number the figures of the two."""

    kind: str
    score: float
    left: int | None = None
    right: int | None = None


def find_contradictions(
    one: Claim, other: Claim, parity: tuple[bool, bool], is_same: bool, more: int = 0
) -> list[Contradiction]:
    """How two quotations contradict each other.

    `parity` tells of each whether its speaker denies the content, `is_same` whether both have one speaker, `more` how many words
    more than usual must agree.
    """
    if one.is_question or other.is_question:
        return []
    figures = [] if any(parity) else compare_figures(one, other, is_same, more)
    reversal = compare_polarity(one, other, parity, is_same, more)
    return figures or ([reversal] if reversal else [])


def compare_figures(one: Claim, other: Claim, is_same: bool, more: int) -> list[Contradiction]:
    """Figures of the same thing that cannot both be right; none where a figure agrees with another one of the other quotation."""
    found = []
    for left in one.figures:
        alike = [(right, score) for right in other.figures if (score := agree(left, right, is_same, more))]
        if len(alike) != 1:
            continue
        right, score = alike[0]
        is_known = has_figure(other, left) or has_figure(one, right)
        if not is_known and one.negations == other.negations:
            found.append(Contradiction("figure", score, left.number, right.number))
    taken = [row.right for row in found]
    return [row for row in found if taken.count(row.right) == 1]


def has_figure(claim: Claim, figure: Figure) -> bool:
    """Whether a quotation has a figure, or one that may be it, of whatever thing it may be: two aged 50 and 46."""
    may_be = any(is_like(figure, own) and meets(figure.span, own.span) for own in claim.figures)
    return may_be or str(figure.value) in know_figures(claim.text)


know_figures = lru_cache(maxsize=KNOWN)(read_figures)
"""The figures of a text, remembered: it is compared with many others."""


def is_like(left: Figure, right: Figure) -> bool:
    """Whether two figures are of the same thing and unit."""
    return left.unit == right.unit and left.counted == right.counted


def meets(left: Span, right: Span) -> bool:
    """Whether two figures may be one number: 60 and 61, each of which may be rounded, are not."""
    low, high = max(left[0], right[0]), min(left[1], right[1])
    is_counted = left[0] == left[1] or right[0] == right[1]
    return low < high or (low == high and is_counted)


def agree(left: Figure, right: Figure, is_same: bool, more: int) -> float:
    """How much of the words beside two figures agrees; 0 where they may be of different things."""
    if not is_like(left, right) or left.marker != right.marker or left.modes != right.modes:
        return 0.0
    if not refers_alike(left.person, right.person, is_same):
        return 0.0
    shared = left.words & right.words
    least = LEAST_WORDS + more + PRONOUN_WORDS * ("others" in (left.person, right.person))
    if not shared or len(shared) + len(left.counted) < least:
        return 0.0
    if not may_add(left, right, shared) or not may_add(right, left, shared):
        return 0.0
    count = len(shared) + len(left.counted)
    extra = len(left.words ^ right.words)
    return round(count / (count + extra) * count / (count + 1), 3)


def refers_alike(left: str, right: str, is_same: bool) -> bool:
    """Whether pronouns of two quotations may mean the same: "we" is whoever speaks."""
    return is_same or "own" not in (left, right)


def may_add(figure: Figure, other: Figure, shared: frozenset[str]) -> bool:
    """Whether a figure has no words more than the other that could make it one of a part, or of something else.

    Of people or things that are counted the part is the smaller figure, so the larger one may have more words; of what is
    measured the one may have one word more. Names, days and numbers tell things apart.
    """
    extra = figure.words - other.words
    if not extra:
        return True
    if extra & figure.marks or other.words - figure.words:
        return False
    if figure.unit is None:
        return figure.span[0] > other.span[1] and len(extra) <= len(shared) >= 2
    return len(extra) == 1 and len(shared) >= LEAST_SAID


def compare_polarity(
    one: Claim, other: Claim, parity: tuple[bool, bool], is_same: bool, more: int
) -> Contradiction | None:
    """Whether one of two quotations says what the other denies, in the same words."""
    negations = one.negations, other.negations
    if max(negations) > 1 or (sum(negations) + sum(parity)) % 2 == 0 or one.modes != other.modes:
        return None
    if not any(parity) and one.tenses and other.tenses and one.tenses.isdisjoint(other.tenses):
        return None
    denies = (negations[0] + parity[0]) % 2 == 1
    denier, sayer = (one, other) if denies else (other, one)
    named = denier.speaker if names_denier(denier, sayer) else frozenset()
    if not named and not refers_alike(one.person, other.person, is_same):
        return None
    said = leave_name(sayer.stems, named)
    shared = set(denier.stems) & set(said)
    is_pointing = "others" in (one.person, other.person) and not named
    least = LEAST_SAID - is_same + more + PRONOUN_WORDS * is_pointing
    if len(shared) < least or not says_the_same(denier.stems, said, sayer.marks):
        return None
    ratio = Indel.normalized_similarity(denier.stems, said)
    return Contradiction("denied" if any(parity) else "negated", round(ratio * len(shared) / (len(shared) + 1), 3))


def names_denier(denier: Claim, sayer: Claim) -> bool:
    """Whether who says something names the one who denies it of himself."""
    return denier.person == "own" and sayer.person != "own" and bool(denier.speaker & set(sayer.stems) & sayer.marks)


def leave_name(stems: tuple[str, ...], named: frozenset[str]) -> list[str]:
    """The words of a claim without those of a name, and without the titles right before it."""
    left, is_name = [], False
    for stem in reversed(stems):
        is_name = stem in named or (is_name and stem in read_titles())
        if not is_name:
            left.append(stem)
    return left[::-1]


@cache
def read_titles() -> frozenset[str]:
    """Titles before names, as claims have them."""
    return frozenset(cut_word(word) for row in read_facts("titles") for word in row["title"].casefold().split())


def says_the_same(denied: tuple[str, ...], said: list[str], marks: frozenset[str]) -> bool:
    """Whether who denies speaks of what the other says: whoever denies has no words more, which would deny a part only."""
    if list(denied) == said:
        return True
    shared, extra = set(denied) & set(said), set(said) - set(denied)
    if len(shared) < EXTRA_WORDS or set(denied) - set(said) or extra & marks:
        return False
    return Indel.normalized_similarity(denied, said) >= SAME_SHARE
