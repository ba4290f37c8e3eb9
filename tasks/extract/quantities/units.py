"""Units beside a number: money, shares, measures and spans of time."""

import re
from functools import cache
from typing import NamedTuple

from quotidian.tasks.store.facts import read_facts

LONGEST = 24
"""Characters of the longest unit in `seeds/units.csv` and `seeds/currencies.csv`, and some more."""
AGE = re.compile(r"(?: ?-|\s) ?years?(?: ?-|\s) ?olds?\b", re.IGNORECASE)
SPACED = re.compile(r" - (?=[^\W\d_])")
"""A hyphen with blanks around it, as scraped texts have it ("12 - mile")."""


class Unit(NamedTuple):
    """A unit beside a number: its name, and where the words that tell it end, or begin where they stand before."""

    name: str
    place: int


@cache
def read_units() -> tuple[dict[str, str], dict[str, str]]:
    """Units by the words behind a number, and by the signs that stick to it, in small letters."""
    words = {word: row["unit"] for row in read_facts("units") for word in row["words"].split(";")}
    signs = {sign: row["unit"] for row in read_facts("units") for sign in row["signs"].split()}
    words |= {
        word.lower(): row["currency"] for row in read_facts("currencies") for word in row["after"].split(";") if word
    }
    return words, signs


@cache
def money_pattern() -> re.Pattern[str]:
    """A currency that ends right before a number; the longest first."""
    signs = sorted(read_currencies(), key=lambda sign: (-len(sign), sign))
    return re.compile(rf"(?<![\w$])(?:{'|'.join(map(re.escape, signs))}) ?\Z")


@cache
def read_currencies() -> dict[str, str]:
    """Currencies by what stands before an amount."""
    return {sign: row["currency"] for row in read_facts("currencies") for sign in row["before"].split()}


@cache
def read_money() -> frozenset[str]:
    """The names of currencies; coins, of which nobody gives some in aid, are left out."""
    return frozenset(row["currency"] for row in read_facts("currencies")) - {"cent", "penny"}


def unit_before(text: str, start: int) -> Unit | None:
    """The currency before a number that starts at `start`."""
    found = money_pattern().search(text, max(0, start - LONGEST), start)
    return Unit(read_currencies()[found[0].rstrip()], found.start()) if found else None


def unit_after(text: str, end: int) -> Unit | None:
    """The unit behind a number that ends at `end`; of units that begin alike the longest."""
    aged = AGE.match(text, end)
    if aged:
        return Unit("year", aged.end())
    words, signs = read_units()
    end = end + 2 if SPACED.match(text, end) else end
    ahead = text[end : end + LONGEST].lower()
    for length in range(len(ahead), 0, -1):
        if length < len(ahead) and ahead[length - 1].isalnum() and ahead[length].isalnum():
            continue
        name = find_unit(ahead[:length], words, signs)
        if name:
            return Unit(name, end + length)
    return None


def find_unit(ahead: str, words: dict[str, str], signs: dict[str, str]) -> str | None:
    """The unit that what stands behind a number spells whole."""
    bare = ahead[1:] if ahead[0] in " -" else ahead
    if ahead[0] in " -" and bare in words:
        return words[bare]
    return signs.get(bare)
