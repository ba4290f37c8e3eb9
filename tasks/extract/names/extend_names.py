"""Names that the recogniser found in part: a surname without its given name, a court without its town, a party without its country."""

from quotidian.tasks.extract.names.countries import find_country
from quotidian.tasks.extract.names.given_names import is_given
from quotidian.tasks.extract.names.mentions import (
    Name,
    is_headline,
    is_small,
    make_name,
    read_body_words,
    read_titles,
    replace_names,
)
from quotidian.tasks.extract.names.name_types import (
    read_organisation_words,
    read_organisations,
    read_places,
    read_thing_words,
)
from quotidian.tasks.extract.names.reshape_names import has_office
from quotidian.tasks.extract.parsing.parse import Parse
from quotidian.tasks.extract.quotes.grammar import PROPER_NOUNS, WEEKDAYS

UNSURE = frozenset(("ORG", "GPE", "LOC", "FAC", "PRODUCT", "WORK_OF_ART", "NORP"))
"""Types that the recogniser gives to names of people that it has not seen."""
PLACES = frozenset(("GPE", "LOC"))
ARTICLES = frozenset(("the", "a", "an"))
"""Words that stand before things ("the Charlotte Observer")."""
LONGEST_PERSON = 5
MIDDLE = 3
"""Words at most between a place and the last word of its institution ("Nigeria | Labour | Congress")."""
COURTS = frozenset(("court", "courts"))
SERVING = frozenset(
    (
        "association",
        "campaign",
        "center",
        "centre",
        "coalition",
        "council",
        "foundation",
        "fund",
        "institute",
        "network",
        "society",
        "trust",
    )
)
"""Last words of organisations that go on with what they serve ("Centre for Public Policy"), or are called after two people."""


CALLED = frozenset(
    (
        "academy",
        "airport",
        "award",
        "awards",
        "center",
        "centre",
        "clinic",
        "college",
        "conservatory",
        "fellowship",
        "foundation",
        "fund",
        "hospital",
        "initiative",
        "institute",
        "laboratory",
        "library",
        "lab",
        "memorial",
        "museum",
        "observatory",
        "orchestra",
        "prize",
        "project",
        "scholarship",
        "school",
        "seminary",
        "society",
        "stadium",
        "studio",
        "theater",
        "theatre",
        "trust",
        "university",
    )
)
"""Last words of what is called after people, and never a person's last word."""
LONGEST_CALLED = 6
"""Words behind a person's name that what is called after him may have."""


def extend_names(parse: Parse, names: list[Name]) -> list[Name]:
    """The names, each with the words of it that stand right before and behind; in the order of the text."""
    names = join_called(parse, names)
    extended: list[Name] = []
    for index, name in enumerate(names):
        if extended and name.first < extended[-1].last:
            continue
        free_until = names[index + 1].first if index + 1 < len(names) else len(parse)
        before = extended[-1] if extended else None
        whole = join_institution(parse, before, name)
        if whole:
            extended.pop()
        else:
            whole = extend_person(parse, name, before.last if before else 0, free_until)
        extended.append(extend_purpose(parse, extend_court(parse, whole)))
    return add_people(parse, extended)


def join_called(parse: Parse, names: list[Name]) -> list[Name]:
    """The names, with what is called after a person in place of the person ("the Yale Paul Tsai | China | Center")."""
    wholes: list[Name] = []
    for index, name in enumerate(names):
        last = find_called(parse, names, index) if name.label == "PERSON" else None
        if last is not None and not is_title_case(parse, names, name.first, last):
            first = find_founder(parse, name.first, last)
            if not wholes or wholes[-1].last <= first:
                wholes.append(make_name(parse, first, last, "ORG"))
    return replace_names(names, wholes)


def find_called(parse: Parse, names: list[Name], index: int) -> int | None:
    """The token behind the word that says what is called after a person, where nothing but capitals stand before it; a body that has a name of
    its own ("the Trump | Justice Center") only where the person has a full name behind "the"."""
    name, follower = names[index], names[index + 1 : index + 2]
    ends = range(name.last, min(len(parse), name.last + LONGEST_CALLED))
    for token in ends:
        if not is_proper(parse, token) or parse.sentence_of[token] != parse.sentence_of[name.first]:
            return None
        if parse.words[token] in CALLED and not (token + 1 < len(parse) and parse.words[token + 1] in CALLED):
            is_body = follower and follower[0].first == name.last and follower[0].last > token
            is_body = is_body and follower[0].label != "PERSON" and len(follower[0].words) > 1
            is_whole = len(name.words) > 1 and name.first > 0 and parse.words[name.first - 1] == "the"
            return token + 1 if is_whole or not is_body else None
    return None


