"""Which type a name is, from all that one article and the lists of places and organisation words can tell."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from quotidian.tasks.extract.names.countries import find_country, fold_place, read_countries
from quotidian.tasks.extract.names.given_names import is_given
from quotidian.tasks.extract.names.mentions import PARTICLES, Form, Name, form, is_small, read_body_words, read_titles
from quotidian.tasks.extract.names.stated import find_kinship
from quotidian.tasks.extract.parsing.parse import Parse
from quotidian.tasks.extract.quotes.cues import read_cue_verbs
from quotidian.tasks.store.facts import read_facts

TYPE_ORDER = ("PERSON", "ORG", "GPE", "NORP", "LOC", "FAC", "EVENT", "WORK_OF_ART", "LAW", "PRODUCT")
"""Which type wins where an article's votes are equal."""
ACRONYM_LENGTHS = range(2, 6)
LONGEST_PERSON = 3
"""Words of a name behind a title; longer ones are organisations ("President of the …")."""
UNSURE = frozenset(("ORG", "GPE", "LOC", "PRODUCT"))
"""Types that the recogniser often gives to people whose name it has not seen."""
BODY_NOUNS = frozenset(
    (
        "newspaper",
        "chairman",
        "chairwoman",
        "company",
        "firm",
        "magazine",
        "website",
        "employees",
        "executive",
        "shareholders",
        "subsidiary",
        "airline",
        "band",
        "blog",
        "broadcaster",
        "carmaker",
        "charity",
        "nonprofit",
        "outlet",
        "retailer",
        "site",
        "startup",
        "tabloid",
    )
)
"""Small words behind the name of an organisation."""
JOINTS = frozenset((",", "and", "or"))
LISTED_PLACES = 2
"""Times as many places as other names in a list of places."""
LONGEST_APPOSITION = 8
"""Tokens behind a name within which a noun says what it is."""
INITIALS = 2
"""Letters of a given name that is only initials ("J.P. Morgan")."""
OLDEST = 110
"""Years; a number above is no age."""
INSIDE = frozenset(("in", "near", "across", "throughout"))
"""Words before a name that only places stand after."""
EMPLOYED = frozenset(
    ("analyst", "attorney", "banker", "broker", "economist", "fellow", "lawyer", "partner", "strategist", "trader")
)
"""Those whose firm stands behind "at"."""
PEOPLES_WORK = EMPLOYED - {"broker", "partner"} | {
    "actor",
    "actress",
    "baker",
    "doctor",
    "driver",
    "farmer",
    "gardener",
    "musician",
    "nurse",
    "painter",
    "plumber",
    "singer",
    "student",
    "teacher",
    "writer",
}
"""What people are, and no firm is."""
MANKIND = frozenset(("man", "woman", "boy", "girl", "teenager", "couple", "family", "refugee"))
"""Who is from somewhere."""
TRUST = frozenset(
    ("faith", "trust", "confidence", "belief", "believe", "believes", "believed", "interest", "interested", "love")
)
"""Words before the "in" of whom somebody believes in, or behind "in" and the name ("in Theo we trust")."""
HELD = frozenset(
    (
        ("shares", "in"),
        ("shares", "of"),
        ("stake", "in"),
        ("investors", "in"),
        ("shareholders", "in"),
        ("shareholders", "of"),
    )
)
"""What stands before a firm; "the shares of" somebody may be what he holds."""
FIRMS = frozenset(
    (
        "airline",
        "brand",
        "brewery",
        "carmaker",
        "chain",
        "company",
        "distillery",
        "firm",
        "label",
        "retailer",
        "startup",
        "winery",
    )
)
"""Words before a firm that is called by the surname of somebody ("the brewery Brunner")."""
LIVED = frozenset(("died", "married", "resigned", "retired", "testified"))
"""What only people do."""
TRADING = frozenset(("employs", "makes", "operates", "produces", "sells"))
"""What a firm does."""
BEATING = {"beat": "", "beats": "", "defeated": "", "thrashed": "", "lost": "to", "drew": "with"}
"""What one team did to another, and the word before that one."""
LONGEST_SCORE = 4
"""Tokens behind the other team within which its score stands."""
WAYS = frozenset(("to", "from", "into"))
"""Words before a country to which or from which somebody goes."""
PLACE_LABELS = frozenset(("GPE", "LOC"))
SETTLEMENTS = frozenset(
    (
        "village",
        "villages",
        "town",
        "towns",
        "city",
        "cities",
        "district",
        "districts",
        "suburb",
        "suburbs",
        "province",
        "county",
    )
)
PLACE_PARTS = SETTLEMENTS | frozenset(
    [
        "outskirts",
        "streets",
        "residents",
        "inhabitants",
        "port",
        "island",
        "islands",
        "valley",
        "capital",
        "north",
        "south",
        "east",
        "west",
        "mayor",
        "mayors",
        "people",
        "municipality",
        "mountains",
        "hills",
        "coast",
        "shores",
    ]
)
"""Words behind whose "of" a place stands."""
PLACE_KINDS = ("name", "town", "region")
"""Kinds of seeds/country_names.csv that are places."""
SIDES = frozenset(["northern", "southern", "eastern", "western"])
PLACE_NOUNS = SETTLEMENTS | frozenset(
    [
        "settlement",
        "region",
        "regions",
        "area",
        "areas",
        "province",
        "township",
        "neighbourhood",
        "neighborhood",
        "island",
        "valley",
        "bridge",
        "roundabout",
        "hills",
        "mountains",
        "municipality",
    ]
)
"""Small words behind the name of a place."""
NO_SURNAMES = frozenset(
    (
        "academy",
        "airport",
        "avenue",
        "boulevard",
        "center",
        "centre",
        "foundation",
        "hospital",
        "institute",
        "library",
        "memorial",
        "museum",
        "police",
        "road",
        "school",
        "stadium",
        "theater",
        "theatre",
        "university",
    )
)
"""Words at the end of a name that nobody is called."""
ORG_OR_PLACE = frozenset(("ORG", "GPE", "LOC", "FAC", "PERSON", "NORP", "PRODUCT", "WORK_OF_ART"))


