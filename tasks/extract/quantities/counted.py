"""What a number counts: the noun that it belongs to."""

from bisect import bisect_left

from quotidian.tasks.extract.parsing.parse import Parse
from quotidian.tasks.extract.quantities.numbers import Number
from quotidian.tasks.extract.quantities.units import read_money
from quotidian.tasks.extract.quotes.grammar import NOUNS, PLURAL_NOUNS, PROPER_NOUNS

REACH = 6
"""Tokens behind a number among which the noun stands that it counts."""
SINGLE = frozenset(
    [
        "person",
        "woman",
        "child",
        "boy",
        "girl",
        "death",
        "case",
        "seat",
        "vote",
        "soldier",
        "civilian",
        "officer",
        "policeman",
        "passenger",
        "pilot",
        "body",
    ]
)
"""Nouns that "one" counts; before others it stands for somebody or some day: one official, one morning."""
UNMARKED = frozenset(
    [
        "staff",
        "crew",
        "aircraft",
        "personnel",
        "police",
        "cattle",
        "sheep",
        "fish",
        "spacecraft",
        "livestock",
        "offspring",
        "head",
    ]
)
"""Nouns that are many without an ending."""
OF = frozenset(["of", "in", "worth"])
GOING_ON = NOUNS | {"POS", "HYPH"}
"""Tags behind a noun that is not the last of its phrase."""
DETERMINERS = frozenset(
    ["the", "a", "an", "its", "their", "his", "her", "our", "my", "your", "these", "those", "all", "this", "that"]
)
MODIFIERS = frozenset(["JJ", "JJR", "JJS", "RB", "RBR", "RBS", "VBN", "VBG", "HYPH", "POS", "AFX", "CC"])
TAKING_OF = frozenset(["percent", "share", "percentage point"])


def find_counted(parse: Parse, number: Number, end: int, unit: str | None) -> str | None:
    """The words for what is counted, as they stand; None where the text does not tell, or the number measures (30 km)."""
    token = bisect_left(parse.starts, end)
    limit = min(token + REACH, parse.sentence_range(parse.sentence_of[token])[1]) if token < len(parse) else token
    is_last = token == 0 or token >= limit or parse.sentence_of[token - 1] != parse.sentence_of[token]
    if is_last:
        return None
    if number.is_share and parse.words[token] in DETERMINERS:  # half the votes
        return name_part(parse, token - 1, limit)
    if parse.words[token] in OF:
        return name_part(parse, token, limit) if takes_part(number, unit, parse.words[token]) else None
    if unit is not None:
        return None
    noun = find_noun(parse, token, limit)
    return slice_words(parse, token, noun) if noun is not None and may_count(parse, number, noun) else None


def may_count(parse: Parse, number: Number, noun: int) -> bool:
    """Whether a noun is in the number that the figure asks for: "737 MAX" counts nothing."""
    if number.value == 1:
        return parse.words[noun] in SINGLE
    return parse.tags[noun] in PLURAL_NOUNS or parse.words[noun] in UNMARKED


def takes_part(number: Number, unit: str | None, preposition: str) -> bool:
    """Whether what stands behind "of" is counted: half of the crop, 3 percent of voters; "one of the ministers" counts nothing."""
    if unit is None:
        return not (number.is_spelt and number.value == 1)
    return unit in read_money() or (unit in TAKING_OF and preposition != "in")


def find_noun(parse: Parse, first: int, limit: int) -> int | None:
    """The noun from `first` on that a number before it belongs to."""
    for token in range(first, limit):
        tag, following = parse.tags[token], parse.tags[token + 1] if token + 1 < limit else ""
        is_joined = following == "CC" and tag not in PLURAL_NOUNS  # animal and plant species
        if tag in NOUNS and following not in GOING_ON and not is_joined:
            return token
        if tag not in NOUNS and not is_modifier(parse, token):
            return None
    return None


def is_modifier(parse: Parse, token: int) -> bool:
    """Whether a token may stand between a number and its noun."""
    return parse.tags[token] in MODIFIERS or parse.words[token] in {"more", "other", "-"}


def name_part(parse: Parse, preposition: int, limit: int) -> str | None:
    """The noun phrase behind "of", without article and number; behind "in" what money is for (in aid), not when or where."""
    first = preposition + 1
    while (
        parse.words[preposition] != "in"
        and first < limit
        and (parse.words[first] in DETERMINERS or parse.tags[first] == "CD")
    ):
        first += 1
    noun = find_noun(parse, first, limit) if first < limit else None
    if noun is None or (parse.words[preposition] == "in" and parse.tags[noun] in PROPER_NOUNS):
        return None
    return slice_words(parse, first, noun)


def slice_words(parse: Parse, first: int, last: int) -> str:
    """Tokens of the text as they stand."""
    return " ".join(parse.text[parse.starts[first] : parse.ends[last]].split())
