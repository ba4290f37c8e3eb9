"""Whom an article credits for its words or its news: agencies and outlets, as the text names them."""

import re
from functools import cache, lru_cache

from quotidian.tasks.clean.datelines import name_agency, read_agencies
from quotidian.tasks.store.facts import read_facts

WORD = r"[A-Z](?:[\w&'’-]|\.(?=\w\b|[a-z]))*"
SOURCE = rf"(?:[Tt]he )?(?P<source>{WORD}(?: (?:(?:of|and|the|for|de|du) ){{0,2}}{WORD}){{0,6}})"
"""A name in capitals, with small words inside it."""
BACK_CHARS = 80
"""Characters before "reported" in which its source stands."""
MOST_CREDITS = 20
"""Names kept of a text, so that a list of sources cannot grow without end."""
NO_LETTERS = re.compile(r"[\W_]+")
DOMAIN = re.compile(r"\.(?:com|org|net|info|news|co|tv|ie|in|au|nz|ca|uk|us|eu)$")


@cache
def credit_forms() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands before a source, with the source, and what stands after one, from `seeds/credit_phrases.csv`."""
    phrases = [row["phrase"].split("{source}") for row in read_facts("credit_phrases")]
    before, after = (
        "|".join(sorted({re.escape(part) for part in parts if part})) for parts in zip(*phrases, strict=True)
    )
    return re.compile(rf"\b(?i:{before}){SOURCE}"), re.compile(rf"(?i:{after})\b")


SOURCE_BEFORE = re.compile(rf"(?<![\w.]){SOURCE}$")


def find_credits(body: str) -> list[str]:
    """Sources that a text credits, as `name_source` writes them, sorted; people and places whom it quotes may be among
    them, and mean nothing as long as no outlet has their name."""
    before, after = credit_forms()
    found = {match["source"] for match in before.finditer(body)}
    for match in after.finditer(body):
        source = SOURCE_BEFORE.search(body, max(0, match.start() - BACK_CHARS), match.start())
        if source:
            found.add(source["source"])
    return sorted({name_source(name) for name in found} - {""})[:MOST_CREDITS]


@lru_cache(maxsize=65_536)
def name_source(name: str) -> str:
    """The letters of the name of an agency or outlet, so that "The Kelsby Post", "Kelsby Post" and kelsbypost.com are one."""
    known = name_agency(name.strip(" .,'’"))
    bare = DOMAIN.sub(
        "", known.casefold().removeprefix("the ").removeprefix("www.").removesuffix("'s").removesuffix("’s")
    )
    return NO_LETTERS.sub("", DOMAIN.sub("", bare))


@cache
def agency_sources() -> frozenset[str]:
    """All agencies, as `name_source` writes them."""
    return frozenset(name_source(name) for name in read_agencies().values())