@cache
def read_places() -> dict[Form, str]:
    """Types of the places of seeds/places.csv by their form."""
    names = ((row["name"].lower().replace(".", "").replace("-", " - "), row["type"]) for row in read_facts("places"))
    return {tuple(name.split()): type_ for name, type_ in names}


@cache
def read_towns() -> frozenset[Form]:
    """Forms of the towns of seeds/towns.csv."""
    return frozenset(tuple(row["name"].lower().split()) for row in read_facts("towns"))


@cache
def read_organisations() -> frozenset[Form]:
    """Forms of the aliases and names of seeds/alias_organisations.csv, a law among them is none, and of agencies in several words ("RIA
    Novosti"): in one word they may be a person's ("Bloomberg")."""
    listed = [row[column] for row in read_facts("alias_organisations") for column in ("alias", "name")]
    agencies = [row[column] for row in read_facts("agencies") for column in ("mark", "name")]
    names = (*listed, *(name for name in agencies if " " in name))
    forms = (tuple(name.lower().replace(".", "").replace("-", " - ").replace("'s", " 's").split()) for name in names)
    return frozenset(key for key in forms if key[-1] != "act" and key[-1] != "awards")


@cache
def read_thing_words() -> dict[tuple[str, str], str]:
    """(place, word) -> type, or empty, of names that start or end with the word, from seeds/thing_words.csv."""
    return {(row["place"], row["word"]): row["type"] for row in read_facts("thing_words")}


@cache
def read_ship_words() -> frozenset[str]:
    """Words before the name of a ship ("MV Gibe")."""
    return frozenset(
        word for (place, word), type_ in read_thing_words().items() if (place, type_) == ("first", "PRODUCT")
    )


@cache
def read_peoples() -> frozenset[str]:
    """Peoples and believers of seeds/peoples.csv, in small letters; those of countries stand in country_names.csv."""
    return frozenset(row["people"].lower() for row in read_facts("peoples"))


@cache
def read_organisation_words() -> frozenset[str]:
    """Words of seeds/organisation_words.csv: a longer name that ends in one is an organisation."""
    return frozenset(row["word"] for row in read_facts("organisation_words"))


SCORE = re.compile(r"\d{1,2}[-–]\d{1,2}")
"""The goals of two teams."""


class Told(NamedTuple):
    """What an article tells of one form: its type by vote, and whether it stands behind a title, behind "in", in capitals,
    behind "the city of", as subject of a verb of saying, and where only an organisation does."""

    key: Form
    label: str
    is_titled: bool
    is_inside: bool
    is_acronym: bool
    is_settled: bool = False
    is_speaking: bool = False
    is_body: bool = False


