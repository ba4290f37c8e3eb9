"""What an article says of itself: where it was published first and under which licence, what was corrected, what its editors add.

Such a line is noted in `credits` and stays in the body, for it speaks of what the story says. One at either end that only tells where the
story was published first goes, as other credits do.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from quotidian.tasks.store.facts import read_facts

from .findings import Fact, Finding
from .lines import Line
from .phrases import fold_case, read_groups

# Longer lines are paragraphs of the story that begin like a note.
NOTE_CHARS = 900
# Where a story was published first stands in so short a line, among so many first or last ones.
SOURCE_CHARS = 300
SOURCE_HEAD, SOURCE_TAIL = 3, 6


@dataclass(frozen=True)
class NoteForm:
    """A kind of note, the words that it needs in lower case, and what its whole line looks like."""

    kind: str
    hint: bytes
    regex: re.Pattern[str]


@cache
def read_notes() -> tuple[NoteForm, ...]:
    """The forms of seeds/article_notes.csv."""
    rows = read_facts("article_notes")
    return tuple(
        NoteForm(row["kind"], fold_case(row["hint"]), re.compile(row["pattern"], re.IGNORECASE)) for row in rows
    )


def find_article_notes(lines: list[Line]) -> Iterator[Finding]:
    """The notes among the lines of a text, the first form of each kind; a form without a name tells the whole line."""
    whole = fold_case("\n".join(line.text for line in lines))
    forms = tuple(form for form in read_notes() if form.hint in whole)
    for line, lower in zip(lines, whole.split(b"\n"), strict=False) if forms else ():
        found = reversed(list(match_notes(line.text, lower, forms)))
        facts = {form.kind: read_note(line, form, match) for form, match in found}
        if facts:
            rule = "republication" if is_source(line, lines, set(facts)) else "article_note"
            yield Finding(line.start, line.next_start, rule, "credit", tuple(facts[kind] for kind in sorted(facts)))


def is_source(line: Line, lines: list[Line], kinds: set[str]) -> bool:
    """Whether a note only tells where the story was published first, above or below it."""
    is_edge = line.index < SOURCE_HEAD or len(lines) - line.index <= SOURCE_TAIL
    return "republication" in kinds <= {"republication", "licence"} and is_edge and len(line.text) <= SOURCE_CHARS


def match_notes(text: str, lower: bytes, forms: tuple[NoteForm, ...]) -> Iterator[tuple[NoteForm, re.Match[str]]]:
    """Those of the forms that a line has, which is `lower` in lower case."""
    for form in forms if len(text) <= NOTE_CHARS else ():
        if form.hint in lower and (match := form.regex.fullmatch(text)):
            yield form, match


def read_note(line: Line, form: NoteForm, match: re.Match[str]) -> Fact:
    """What a note tells: the name in it, else all of it."""
    named = read_groups(match, line.start)
    return named[0] if named else Fact(form.kind, line.text, line.start, line.end)


def list_kinds(line: Line) -> set[str]:
    """The kinds of notes that a line is."""
    return {form.kind for form, _ in match_notes(line.text, fold_case(line.text), read_notes())}


def is_kept(line: Line) -> bool:
    """Whether a line tells what was corrected or what the editors add; nothing else may take it."""
    return not list_kinds(line).isdisjoint(("correction", "editors_note"))
