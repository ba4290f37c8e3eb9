"""Whose an institution is: the country that stands right beside its name."""

from collections import Counter
from collections.abc import Callable

from quotidian.tasks.extract.names.countries import LONGEST, find_modifier, fold_place, read_countries
from quotidian.tasks.extract.names.mentions import Name
from quotidian.tasks.extract.parsing.parse import Parse

SEATS = frozenset(("name", "region", "town"))
"""Kinds of places in which an institution has its seat."""


def find_owner(parse: Parse, names: list[Name]) -> str | None:
    """ISO 3166 code of the country that most names of a thing have beside them, if any has."""
    if names[0].label in ("GPE", "LOC", "NORP"):
        return None
    told = Counter(code for name in names for code in (tell_owner(parse, name),) if code)
    return min(told, key=lambda code: (-told[code], code), default=None)


def tell_owner(parse: Parse, name: Name) -> str | None:
    """The country that stands beside one name, if any does."""
    return read_before(parse, name) or read_behind(parse, name)


def read_before(parse: Parse, name: Name) -> str | None:
    """The country before a name: "Iran's | Foreign Ministry", "the Ugandan | Parliament", "In Kampala, the | Foreign Ministry"."""
    last, tell = name.first, find_modifier
    if last and parse.words[last - 1] in ("'s", "'", "’s", "’"):
        last -= 1
    elif parse.words[max(last - 2, 0) : last] == [",", "the"]:
        last, tell = last - 2, find_seat
    for size in range(min(LONGEST, last), 0, -1):
        code = spell_country(parse, last - size, last, tell)
        is_seat = tell is find_modifier or parse.words[max(last - size - 1, 0) : last - size] == ["in"]
        if code and is_seat:
            return code
    return None


def read_behind(parse: Parse, name: Name) -> str | None:
    """The country behind a name: "Supreme Court | of Uganda", "Defence Ministry | in Moscow"."""
    first = name.last + 1
    if parse.words[name.last : first] not in (["of"], ["in"]):
        return None
    first += parse.words[first : first + 1] == ["the"]
    tell = find_seat if parse.words[name.last] == "in" else find_modifier
    for size in range(LONGEST, 0, -1):
        code = spell_country(parse, first, first + size, tell)
        if code:
            return code
    return None


def find_seat(words: list[str]) -> str | None:
    """The country in which folded words name a place."""
    code, kind = read_countries().get(" ".join(words), (None, ""))
    return code if kind in SEATS else None


def spell_country(
    parse: Parse, first: int, last: int, tell: Callable[[list[str]], str | None] = find_modifier
) -> str | None:
    """The country that the tokens tell, in one sentence and with a capital."""
    if last > len(parse) or not parse.view[parse.starts[first]].isupper():
        return None
    if parse.sentence_of[first] != parse.sentence_of[last - 1]:
        return None
    return tell(fold_place(parse.view[parse.starts[first] : parse.ends[last - 1]]).split())
