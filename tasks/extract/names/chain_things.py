"""Which names of organisations, places and other things in one article are one: short forms and acronyms."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache
from itertools import pairwise

from quotidian.tasks.extract.names.countries import find_country, split_country
from quotidian.tasks.extract.names.institutions import JOINING, is_generic
from quotidian.tasks.extract.names.mentions import Form, Name, form
from quotidian.tasks.extract.names.name_types import read_places, read_ship_words
from quotidian.tasks.extract.parsing.parse import Parse
from quotidian.tasks.store.facts import read_facts

SMALL_WORDS = frozenset(["of", "the", "and", "for", "in", "on", "to", "de", "la", "del", "von", "van", "al-"])
ACRONYM_LENGTHS = range(2, 9)
"""Letters of an acronym that may stand for the initials of a longer name."""
OWNING = frozenset(("of", "for", "in", "and"))
SHORTENED = frozenset(("ORG", "FAC", "EVENT", "LAW", "WORK_OF_ART"))
"""Types of names that are shortened to a part of them."""
NEVER_HEADS = frozenset(
    (
        "department",
        "group",
        "company",
        "corporation",
        "corp",
        "inc",
        "ltd",
        "co",
        "holdings",
        "plc",
        "llc",
        "ag",
        "sa",
        "fc",
    )
)
"""Words at the end of a name that are left out without changing what it names ("Staunton Police | Department")."""


@cache
def read_known_acronyms() -> dict[str, frozenset[Form]]:
    """Acronym without stops, in small letters -> full names of seeds/alias_organisations.csv that it stands for."""
    known = defaultdict(set)
    for row in read_facts("alias_organisations"):
        alias = row["alias"].replace(".", "")
        if alias.isupper() and len(alias) in ACRONYM_LENGTHS:
            known[alias.lower()].add(tuple(row["name"].lower().replace(".", "").split()))
    return {acronym: frozenset(names) for acronym, names in known.items()}


def chain_things(parse: Parse, names: list[Name], types: dict[Form, str]) -> list[list[Name]]:
    """Names of one thing together, in the order of the text."""
    parents = find_full_forms(parse, names, types)
    groups: dict[Form, list[Name]] = {}
    for name in names:
        groups.setdefault(parents.get(form(name), form(name)), []).append(name)
    return list(groups.values())


def find_full_forms(parse: Parse, names: list[Name], types: dict[Form, str]) -> dict[Form, Form]:
    """For each short form the full form that it stands for, where the article leaves one choice."""
    counts = Counter(form(name) for name in names)
    by_word, by_initials = index_forms(counts)
    parents = find_defined(parse, names)
    for short in counts:
        if short in parents:
            continue
        fuller = [full for full in by_word[short[0]] if len(full) > len(short) and is_short_form(short, full, types)]
        fuller = fuller or find_singular(short, types)
        if not fuller and len(short) == 1 and len(short[0]) in ACRONYM_LENGTHS:
            fuller = [
                full for full in by_initials[short[0]] if types[full] != "PERSON" and may_stand_for(short[0], full)
            ]
        if fuller and not are_rivals(short, fuller):
            parents[short] = max(fuller, key=lambda full: (counts[full], len(full)))
    return {short: follow(parents, short) for short in parents}


def are_rivals(short: Form, fuller: list[Form]) -> bool:
    """Whether the full forms of an institution's bare name are those of two places ("Police Department" beside those of Wexhill and
    Dornby)."""
    if len(fuller) < 2 or not is_generic(short):
        return False
    rests = [frozenset(full) - set(short) - JOINING for full in fuller]
    return any(not (left <= right or right <= left) for left, right in pairwise(rests))


def find_defined(parse: Parse, names: list[Name]) -> dict[Form, Form]:
    """Acronyms that the article defines in brackets: "the World Bank Group (WBG)", "MAG (Ministry of Agriculture)"."""
    defined: dict[Form, Form] = {}
    for left, right in pairwise(names):
        is_bracketed = right.first == left.last + 1 and parse.words[left.last] == "("
        closes = parse.words[right.last : right.last + 1] == [")"]
        if is_bracketed and closes and len(left.words) > 1 and is_acronym(right) and may_define(left, right):
            defined[form(right)] = form(left)
        elif is_bracketed and closes and len(right.words) > 1 and is_acronym(left) and has_letters(right, left):
            defined[form(left)] = form(right)
    return defined


def is_acronym(name: Name) -> bool:
    """Whether a name is one word of capitals."""
    word = "".join(name.words).replace(".", "")
    return len(name.words) == 1 and len(word) in ACRONYM_LENGTHS and word[:-1].isupper()


def may_define(full: Name, short: Name) -> bool:
    """Whether a bracketed acronym may stand for the name before it: an organisation, or a name with its letters."""
    return full.label == "ORG" or has_letters(full, short)


def has_letters(full: Name, short: Name) -> bool:
    """Whether the letters of an acronym stand in a name in their order, the first one first."""
    letters = iter("".join(full.words).lower())
    word = "".join(short.words).replace(".", "").lower()
    return full.words[0][:1].lower() == word[:1] and all(letter in letters for letter in word)


def may_stand_for(acronym: str, full: Form) -> bool:
    """Whether an acronym may mean a name that has its initials: one that is generally known by it means that only."""
    known = read_known_acronyms().get(acronym)
    bare = tuple(word for word in full if word != "the")
    return known is None or bare in known


def index_forms(forms: Iterable[Form]) -> tuple[dict[str, list[Form]], dict[str, list[Form]]]:
    """Forms by each word that they hold, and the longer ones by their initials."""
    by_word, by_initials = defaultdict(list), defaultdict(list)
    for full in forms:
        for word in dict.fromkeys(full):
            by_word[word].append(full)
        if len(full) > 1:
            by_initials["".join(w[0] for w in full if w not in SMALL_WORDS and w[0].isalnum())].append(full)
    return by_word, by_initials


def find_singular(short: Form, types: dict[Form, str]) -> list[Form]:
    """The name without an s that a lost apostrophe left ("North Koreas actions"), where the article has it too."""
    bare = (*short[:-1], short[-1][:-1])
    return [bare] if short[-1].endswith("s") and types.get(bare) in ("PERSON", "GPE") else []


def follow(parents: dict[Form, Form], key: Form) -> Form:
    """Where a chain of short forms ends."""
    seen = set()
    while key in parents and key not in seen:
        seen.add(key)
        key = parents[key]
    return key


def is_short_form(short: Form, full: Form, types: dict[Form, str]) -> bool:
    """Whether some words of a name stand for it: those that keep its head, and are no name in their own right."""
    if types[short] == types[full] and full[0] in read_ship_words():
        return short == full[1:]
    if types[short] != types[full] or types[full] not in SHORTENED or len(short) < 2:
        return False
    if short in read_places() or find_country(" ".join(short)):
        return False
    rest = full[len(short) :]
    if short == full[: len(short)]:
        return all(word in NEVER_HEADS for word in rest) or is_country_behind(full, short) or goes_on(short, rest)
    before = full[: -len(short)]
    return (
        short == full[-len(short) :] and not is_owner(before) and not (short[0] == "bank" and before[-1] == "central")
    )


def is_owner(before: Form) -> bool:
    """Whether what stands before the end of a name makes that end another thing, to which it belongs ("Food Office of the |
    United Nations")."""
    bare = [word for word in before if word != "the"]
    return bool(bare) and bare[-1] in OWNING


def is_country_behind(full: Form, short: Form) -> bool:
    """Whether the short form lacks nothing but the country ("Supreme Court | of Uganda")."""
    bare, country = split_country(list(full))
    return country is not None and tuple(bare) == short


def goes_on(short: Form, rest: Form) -> bool:
    """Whether a name of several words with "of" is only longer in the full form ("Academy of Motion Picture Arts | and
    Sciences"); of two words behind the "of" at least, since a ministry may be another one's half."""
    place = next((n for n, word in enumerate(short) if word in ("of", "for")), len(short))
    return rest[0] in ("and", ",", "&") and len(short) - place > 2
