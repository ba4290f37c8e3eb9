"""Names that the recogniser ran together or tore apart: two institutions in one, a person behind his office, a name in two."""

from functools import cache

from quotidian.tasks.extract.names.countries import find_country, fold_place, read_countries
from quotidian.tasks.extract.names.given_names import is_given
from quotidian.tasks.extract.names.institutions import read_institution_words
from quotidian.tasks.extract.names.mentions import (
    PARTICLES,
    SURNAMES_TOO,
    Name,
    is_headline,
    is_small,
    make_name,
    read_body_words,
    read_titles,
)
from quotidian.tasks.extract.names.name_types import read_organisation_words, read_organisations, read_thing_words
from quotidian.tasks.extract.parsing.parse import Parse
from quotidian.tasks.store.facts import read_facts

HOLDERS = frozenset(("ORG", "FAC", "WORK_OF_ART", "PRODUCT", "EVENT", "LAW", "LOC"))
"""Types that the recogniser gives to an office with its holder ("Special Envoy Hammer")."""
PARKS = frozenset(("LOC", "FAC", "ORG", "GPE", "PERSON"))
PARK_WORDS = frozenset(
    ("national", "state", "wildlife", "biological", "forest", "marine", "nature", "park", "reserve", "refuge")
)
"""Words of a park's name that are none without the name before them ("Manuel Antonio | National Park")."""
FINITE = frozenset(("VBD", "VBZ", "VBP"))
"""Tags of verbs that say what somebody does."""
GLUED_TAGS = frozenset(("CC", "DT", "IN", "WRB", "WP", "MD", "PRP"))
"""Tags of words that open a sentence and are no part of a name."""
SHORTEST_SHOUT = 4
"""Letters of a word in capitals that a headline sets before a name ("EXCLUSIVE"); shorter ones may be initials."""
MINISTERS = frozenset(("minister", "ministers"))
TOWN_OFFICES = frozenset(("mayor", "governor", "archbishop", "bishop"))
SAINTS = frozenset(("san", "santa", "santo", "saint", "st", "st.", "são", "sao", "port", "fort", "new", "los", "las"))
"""Words before a given name that are the place's with it ("San Luis")."""
LONGEST_OFFICE = 8
"""Tokens of an office before its place ("Minister of Defence and Security of the | Czech Republic")."""
OFFICE_JOINTS = frozenset(("of", "for", "and", "the", ","))
HEADS = frozenset(("head", "rector", "dean"))
"""Offices that are no titles before a name."""
SHARED_HEADS = frozenset(("party", "union", "force", "forces", "congress"))
"""Heads of institutions' names that also stand before whom a body is called after."""
LEAST_BODY = 2
"""Words of a body before the one who leads it; of one alone nobody is told apart ("Republic")."""
LONGEST_PERSON = 4
NOBLE = 2
"""Words behind "King" and the like that are a person although no list knows the given name."""


def reshape_names(parse: Parse, names: list[Name]) -> list[Name]:
    """The names cut where two stand in one, and joined where one stands in two; in the order of the text."""
    names = cut_headlines(parse, [strip_verb(parse, strip_glued(parse, strip_rank(parse, name))) for name in names])
    singles = {name.words[0].lower() for name in names if len(name.words) == 1}
    names = [piece for name in names for piece in cut_leader(parse, name, singles)]
    surnames = {name.words[-1].lower() for name in names if name.label == "PERSON" and len(name.words) > 1}
    pieces = [piece for name in names for piece in cut_name(parse, name, surnames, singles)]
    joined: list[Name] = []
    for name in (widen_country(parse, piece) for piece in pieces):
        if joined and name.first < joined[-1].last:
            continue  # the other half of a country
        if joined and are_one(parse, joined[-1], name):
            joined[-1] = make_name(parse, joined[-1].first, name.last, name.label)
        else:
            joined.append(name)
    return joined


