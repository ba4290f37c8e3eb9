"""Whose an institution is: the country that stands right beside its name."""

from collections import Counter

from quotidian.tasks.extract.names.countries import LONGEST, find_modifier, fold_place
from quotidian.tasks.extract.names.mentions import Name
from quotidian.tasks.extract.parsing.parse import Parse


def find_owner(parse: Parse, names: list[Name]) -> str | None:
    """ISO 3166 code of the country that most names of a thing have beside them, if any has."""
    if names[0].label in ("GPE", "LOC", "NORP"):
        return None
    told = Counter(code for name in names for code in (read_before(parse, name) or read_behind(parse, name),) if code)
    return min(told, key=lambda code: (-told[code], code), default=None)


def read_before(parse: Parse, name: Name) -> str | None:
    """The country before a name: "Iran's | Foreign Ministry", "the Ugandan | Parliament"."""
    last = name.first
    if last and parse.words[last - 1] in ("'s", "'", "’s", "’"):
        last -= 1
    for size in range(min(LONGEST, last), 0, -1):
        code = spell_country(parse, last - size, last)
        if code:
            return code
    return None


def read_behind(parse: Parse, name: Name) -> str | None:
    """The country behind a name: "Supreme Court | of Uganda"."""
    first = name.last + 1
    if parse.words[name.last : first] not in (["of"], ["in"]):
        return None
    first += parse.words[first : first + 1] == ["the"]
    for size in range(LONGEST, 0, -1):
        code = spell_country(parse, first, first + size)
        if code:
            return code
    return None


def spell_country(parse: Parse, first: int, last: int) -> str | None:
    """The country that the tokens spell, in one sentence and with a capital."""
    if last > len(parse) or not parse.view[parse.starts[first]].isupper():
        return None
    if parse.sentence_of[first] != parse.sentence_of[last - 1]:
        return None
    return find_modifier(fold_place(parse.view[parse.starts[first] : parse.ends[last - 1]]).split())
