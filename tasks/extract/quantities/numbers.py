"""Numbers in a text, in digits or spelt out, with their values."""

import re
from collections.abc import Iterator
from math import prod
from typing import NamedTuple

WORD = re.compile(r"(?<!\d)(?<!\d[.,])\d++(?:,\d{2,3}(?!\d)|, 000(?!\d))*+(?:\.\d++)?(?!\.\d)|[^\W\d_]++")
SMALL = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
NUMBERS = {word: float(value) for value, word in enumerate(SMALL.split())} | {
    word: float(value * 10) for value, word in enumerate(TENS.split(), 2)
}
TIMES = {"twice": 2.0, "thrice": 3.0}
"""Numbers that count times themselves."""
NUMBERS |= TIMES
GLUED_SCALES = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12}
SCALES = {"dozen": 12.0, "hundred": 1e2, "thousand": 1e3, "lakh": 1e5, "million": 1e6, "crore": 1e7}
SCALES |= {"billion": 1e9, "trillion": 1e12} | GLUED_SCALES
MANY = {"tens": 10.0} | {f"{word}s": value for word, value in SCALES.items() if word not in GLUED_SCALES}
"""What stands for an order of magnitude: dozens, tens of thousands, hundreds of millions."""
FRACTIONS = {"half": 1 / 2, "third": 1 / 3, "thirds": 1 / 3, "quarter": 1 / 4, "quarters": 1 / 4}
FRACTIONS |= {"fourth": 1 / 4, "fourths": 1 / 4, "eighth": 1 / 8, "eighths": 1 / 8}
FRACTIONS |= {"fifth": 1 / 5, "fifths": 1 / 5, "tenth": 1 / 10, "tenths": 1 / 10}
LINKS = frozenset(["and", "a", "an", "of"])
"""Words within numbers: two and a half million, tens of thousands."""
OPENING = frozenset(("a", "an", "half", *NUMBERS, *MANY))
"""Words with which a number may begin."""
PARTS = LINKS.union(("and",), NUMBERS, SCALES, MANY, FRACTIONS)
"""Words with which one may go on."""
BETWEEN = frozenset([" ", "-", "\u2011", " - "])


class Number(NamedTuple):
    """A number in a text: half-open code points, value, and whether it is spelt out, an order of magnitude only (`is_vague`),
    or a share (half, two thirds)."""

    start: int
    end: int
    value: float
    is_spelt: bool
    is_vague: bool = False
    is_share: bool = False


class Word(NamedTuple):
    """One word or figure, in small letters, and what stands between it and the one before."""

    text: str
    start: int
    end: int
    gap: str


def find_numbers(text: str) -> Iterator[Number]:
    """The numbers of a text in their order; "one" too, ordinals not. A share of another is one: a quarter of a million."""
    share = None
    for number in read_runs(text):
        if share and text[share.end : number.start] == " of ":
            number = number._replace(start=share.start, value=share.value * number.value)
        elif share:
            yield share
        share = number if number.is_share else None
        if share is None:
            yield number
    if share:
        yield share


def read_runs(text: str) -> Iterator[Number]:
    """The numbers that runs of words and figures tell."""
    matches = list(WORD.finditer(text))
    lower = [match[0].lower() for match in matches]
    place = 0
    while place < len(lower):
        last = 0
        if lower[place] in OPENING or is_figure(lower[place]):
            words = cut_words(text, matches, lower, place)
            last = find_end(words, 0)
            if last:
                yield read_number(words[:last])
        place += last or 1


def cut_words(text: str, matches: list[re.Match[str]], lower: list[str], first: int) -> list[Word]:
    """The words from one on that may belong to its number, and the one behind them."""
    last = first + 1
    while last < len(lower) and lower[last] in PARTS:
        last += 1
    befores = (matches[place - 1].end() if place else 0 for place in range(first, last + 1))
    parts = zip(lower[first : last + 1], matches[first : last + 1], befores, strict=False)
    return [Word(word, *match.span(), text[before : match.start()]) for word, match, before in parts]


def find_end(words: list[Word], first: int) -> int:
    """The place behind the last word of the number that begins at `first`; `first` itself where none does."""
    if not opens(words, first):
        return first
    last = first + 1
    while last < len(words) and goes_on([word.text for word in words[first:last]], words[last]):
        last += 1
    while last > first and words[last - 1].text in LINKS:
        last -= 1
    return last


def opens(words: list[Word], place: int) -> bool:
    """Whether a number may begin with a word."""
    word = words[place].text
    after = words[place + 1].text if place + 1 < len(words) and words[place + 1].gap in BETWEEN else ""
    if word in {"a", "an"}:
        return (after in SCALES and after not in GLUED_SCALES) or (word == "a" and after in FRACTIONS)
    return is_figure(word) or word in NUMBERS or word in MANY or word == "half"


def is_figure(word: str) -> bool:
    """Whether a word is a number in digits."""
    return word[0].isdecimal()


def goes_on(run: list[str], word: Word) -> bool:
    """Whether a word goes on with the number that a run of words tells."""
    if word.text in GLUED_SCALES:
        return is_figure(run[-1]) and word.gap in {"", " "} and (word.gap == "" or len(word.text) > 1)
    if word.gap not in BETWEEN:
        return False
    if word.text in MANY or word.text == "of":
        return run[-1] in (MANY if word.text == "of" else {"of"})
    if run[-1] in MANY or run[-1] in FRACTIONS:
        return run[-1] == "half" and word.text in {"a", *SCALES}
    if word.text in FRACTIONS:
        is_one = run == ["one"] and word.gap == "-"
        return run[-1] == "a" or is_one or (len(run) == 1 and run[-1] in NUMBERS and word.text.endswith("s"))
    if word.text == "a":
        return run[-1] == "and" and run[0] != "and"
    if word.text in SCALES:
        return run[-1] not in LINKS or len(run) == 1 or run[0] == "half"
    if word.text == "and":
        return run[-1] in SCALES or run[-1] in NUMBERS or is_figure(run[-1])
    if is_figure(run[-1]) or is_figure(word.text):
        return False
    number, before = NUMBERS.get(word.text), NUMBERS.get(run[-1], 100.0)
    is_behind_scale = run[-1] in SCALES or (run[-1] == "and" and len(run) > 1 and run[-2] in SCALES)
    return number is not None and (is_behind_scale or number < 10 <= 20 <= before < 100)


def read_number(words: list[Word]) -> Number:
    """The number that a run of words tells."""
    texts = [word.text for word in words]
    span = words[0].start, words[-1].end
    if texts[0] in MANY:
        return Number(*span, prod(MANY[word] for word in texts if word in MANY), True, is_vague=True)
    if texts[-1] in FRACTIONS and "and" not in texts:
        return Number(*span, (value_run(texts[:-1]) or 1.0) * FRACTIONS[texts[-1]], True, is_share=True)
    return Number(*span, value_run(texts), not is_figure(texts[0]))


def value_run(run: list[str]) -> float:
    """The number that a run of words tells: "two million three hundred thousand", "3.2 bn", "two and a half million"."""
    total, current = 0.0, 0.0
    for word in run:
        if word in SCALES:
            scaled = (current or 1.0) * SCALES[word]
            total, current = (total, scaled) if SCALES[word] <= SCALES["hundred"] else (total + scaled, 0.0)
        elif word in FRACTIONS:
            current += FRACTIONS[word]
        elif word not in LINKS:
            current += NUMBERS[word] if word in NUMBERS else float(word.replace(",", "").replace(" ", ""))
    return total + current
