"""Lines that are made of the words of site furniture alone: "Share full article", "Log in to view comments"."""

import re
from functools import cache

from quotidian.tasks.store.facts import read_facts

from .lines import SMALL_WORDS, Line

# Longer lines say something; the words of furniture are words of stories too.
FURNITURE_CHARS = 80
FURNITURE_WORDS = 9
# One word that stands in furniture only, or two that often do, make a line furniture.
LEAST_WEIGHT = 2
WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")


@cache
def read_words() -> dict[str, int]:
    """Words of furniture with their weight: 2 for those that seldom stand in a headline, 1 for common ones."""
    return {row["word"]: int(row["weight"]) for row in read_facts("junk_words")}


def is_furniture(line: Line) -> bool:
    """Whether all words of a short line, small ones and figures aside, are words of furniture."""
    text = line.text
    if (
        len(text) > FURNITURE_CHARS
        or text.endswith((".", ":"))
        or text[0] in "“\"‘'"
        or (line.ends_in_stop and "," in text)
    ):
        return False
    words = WORD.findall(text.lower().replace("’", "'"))
    known = read_words()
    if not words or len(words) > FURNITURE_WORDS or not all(word in known or word in SMALL_WORDS for word in words):
        return False
    weights = [known.get(word, 0) for word in set(words)]
    # A question between the answers of an interview has common words only.
    return max(weights) >= LEAST_WEIGHT if text.endswith("?") else sum(weights) >= LEAST_WEIGHT
