"""Which country a name of a place, a people or an institution tells, from `seeds/country_names.csv`."""

import re
import unicodedata
from functools import cache, lru_cache

from quotidian.tasks.store.facts import read_facts

WORD = re.compile(r"[^\W_]+")
MODIFIERS = frozenset(("name", "people"))
"""Kinds of names that say whose an institution is ("Ugandan Parliament"); a town or region may have one of its own."""
PLACES_KEPT = 100_000
"""Names whose folded words are remembered, some 20 MB."""
LONGEST = 5
"""Words of the longest name of a country that is looked for."""


@lru_cache(maxsize=PLACES_KEPT)
def fold_place(name: str) -> str:
    """Words of a name in small letters without accents, stops and possessive."""
    plain = name.replace("’s", "").replace("'s", "").replace(".", "").casefold()
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))
    words = WORD.findall(plain)
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


@cache
def read_countries() -> dict[str, tuple[str, str]]:
    """Folded name -> ISO 3166 code of its country, and the kind of name: name, people, region, town, sign."""
    return {fold_place(row["name"]): (row["country"], row["kind"]) for row in read_facts("country_names")}


@cache
def name_countries() -> dict[str, str]:
    """ISO 3166 code -> the country's usual English name, which stands first in the file."""
    names: dict[str, str] = {}
    for row in read_facts("country_names"):
        if row["kind"] == "name":
            names.setdefault(row["country"], row["name"])
    return names


def find_country(name: str) -> str | None:
    """The country that a whole name tells."""
    return read_countries().get(fold_place(name), (None, ""))[0]


def find_modifier(words: list[str]) -> str | None:
    """The country that folded words name as a country or a people, if one."""
    code, kind = read_countries().get(" ".join(words), (None, ""))
    return code if kind in MODIFIERS else None


def split_country(words: list[str]) -> tuple[list[str], str | None]:
    """Folded words of an institution without the country that stands before it or behind its "of", and that country."""
    for size in range(min(LONGEST, len(words) - 1), 0, -1):
        country = find_modifier(words[:size])
        if country:
            return words[size:], country
        country = find_modifier(words[-size:])
        if country and words[-size - 1] in ("of", "in", "the"):
            rest = words[:-size]
            while rest and rest[-1] in ("of", "in", "the"):
                rest = rest[:-1]
            return (rest, country) if rest else (words, None)
    return words, None
