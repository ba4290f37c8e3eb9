"""Names of one word that are none by themselves: bare titles, halves of a title or an organisation, and common nouns."""

from dataclasses import replace
from functools import cache
from itertools import zip_longest

from quotidian.tasks.extract.names.extend_names import extend_names
from quotidian.tasks.extract.names.given_names import is_given, usual_gender
from quotidian.tasks.extract.names.mentions import STATES_LIKE_TOWNS, Name, form, make_name, read_titles
from quotidian.tasks.extract.names.name_types import (
    is_acronym,
    read_organisation_words,
    read_organisations,
    read_places,
)
from quotidian.tasks.extract.names.nicknames import join_nicknames
from quotidian.tasks.extract.names.reshape_names import MINISTERS, reshape_names
from quotidian.tasks.extract.parsing.parse import Parse
from quotidian.tasks.store.facts import read_facts

UNSURE_TYPES = frozenset(("ORG", "GPE", "PRODUCT"))
"""Types that the recogniser often gives to capitalised common nouns."""
PLACE_PREPOSITIONS = {"FAC": ("in", "on", "at", "near"), "ORG": ("on",)}
"""Words behind which the name of a building or an organisation is over; "in" belongs to many an organisation."""
SUFFIXES = frozenset(("jr", "sr", "esq"))
NUMERALS = frozenset(("ii", "iii", "iv", "vi", "vii", "viii", "ix", "xi", "xii", "xiii", "xiv", "xv", "xvi"))
STREETS = frozenset(("square", "street", "avenue", "road"))
LONGEST_OFFICE = 6
"""Tokens of an office before a part of it."""
PLACE_TYPES = frozenset(("GPE", "LOC"))


@cache
def read_generic_names() -> frozenset[str]:
    """Words of seeds/generic_names.csv, which name nothing without a further word."""
    return frozenset(row["word"] for row in read_facts("generic_names"))


def settle_names(parse: Parse, names: list[Name]) -> list[Name]:
    """The names without bare titles; one-word names completed, or left out where they are only part of a title."""
    settled = []
    for name in (
        piece
        for one in extend_names(parse, reshape_names(parse, join_nicknames(parse, names)))
        for piece in split_at_place(parse, one)
    ):
        one = settle_single(parse, name) if len(name.words) == 1 and name.label in UNSURE_TYPES else drop_generic(name)
        if one and not is_bare_title(one) and not is_portfolio(parse, one):
            settled.append(name_state(parse, restore_place(one)))
    return share_surnames(parse, settled)


def share_surnames(parse: Parse, names: list[Name]) -> list[Name]:
    """The names, of which given ones beside a whole one have its surname, unless they are somebody's surname ("Bill | and Hillary Clinton")."""
    surnames = {name.words[-1].lower() for name in names if name.label == "PERSON" and len(name.words) > 1}
    shared = []
    for name, other in zip_longest(names, names[1:]):
        is_shared = other is not None and may_share(parse, name, other) and name.words[0].lower() not in surnames
        shared.append(replace(name, words=(*name.words, other.words[1])) if is_shared else name)
    return shared


def may_share(parse: Parse, name: Name, other: Name) -> bool:
    """Whether a name is a given one alone, of one gender, and the other, behind "and", one of two words that begins with a given one."""
    if (name.label, other.label, len(name.words), len(other.words)) != ("PERSON", "PERSON", 1, 2):
        return False
    is_titled = name.first > 0 and parse.words[name.first - 1].rstrip(".") in read_titles()
    is_beside = parse.words[name.last : other.first] == ["and"]
    return is_beside and not is_titled and bool(usual_gender(name.words[0])) and is_given(other.words[0])


