"""Which names in one article are the same person, organisation or place, and of which type it is."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from quotidian.tasks.extract.names.mentions import Form, Name, form
from quotidian.tasks.extract.names.missed_names import add_missed_names
from quotidian.tasks.extract.names.name_types import decide_types
from quotidian.tasks.extract.parsing.parse import Parse

SUFFIXES = frozenset(("jr", "jr.", "sr", "sr.", "ii", "iii", "iv", ",", "-", "."))
SMALL_WORDS = frozenset(["of", "the", "and", "for", "in", "on", "to", "de", "la", "del", "von", "van", "al-"])

ACRONYM_LENGTHS = range(2, 7)
"""Letters of an acronym that may stand for the initials of a longer name."""


@dataclass(frozen=True, slots=True)
class Link:
    """A name with the index of its entity."""

    name: Name
    entity: int


@dataclass(frozen=True, slots=True)
class Linked:
    """All names of an article, and for each entity its canonical words and type."""

    links: list[Link]
    entity_names: list[tuple[Form, str]]


def link_names(parse: Parse, names: list[Name]) -> Linked:
    """Group the names of one article into entities, with one type for each form of a name."""
    names = add_missed_names(parse, names)
    types = decide_types(parse, names)
    parents = find_full_forms(types, names)
    groups: dict[Form, list[Name]] = {}
    for name in names:
        groups.setdefault(parents.get(form(name), form(name)), []).append(name)
    links, entities = [], []
    for index, (key, members) in enumerate(groups.items()):
        label = types[key]
        entities.append((choose_canonical(members), label))
        links += [Link(Name(name.first, name.last, label, name.words), index) for name in members]
    links.sort(key=lambda link: link.name.first)
    return Linked(links, entities)


def find_full_forms(types: dict[Form, str], names: list[Name]) -> dict[Form, Form]:
    """For each short form the full form that it stands for, where the article leaves one choice."""
    counts = Counter(form(name) for name in names)
    by_word, by_initials = index_forms(counts)
    parents = {}
    for short in counts:
        fuller = [full for full in by_word[short[0]] if len(full) > len(short) and is_short_form(short, full, types)]
        fuller = fuller or find_singular(short, types)
        if not fuller and len(short) == 1 and len(short[0]) in ACRONYM_LENGTHS:
            fuller = [full for full in by_initials[short[0]] if types[full] != "PERSON"]
        if fuller:
            parents[short] = max(fuller, key=lambda full: (counts[full], len(full)))
    return {short: follow(parents, short) for short in parents}


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
    """The name without an s that a lost apostrophe left ("the Blinkens meetings"), where the article has it too."""
    bare = (*short[:-1], short[-1][:-1])
    return [bare] if short[-1].endswith("s") and types.get(bare) in ("PERSON", "GPE") else []


def follow(parents: dict, key: Form) -> Form:
    seen = set()
    while key in parents and key not in seen:
        seen.add(key)
        key = parents[key]
    return key


def is_short_form(short: Form, full: Form, types: dict[Form, str]) -> bool:
    """Whether a person's short form is the surname or the name without middle names, or another's is its start or end."""
    if types[short] != types[full]:
        return False
    if types[full] == "PERSON":
        bare = tuple(word for word in full if word not in SUFFIXES and len(word) > 1)
        if len(short) == 1:
            return bool(bare) and short[0] in (bare[-1], bare[0])
        return short[0] == full[0] and short[-1] in (bare[-1:] or full[-1:])
    if types[full] in ("ORG", "FAC", "EVENT", "LAW", "WORK_OF_ART"):
        return len(short) > 1 and short in (full[-len(short) :], full[: len(short)])
    return False


def choose_canonical(members: list[Name]) -> Form:
    """The fullest form, of equal ones the most frequent, of these the first."""
    counts = Counter(name.words for name in members)
    return max(counts, key=lambda words: (len(words), counts[words]))
