"""How exact a number is said to be, by the words before and behind it."""

import re

LONGEST = 24
BEFORE = (
    ("at_least", r"at least|no fewer than|no less than|not less than|a minimum of|upwards of"),
    ("at_most", r"at most|up to|no more than|not more than|a maximum of|as many as|as much as"),
    ("less_than", r"less than|fewer than|under|below|nearly|almost|just under|just short of"),
    ("more_than", r"more than|over|above|exceeding|in excess of|just over|greater than|well over"),
    ("about", r"about|around|roughly|approximately|some|circa|an estimated|estimated|close to|near"),
)
"""What is said before a number, the first that fits; "nearly 20" is less than 20."""
PATTERNS = tuple((name, re.compile(rf"\b(?:{words}) (?:the |a )?\Z", re.IGNORECASE)) for name, words in BEFORE)
OR_MORE = re.compile(r"\+|,? or more\b|,? or so\b|-odd\b|-plus\b")
TIMES = frozenset(["minute", "hour", "day", "night", "week", "month", "year", "decade", "century"])
OVER = re.compile(r"\bover (?:the |a )?\Z", re.IGNORECASE)
"""Before a span of time it says during, as often as more."""
VAGUE = re.compile(r"\b(?:several|a few|many|a couple of|some few) \Z", re.IGNORECASE)


def tell_exactness(text: str, start: int, end: int, unit: str | None) -> str:
    """One of EXACTNESS for a quantity that stands at [start, end)."""
    behind = OR_MORE.match(text, end)
    if behind:
        return "about" if behind[0].endswith(("so", "odd")) else "at_least"
    first = max(0, start - LONGEST)
    if VAGUE.search(text, first, start):
        return "vague"
    if unit in TIMES and OVER.search(text, first, start):
        return "exact"
    return next((name for name, pattern in PATTERNS if pattern.search(text, first, start)), "exact")
