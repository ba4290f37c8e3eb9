"""The lines of a text, and how each looks."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

WORD = re.compile(r"\w+(?:['’.-]\w+)*")
STOP = re.compile(r"[.!?…。！？։۔।][\"'”’»)\]」』*\s]*\Z")
# A paragraph of a story has at least this many words and ends like a sentence, or is so long that the stop was lost.
STORY_WORDS = 12
LONG_WORDS = 40
# Scripts without spaces: one of their characters counts as half a word.
DENSE_START = "\u2e80"
DENSE = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uff66-\uff9f]")
STAMPED = re.compile(
    r"(?:[Bb][Yy](?: [A-Z][\w.'’-]+){2,4} on|(?:[Pp]ublished|[Uu]pdated|[Pp]osted)) .{0,80}\d ?[ap]\.m\."
)
LINK_END = re.compile(r"\s+(?:https?://|www\.|pic\.twitter\.com)\S+\Z")
BULLET = re.compile(r"(?:[-–—•*·»▪●◦‣>|]+|\(?\d{1,3}[.)]|\(?[a-z]\))\s+")
ADDRESS = re.compile(r"https?://|www\.|\w@\w|(?<!\w)@\w|\b\w+\.(?:com|org|net|co\.uk)\b")
SMALL_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "but",
        "by",
        "for",
        "from",
        "in",
        "into",
        "of",
        "on",
        "or",
        "over",
        "per",
        "the",
        "to",
        "up",
        "via",
        "vs",
        "with",
        "is",
        "it",
        "its",
        "not",
        "than",
        "that",
    ]
)


class Once:
    """A property that is worked out when it is first asked for. That of functools takes a lock, which costs more than most of these."""

    def __init__(self, work_out: Callable[[Any], Any]) -> None:
        self.work_out = work_out
        self.name = work_out.__name__

    def __get__(self, holder: Any, _: type) -> Any:
        value = holder.__dict__[self.name] = self.work_out(holder)
        return value


@dataclass(eq=False)
class Line:
    """text[start:end] of one line without blanks around it; `next_start` is where the next line begins."""

    index: int
    start: int
    end: int
    next_start: int
    text: str

    @Once
    def words(self) -> list[str]:
        return WORD.findall(self.text)

    @Once
    def word_count(self) -> int:
        """Words; for scripts that write none, half the characters."""
        if self.text.isascii() or max(self.text) < DENSE_START:
            return len(self.words)
        return max(len(self.words), len(DENSE.findall(self.text)) // 2)

    @Once
    def ends_in_stop(self) -> bool:
        """Whether it ends like a sentence, apart from an address behind the sentence; a byline with its time does not."""
        if STOP.search(self.text, max(0, len(self.text) - 8)):
            return STAMPED.fullmatch(self.text) is None
        link = LINK_END.search(self.text, max(0, len(self.text) - 100))
        return link is not None and STOP.search(self.text, max(0, link.start() - 8), link.start()) is not None

    @Once
    def is_story(self) -> bool:
        """Whether it reads like a paragraph of a story."""
        # Twice as many blanks as words are wanted tell faster than counting them.
        blanks = self.text.count(" ")
        if blanks >= 2 * LONG_WORDS or (blanks >= 2 * STORY_WORDS and self.ends_in_stop):
            return True
        return self.word_count >= (STORY_WORDS if self.ends_in_stop else LONG_WORDS)

    @Once
    def is_sentence(self) -> bool:
        """Whether it ends like a sentence and has the words of one."""
        return self.ends_in_stop and (self.is_story or self.word_count >= 3)

    @Once
    def has_year(self) -> bool:
        """Whether a year of this century or the last may stand in it."""
        return "20" in self.text or "19" in self.text

    @Once
    def has_bullet(self) -> bool:
        return BULLET.match(self.text) is not None

    @Once
    def has_address(self) -> bool:
        return ADDRESS.search(self.text) is not None

    @Once
    def is_upper(self) -> bool:
        return self.text.isupper()

    @Once
    def capital_share(self) -> float:
        """Share of the words, small ones aside, that start with a capital or a digit."""
        large = [word for word in self.words if word.lower() not in SMALL_WORDS]
        return sum(not word[0].islower() for word in large) / len(large) if large else 0.0

    @Once
    def starts_large(self) -> bool:
        """Whether the first letter or digit is a capital or a digit."""
        first = next((character for character in self.text if character.isalnum()), "a")
        return not first.islower()


def split_lines(text: str) -> list[Line]:
    """The lines of a text that are not blank, in order."""
    spans: list[tuple[int, str]] = []
    start = 0
    for whole in text.split("\n"):
        stripped = whole.strip()
        if stripped:
            spans.append((start if stripped is whole else start + len(whole) - len(whole.lstrip()), stripped))
        start += len(whole) + 1
    starts = [first for first, _ in spans[1:]] + [len(text)]
    return [Line(i, spans[i][0], spans[i][0] + len(spans[i][1]), starts[i], spans[i][1]) for i in range(len(spans))]
