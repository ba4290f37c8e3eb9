"""The class of a source by the role that the text states: official, politician, expert, company and others."""

import re
from functools import cache

from quotidian.tasks.extract.speakers.speakers import Speaker
from quotidian.tasks.store.facts import read_facts

WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


@cache
def read_classes() -> tuple[tuple[tuple[str, ...], str], ...]:
    """Words of a role, in order, and their class, of seeds/speaker_classes.csv; the longest first."""
    rows = [(tuple(row["words"].split()), row["class"]) for row in read_facts("speaker_classes")]
    return tuple(sorted(rows, key=lambda row: (-len(row[0]), row[0])))


def classify_speaker(text: str, speaker: Speaker | None, kind: str) -> str | None:
    """The class of a speaker: anonymous and document by kind, else by his stated role or the noun he is called by; None where neither tells."""
    if speaker is None or kind == "none":
        return None
    if kind in {"anonymous", "document"}:
        return kind
    words = speaker.role or (text[speaker.start : speaker.end] if kind != "named" else "")
    return classify_role(words)


@cache
def classify_role(role: str) -> str | None:
    """The class that the words of a role tell: the first of its nouns before "of", "for", "at" and "in" that is listed, from behind."""
    words = [word.lower() for word in WORD.findall(role)]
    ends = [
        place
        for place, word in enumerate(words)
        if place and word in {"of", "for", "at", "in", "from", "with", "to", "on", "who"}
    ]
    head = words[: ends[0]] if ends else words
    for listed, name in read_classes():
        if contains(words, listed) if len(listed) > 1 else listed[0] in head:
            return name
    return None


def contains(words: list[str], listed: tuple[str, ...]) -> bool:
    """Whether words stand in a list next to each other."""
    return any(tuple(words[place : place + len(listed)]) == listed for place in range(len(words) - len(listed) + 1))