def strip_glued(parse: Parse, name: Name) -> Name:
    """A person's name without the small word that a sentence starts with ("Plus | Obama is naming …", "Another | Ann Lee"), without the
    headline's word in capitals ("EXCLUSIVE | Ann Lee"), and without what somebody does ("Cellist | Ann Lee")."""
    if name.label != "PERSON" or len(name.words) < 2 or is_given(parse.words[name.first]):
        return name
    is_role = len(name.words) > 2 and name.words[0].lower() in read_roles() and is_given(parse.words[name.first + 1])
    word, *others = name.words
    is_shout = len(word) >= SHORTEST_SHOUT and word.isalpha() and word.isupper() and len(others) > 1
    is_shout = is_shout and not any(other.isupper() for other in others)
    is_glued = parse.tags[name.first] in GLUED_TAGS or is_shout or is_role
    return make_name(parse, name.first + 1, name.last, "PERSON") if is_glued else name


@cache
def read_roles() -> frozenset[str]:
    """What people do, of seeds/role_fields.csv, in small letters."""
    return frozenset(row["role"] for row in read_facts("role_fields") if row["kind"] == "role")


def strip_rank(parse: Parse, name: Name) -> Name:
    """A body without the rank of its member behind it, of which the recogniser made a person ("Troy Police | Lt")."""
    words = parse.words[name.first : name.last]
    is_rank = name.label in HOLDERS | {"PERSON"} and len(words) > 2 and words[-1].rstrip(".") in read_titles()
    return make_name(parse, name.first, name.last - 1, "ORG") if is_rank and is_head(words[-2]) else name


def strip_verb(parse: Parse, name: Name) -> Name:
    """A person's name without the small verb that follows it ("Berg | went on")."""
    verbs = (
        token
        for token in range(name.first + 1, name.last)
        if parse.tags[token] in FINITE
        and parse.words[token] not in PARTICLES
        and parse.view[parse.starts[token]].islower()
    )
    is_going_on = parse.words[name.last - 2 : name.last] in (["went", "on"], ["goes", "on"])
    last = next(verbs, None) if name.label == "PERSON" or is_going_on else None
    return name if last is None else make_name(parse, name.first, last, "PERSON")


def cut_headlines(parse: Parse, names: list[Name]) -> list[Name]:
    """People in headlines without the words behind their names ("Ann Lee Explained | Why …"), which other sentences tell."""
    people = [name for name in names if name.label == "PERSON"]
    long = {name for name in people if name.last - name.first > 2 and is_headline(parse, name.first)}
    if not long:
        return names
    told = {tuple(parse.words[name.first : name.last]) for name in people if not is_headline(parse, name.first)}
    surnames = {words[-1:] for words in told if not is_given(words[-1])}
    return [cut_headline(parse, name, told, surnames) if name in long else name for name in names]


def cut_headline(parse: Parse, name: Name, told: set[tuple[str, ...]], surnames: set[tuple[str, ...]]) -> Name:
    """The longest beginning of a name that is a name in another sentence, or a surname there; the name where there is none."""
    words = tuple(parse.words[name.first : name.last])
    ends = (end for end in range(len(words), 0, -1) if words[:end] in (told if end > 1 else surnames))
    return make_name(parse, name.first, name.first + next(ends, len(words)), "PERSON")


def widen_country(parse: Parse, name: Name) -> Name:
    """The whole of a country's name of which a hyphen left the first half ("Guinea|-Bissau", which is not Guinea)."""
    last = name.last + 2
    if parse.words[name.last : name.last + 1] != ["-"] or last > len(parse.words):
        return name
    whole = fold_place(parse.view[parse.starts[name.first] : parse.ends[last - 1]])
    is_country = read_countries().get(whole, ("", ""))[1] == "name"
    return make_name(parse, name.first, last, "GPE") if is_country else name


def are_one(parse: Parse, left: Name, right: Name) -> bool:
    """Whether a given name and a surname ("Hassan Sheikh | Mohamud"), or a place and its institution ("Western Cape | High
    Court"), were taken for two."""
    if left.last != right.first or parse.sentence_of[left.first] != parse.sentence_of[right.first]:
        return False
    if left.label == right.label == "PERSON":
        is_part = parse.deps[left.last - 1] == "compound" and parse.heads[left.last - 1] == right.last - 1
        return is_part and len(right.words) == 1 and len(left.words) < LONGEST_PERSON
    if right.label in PARKS and len(right.words) > 1 and PARK_WORDS.issuperset(word.lower() for word in right.words):
        return True
    is_institution = len(right.words) > 1 and all(word.lower() in read_body_words() for word in right.words)
    return left.label == "GPE" and right.label == "ORG" and is_institution