def is_acronym(parse: Parse, name: Name) -> bool:
    """Whether a name is a short word with capitals inside ("BoG", "F.B.I."), in a line that is not all capitals."""
    word = "".join(name.words).replace(".", "")
    if len(name.words) != 1 or len(word) not in ACRONYM_LENGTHS or sum(letter.isupper() for letter in word) < 2:
        return False
    near = [parse.view[parse.starts[t] : parse.ends[t]] for t in (name.first - 1, name.last) if 0 <= t < len(parse)]
    return word[-1].isupper() and not any(len(other) > 1 and other.isupper() for other in near)


def decide_types(parse: Parse, names: list[Name]) -> dict[Form, str]:
    """One type for each form: of a known place, of a titled person, of an organisation word, else by vote."""
    votes: dict[Form, Counter[str]] = defaultdict(Counter)
    for name in names:
        votes[form(name)][name.label] += 1
    types = {
        key: max(count, key=lambda label: (count[label], -TYPE_ORDER.index(label))) for key, count in votes.items()
    }
    titled = find_titled(parse, names) | find_kin(parse, names) | find_aged(parse, names) | find_trusted(parse, names)
    employers = find_employers(parse, names) - titled
    inside = find_inside(parse, names)
    acronyms, settled = {form(name) for name in names if is_acronym(parse, name)}, find_settled(parse, names)
    speaking = find_speaking(parse, names)
    bodies = find_bodies(parse, names)
    for key in types:
        told = (key in titled, key in inside, key in acronyms, key in settled, key in speaking, key in bodies)
        types[key] = correct_type(Told(key, types[key], *told))
        if key in employers and types[key] == "PERSON":
            types[key] = "ORG"
    follow_lists(parse, names, types, titled | acronyms | speaking | bodies)
    follow_full_names(types, acronyms | settled, find_self_told(parse, names))
    free_countries(types, titled)
    free_given_names(parse, names, types, titled)
    follow_ships(types)
    return types


def follow_lists(parse: Parse, names: list[Name], types: dict[Form, str], sure: set[Form]) -> None:
    """A short name in a list of places is a place, unless it is `sure` to be something else ("Copan, Opalaca and Comayagua")."""
    for run in list_runs(parse, names):
        others = [key for key in run if types[key] != "GPE"]
        if len(others) * LISTED_PLACES <= len(run) - len(others):
            for key in others:
                if types[key] in UNSURE | {"PERSON"} and len(key) < 3 and key not in sure and not is_given(key[0]):
                    types[key] = "GPE"


def list_runs(parse: Parse, names: list[Name]) -> Iterator[list[Form]]:
    """Forms of names between which nothing but commas and "and" stands."""
    run: list[Name] = []
    for name in names:
        if run and not all(word in JOINTS for word in parse.words[run[-1].last : name.first]):
            yield list(map(form, run))
            run = []
        run.append(name)
    yield list(map(form, run))


def correct_type(told: Told) -> str:
    """The type of one form after what lists and neighbours tell: that of the first reading that answers."""
    if told.label not in ORG_OR_PLACE:
        return told.label
    return next((type_ for reading in TYPE_READINGS if (type_ := reading(told))), told.label)


def read_listed(told: Told) -> str | None:
    """A place of seeds/places.csv, or an organisation of the alias files, unless somebody is called like it ("Philip Morris, 61,")."""
    is_somebody = told.is_titled and len(told.key) > 1 and (is_given(told.key[0]) or len(told.key[0]) == INITIALS)
    return read_places().get(told.key) or ("ORG" if told.key in read_organisations() and not is_somebody else None)


def read_settled(told: Told) -> str | None:
    """ "the city of Ostrel"."""
    return "GPE" if told.is_settled else None


def read_people(told: Told) -> str | None:
    """ "Ugandan": a people, where the recogniser saw an organisation or a person."""
    kind = read_countries().get(fold_place(" ".join(told.key)), ("", ""))[1]
    is_people = kind == "people" or " ".join(told.key) in read_peoples()
    return "NORP" if is_people and not told.is_titled and told.label in UNSURE | {"PERSON"} else None


def read_titled(told: Told) -> str | None:
    """ "President Ruto", "his wife, Lydia Berg"."""
    return "PERSON" if told.is_titled else None


