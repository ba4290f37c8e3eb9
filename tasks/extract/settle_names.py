"""Names of one word that are none by themselves: bare titles, halves of a title or an organisation, and common nouns."""

from functools import cache

from quotidian.tasks.tables.facts import read_facts

from .mentions import Name, make_name, read_titles
from .name_types import read_organisation_words, read_places
from .parse import Parse

UNSURE_TYPES = frozenset(("ORG", "GPE", "PRODUCT"))
"""Types that the recogniser often gives to capitalised common nouns."""


@cache
def read_generic_names() -> frozenset[str]:
    """Words of seeds/generic_names.csv, which name nothing without a further word."""
    return frozenset(row["word"] for row in read_facts("generic_names"))


def settle_names(parse: Parse, names: list[Name]) -> list[Name]:
    """The names without bare titles; one-word names completed, or left out where they are only part of a title."""
    settled = []
    for name in names:
        one = settle_single(parse, name) if len(name.words) == 1 and name.label in UNSURE_TYPES else name
        if one and not is_bare_title(one):
            settled.append(one)
    return settled


def is_bare_title(name: Name) -> bool:
    """Whether a person's name is only a title ("the Prime Minister")."""
    words = [word.lower().rstrip(".") for word in name.words]
    return name.label == "PERSON" and (" ".join(words) in read_titles() or all(word in read_titles() for word in words))


def settle_single(parse: Parse, name: Name) -> Name | None:
    """ "State Department" from "State"; None for the half of "Treasury Secretary", and for "the Party" alone."""
    if tuple(word.lower() for word in name.words) in read_places():
        return name
    last = name.last
    while last < len(parse) and is_capital(parse, last) and parse.words[last] in read_organisation_words():
        last += 1
    if last > name.last:
        return make_name(parse, name.first, last, "ORG")
    is_part = last < len(parse) and is_capital(parse, last) and parse.words[last].rstrip(".") in read_titles()
    return None if is_part or name.words[0].lower() in read_generic_names() else name


def is_capital(parse: Parse, token: int) -> bool:
    return parse.tags[token][:3] == "NNP" and parse.view[parse.starts[token]].isupper()
