"""Notes on the people of the declared byline: "Ann Lee is a reporter in Selby.", "Ms. Lee writes about ferries."."""

import re

from .authors import read_authors
from .findings import Fact
from .lines import Line

# Longer lines are paragraphs of the story.
NOTE_CHARS = 700
# Words of a name; one word alone is a screen name, or what the story calls somebody.
LEAST_WORDS = 2
TITLE = re.compile(r"(?:Mr|Mrs|Ms|Dr|Prof|Rev)\.? ")
# What a note says of its author, right behind the name; what somebody said or did there is the story's.
SAYS = re.compile(
    r",? (?:(?:is|was) (?:(?:now|also|currently) )?(?:an?|the|one of|based|editor|president|director|author|head|senior|professor|founder)\b"
    r"|(?:writes|covers|reports|edits|hosts|teaches|specialises|specializes|contributed|contributes|joined) \w|(?:has been|has covered|has written|has worked) \w"
    r"|can be (?:reached|followed|found|contacted)\b|lives in\b)|, (?:an?|the) \w"
)


def list_people(byline: str | None) -> tuple[str, ...]:
    """The people of a byline who have a first and a last name."""
    people = read_authors(byline, ()) if byline else ()
    return tuple(name for name in people if len(name.split()) >= LEAST_WORDS)


def find_author_note(line: Line, authors: tuple[str, ...]) -> tuple[Fact, ...] | None:
    """The name of the author whom a line is about from its start, none where it has title and last name; None for no note."""
    if len(line.text) > NOTE_CHARS:
        return None
    title = TITLE.match(line.text)
    start = title.end() if title else 0
    for author in authors:
        for name in (author, author.split()[-1]) if title else (author,):
            end = start + len(name)
            if line.text.startswith(name, start) and SAYS.match(line.text, end):
                return (Fact("author", name, line.start + start, line.start + end),) if name == author else ()
    return None