def read_thing_word(told: Told) -> str | None:
    """ "Clean Rivers Act", "Atacama Desert", "Palmer Fire", "Estadio Azul": by the last word or the first one; a person's name of two words
    keeps its type ("Margaret Court")."""
    may_be_person = told.label == "PERSON" and len(told.key) == 2 and is_given(told.key[0])
    if told.label == "PERSON" and len(told.key) > 1 and told.key[-1] == "fire":
        return "ORG"
    if len(told.key) < 2 or (may_be_person and told.key[-1] not in NO_SURNAMES):
        return None
    words = read_thing_words()
    if ("last", " ".join(told.key[-2:])) in words:
        return words["last", " ".join(told.key[-2:])]
    if told.key[-1] in read_organisation_words():
        return "ORG"
    return words.get(("last", told.key[-1])) or words.get(("first", fold_place(told.key[0])))


def read_person_words(told: Told) -> str | None:
    """ "Hanna Okhota": a given name before what is no thing."""
    is_people = told.key[-1] in read_peoples()
    return "PERSON" if told.label in UNSURE | {"NORP"} and is_person_name(told.key) and not is_people else None


def read_speaking_given(told: Told) -> str | None:
    """ "Cesar explains": a given name alone that speaks and is no place."""
    is_name = len(told.key) == 1 and told.is_speaking and is_given(told.key[0])
    return "PERSON" if is_name and told.label in UNSURE | {"NORP"} and not find_country(told.key[0]) else None


def read_town(told: Told) -> str | None:
    """A town, region or country of seeds/country_names.csv, where the recogniser saw an organisation."""
    kind = read_countries().get(fold_place(" ".join(told.key)), ("", ""))[1]
    return "GPE" if told.label in UNSURE and kind in PLACE_KINDS else None


def read_body(told: Told) -> str | None:
    """ "Democratic Union (DU)", "Perfil newspaper", where the recogniser saw a place."""
    is_other = told.label in ("GPE", "LOC") or (told.label == "PERSON" and not is_given(told.key[0]))
    return "ORG" if is_other and told.is_body and not find_country(" ".join(told.key)) else None


def read_acronym(told: Told) -> str | None:
    """ "BoG": a short word of capitals is nobody's name."""
    return "ORG" if told.label == "PERSON" and told.is_acronym else None


def read_inside(told: Told) -> str | None:
    """ "in Malawi", "the village of Laongo"."""
    is_institution = told.key[-1] in read_body_words() or told.is_acronym
    return (
        "GPE" if told.is_inside and (told.label == "PERSON" or (told.label == "ORG" and not is_institution)) else None
    )


TYPE_READINGS = (
    read_listed,
    read_settled,
    read_people,
    read_titled,
    read_thing_word,
    read_person_words,
    read_speaking_given,
    read_town,
    read_body,
    read_acronym,
    read_inside,
)


def is_person_name(key: Form) -> bool:
    """Whether a name of two or three words starts with a given name and ends in nothing that names a thing."""
    is_thing = ("last", key[-1]) in read_thing_words() or key[-1] in read_organisation_words() | INSIDE
    is_place = find_country(" ".join(key)) or find_country(key[-1])
    is_long = len([word for word in key if word not in PARTICLES]) > LONGEST_PERSON
    is_named = len(key) > 1 and not is_long and is_given(key[0]) and all(word.isalpha() for word in key)
    return is_named and not is_thing and not is_place


def find_titled(parse: Parse, names: list[Name]) -> set[Form]:
    """Forms that stand behind a title somewhere ("President Ruto"); "the former White House doctor" is no White House's title."""
    found = set()
    for name in names:
        before = parse.words[name.first - 1].rstrip(".") if name.first else ""
        is_owner = (
            before == "former" and parse.deps[name.last - 1] == "compound" and parse.heads[name.last - 1] >= name.last
        )
        is_title = before in read_titles() and name.words[0][0].isupper() and not is_owner
        if is_title and name.label != "NORP" and len(name.words) <= LONGEST_PERSON:
            found.add(form(name))
    return found


def find_kin(parse: Parse, names: list[Name]) -> set[Form]:
    """Forms of several words that stand behind a word of kinship somewhere ("his wife, Helena Calder")."""
    return {form(name) for name in names if len(name.words) > 1 and name.label != "NORP" and find_kinship(parse, name)}


