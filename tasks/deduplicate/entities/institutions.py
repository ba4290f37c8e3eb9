"""Institutions that every country has: "Supreme Court" is one in Uganda and another in India."""

from collections import defaultdict
from functools import cache, lru_cache

from quotidian.tasks.deduplicate.entities.names import KEYS_KEPT, tokenize_name
from quotidian.tasks.deduplicate.entities.remembered import BETWEEN, remembered
from quotidian.tasks.extract.names.countries import name_countries, split_country
from quotidian.tasks.extract.names.institutions import is_generic
from quotidian.tasks.store.facts import read_facts

MARK = "@"
"""Before the code of the country in the key of an institution: "supreme court @UG"."""


@lru_cache(maxsize=KEYS_KEPT)
def split_institution(key: str) -> tuple[str, str | None] | None:
    """The generic name and the country that a key tells ("ugandan parliament": parliament, UG); None for other names."""
    parted = part_country(key)
    if parted is None:
        return None
    bare, _, country = parted.rpartition(BETWEEN)
    return bare, country or None


@remembered
def part_country(key: str) -> str | None:
    """`split_institution` as a text."""
    words = key.split()
    if is_generic(words):
        return key + BETWEEN
    bare, country = split_country(words)
    return BETWEEN.join((" ".join(bare), country)) if country and is_generic(bare) else None


def place_key(key: str, country: str | None) -> str:
    """The key of an institution in a country; of one that no country is told of, the key itself."""
    split = split_institution(key)
    if split is None:
        return key
    bare, own = split
    code = own or (country if country in read_chambers().get(bare, {country}) else None)
    return f"{bare} {MARK}{code}" if code else bare


@cache
def read_chambers() -> dict[str, set[str]]:
    """Names of parliaments, or of their chambers, that few countries have -> the countries of seeds/chambers.csv: articles on others have that of another country in mind."""
    chambers: dict[str, set[str]] = defaultdict(set)
    for row in read_facts("chambers"):
        chambers[row["chamber"]].add(row["country"])
    return chambers


def read_country(key: str) -> str | None:
    """The country of a key."""
    return key.rpartition(f" {MARK}")[2] if f" {MARK}" in key else None


def cut_country(key: str) -> str:
    """A key without its country."""
    return key.partition(f" {MARK}")[0]


def label_country(name: str, country: str | None) -> str:
    """A name with its country behind it, where the name itself does not tell it."""
    words = tokenize_name(name)
    is_told = country is None or split_country(words)[1] or (split_institution(" ".join(words)) or ("", None))[1]
    return name if is_told else f"{name} ({name_countries().get(country, country)})"
