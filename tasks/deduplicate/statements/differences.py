"""What makes two quotations in like words two statements: another figure, another day, or one says it and the other not."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from quotidian.tasks.deduplicate.words import DAYS, cut_stem, fold_text, know_word, split_words

FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
GLUED = re.compile(r"(?<!\d)(?<!\d[.,])(\d++(?:[.,]\d++)*+)(k|m|bn|tn)", re.IGNORECASE)
SMALL = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
NUMBERS = {word: float(value) for value, word in enumerate(SMALL.split())} | {
    word: float(value * 10) for value, word in enumerate(TENS.split(), 2)
}
SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
SCALES |= {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12}
NEGATIONS = frozenset(
    ["not", "no", "never", "none", "nobody", "nothing", "neither", "nor", "without", "cannot", "hardly"]
)
NEGATED_WORDS = 3
"""Words after a negation among which is the one that it denies."""


class Terms(NamedTuple):
    """What a quotation says beside its words: `facts` are its figures, and days and months; `words` its content words, as stems; `denied`
    those of them that a negation stands before."""

    facts: frozenset[str]
    words: frozenset[str]
    denied: frozenset[str]


def read_terms(text: str) -> Terms:
    """The terms of a quotation."""
    words = split_words(GLUED.sub(r"\1 \2", fold_text(text)))[0]
    folded = [know_word(word).folded for word in words]
    stems = [cut_stem(word) if know_word(known).is_content else "" for word, known in zip(folded, words, strict=True)]
    days = {word for word in folded if word in DAYS}
    return Terms(
        frozenset({*days, *map(str, read_figures(words))}),
        frozenset(filter(None, stems)),
        frozenset(find_denied(words, folded, stems)),
    )


def read_figures(words: list[str]) -> Iterator[float]:
    """The numbers that words tell, in digits or spelt out; "one" alone is none."""
    run: list[str] = []
    for before, word in pairwise(["", *(word.casefold() for word in words), ""]):
        opens = is_figure(word) or word in NUMBERS or (word in SCALES and before in {"a", "an"})
        if run and word != "" and goes_on(run, word):
            run.append(word)
            continue
        if run and run != ["one"]:
            yield value_run(run)
        run = [word] if opens else []


def is_figure(word: str) -> bool:
    """Whether a word is a number in digits, and no version or date."""
    return bool(FIGURE.fullmatch(word)) and word.count(".") < 2


def goes_on(run: list[str], word: str) -> bool:
    """Whether a word goes on with the number that a run of words tells."""
    if word in SCALES:
        return run[-1] != "and"
    if is_figure(run[-1]) or is_figure(word):
        return False
    if word == "and":
        return run[-1] in SCALES
    number, last = NUMBERS.get(word), NUMBERS.get(run[-1], 100.0)
    return number is not None and (last >= 100 or run[-1] == "and" or number < 10 <= 20 <= last)


def value_run(run: list[str]) -> float:
    """The number that a run of words tells."""
    total, current = 0.0, 0.0
    for word in run:
        if word in SCALES:
            scaled = max(current, 1.0) * SCALES[word]
            total, current = (total, scaled) if word == "hundred" else (total + scaled, 0.0)
        elif word != "and":
            current += NUMBERS[word] if word in NUMBERS else float(word.replace(",", ""))
    return total + current


def find_denied(words: list[str], folded: list[str], stems: list[str]) -> Iterator[str]:
    """The first content word after each negation."""
    for place, word in enumerate(folded):
        if word in NEGATIONS or words[place].casefold().endswith("n't"):
            after = (stem for stem in stems[place + 1 : place + 1 + NEGATED_WORDS] if stem)
            yield from (stem for stem in [next(after, "")] if stem)


def is_other(one: Terms, other: Terms) -> bool:
    """Whether each has a figure or a day that the other lacks, or one denies what the other says. What one lacks alone may be cut."""
    differs = one.facts - other.facts and other.facts - one.facts
    return bool(differs or (one.denied - other.denied) & other.words or (other.denied - one.denied) & one.words)