def find_employers(parse: Parse, names: list[Name]) -> set[Form]:
    """Forms of several words that stand behind somebody's work and "at" somewhere ("lawyers at Mintz Levin"), or behind who or what has a part
    of them ("Shares of Thomas Cook")."""
    found = set()
    for name in names:
        work = parse.words[name.first - 2] if name.first > 1 and parse.words[name.first - 1] == "at" else ""
        is_behind = work.removesuffix("s") in EMPLOYED and parse.deps[name.last - 1] == "pobj"
        is_behind = is_behind or is_held(parse, name.first)
        if is_behind and name.label == "PERSON" and len(name.words) > 1:
            found.add(form(name))
    return found


def is_held(parse: Parse, token: int) -> bool:
    """Whether "shares of", "a stake in" or the like stands before a token."""
    is_whose = token > 2 and parse.words[token - 1] == "of" and parse.tags[token - 3] in ("DT", "PRP$", "CD")
    return tuple(parse.words[max(token - 2, 0) : token]) in HELD and not is_whose


def find_aged(parse: Parse, names: list[Name]) -> set[Form]:
    """Forms behind which somewhere an age stands between commas, or "who" with a verb in the singular ("Myeni, 61, …"), and firms called like
    people of which their work tells that they are some ("Paddy Power, a lawyer")."""
    aged = {form(name) for name in names if name.label != "NORP" and is_aged(parse, name.last)}
    return aged | {form(name) for name in names if form(name) in read_organisations() and is_working(parse, name)}


def is_working(parse: Parse, name: Name) -> bool:
    """Whether somebody's work in small letters stands behind a name of several words as apposition, or with an article before it ("the banker | …")."""
    before, root = name.first - 1, name.last - 1
    told = find_tied(parse, name, "appos", root)
    if told is None and before > 0 and parse.tags[before - 1] == "DT":
        told = before
    return len(name.words) > 1 and told is not None and is_small(parse, told) and parse.words[told] in PEOPLES_WORK


def is_aged(parse: Parse, token: int) -> bool:
    """Whether an age between commas, or "who" with a verb in the singular, stands at a token: of a team the verb is in the plural."""
    words = parse.words[token : token + 3]
    if words[:1] == [","] and len(words) > 2 and words[1].isdigit() and words[2] == ",":
        return 0 < int(words[1]) < OLDEST
    token += words[:1] == [","]
    is_singular = parse.tags[token + 1 : token + 2] == ["VBZ"] or parse.words[token + 1 : token + 2] == ["was"]
    return parse.words[token : token + 1] == ["who"] and is_singular


def is_settlement(parse: Parse, token: int) -> bool:
    """Whether a token before a name says that a place follows: "of" behind a word for a settlement or a part of a country ("the
    districts | of"), the side of a country ("southern"), or "capital"."""
    word = parse.words[token] if token >= 0 else ""
    is_part = token > 0 and word == "of" and parse.words[token - 1] in PLACE_PARTS
    return is_part or (word in SIDES and is_small(parse, token)) or word in ("capital", "outside")


def find_settled(parse: Parse, names: list[Name]) -> set[Form]:
    """Forms of one or two words that stand behind "the city of", or before "village" and the like, somewhere."""
    short = [name for name in names if len(name.words) < 3 and name.label != "NORP"]
    parts = {word for name in names if name.label == "PERSON" and len(name.words) > 1 for word in form(name)}
    origins = {form(name) for name in short if parts.isdisjoint(form(name)) and is_origin(parse, name)}
    return origins | {
        form(name) for name in short if is_settlement(parse, name.first - 1) or is_settlement_name(parse, name)
    }


def is_origin(parse: Parse, name: Name) -> bool:
    """Whether somebody is from what the recogniser took for a person, or from a listed town ("a nurse from | Perm"): nobody is from a person."""
    before = name.first - 2
    if before < 0 or parse.words[before + 1] != "from" or (name.label != "PERSON" and form(name) not in read_towns()):
        return False
    word = parse.words[before]
    is_somebody = word in read_titles() or word in PEOPLES_WORK | MANKIND or is_given(word)
    return is_somebody and parse.tags[before][:2] == "NN" and parse.words[name.last : name.last + 1] != ["'s"]


def is_settlement_name(parse: Parse, name: Name) -> bool:
    """Whether a small word for a settlement or a part of a country follows a name of one word that belongs to it ("the Gam |
    settlement")."""
    last = name.last
    is_followed = last < len(parse) and parse.words[last] in PLACE_NOUNS and is_small(parse, last)
    return is_followed and parse.deps[last - 1] == "compound" and parse.heads[last - 1] == last


