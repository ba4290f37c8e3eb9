"""Given names: which words are some, and whom a name is usually given to."""

from functools import cache

from quotidian.tasks.extract.names.countries import fold_place
from quotidian.tasks.extract.names.mentions import PARTICLES
from quotidian.tasks.store.facts import read_facts

COMMON_SHORTS = PARTICLES | {"art", "dot", "memo", "rich"}
"""Short names that are other words too ("Al Jazeera", "Rich List")."""


@cache
def read_given_names() -> dict[str, str]:
    """Given names of seeds/given_names.csv, in small letters without accents, with the gender that they usually tell, or nothing."""
    return {row["name"]: row["gender"] for row in read_facts("given_names")}


@cache
def read_short_names() -> frozenset[str]:
    """Nicknames of seeds/alias_first_names.csv, without those that are other words too."""
    return frozenset(row["short"] for row in read_facts("alias_first_names")) - COMMON_SHORTS


def is_given(word: str) -> bool:
    """Whether a word is a given name, or a short one."""
    return fold_place(word) in read_given_names() or word.lower() in read_short_names()


@cache
def usual_gender(given: str) -> str:
    """`male` or `female` where a given name is almost never the other's; empty where that is not known.

    It keeps "she" and "Mrs." off a Peter, and never tells of anybody what he or she is: what the text states goes before it.
    """
    return read_given_names().get(fold_place(given), "")