def cut_name(parse: Parse, name: Name, surnames: set[str], singles: set[str]) -> list[Name]:
    """The names that stand in one span; the office of a person is none of them."""
    behind = find_behind_place(parse, name)
    if behind:
        words = parse.words[name.first : behind]
        is_minister = parse.words[name.first - 2] in MINISTERS and not find_country(" ".join(words))
        body = make_name(parse, name.first, behind, "ORG" if tuple(words) in read_organisations() else "GPE")
        person = make_name(parse, behind, name.last, "PERSON")
        return [person] if is_minister else [body, person]
    if name.label not in HOLDERS or len(name.words) < 2:
        return [name]
    if parse.words[name.first] in PARTICLES and parse.words[name.last - 1] in surnames:
        return [make_name(parse, name.first, name.last, "PERSON")]
    town = find_town_before(parse, name)
    if town:
        return [make_name(parse, name.first, town, "GPE"), make_name(parse, town + 1, name.last, name.label)]
    cut = find_slash(parse, name) or find_second_institution(parse, name)
    if cut:
        return [make_name(parse, name.first, cut, name.label), make_name(parse, cut + 1, name.last, name.label)]
    start = find_holder(parse, name, surnames) or find_titled_given(parse, name, singles)
    if start is None:
        return [name]
    person = make_name(parse, start, name.last, "PERSON")
    is_apart = parse.words[start - 1] == ","
    return [make_name(parse, name.first, start - 1, name.label), person] if is_apart else [person]


def find_behind_place(parse: Parse, name: Name) -> int | None:
    """First token of who holds an office, behind the country or town, or the listed firm, of it ("President of | Ukraine | Anna Berg", as machine
    translation has it), or behind whatever a minister is of."""
    if not has_office(parse, name.first):
        return None
    office = parse.words[name.first - 2]
    is_known = office in MINISTERS or (office in TOWN_OFFICES and not is_given(parse.words[name.first]))
    for start in range(name.last - 2, name.first, -1):
        place = parse.words[name.first : start]
        is_place = (
            (is_known and place[-1] not in SAINTS)
            or find_country(" ".join(place))
            or tuple(place) in read_organisations()
        )
        if is_place and is_given(parse.words[start]) and may_be_person(parse, start, name.last, set()):
            return start
    return None


def cut_leader(parse: Parse, name: Name, singles: set[str]) -> list[Name]:
    """A body and who leads it, behind his office and without a comma between them ("the president of | Banco Solano | Teresa Ibarra", as machine translation has
    it); `singles` are the names of one word of the text. A body may be called after somebody ("the Hospital Regional Ana Lee"): it is not, where its name
    is over with "… of …" or the word for what it is, or where the text has the surname alone."""
    if name.label not in HOLDERS or len(name.words) < 1 + LEAST_BODY or not has_office(parse, name.first):
        return [name]
    start = next(
        (place for place in range(name.first + 1, name.last - 1) if starts_leader(parse, place, name.last)), None
    )
    if start is None:
        return [name]
    body = parse.words[name.first : start]
    is_over = not {"of", "for"}.isdisjoint(body) or is_last_word(body[-1]) or parse.words[name.last - 1] in singles
    if len(body) < LEAST_BODY or not is_over or tuple(parse.words[name.first : name.last]) in read_organisations():
        return [name]
    return [make_name(parse, name.first, start, "ORG"), make_name(parse, start, name.last, "PERSON")]


def starts_leader(parse: Parse, token: int, last: int) -> bool:
    """Whether a given name with all that follows in a span is a person, and none of the words before it ("San | Martin")."""
    before = parse.words[token - 1]
    is_bound = before in SAINTS or before in PARTICLES or before in OFFICE_JOINTS or before in read_titles()
    return not is_bound and is_given(parse.words[token]) and may_be_person(parse, token, last, set())