def find_speaking(parse: Parse, names: list[Name]) -> set[Form]:
    """Forms that are the subject of a verb of saying somewhere."""
    cues = read_cue_verbs()
    speaking = (name for name in names if parse.deps[name.last - 1] == "nsubj")
    return {form(name) for name in speaking if parse.words[parse.heads[name.last - 1]] in cues}


def find_self_told(parse: Parse, names: list[Name]) -> set[Form]:
    """Forms of which "he" or "she" stands right behind "said" ("Houston said she", "said that she"), or who "died" or "was born", as no place does."""
    found = set()
    for name in names:
        words = [word for word in parse.words[name.last : name.last + 3] if word != "that"]
        is_saying = words[:1] == ["said"] and words[1:2] in (["he"], ["she"])
        if is_saying or not LIVED.isdisjoint(words[:1]) or words[:2] == ["was", "born"]:
            found.add(form(name))
    return found


def find_bodies(parse: Parse, names: list[Name]) -> set[Form]:
    """Forms that stand in brackets behind the longer name of an organisation, before what only organisations have or are, or
    are called an organisation ("the newspaper Milenio", "Milenio is a newspaper")."""
    bodies = {form(name) for name in names if name.last < len(parse) and is_before_body(parse, name.last)}
    bodies |= {form(name) for name in names if is_called(parse, name, BODY_NOUNS | read_organisation_words())}
    for left, right in pairwise(names):
        before, behind = parse.words[left.last : right.first], parse.words[right.last : right.last + 1]
        is_bracketed = before == ["("] and behind == [")"]
        if is_bracketed and left.label == "ORG" and len(left.words) > 1 and len(right.words) == 1:
            bodies.add(form(right))
    return bodies


def is_called(parse: Parse, name: Name, nouns: frozenset[str]) -> bool:
    """Whether one of some nouns says what a name is: right before it, beside it between commas, or behind "is a"."""
    root, before = name.last - 1, name.first - 1
    if before >= 0 and parse.words[before] in nouns and (parse.heads[before] == root or parse.heads[root] == before):
        return True
    told = find_tied(parse, name, "appos", root)
    if told is None and parse.deps[root] == "nsubj" and parse.words[parse.heads[root]] in ("is", "was"):
        told = find_tied(parse, name, "attr", parse.heads[root])
    return told is not None and parse.words[told] in nouns


def find_tied(parse: Parse, name: Name, dep: str, head: int) -> int | None:
    """The first token soon behind a name that hangs on a head in some way."""
    near = range(name.last, min(len(parse), name.last + LONGEST_APPOSITION))
    return next((token for token in near if parse.deps[token] == dep and parse.heads[token] == head), None)


def is_before_body(parse: Parse, token: int) -> bool:
    """Whether a small word at a token tells that an organisation stands before it ("the Perfil | newspaper")."""
    is_noun = parse.words[token] in BODY_NOUNS and is_small(parse, token)
    return is_noun and parse.deps[token - 1] == "compound" and parse.heads[token - 1] == token


def find_inside(parse: Parse, names: list[Name]) -> set[Form]:
    """Forms that stand behind "in" and the like or "village of", and nowhere as the possessor or as subject of a verb."""
    found, barred = set(), set()
    for name in names:
        before, after = parse.words[name.first - 1] if name.first else "", parse.words[name.last : name.last + 1]
        if parse.deps[name.last - 1] in ("nsubj", "poss") or after == ["'s"]:
            barred.add(form(name))
        elif (before in INSIDE or is_settlement(parse, name.first - 1)) and len(name.words) < 3:
            found.add(form(name))
    return found - barred


def follow_full_names(types: dict[Form, str], sure: set[Form], self_told: set[Form]) -> None:
    """A single word is a person where the article has a full name that ends or starts with it, and so is another given name
    before the surname of one ("Mo Cheeks" beside Maurice); `sure` forms are none, nor are listed places but for those that are `self_told`."""
    people = [key for key, label in types.items() if label == "PERSON" and len(key) > 1]
    surnames = {key[-1] for key in people}
    first_words = {key[0] for key in people}
    middles = {word for key in people for word in key[1:-1] if len(word) > 2 and word not in PARTICLES}
    tails = {key[cut:] for key in people for cut in range(1, len(key) - 1)}
    for key in types:
        if key in tails and types[key] in UNSURE and key not in read_places() and not find_country(" ".join(key)):
            types[key] = "PERSON"
        is_called = len(key) == 2 and key[-1] in surnames and types[key] in UNSURE
        if is_called and (key[0] in first_words or is_given(key[0])):
            types[key] = "PERSON"
        is_own = key in self_told and key[0] in surnames | first_words
        is_listed = (key in read_places() and not is_own) or key in sure or key in read_organisations()
        may_follow = len(key) == 1 and not is_listed and types[key] != "NORP"
        is_inner = key[0] in first_words or (key[0] in middles and types[key] in UNSURE)
        if may_follow and (key[0] in surnames or (is_inner and types[key] in ORG_OR_PLACE)):
            types[key] = "PERSON"


