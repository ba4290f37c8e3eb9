"""Short forms of names (a surname, an acronym, half a name) and the full names that they may stand for."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from quotidian.tasks.deduplicate.entities.institutions import cut_country, split_institution
from quotidian.tasks.deduplicate.entities.names import KEYS_KEPT, SUFFIXES, known_aliases, name_key, spell_words
from quotidian.tasks.extract.names.chain_things import NEVER_HEADS
from quotidian.tasks.extract.names.countries import find_country, split_country
from quotidian.tasks.extract.names.institutions import JOINING
from quotidian.tasks.extract.names.name_types import read_organisation_words, read_thing_words
from quotidian.tasks.store.facts import read_facts

PLACES = frozenset({"GPE", "LOC", "NORP"})
ORGANISATIONS = frozenset({"ORG", "PRODUCT", "EVENT", "LAW"})
SHORTEST_HEAD = 4
"""Letters of the word that says what a building is ("hall", "house")."""


class FullNames(NamedTuple):
    """Short key -> keys of the full names that it may stand for."""

    anywhere: dict[str, set[str]]
    """Short forms that hold in the whole archive, where only one full name fits."""
    nearby: dict[str, set[str]]
    """Names of several words that may be one in articles on the same story, both ways, and short forms that
    hold only there."""


def find_full_names(names: Iterable[tuple[str, str, frozenset[str]]], keys: set[str]) -> FullNames:
    """Which keys of an archive may be short for which others.

    Takes (key, type, aliases) of all local entities of the archive, and all their keys. An institution that every
    country has, and a town of another country, is short for none: it has the country of its article or story.
    """
    anywhere, nearby = defaultdict(set), defaultdict(set)
    keys = {key for key in keys if split_institution(key) != (key, None)}
    for full, type_, aliases in names:
        if " " in full:
            for short in keys.intersection(strong_forms(full, type_, aliases)) - {cut_country(full)}:
                if name_size(short) < name_size(full):
                    anywhere[short].add(full)
            for short in keys.intersection(weak_forms(full, type_)) - {full}:
                nearby[short].add(full)
                if " " in short:
                    nearby[full].add(short)
    return FullNames(anywhere, nearby)


def name_size(key: str) -> tuple[int, int, str]:
    """Order of keys by words, then letters."""
    return (key.count(" "), len(key), key)


@lru_cache(maxsize=KEYS_KEPT)
def name_owner(key: str) -> str | None:
    """The country that a name starts or ends with."""
    return split_country(key.split())[1]


def strong_forms(full: str, type_: str, aliases: frozenset[str]) -> Iterator[str]:
    """Short keys of a name that hold in the whole archive: what articles used for it beside the full name, and
    for a person the surname and the name without middle names."""
    yield from (name_key(alias, type_) for alias in aliases if is_own_form(alias))
    words = full.split()
    if type_ == "PERSON" and words[-1] not in SUFFIXES and len(words[0]) > 1:
        yield words[-1]
        yield f"{words[0]} {words[-1]}"


def is_own_form(alias: str) -> bool:
    """Whether a form is no listed alias of something: what "LA" means in one article says nothing of Los Angeles."""
    return spell_words(alias) not in known_aliases()


def weak_forms(full: str, type_: str) -> Iterator[str]:
    """Short keys of a name that hold within a story only."""
    words = full.split()
    if type_ == "PERSON" and len(words[0]) > 1:
        yield from person_forms(words)
    elif type_ in ORGANISATIONS:
        yield from organisation_forms(words)
    elif type_ == "FAC" and len(words) > 2:
        yield from building_forms(words)


def person_forms(words: list[str]) -> Iterator[str]:
    """Initial and surname, nickname and surname, the last words of a name with something before it, the name
    without its suffix, and a surname whose possessive lost its apostrophe."""
    first, last = words[0], words[-1]
    yield from (f"{word[0]} {last}" for word in words[:-1])
    yield from (f"{short} {last}" for short in nicknames().get(first, ()))
    yield f"{last}s"
    if len(words) > 2:
        yield " ".join(words[-2:])


def organisation_forms(words: list[str]) -> Iterator[str]:
    """Initials, a plural made singular, and, of a name without small words, its last words (Angels for Los
    Angeles Angels) or its first ones where only what is no head is left out (Staunton Police for Staunton Police
    Department)."""
    yield "".join(word[0] for word in words if word not in JOINING)
    for place, word in enumerate(words):
        if word.endswith("s"):
            yield " ".join([*words[:place], word[:-1], *words[place + 1 :]])
    if JOINING.isdisjoint(words):
        yield from (" ".join(words[cut:]) for cut in range(1, len(words)) if not is_other_bank(words, cut))
        yield from (" ".join(words[:cut]) for cut in range(2, len(words)) if NEVER_HEADS.issuperset(words[cut:]))
        if is_company(words):
            yield words[0]
    elif "of" in words[1:3]:
        yield " ".join(words[: words.index("of")])


def is_other_bank(words: list[str], cut: int) -> bool:
    """Whether the last words of a name are another bank ("Central | Bank of Ireland")."""
    return words[cut - 1 : cut + 1] == ["central", "bank"]


def is_company(words: list[str]) -> bool:
    """Whether a name is a word of its own, which tells no place, with what the firm makes or is ("Kraft | Foods")."""
    is_told = not find_country(words[0]) and words[0] not in read_organisation_words()
    is_kind = words[-1] in NEVER_HEADS or read_thing_words().get(("last", words[-1])) == "ORG"
    return len(words) == 2 and is_told and is_kind


def building_forms(words: list[str]) -> Iterator[str]:
    """A building whose last word lost its front ("State House" for "State Guesthouse")."""
    *front, last = words
    yield from (" ".join([*front, last[cut:]]) for cut in range(1, len(last) - SHORTEST_HEAD + 1))


@cache
def nicknames() -> dict[str, tuple[str, ...]]:
    """Full first name -> its short forms, from `seeds/alias_first_names.csv`."""
    shorts = defaultdict(list)
    for row in read_facts("alias_first_names"):
        shorts[row["full"]].append(row["short"])
    return {full: tuple(short) for full, short in shorts.items()}
