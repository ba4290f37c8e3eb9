"""What makes two quotations in like words two statements: another figure, another day, a word of opposite meaning, or one says it
and the other not."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from quotidian.tasks.deduplicate.words import DAYS, cut_stem, fold_text, know_word, split_words
from quotidian.tasks.extract.quantities.numbers import MANY, NUMBERS, SCALES, find_numbers
from quotidian.tasks.store.facts import read_facts

NEGATIONS = frozenset(
    ["not", "no", "never", "none", "nobody", "nothing", "neither", "nor", "without", "cannot", "hardly"]
)
MAY_TELL = re.compile(
    rf"\d|(?<![^\W\d_])(?:{'|'.join(sorted({*NUMBERS, *SCALES, *MANY} - {'one'}))})(?![^\W\d_])", re.IGNORECASE
)
"""A figure, or a word of one that is not "one": most quotations have none, and are not read closely."""
PER_CENT = re.compile(r"\s?%| per cent\b", re.IGNORECASE)
MOST_DIGITS = 1e15
"""A number from which on not all digits are told."""
LEAST_SPELT = 10
"""A smaller number that is spelt out says little ("the two countries")."""
NEGATED_WORDS = 3
"""Words after a negation among which is the one that it denies."""


class Terms(NamedTuple):
    """What a quotation says beside its words: `facts` are its figures, and days and months; `words` its content words, and those that have an
    opposite, as stems; `denied`
    those of them that a negation stands before."""

    facts: frozenset[str]
    words: frozenset[str]
    denied: frozenset[str]


def read_terms(text: str) -> Terms:
    """The terms of a quotation."""
    words = split_words(fold_text(text))[0]
    folded = [know_word(word).folded for word in words]
    stems = [
        stem if know_word(known).is_content or stem in read_opposites() else ""
        for stem, known in zip(map(cut_stem, folded), words, strict=True)
    ]
    days = {word for word in folded if word in DAYS}
    return Terms(
        frozenset(days | read_figures(text)),
        frozenset(filter(None, stems)),
        frozenset(find_denied(words, folded, stems)),
    )


def read_figures(text: str) -> set[str]:
    """The figures of a text, in digits or spelt out; "one" alone, shares and orders of magnitude (dozens) are none."""
    if not MAY_TELL.search(text):
        return set()
    numbers = (number for number in find_numbers(text) if not (number.is_spelt and number.value == 1))
    return {str(number.value) for number in numbers if not (number.is_vague or number.is_share)}


def level_figures(text: str) -> str:
    """A text with its numbers in digits, whole ("18 million", "eighteen million": 18000000), and "per cent" in one word; small numbers that are
    spelt out are words that say little ("the two countries")."""
    pieces, place = [], 0
    for number in find_numbers(text) if MAY_TELL.search(text) else ():
        if not (number.is_vague or number.is_share or (number.is_spelt and number.value < LEAST_SPELT)):
            pieces += [
                text[place : number.start],
                f"{number.value:.15g}" if number.value < MOST_DIGITS else str(number.value),
            ]
            place = number.end
    return PER_CENT.sub(" percent", "".join([*pieces, text[place:]]))


def find_denied(words: list[str], folded: list[str], stems: list[str]) -> Iterator[str]:
    """The first content word after each negation."""
    for place, word in enumerate(folded):
        if word in NEGATIONS or words[place].casefold().endswith("n't"):
            after = (stem for stem in stems[place + 1 : place + 1 + NEGATED_WORDS] if stem)
            yield from (stem for stem in [next(after, "")] if stem)


def is_other(one: Terms, other: Terms) -> bool:
    """Whether each has a figure or a day that the other lacks, one has a word and the other its opposite, or one denies what the
    other says. What one lacks alone may be cut."""
    differs = one.facts - other.facts and other.facts - one.facts
    is_opposed = has_opposites(one.words, other.words)
    return bool(
        differs or is_opposed or (one.denied - other.denied) & other.words or (other.denied - one.denied) & one.words
    )


def has_opposites(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether a stem that one text has alone stands for the opposite of one that the other has alone (rose, fell), and neither has both sides ("12 died
    and 30 were hurt" is nothing else than "12 were killed and 30 wounded")."""
    opposites, own, others = read_opposites(), one - other, other - one
    return any(
        one.isdisjoint(opposites[stem]) and other.isdisjoint(opposites[against])
        for stem in own & opposites.keys()
        for against in others & opposites[stem]
    )


@cache
def read_opposites() -> dict[str, set[str]]:
    """Stems of the words of seeds/opposite_words.csv -> those of the words of opposite meaning."""
    opposites: dict[str, set[str]] = {}
    for row in read_facts("opposite_words"):
        sides = [{cut_stem(word) for word in row[column].split()} for column in ("words", "opposites")]
        for mine, theirs in (sides, sides[::-1]):
            for stem in mine:
                opposites.setdefault(stem, set()).update(theirs)
    return opposites