def is_title_case(parse: Parse, names: list[Name], first: int, last: int) -> bool:
    """Whether most words of a sentence have capitals that are part of no name, so that a name need not go on."""
    start, end = parse.sentence_range(parse.sentence_of[first])
    named = {token for name in names for token in range(name.first, name.last)} | set(range(first, last))
    others = [place for place in range(start, end) if parse.words[place].isalpha() and place not in named]
    return 2 * sum(not is_small(parse, place) for place in others) > len(others)


def find_founder(parse: Parse, first: int, last: int) -> int:
    """First token of what is called after a person, with the proper nouns before the name that belong to it ("Harvard | Joseph Lorne Asia
    Center")."""
    while first > 0 and is_proper(parse, first - 1) and first <= parse.heads[first - 1] < last:
        word = parse.words[first - 1].rstrip(".")
        if (
            parse.sentence_of[first - 1] != parse.sentence_of[first]
            or word in read_titles()
            or is_day(parse, first - 1)
        ):
            break
        first -= 1
    return first


def add_people(parse: Parse, names: list[Name]) -> list[Name]:
    """The names, and the people that the recogniser overlooked: a given name and a surname among small words."""
    covered = {token for name in names for token in range(name.first, name.last)}
    added = []
    for token in range(len(parse) - 1):
        if token in covered or parse.tags[token] not in PROPER_NOUNS:
            continue
        count = next((count for count in (2, 3) if is_lone_name(parse, token, token + count, covered)), 0)
        if count:
            added.append(make_name(parse, token, token + count, "PERSON"))
            covered.update(range(token, token + count))
    return sorted([*names, *added], key=lambda name: name.first) if added else names


def is_lone_name(parse: Parse, token: int, last: int, covered: set[int]) -> bool:
    """Whether one or two given names and a surname are the tokens up to another one, with no capital before them but a title's or that of an
    office's place, and none behind."""
    if last > len(parse) or not covered.isdisjoint(range(token, last)):
        return False
    if not all(is_first_name(parse, given, last) for given in range(token, last - 1)) or not is_surname(
        parse, last - 1
    ):
        return False
    before = parse.words[token - 1] if token and parse.sentence_of[token - 1] == parse.sentence_of[token] else ""
    place = find_place(parse, token)
    if before and place < token and has_office(parse, place):
        return ("first", parse.words[place]) not in read_thing_words()
    is_role = before.rstrip(".") in read_titles() or before in read_body_words()
    is_alone = not before or is_role or is_small(parse, token - 1)
    return is_alone and before not in ARTICLES and token - 1 not in covered


def find_place(parse: Parse, token: int) -> int:
    """First token of the capitals before a name: of the country or town of an office ("Finance minister of | Arvania | Petra Holm")."""
    first = token
    while first > 0 and is_proper(parse, first - 1) and parse.sentence_of[first - 1] == parse.sentence_of[token]:
        first -= 1
    return first


def extend_person(parse: Parse, name: Name, free_from: int, free_until: int) -> Name:
    """A person's name with the given name before it ("Rafael | Barón Herazo") and the surname behind it ("Marisela Sosa |
    Ravelo"), whatever type the recogniser saw; any other name as it is."""
    if name.label != "PERSON" and (
        name.label not in UNSURE or is_thing(name) or not is_capital_word(parse, name.first)
    ):
        return name
    first, last = name.first, name.last
    while first > free_from and last - first < LONGEST_PERSON and is_first_name(parse, first - 1, last):
        first -= 1
    is_named = first < name.first or name.label == "PERSON" or is_given(parse.words[first])
    may_go_on = is_named and not (name.label != "PERSON" and first == name.first and len(name.words) > 1)
    while may_go_on and last < free_until and last - first < LONGEST_PERSON and is_surname(parse, last):
        last += 1
    if (first, last) != (name.first, name.last) and is_headline(parse, first):
        first, last = name.first if first == free_from > 0 else first, name.last
    is_of_thing = name.label != "PERSON" and first and parse.words[first - 1] in ARTICLES
    if is_of_thing or (first, last) == (name.first, name.last):
        return name
    return make_name(parse, first, last, "PERSON")


def is_thing(name: Name) -> bool:
    """Whether lists know a name, or its last word, as that of a place or an organisation."""
    key = tuple(word.lower().replace(".", "") for word in name.words)
    is_listed = key in read_places() or key in read_organisations() or bool(find_country(" ".join(key)))
    return is_listed or is_thing_word(key[-1]) or is_thing_word(key[0]) or any(not word.isalpha() for word in key)


def is_thing_word(word: str) -> bool:
    """Whether a word, in small letters, tells an institution, an organisation or another thing."""
    return word in read_body_words() or word in read_organisation_words() or ("last", word) in read_thing_words()


def is_first_name(parse: Parse, token: int, last: int) -> bool:
    """Whether a token is the given name of what follows: a listed one in capitals, of the same sentence, no title, no place, no day."""
    word = parse.words[token]
    is_name = parse.tags[token] in PROPER_NOUNS and is_capital_word(parse, token) and is_given(word)
    return is_name and not is_other_word(word) and not is_day(parse, token) and is_one_phrase(parse, token, last - 1)


