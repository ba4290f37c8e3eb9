"""Drafts of quotations: which words each frame of saying, and each marked segment, gives as content."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from quotidian.tasks.extract.quotes.frames import Frame
from quotidian.tasks.extract.quotes.page import Page


@dataclass(slots=True)
class Draft:
    """A quotation in the making: spans of content, its frame, and the marked segments among the content. Only the modules
    that find quotations change it; what leaves them is a Saying.

    `position` tells how content and cue lie: after (the cue comes after), before, opened (speech without
    marks behind colon or comma), source, noun, orphan (no cue), labelled
    (no cue, but a name before the colon or in the line behind), line (no cue, but a name by the layout). `is_lost_speech` is true for words that read like
    direct speech whose marks were lost.
    """

    parts: list[tuple[int, int]]
    frame: Frame | None
    position: str
    segments: list[int] = field(default_factory=list)
    is_whole_marked: bool = False
    added_sentences: int = 0
    is_lost_speech: bool = False

    @property
    def start(self) -> int:
        return min(self.parts)[0]

    @property
    def end(self) -> int:
        return max(end for _, end in self.parts)


@dataclass(frozen=True, slots=True)
class Saying:
    """What was said: a draft that no rule of content changes any more."""

    parts: tuple[tuple[int, int], ...]
    frame: Frame | None
    position: str
    segments: tuple[int, ...] = ()
    is_whole_marked: bool = False
    is_lost_speech: bool = False

    @property
    def start(self) -> int:
        return min(self.parts)[0]

    @property
    def end(self) -> int:
        return max(end for _, end in self.parts)


def settle_draft(draft: Draft) -> Saying:
    """The draft as it stands."""
    return Saying(
        tuple(draft.parts),
        draft.frame,
        draft.position,
        tuple(draft.segments),
        draft.is_whole_marked,
        draft.is_lost_speech,
    )


REFUSED = Draft([], None, "refused")
"""The answer of a reading that is sure that there is no content."""


class Claims:
    """Which marked segments are the content of some cue, so that no other takes them."""

    def __init__(self) -> None:
        self.taken: set[int] = set()

    def claim(self, segments: Iterable[int]) -> None:
        self.taken.update(segments)

    def is_free(self, segment: int) -> bool:
        return segment not in self.taken


def make_draft(page: Page, parts: list[tuple[int, int]], frame: Frame, position: str, is_whole: bool = False) -> Draft:
    """A draft with the marked segments inside its content noted, no part of which ends inside one."""
    draft = Draft([], frame, position, [], is_whole)
    for start, end in parts:
        for index in page.segments_between(start, end):
            draft.segments.append(index)
            end = max(end, page.segments[index].end)
        draft.parts.append((start, end))
    return draft
