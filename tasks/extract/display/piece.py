"""A headline, or a sentence of a caption, as words with their places, and what stands in marks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from quotidian.tasks.extract.display.words import read_abbreviated
from quotidian.tasks.extract.parsing.view import PLAIN
from quotidian.tasks.extract.quotes.marks import Segment, find_segments

WORD = re.compile(r"[\w$€£@#%]+(?:[-'.&/]\w+)*|[^\w\s]")
PARTING = re.compile(r";\s|\s\|\s")
"""Ends one half of a headline: what follows is news of its own, or the name of the outlet."""
STOP = re.compile(r"[.!?…][\"')\]]*\s+(?=[\"'(\[]*[A-Z])")
LONGEST_ABBREVIATION = 20
"""Letters back from a stop that are looked at."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word or mark: as it reads in small letters, and its place in the text."""

    folded: str
    start: int
    end: int


@dataclass(frozen=True)
class Piece:
    """Half a headline, all of it where nothing parts it, or one sentence of a caption: text[start:end].

    `view` is the text with plain marks, character for character; `is_caption` tells that pronouns may speak.
    """

    text: str
    view: str
    start: int
    end: int
    segments: tuple[Segment, ...]
    is_caption: bool = False

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words and marks of the piece."""
        return tuple(
            Word(match[0].lower(), match.start(), match.end())
            for match in WORD.finditer(self.view, self.start, self.end)
        )

    def is_inside(self, place: int) -> bool:
        """Whether a character stands in marks."""
        return any(one.outer_start <= place < one.outer_end for one in self.segments)

    def segment_at(self, start: int) -> Segment | None:
        """The marked words that open at a place."""
        return next((one for one in self.segments if one.outer_start == start), None)

    def segments_within(self, start: int, end: int) -> list[Segment]:
        """The marked words between two places."""
        return [one for one in self.segments if start <= one.outer_start and one.outer_end <= end]


def read_headline(text: str) -> Iterator[Piece]:
    """The pieces of a headline."""
    view = text.translate(PLAIN)
    segments = mark_segments(text, view, 0, len(text))
    cuts = [match for match in PARTING.finditer(view) if not any(s.start <= match.start() < s.end for s in segments)]
    starts, ends = [0, *(cut.end() for cut in cuts)], [*(cut.start() for cut in cuts), len(text)]
    for start, end in zip(starts, ends, strict=True):
        yield make_piece(text, view, start, end, segments, is_caption=False)


def read_caption(text: str) -> Iterator[Piece]:
    """The sentences of a caption."""
    view, start = text.translate(PLAIN), 0
    for match in STOP.finditer(view):
        if ends_sentence(view, start, match.start()):
            yield make_piece(text, view, start, match.end(), mark_segments(text, view, start, match.end()), True)
            start = match.end()
    yield make_piece(text, view, start, len(text), mark_segments(text, view, start, len(text)), True)


def ends_sentence(view: str, start: int, place: int) -> bool:
    """Whether a stop ends a sentence, and no abbreviation or initial."""
    before = view[max(start, place - LONGEST_ABBREVIATION) : place]
    if view[place] != "." or not before or before[-1].isspace():
        return True
    word = before.split()[-1]
    return len(word) > 1 and "." not in word and f"{word}." not in read_abbreviated()


def mark_segments(text: str, view: str, start: int, end: int) -> tuple[Segment, ...]:
    """What stands in marks in text[start:end], closed on both sides, with places in the whole text."""
    found = find_segments(text[start:end], view[start:end], [0])
    return tuple(
        Segment(s.start + start, s.end + start, s.outer_start + start, s.outer_end + start, 0)
        for s in found
        if s.is_closed
    )


def make_piece(text: str, view: str, start: int, end: int, segments: tuple[Segment, ...], is_caption: bool) -> Piece:
    """The piece without blanks at its edges."""
    cut = view[start:end]
    first, last = start + len(cut) - len(cut.lstrip()), start + len(cut.rstrip())
    own = tuple(one for one in segments if first <= one.outer_start and one.outer_end <= last)
    return Piece(text, view, first, last, own, is_caption)
