"""Institutions that every country has, told apart in one article: Kenya's Health Ministry is not Uganda's."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from quotidian.tasks.extract.names.countries import fold_place, split_country
from quotidian.tasks.extract.names.mentions import Form, Name, form
from quotidian.tasks.extract.names.owners import tell_owner
from quotidian.tasks.extract.parsing.parse import Parse
from quotidian.tasks.store.facts import read_facts

JOINING = frozenset(
    (
        "of",
        "the",
        "and",
        "for",
        "in",
        "on",
        "at",
        "to",
        "a",
        "de",
        "la",
        "del",
        "du",
        "des",
        "der",
        "von",
        "van",
        "y",
        "e",
    )
)
"""Words of an institution's name that tell nothing."""
PLACES = frozenset(("GPE", "LOC", "NORP"))


@cache
def read_institution_words() -> dict[str, bool]:
    """Words of seeds/institution_words.csv, and whether one can be the head of a name ("court", not "supreme")."""
    return {row["word"]: row["is_head"] == "yes" for row in read_facts("institution_words")}


def is_generic(words: Iterable[str]) -> bool:
    """Whether a name is made of words that any country's institutions have, a head among them."""
    known, told = read_institution_words(), [word for word in words if word not in JOINING]
    return bool(told) and all(word in known for word in told) and any(known[word] for word in told)


def find_kind(key: Form) -> tuple[frozenset[str], str | None] | None:
    """The words of an institution that any country may have, in any order ("Ministry of Health", "Health Ministry"), and the country that its
    own name tells; None for other names."""
    words = fold_place(" ".join(key)).split()
    rest, country = (words, None) if is_generic(words) else split_country(words)
    return (frozenset(rest) - JOINING, country) if is_generic(rest) else None


def part_by_country(parse: Parse, groups: list[list[Name]]) -> list[list[Name]]:
    """The groups of names, each of one thing, cut where an institution of several countries stands in one: whose it is tell its name and the words
    beside it. What has no country beside it is a group of its own where the article has the institution of more than one."""
    kinds = {key: find_kind(key) for key in {form(name) for names in groups for name in names}}
    countries, told = defaultdict(set), {}
    for names in groups:
        for name in names:
            kind = kinds[form(name)]
            if kind and name.label not in PLACES:
                told[name.first] = kind[1] or tell_owner(parse, name)
                countries[kind[0]].add(told[name.first])
    shared = {words for words, own in countries.items() if len(own - {None}) > 1}
    if not shared:
        return groups
    parted: dict[tuple, list[Name]] = defaultdict(list)
    for place, names in enumerate(groups):
        owned = [own_piece(name, told, kinds[form(name)], shared) for name in names]
        pieces = sorted({piece for piece in owned if piece}, key=str)
        for name, piece in zip(names, owned, strict=True):
            parted[(piece or pieces[0]) if piece or len(pieces) == 1 else (place,)].append(name)
    return [sorted(names, key=lambda name: name.first) for names in parted.values()]


def own_piece(
    name: Name, told: dict[int, str | None], kind: tuple[frozenset[str], str | None] | None, shared: set[frozenset[str]]
) -> tuple | None:
    """What all names of one institution of one country have in common, where the article has it of several; None for other names."""
    if kind is None or kind[0] not in shared or name.first not in told:
        return None
    return (kind[0], told[name.first])
