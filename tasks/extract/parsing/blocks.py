"""Cuts a long text into blocks that the parser takes one at a time, so that memory stays bounded."""

import re

PLACES_TO_CUT = (re.compile(r"\n\s*\n"), re.compile(r"\n"), re.compile(r'[.!?]["\')]*\s'), re.compile(r"\s"))
"""Where a text may be cut, best first: blank line, line, sentence end, blank."""


def cut_blocks(text: str, size: int) -> list[tuple[int, int]]:
    """Half-open spans of at most `size` characters that together cover the text."""
    blocks, start = [], 0
    while len(text) - start > size:
        end = find_cut(text, start, start + size)
        blocks.append((start, end))
        start = end
    return [*blocks, (start, len(text))]


def find_cut(text: str, start: int, end: int) -> int:
    """The last good place to cut in the second half of the span, else its end."""
    middle = (start + end) // 2
    for place in PLACES_TO_CUT:
        cuts = [match.end() for match in place.finditer(text, middle, end)]
        if cuts:
            return cuts[-1]
    return end