def free_countries(types: dict[Form, str], titled: set[Form]) -> None:
    """The name of a country alone is no person's, unless a title stands before it or the article names somebody so in full ("Jordan
    said" beside Michael Jordan)."""
    parts = {word for key, label in types.items() if label == "PERSON" and len(key) > 1 for word in key}
    for key, label in types.items():
        is_country = label == "PERSON" and len(key) == 1 and read_countries().get(key[0], ("", ""))[1] == "name"
        if is_country and key not in titled and key[0] not in parts:
            types[key] = "GPE"


def free_given_names(parse: Parse, names: list[Name], types: dict[Form, str], titled: set[Form]) -> None:
    """A given name alone behind "in" is that of a place ("the fires in Victoria"), wherever else it stands, unless the article calls somebody so."""
    parts = {word for key, label in types.items() if label == "PERSON" and len(key) > 1 for word in key}
    for name in names:
        key, last = form(name), name.last
        is_alone = len(key) == 1 and types[key] == "PERSON" and key not in titled and key[0] not in parts
        is_inside = (
            name.first > 1
            and parse.words[name.first - 1] in INSIDE
            and parse.words[last : last + 1] not in (["'s"], ["and"])
        )
        if is_alone and is_inside and is_given(key[0]) and parse.words[name.first - 2] not in TRUST:
            types[key] = "GPE"


def find_trusted(parse: Parse, names: list[Name]) -> set[Form]:
    """Given names alone of which a text says "in Theo we trust"."""
    alone = (name for name in names if len(name.words) == 1 and is_given(name.words[0]) and name.first > 0)
    inside = (name for name in alone if parse.words[name.first - 1] == "in" and is_believed(parse, name.last))
    return {form(name) for name in inside if not find_country(name.words[0])}


def is_believed(parse: Parse, token: int) -> bool:
    """Whether "we trust" or the like stands at a token."""
    return parse.tags[token : token + 1] == ["PRP"] and not TRUST.isdisjoint(parse.words[token + 1 : token + 2])


def find_placed(parse: Parse, names: list[Name], types: dict[Form, str]) -> set[Name]:
    """Single words that are a person's in their article and here mean the place of that name ("Georgia Pell met the police in | Georgia"): behind
    "in", and countries that nobody has as a surname behind "to" and "from" or before "'s", too. Of a surname the recogniser must say so as well, but a listed place is a person only where it does something,
    and nobody is called so behind these words before he is named in full."""
    whole = find_whole(names, types)
    surnames = {key[-1] for key, label in types.items() if label == "PERSON" and len(key) > 1}
    placed = set()
    for name in names:
        if len(name.words) > 1 or types[form(name)] != "PERSON":
            continue
        word, before = name.words[0].lower(), parse.words[name.first - 1] if name.first else ""
        is_owner = parse.words[name.last : name.last + 1] == ["'s"]
        kind = read_countries().get(word, ("", ""))[1]
        is_inside = before in INSIDE and not is_owner and kind in PLACE_KINDS
        if word in surnames:
            is_idle = (word,) in read_places() and parse.deps[name.last - 1] != "nsubj"
            is_early = name.first < whole[word] and not is_owner
            is_way = before in WAYS and is_early
            is_inside = (is_inside or is_idle or is_way) and name.label in PLACE_LABELS
            is_inside |= is_early and before in INSIDE and parse.words[name.first - 2] not in TRUST
        elif kind == "name" and (is_owner or before in WAYS):
            is_inside = True
        if is_inside or is_told_settled(parse, name) or (kind in PLACE_KINDS and is_of_place(parse, name, types)):
            placed.add(name)
    return placed | find_early(names, placed, whole)


