"""Drafts of quotations: which words each frame of saying, and each marked segment, gives as content."""

from dataclasses import dataclass, field

from quotidian.tasks.extract.quotes.frames import Frame
from quotidian.tasks.extract.quotes.page import Page


@dataclass(slots=True)
class Draft:
    """A quotation in the making: spans of content, its frame, and the marked segments among the content.

    `position` tells how content and cue lie: after (the cue comes after), before, opened (speech without
    marks behind colon or comma), source, noun, orphan (no cue), labelled
    (no cue, but a name before the colon or in the line behind). `is_lost_speech` is true for words that read like
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


def note_segments(page: Page, draft: Draft) -> None:
    """Note the marked segments inside the content, and let no part end inside one."""
    for place, (start, end) in enumerate(draft.parts):
        for index in page.segments_between(start, end):
            draft.segments.append(index)
            end = max(end, page.segments[index].end)
        draft.parts[place] = (start, end)
