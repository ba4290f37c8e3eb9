"""Which type a name is, from all that one article and the lists of places and organisation words can tell."""

from collections import Counter, defaultdict
from functools import cache

from quotidian.tasks.extract.names.countries import find_country, fold_place
from quotidian.tasks.extract.names.mentions import Form, Name, form, read_titles
from quotidian.tasks.extract.names.stated import find_kinship
from quotidian.tasks.extract.parsing.parse import Parse
from quotidian.tasks.store.facts import read_facts

TYPE_ORDER = ("PERSON", "ORG", "GPE", "NORP", "LOC", "FAC", "EVENT", "WORK_OF_ART", "LAW", "PRODUCT")
"""Which type wins where an article's votes are equal."""
LONGEST_PERSON = 3
"""Words of a name behind a title; longer ones are organisations ("President of the …")."""
LAW_WORDS = frozenset(("act", "amendment", "treaty"))
"""A longer name that ends in one is a law."""
UNSURE = frozenset(("ORG", "GPE", "LOC", "PRODUCT"))
"""Types that the recogniser often gives to people whose name it has not seen."""
NAMES_OF_THINGS = frozenset(
    (
        *(
            "act",
            "airport",
            "awards",
            "bank",
            "beach",
            "bridge",
            "building",
            "center",
            "centre",
            "church",
            "city",
            "county",
            "court",
        ),
        *(
            "cup",
            "day",
            "district",
            "falls",
            "field",
            "forest",
            "hall",
            "heights",
            "hills",
            "hospital",
            "hotel",
            "house",
            "island",
        ),
        *(
            "islands",
            "lake",
            "market",
            "motors",
            "mountain",
            "museum",
            "news",
            "park",
            "plan",
            "post",
            "prize",
            "province",
            "region",
        ),
        *(
            "report",
            "river",
            "road",
            "school",
            "sea",
            "show",
            "square",
            "stadium",
            "state",
            "states",
            "street",
            "studios",
            "systems",
        ),
        *(
            "technologies",
            "theater",
            "theatre",
            "times",
            "tower",
            "towers",
            "township",
            "trust",
            "valley",
            "village",
            "ville",
            "war",
        ),
        *(
            "week",
            "democrats",
            "republicans",
            "brothers",
            "sons",
            "campaign",
            "administration",
            "library",
            "clinic",
            "law",
            "doctrine",
        ),
    )
)
"""Last words of names that start like a person's ("Clinton Library")."""
INSIDE = frozenset(("in", "near", "across", "throughout"))
"""Words before a name that only places stand after."""
ORG_OR_PLACE = frozenset(("ORG", "GPE", "LOC", "FAC", "PERSON", "NORP", "PRODUCT", "WORK_OF_ART"))


@cache
def read_places() -> dict[Form, str]:
    """Types of the places of seeds/places.csv by their form."""
    names = ((row["name"].lower().replace(".", "").replace("-", " - "), row["type"]) for row in read_facts("places"))
    return {tuple(name.split()): type_ for name, type_ in names}


@cache
def read_given_names() -> frozenset[str]:
    """Given names of seeds/given_names.csv, in small letters without accents."""
    return frozenset(row["name"] for row in read_facts("given_names"))


@cache
def read_short_names() -> frozenset[str]:
    """Nicknames of seeds/alias_first_names.csv."""
    return frozenset(row["short"] for row in read_facts("alias_first_names"))


@cache
def read_organisation_words() -> frozenset[str]:
    """Words of seeds/organisation_words.csv: a longer name that ends in one is an organisation."""
    return frozenset(row["word"] for row in read_facts("organisation_words"))


def decide_types(parse: Parse, names: list[Name]) -> dict[Form, str]:
    """One type for each form: of a known place, of a titled person, of an organisation word, else by vote."""
    votes: dict[Form, Counter[str]] = defaultdict(Counter)
    for name in names:
        votes[form(name)][name.label] += 1
    types = {
        key: max(count, key=lambda label: (count[label], -TYPE_ORDER.index(label))) for key, count in votes.items()
    }
    titled, inside = find_titled(parse, names) | find_kin(parse, names), find_inside(parse, names)
    for key in types:
        types[key] = correct_type(key, types[key], key in titled, key in inside)
    follow_full_names(types)
    return types


def correct_type(key: Form, label: str, is_titled: bool, is_inside: bool) -> str:
    """The type of one form after what lists and neighbours tell."""
    if label not in ORG_OR_PLACE:
        return label
    if key in read_places():
        return read_places()[key]
    if is_titled:
        return "PERSON"
    if len(key) > 1 and key[-1] in LAW_WORDS:
        return "LAW"
    if len(key) > 1 and key[-1] in read_organisation_words():
        return "ORG"
    if label in UNSURE and is_person_name(key):
        return "PERSON"
    if is_inside and label == "PERSON":
        return "GPE"
    return label


def is_person_name(key: Form) -> bool:
    """Whether a name of two or three words starts with a given name and ends in nothing that names a thing."""
    first, last = fold_place(key[0]), key[-1]
    is_thing = (
        last in read_organisation_words() | INSIDE
        or last in NAMES_OF_THINGS
        or find_country(" ".join(key))
        or find_country(last)
    )
    return (
        2 <= len(key) <= LONGEST_PERSON
        and first in read_given_names()
        and not is_thing
        and all(w.isalpha() for w in key)
    )


def find_titled(parse: Parse, names: list[Name]) -> set[Form]:
    """Forms that stand behind a title somewhere ("President Ruto")."""
    found = set()
    for name in names:
        before = parse.words[name.first - 1].rstrip(".") if name.first else ""
        is_title = before in read_titles() and name.words[0][0].isupper()
        if is_title and name.label != "NORP" and len(name.words) <= LONGEST_PERSON:
            found.add(form(name))
    return found


def find_kin(parse: Parse, names: list[Name]) -> set[Form]:
    """Forms of several words that stand behind a word of kinship somewhere ("his wife, Helena Calder")."""
    return {form(name) for name in names if len(name.words) > 1 and name.label != "NORP" and find_kinship(parse, name)}


def find_inside(parse: Parse, names: list[Name]) -> set[Form]:
    """Forms that stand behind "in" and the like, and nowhere as the possessor or as subject of a verb."""
    found, barred = set(), set()
    for name in names:
        before, after = parse.words[name.first - 1] if name.first else "", parse.words[name.last : name.last + 1]
        if parse.deps[name.last - 1] in ("nsubj", "poss") or after == ["'s"]:
            barred.add(form(name))
        elif before in INSIDE and len(name.words) < 3:
            found.add(form(name))
    return found - barred


def follow_full_names(types: dict[Form, str]) -> None:
    """A single word is a person where the article has a full name that ends or starts with it, and so is another given name
    before the surname of one ("Mo Cheeks" beside Maurice)."""
    people = [key for key, label in types.items() if label == "PERSON" and len(key) > 1]
    surnames = {key[-1] for key in people}
    first_words = {key[0] for key in people}
    for key in types:
        is_called = len(key) == 2 and key[-1] in surnames and types[key] in UNSURE
        if is_called and (key[0] in first_words or key[0] in read_given_names() | read_short_names()):
            types[key] = "PERSON"
        may_follow = len(key) == 1 and key not in read_places() and types[key] != "NORP"
        if may_follow and (key[0] in surnames or (key[0] in first_words and types[key] in ORG_OR_PLACE)):
            types[key] = "PERSON"
