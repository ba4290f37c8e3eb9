"""Noun phrases right before a cue, found by words alone where the parser hung them elsewhere."""

from collections.abc import Iterator

from quotidian.tasks.extract.parsing.parse import Parse
from quotidian.tasks.extract.quotes.grammar import (
    BEFORE_INVERSION,
    BEFORE_NOUNS,
    CLAUSE_TAGS,
    COMMON_NOUNS,
    FINITE,
    INVERTED,
    NOUNS,
    NOUNS_AND_PRONOUN,
)

LONGEST_SUBJECT = 15
"""Tokens between a comma and the cue that may name the speaker."""
NOT_FIRST_TAGS = frozenset(("CC", "IN", "WP", "WDT", "RB"))
"""Tags of a word that opens no noun phrase."""


def walk_before(parse: Parse, verb: int, last: int) -> Iterator[int]:
    """Tokens before a cue that may belong to a phrase that names its speaker, from `last` back to a verb or relative word."""
    for token in range(last, max(0, verb - LONGEST_SUBJECT), -1):
        if parse.tags[token] in CLAUSE_TAGS:
            return
        yield token


LONGEST_BRACKET = 8
"""Tokens of a party and place, or of an age, behind a name ("Moore (D-Wis.) said")."""


def find_bracket(parse: Parse, verb: int) -> int:
    """The token before a cue, or before a short bracket right before it."""
    if verb and parse.words[verb - 1] in (")", "]"):
        opener = "(" if parse.words[verb - 1] == ")" else "["
        for token in range(verb - 2, max(0, verb - LONGEST_BRACKET), -1):
            if parse.words[token] == opener:
                return token - 1
    return verb - 1


def find_words_before(parse: Parse, verb: int, last: int | None = None) -> int | None:
    """First token of a noun phrase between a comma and a cue, where the parser did not see a subject in it; `last` is its last
    token where that does not stand right before the cue."""
    last = verb - 1 if last is None else last
    is_noun = last >= 0 and (parse.tags[last] in NOUNS_AND_PRONOUN or parse.words[last] == "old")
    is_day = parse.deps[last] == "npadvmod" and last == verb - 1
    if parse.tags[verb] not in INVERTED or not is_noun or is_day:
        return None
    if parse.tags[verb] == "VBN" and parse.words[verb + 1 : verb + 2] == ["by"]:
        return None
    for token in walk_before(parse, verb, last):
        if parse.words[token] in BEFORE_INVERSION and parse.tags[token] != "HYPH":
            return token + 1 if parse.tags[token + 1] not in NOT_FIRST_TAGS else None
    return None


def find_named_role(parse: Parse, verb: int) -> int | None:
    """First token of ", a spokeswoman, Anna White," right before a cue that closes a clause, where the parser saw no subject."""
    if verb < 5 or parse.words[verb - 1] != "," or parse.tags[verb] not in FINITE:
        return None
    first = verb - 1
    while parse.tags[first - 1] == "NNP" and first > 2:
        first -= 1
    if first == verb - 1 or parse.words[first - 1] != "," or parse.tags[first - 2] not in NOUNS:
        return None
    for token in walk_before(parse, verb, first - 2):
        if parse.words[token] in BEFORE_INVERSION:
            return token + 1 if parse.tags[token + 1] == "DT" else None
    return None


def find_name_before_aside(parse: Parse, verb: int) -> int | None:
    """The name in "Warren, a spokesman in Baghdad, said", where the parser hung it elsewhere."""
    if verb < 3 or parse.words[verb - 1] != "," or parse.tags[verb] not in FINITE:
        return None
    comma = next((token for token in walk_before(parse, verb, verb - 2) if parse.words[token] == ","), None)
    if comma is None or parse.tags[comma - 1] != "NNP":
        return None
    opens = parse.tags[comma + 1]
    is_described = opens in BEFORE_NOUNS or opens == "NN" or parse.tags[verb - 2] in COMMON_NOUNS
    return comma - 1 if is_described else None


def find_opening(parse: Parse, last: int) -> int | None:
    """First token of a name that ends with `last` and opens behind a comma or closing mark."""
    first = last
    while first and parse.tags[first - 1] == "NNP":
        first -= 1
    before = first - 1
    while before > 0 and parse.words[before].isspace():
        before -= 1
    return first if before > 0 and parse.words[before] in BEFORE_INVERSION else None
