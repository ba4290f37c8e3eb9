"""One text with all that the rules of quotation look up: parse, paragraphs, marked segments, frames."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from quotidian.tasks.extract.parsing.boundaries import find_paragraph_starts
from quotidian.tasks.extract.parsing.parse import Parse
from quotidian.tasks.extract.quotes.find_frames import find_frames
from quotidian.tasks.extract.quotes.frames import Frame
from quotidian.tasks.extract.quotes.grammar import PUNCTUATION
from quotidian.tasks.extract.quotes.marks import Segment, find_segments
from quotidian.tasks.extract.quotes.spoken_lines import SpokenLine, find_spoken_lines


@dataclass(slots=True)
class Page:
    """A parsed text and its lookups; `segment_of` holds for each token the index of its segment, or -1."""

    parse: Parse
    paragraphs: list[int]
    segments: list[Segment]
    frames: list[Frame]
    segment_of: list[int] = field(default_factory=list)
    segment_starts: list[int] = field(default_factory=list)
    segment_ends: list[int] = field(default_factory=list)
    cues: list[int] = field(default_factory=list)
    cue_set: frozenset[int] = frozenset()
    spoken_lines: list[SpokenLine] = field(default_factory=list)

    def token_at(self, offset: int) -> int:
        """First token that starts at or after `offset`."""
        return bisect_left(self.parse.starts, offset)

    def sentence_start(self, token: int) -> int:
        """First token of the sentence of `token` that is not blank."""
        return self.parse.sentence_starts[self.parse.sentence_of[token]]

    def sentence_end(self, token: int) -> int:
        return self.parse.sentence_range(self.parse.sentence_of[token])[1]

    def paragraph_of_token(self, token: int) -> int:
        return self.paragraph_at(self.parse.starts[token])

    def paragraph_of_sentence(self, sentence: int) -> int:
        return self.paragraph_at(self.parse.starts[self.parse.sentence_starts[sentence]])

    def outer_cues(self, first: int, last: int) -> list[int]:
        """Cues among tokens first to last (exclusive) that no marks enclose."""
        return self.cues[bisect_left(self.cues, first) : bisect_left(self.cues, last)]

    def segments_between(self, start: int, end: int) -> range:
        """Indexes of the segments that share characters with the span."""
        return range(bisect_right(self.segment_ends, start), bisect_left(self.segment_starts, end))

    def segment_ending_before(self, token: int) -> int | None:
        """The marked segment that ends right before `token` in its paragraph, a comma or dash aside."""
        place, view = self.parse.starts[token], self.parse.view
        first = self.paragraphs[self.paragraph_at(place)] if self.paragraphs else 0
        while place > first and view[place - 1] in " \n,–—-\"'":
            place -= 1
        index = bisect_left(self.segment_ends, place)
        return (
            index if index < len(self.segments) and self.segments[index].outer_end <= self.parse.starts[token] else None
        )

    def behind_segments(self, token: int) -> int:
        """First token behind the last marked segment before `token`; 0 where there is none."""
        index = bisect_right(self.segment_ends, self.parse.starts[token]) - 1
        return self.token_at(self.segments[index].outer_end) if index >= 0 else 0

    def segment_start(self, token: int) -> int:
        """First token of the marked segment that a sentence starts within ("“What now? We wait” for news, he said")."""
        index = self.segment_of[token]
        return self.segment_tokens(index)[0] if index >= 0 and self.is_near(index, token) else token

    def is_near(self, segment: int, token: int) -> bool:
        """Whether a segment lies in the paragraph of `token`."""
        return self.segments[segment].paragraph == self.paragraph_at(self.parse.starts[token])

    def character_before(self, offset: int) -> str:
        """The last character before `offset` that is not blank, or ''."""
        while offset and self.parse.view[offset - 1].isspace():
            offset -= 1
        return self.parse.view[offset - 1] if offset else ""

    def is_speech_like(self, segment: int) -> bool:
        """Whether a segment may be speech of its own; one in single marks must open a clause, else it is a nested quote."""
        one = self.segments[segment]
        before = self.character_before(one.outer_start)
        return not one.is_single or before in ",.:;?!" or self.paragraphs[one.paragraph] == one.outer_start

    def skip_blank_left(self, token: int) -> int | None:
        """The last token before `token` that is not blank."""
        token -= 1
        while token >= 0 and self.parse.words[token].isspace():
            token -= 1
        return token if token >= 0 else None

    def paragraph_at(self, offset: int) -> int:
        return max(0, bisect_right(self.paragraphs, offset) - 1)

    def segment_tokens(self, index: int) -> tuple[int, int]:
        """First token of a segment and the token after its last."""
        segment = self.segments[index]
        return self.token_at(segment.start), self.token_at(segment.end)

    def previous_word(self, token: int) -> int | None:
        """The last token before `token` that is neither blank nor a mark of punctuation."""
        token -= 1
        while token >= 0 and (self.parse.words[token] in PUNCTUATION or self.parse.words[token].isspace()):
            token -= 1
        return token if token >= 0 else None

    def span(self, first: int, last: int) -> tuple[int, int] | None:
        """Characters of tokens first to last (exclusive) without blanks, marks, commas and stops at the edges."""
        words = self.parse.words
        while first < last and (words[first] in PUNCTUATION or words[first].isspace()):
            first += 1
        while first < last and self.is_loose_end(first, last - 1):
            last -= 1
        if first >= last:
            return None
        start, end = self.parse.starts[first], self.parse.ends[last - 1]
        piece = self.parse.text[start : end + 1]
        return start, end + (
            piece[-1:] == "]" and piece.count("[") == piece.count("]") and end == start + len(piece) - 1
        )

    def is_loose_end(self, first: int, token: int) -> bool:
        """Whether a last token belongs to no content; a bracket that opens inside is kept, and so are ? and !."""
        word = self.parse.words[token]
        if word in ("]", ")"):
            return ("[" if word == "]" else "(") not in self.parse.words[first:token]
        return word.isspace() or word in ("and", "but") or (word in PUNCTUATION and word not in ("?", "!"))


def read_page(parse: Parse) -> Page:
    """Collect the lookups for one parsed text."""
    paragraphs = find_paragraph_starts(parse.view)
    segments = find_segments(parse.text, parse.view, paragraphs)
    page = Page(parse, paragraphs, segments, find_frames(parse), [-1] * len(parse))
    page.spoken_lines = find_spoken_lines(parse.view, paragraphs)
    for index in range(len(segments)):
        first, last = page.segment_tokens(index)
        page.segment_of[first:last] = [index] * (last - first)
    page.segment_starts = [segment.start for segment in segments]
    page.segment_ends = [segment.end for segment in segments]
    page.cues = [frame.cue for frame in page.frames if page.segment_of[frame.cue] < 0]
    page.cue_set = frozenset(page.cues)
    return page