def find_town_before(parse: Parse, name: Name) -> int | None:
    """The "the" behind a place with which an institution starts ("In Ankara | the Finance Ministry")."""
    for token in range(name.first + 1, name.last - 1):
        if parse.words[token] == "the" and is_small(parse, token):
            return token if find_country(" ".join(parse.words[name.first : token])) else None
    return None


def find_slash(parse: Parse, name: Name) -> int | None:
    """A stroke between two names ("Harbour Journal/KTV News"), one of which has several words."""
    for token in range(name.first + 1, name.last - 1):
        if parse.words[token] == "/" and len(name.words) > 3:
            return token
    return None


def find_second_institution(parse: Parse, name: Name) -> int | None:
    """The "and" between two institutions ("National Assembly and National Council of Provinces")."""
    for token in range(name.first + 2, name.last - 2):
        right = parse.words[token + 1 : name.last]
        is_second = right[0] == parse.words[name.first] or "of" in right
        if parse.words[token] == "and" and is_head(parse.words[token - 1]) and is_second and any(map(is_head, right)):
            return token
    return None


def is_head(word: str) -> bool:
    """Whether an institution may be called by a word alone with its country ("assembly")."""
    return word in read_organisation_words()


def is_last_word(word: str) -> bool:
    """Whether a body's name ends in a word wherever it stands: it is called after nobody behind it ("Solano University | Ana Lee")."""
    return word == "university" or (read_institution_words().get(word, False) and word not in SHARED_HEADS)


def find_holder(parse: Parse, name: Name, surnames: set[str]) -> int | None:
    """First token of the person who stands behind an office within a name: behind a title, a people, a comma, or "President of the"."""
    for start in range(name.last - 1, name.first, -1):
        before = parse.words[start - 1].rstrip(".")
        is_known = start == name.last - 1 and parse.words[start] in surnames
        is_titled = before in read_titles() and (before not in SURNAMES_TOO or is_given(parse.words[start]) or is_known)
        is_noble = before in SURNAMES_TOO and start - 1 == name.first and name.last - start == NOBLE
        if (is_titled or is_noble) and may_be_person(parse, start, name.last, surnames):
            return start
        is_people = start - 1 == name.first and read_countries().get(before, ("", ""))[1] == "people"
        is_office = (
            is_people
            or before == ","
            or (start - name.first <= 2 and before in read_body_words() and has_office(parse, name.first))
        )
        if is_office and is_given(parse.words[start]) and may_be_person(parse, start, name.last, set()):
            return start
    return None


def find_titled_given(parse: Parse, name: Name, singles: set[str]) -> int | None:
    """The given name behind a title, where the text has it alone, too ("Nurse | Petra")."""
    title, last = parse.words[name.first].rstrip("."), name.last - 1
    is_titled = len(name.words) == 2 and title in read_titles() and title not in SURNAMES_TOO
    return last if is_titled and parse.words[last] in singles and is_given(parse.words[last]) else None


def has_office(parse: Parse, token: int) -> bool:
    """Whether "President of the", "Minister of Labour of" or the like stands before a token."""
    before = parse.words[max(token - LONGEST_OFFICE, 0) : token]
    if before[-1:] == ["the"]:
        before.pop()
    if before[-1:] != ["of"]:
        return False
    for place in range(token - 1, max(token - LONGEST_OFFICE, 0) - 1, -1):
        word = parse.words[place]
        if parse.sentence_of[place] != parse.sentence_of[token]:
            return False
        if word.rstrip(".") in read_titles() or word in HEADS:
            return True
        if word not in OFFICE_JOINTS and is_small(parse, place):
            return False
    return False


def may_be_person(parse: Parse, first: int, last: int, surnames: set[str]) -> bool:
    """Whether tokens are one to four capitalised words, none of which names a thing; a single one is a known surname."""
    words = parse.words[first:last]
    if not 1 <= len(words) <= LONGEST_PERSON or not all(word.rstrip(".").isalpha() or word == "." for word in words):
        return False
    if any(is_small(parse, token) and parse.words[token] not in PARTICLES for token in range(first, last)):
        return False
    is_thing = any(word in read_body_words() or word in read_organisation_words() for word in words)
    is_thing = is_thing or ("last", words[-1]) in read_thing_words() or bool(find_country(words[-1]))
    return not is_thing and (len(words) > 1 or words[0] in surnames)