def find_called_firms(parse: Parse, names: list[Name], types: dict[Form, str]) -> set[Name]:
    """Surnames alone that are those of people in their article and here mean a firm ("Karl Brunner founded the brewery | Brunner", and then "Brunner
    employs 900"), or a team: in "Lincoln beat Dover 2-1" both are teams, as far as one is."""
    bare = {name.first: name for name in names if len(name.words) == 1 and types[form(name)] == "PERSON"}
    firms = {name for name in bare.values() if is_called_firm(parse, name.first)}
    called = {form(name) for name in firms}
    firms.update(name for name in bare.values() if form(name) in called and is_trading(parse, name.last - 1))
    for left, right in pairwise(names):
        sides = [one for one in (left, right) if bare.get(one.first) is one]
        if len(sides) == 1 and types[form(left)] != types[form(right)] and is_match(parse, left, right):
            firms.update(sides)
    return firms


def is_called_firm(parse: Parse, token: int) -> bool:
    """Whether "the brewery" or the like stands before a token."""
    return (
        token > 1 and parse.words[token - 1] in FIRMS and is_small(parse, token - 1) and parse.tags[token - 2] == "DT"
    )


def is_trading(parse: Parse, token: int) -> bool:
    """Whether a token does what firms do."""
    return parse.deps[token] == "nsubj" and parse.words[parse.heads[token]] in TRADING


def is_match(parse: Parse, left: Name, right: Name) -> bool:
    """Whether one name of a word beat, lost to or drew with another one, and the goals of both are told."""
    verb, *small = parse.words[left.last : right.first] or [""]
    is_beaten = len(left.words) == len(right.words) == 1 and BEATING.get(verb) == " ".join(small)
    behind = parse.words[right.last : right.last + LONGEST_SCORE]
    return is_beaten and any(
        SCORE.fullmatch("".join(behind[place : place + size])) for place in range(2) for size in (1, 3)
    )


def find_whole(names: list[Name], types: dict[Form, str]) -> dict[str, int]:
    """Word of the full names of people -> token of the first name that has it."""
    whole: dict[str, int] = {}
    for name in sorted(names, key=lambda name: -name.first):
        if len(name.words) > 1 and types[form(name)] == "PERSON":
            whole |= dict.fromkeys(form(name), name.first)
    return whole


def find_early(names: list[Name], placed: set[Name], whole: dict[str, int]) -> set[Name]:
    """Mentions of a place before the article names somebody so in full, where one of them is `placed` ("Moscow and Washington met. | Washington said …",
    and only then of Petra Washington)."""
    early = [name for name in names if len(name.words) == 1 and name.first < whole.get(form(name)[0], 0)]
    told = {form(name) for name in early if name in placed}
    return {name for name in early if form(name) in told}


def is_told_settled(parse: Parse, name: Name) -> bool:
    """Whether an apposition says that a name is a settlement's ("Lincoln, a small | town of 4,000")."""
    if parse.words[name.last : name.last + 1] != [","] or parse.words[name.last + 1 : name.last + 2] not in (
        ["a"],
        ["the"],
    ):
        return False
    for token in range(name.last + 2, min(len(parse) - 1, name.last + LONGEST_APPOSITION)):
        if parse.words[token] in SETTLEMENTS:
            return parse.words[token + 1] in (",", ".", "in", "near", "of", "on", "that", "where", "with")
        if parse.tags[token] not in ("JJ", "JJS", "NN", "VBN", "HYPH"):
            return False
    return False


def is_of_place(parse: Parse, name: Name, types: dict[Form, str]) -> bool:
    """Whether "and" joins a name with that of a place of one word ("Washington and Moscow"), or it does something to what is its own ("Jordan
    closed its border")."""
    root = name.last - 1
    things = (token for token in parse.children[parse.heads[root]] if parse.deps[token] == "dobj")
    is_acting = parse.deps[root] == "nsubj"
    if is_acting and any(parse.words[owner] == "its" for thing in things for owner in parse.children[thing]):
        return True
    beside = (parse.words[name.first - 2 : name.first], parse.words[name.last : name.last + 2][::-1])
    return any(len(two) == 2 and two[1] == "and" and types.get((two[0],)) in PLACE_LABELS for two in beside)


def follow_ships(types: dict[Form, str]) -> None:
    """A ship's name without the word before it is the ship's, too ("the Gibe" beside "MV Gibe")."""
    for key in [key for key in types if len(key) > 1 and key[0] in read_ship_words()]:
        if key[1:] in types:
            types[key[1:]] = types[key]