def is_day(parse: Parse, token: int) -> bool:
    """Whether a token is a day on which something happens, not a name ("On Sunday | Anna Berg said")."""
    return parse.words[token] in WEEKDAYS and token > 0 and parse.words[token - 1] == "on"


def is_surname(parse: Parse, token: int) -> bool:
    """Whether a token ends the person's name before it: a proper noun of the same phrase that names nothing else."""
    word = parse.words[token]
    is_name = parse.tags[token] == "NNP" and is_capital_word(parse, token)
    is_followed = token + 1 < len(parse) and is_proper(parse, token + 1)
    return is_name and not is_other_word(word) and not is_followed and is_one_phrase(parse, token - 1, token)


def is_other_word(word: str) -> bool:
    """Whether a word, in small letters, is a title, or names a thing or a place."""
    return word in read_titles() or is_thing_word(word) or bool(find_country(word)) or (word,) in read_places()


def is_capital_word(parse: Parse, token: int) -> bool:
    """Whether a token is a word of letters with one capital, the first."""
    word = parse.view[parse.starts[token] : parse.ends[token]]
    return len(word) > 1 and word.isalpha() and word[0].isupper() and not word.isupper()


def is_one_phrase(parse: Parse, left: int, right: int) -> bool:
    """Whether two tokens stand in one sentence and the left one belongs to the right one, or to its head."""
    if parse.sentence_of[left] != parse.sentence_of[right]:
        return False
    head = parse.heads[left]
    return (
        left < head <= right
        or head == parse.heads[right] == right + 1
        or (parse.heads[right] == left and parse.deps[right] in ("appos", "flat"))
    )


def join_institution(parse: Parse, place: Name | None, name: Name) -> Name | None:
    """The institution that starts with a place ("Nigeria Labour Congress") or ends in a country ("Communist Party of Cuba")."""
    if place is None or parse.sentence_of[place.first] != parse.sentence_of[name.last - 1]:
        return None
    is_behind = place.label in PLACES and name.label == "ORG" and name.words[-1].lower() in read_organisation_words()
    middle = range(place.last, name.first)
    if is_behind and len(middle) <= MIDDLE and all(is_proper(parse, token) for token in middle):
        return make_name(parse, place.first, name.last, "ORG") if middle or len(name.words) > 1 else None
    between = parse.words[place.last : name.first]
    is_of = between in (["of"], ["of", "the"]) and name.label == "GPE" and bool(find_country(" ".join(name.words)))
    if is_of and place.label == "ORG" and len(place.words) > 1 and place.words[-1].lower() in read_organisation_words():
        return make_name(parse, place.first, name.last, "ORG")
    return make_name(parse, place.first, name.last, "ORG") if is_of_two(parse, place, name) else None


def is_of_two(parse: Parse, first: Name, name: Name) -> bool:
    """Whether two names are one organisation that is called after two people ("the Ann | and | Peter Holm Trust")."""
    between, before = parse.words[first.last : name.first], parse.words[first.first - 1] if first.first else ""
    is_pair = between in (["and"], ["&"]) and len(first.words) == 1 and is_given(parse.words[first.first])
    return is_pair and before == "the" and name.words[-1].lower() in read_organisation_words() | SERVING


def extend_purpose(parse: Parse, name: Name) -> Name:
    """An organisation with what it serves ("Ann Lee Foundation | for the Visual Arts"): two or more words with capitals that are
    themselves no organisation, people or place."""
    last = name.last
    if name.label != "ORG" or name.words[-1].lower() not in SERVING or parse.words[last : last + 1] != ["for"]:
        return name
    start = last + 1 + (parse.words[last + 1 : last + 2] == ["the"])
    end = start
    while (
        end < len(parse)
        and parse.sentence_of[end] == parse.sentence_of[last]
        and (is_proper(parse, end) or (end > start and parse.words[end] in ("and", "&", "of")))
    ):
        end += 1
    while end > start and not is_proper(parse, end - 1):
        end -= 1
    words = parse.words[start:end]
    if len(words) < 2:
        return name
    is_other = any(find_country(word) or is_given(word) for word in words) or ("last", words[-1]) in read_thing_words()
    return name if is_other else make_name(parse, name.first, end, "ORG")


def is_proper(parse: Parse, token: int) -> bool:
    return parse.tags[token] in PROPER_NOUNS and not is_small(parse, token)


def extend_court(parse: Parse, name: Name) -> Name:
    """A court whose name the possessive cut short ("Booysens Magistrate | 's Court")."""
    behind = parse.words[name.last : name.last + 2]
    is_court = len(behind) > 1 and behind[0] in ("'s", "'", "’s", "’") and behind[1] in COURTS
    if is_court and not is_small(parse, name.last + 1) and parse.words[name.last - 1].startswith("magistrate"):
        return make_name(parse, name.first, name.last + 2, "ORG")
    return name
