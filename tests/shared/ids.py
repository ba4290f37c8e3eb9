"""What the values of a test are called in its id: their words, where pytest would count them."""

import re
from itertools import islice

import pytest

WORD = re.compile("[A-Za-z]{2,}")
ADDRESS = re.compile(" at 0x[0-9A-Fa-f]+")
"""Another one in each process, while the processes of a run must agree about the ids."""
LONGEST = 60


def name_value(value: object, argument: str) -> str | None:
    """The id of a value: its words, behind the argument's name where it has none; None where pytest's own name will do."""
    if isinstance(value, type) or callable(value):
        return None
    if isinstance(value, str):
        words = ascii(value)[1:-1]
    elif isinstance(value, (bool, int, float)) or value is None:
        words = ""
    else:
        value = sorted(value, key=ascii) if isinstance(value, (set, frozenset)) else value
        words = " ".join(islice(re.findall(r"\w+", ADDRESS.sub("", ascii(value))), 12))
    return words[:LONGEST] if WORD.search(words[:LONGEST]) else f"{argument} {value!a:.{LONGEST}}"


def refuse_counted(items: list[pytest.Item]) -> None:
    """Raise UsageError where an id has no word, or a value is called by the argument's name and a number."""
    for item in items:
        if hasattr(item, "callspec") and item.callspec.id:
            counted = rf"(^|-)({'|'.join(map(re.escape, item.callspec.params))})\d+(-|$)"
            if not WORD.search(item.callspec.id) or re.search(counted, item.callspec.id):
                raise pytest.UsageError(f"Ids of tests are words: give ids= to {item.nodeid}")
