"""Calls that come back through an article, and questions that nothing answers: what a site puts between and below."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise, takewhile

from .features import ADDRESSED
from .lines import Line
from .places import LEAST_QUESTIONS, REPEATED_WORDS

# Twice, a sentence may be a pull quote and its place in the story.
LEAST_TIMES = 3
ASKED = re.compile(r"\bfaqs?\b|\b(?:asked|common|your|more|related) questions\b", re.IGNORECASE)


def find_refrains(lines: list[Line]) -> Iterator[Line]:
    """The sentences to the reader that stand at least three times, word for word; a list may tell one fact of each item."""
    counts = Counter(line.text for line in lines)
    if max(counts.values(), default=0) < LEAST_TIMES:
        return iter(())
    return (line for line in lines if counts[line.text] >= LEAST_TIMES and is_call(line))


def is_call(line: Line) -> bool:
    """Whether a line is a sentence to the reader, neither asked nor quoted, and no item of a list."""
    if not line.text.endswith((".", "!")) or line.text[0] in "“\"‘'" or line.has_bullet:
        return False
    return (
        line.word_count >= REPEATED_WORDS
        and ADDRESSED.search(line.text) is not None
        and not any(map(str.isdigit, line.text))
    )


def find_unanswered(lines: list[Line]) -> Iterator[Line]:
    """Questions in a row below a line that calls them so, with that line: their answers open with a click and were not taken."""
    for place, (line, below) in enumerate(pairwise(lines)):
        if below.text.endswith("?") and not line.ends_in_stop and ASKED.search(line.text):
            asked = list(takewhile(lambda other: other.text.endswith("?"), lines[place + 1 :]))
            yield from (line, *asked) if len(asked) >= LEAST_QUESTIONS else ()
