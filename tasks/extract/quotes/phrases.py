"""The phrase that a cue makes with its speaker: where it starts and where it ends."""

from quotidian.tasks.extract.quotes.frames import Frame
from quotidian.tasks.extract.quotes.page import Page

PHRASE_ENDS = frozenset((",", ".", '"', ";", ":", "?", "!", "–", "—", "--"))
LONGEST_PHRASE = 60
"""Tokens; further than this no phrase of a cue reaches, and runs without punctuation stay cheap."""


def find_phrase_left(page: Page, frame: Frame) -> int:
    """First token of the cue with its speaker, auxiliaries and the "as" before them."""
    parse, left = page.parse, frame.cue
    if frame.kind == "source":
        return left
    if frame.left is not None:
        return frame.left
    if has_own_subject(page, frame) and page.sentence_start(frame.cue) <= frame.speaker < frame.cue:
        left = max(parse.subtree(frame.speaker)[0], page.sentence_start(frame.cue), page.behind_segments(frame.cue))
        while left < frame.speaker and parse.words[left] in PHRASE_ENDS:
            left += 1
    for child in reversed(parse.children[frame.cue]):
        joined = child < left and all(parse.words[i] != "," for i in range(child, left))
        if joined and parse.deps[child] in ("aux", "advmod", "neg", "auxpass", "mark"):
            left = child
    return left


def has_own_subject(page: Page, frame: Frame) -> bool:
    return frame.speaker is not None and page.parse.heads[frame.speaker] == frame.cue


def find_phrase_right(page: Page, frame: Frame) -> int:
    """The mark of punctuation that ends cue, speaker and addressee."""
    parse, right = page.parse, frame.cue_end
    if frame.speaker is not None and frame.speaker > frame.cue:
        right = max(right, min(parse.subtree(frame.speaker)[1], page.sentence_end(frame.cue)))
    last = min(len(parse) - 1, right + LONGEST_PHRASE)
    while right < last and parse.words[right] not in PHRASE_ENDS and not parse.words[right].isspace():
        right += 1
    return min(right, last)