def name_state(parse: Parse, name: Name) -> Name:
    """A state that has its name from, or gave it to, a town, and stands behind one of its towns ("Buffalo, New York"), as "New
    York state"; not where it goes on ("In Moscow, Washington is seen …"), nor in an enumeration."""
    before, behind = name.first - 2, name.last
    is_state = name.label == "GPE" and tuple(word.lower() for word in name.words) in STATES_LIKE_TOWNS and before >= 0
    if not is_state or parse.words[before + 1] != "," or not is_capital(parse, before):
        return name
    followers = parse.words[behind : behind + 1]
    is_listed = followers == ["and"] or (
        followers == [","] and behind + 1 < len(parse) and is_capital(parse, behind + 1)
    )
    is_subject = parse.deps[behind - 1] in ("nsubj", "nsubjpass", "poss")
    return name if is_listed or is_subject else replace(name, words=(*name.words, "state"))


def drop_generic(name: Name) -> Name | None:
    """The name, unless it is a single word that names nothing without a further one ("COO", "Brexit")."""
    return None if len(name.words) == 1 and name.words[0].lower() in read_generic_names() else name


def split_at_place(parse: Parse, name: Name) -> list[Name]:
    """The name, without the place behind it ("Great Hall of the People in Tiananmen Square"), which is a name of its own."""
    wanted = PLACE_PREPOSITIONS.get(name.label, ())
    for token in range(name.first + 1, name.last - 1):
        if parse.words[token] in wanted:
            place = make_name(parse, token + 1, name.last, "FAC")
            if form(place) in read_places() or place.words[-1].lower() in STREETS:
                return [make_name(parse, name.first, token, name.label), place]
    return [name]


def restore_place(name: Name) -> Name:
    """A known place with an s that a lost apostrophe left ("[North Koreas] provocative actions"), by its own words."""
    bare = (*name.words[:-1], name.words[-1].removesuffix("s"))
    is_place = name.label in PLACE_TYPES and form(name) not in read_places()
    return replace(name, words=bare) if is_place and form(replace(name, words=bare)) in read_places() else name


def is_bare_title(name: Name) -> bool:
    """Whether a name is only a title ("the Prime Minister"), or only what stands behind one ("Jr.", "XV")."""
    words = [word.lower().rstrip(".") for word in name.words]
    if len(words) == 1 and words[0] in SUFFIXES | NUMERALS:
        return True
    return name.label == "PERSON" and (" ".join(words) in read_titles() or all(word in read_titles() for word in words))


def is_portfolio(parse: Parse, name: Name) -> bool:
    """Whether an organisation is only a minister's office, or part of it ("Minister of Higher Education and | Scientific Research",
    "Shadow Home | Secretary")."""
    if name.label != "ORG" or form(name) in read_organisations() or is_acronym(parse, name):
        return False
    behind = parse.words[name.last : name.last + 1]
    if (
        name.words[0].lower() in MINISTERS
        or " ".join((*(word.lower() for word in name.words), *behind)) in read_titles()
    ):
        return True
    token = name.first - 1
    while (
        token > 0 and (parse.words[token] == "and" or is_capital(parse, token)) and name.first - token < LONGEST_OFFICE
    ):
        token -= 1
    return token > 0 and parse.words[token] in ("of", "for") and parse.words[token - 1] in MINISTERS


def settle_single(parse: Parse, name: Name) -> Name | None:
    """ "State Department" from "State"; None for the half of "Treasury Secretary", and for "the Party" alone."""
    if tuple(word.lower() for word in name.words) in read_places():
        return name
    last = name.last
    while last < len(parse) and is_capital(parse, last) and parse.words[last] in read_organisation_words():
        last += 1
    if last > name.last:
        return make_name(parse, name.first, last, "ORG")
    is_part = (
        last < len(parse)
        and is_capital(parse, last)
        and not read_titles().keys().isdisjoint((parse.words[name.first], parse.words[last].rstrip(".")))
    )
    return None if is_part or name.words[0].lower() in read_generic_names() else name


def is_capital(parse: Parse, token: int) -> bool:
    return parse.tags[token][:3] == "NNP" and parse.view[parse.starts[token]].isupper()
