"""Who else worked on an article: the names in a line of credits, each with what it did."""

import re
from collections.abc import Iterator
from functools import cache

from quotidian.tasks.store.facts import read_facts

from .datelines import read_agencies
from .findings import Fact

# Who took a picture, and for whom or through whom.
PICTURE_BETWEEN = re.compile(r"\s?[/|]\s?|\s(?:via|for)\s|,\s|\s(?:and|&)\s")
DRAWN = re.compile(r"\W{0,3}(?:illustrat|graphic|infographic|cartoon|artwork|drawing|chart|map)", re.IGNORECASE)
BETWEEN = re.compile(r"[;,]|\.\s|\s(?:and|&|with)\s")
# Where somebody reported from, or for whom.
PLACE = re.compile(r"\s(?:in|for|at|from|on|to)\s")
# What somebody is, before the name: "Bay Agency writer Ann Lee".
BEFORE_NAME = re.compile(
    r"(?:[\w.'’&-]+ ){0,5}?(?:writers?|reporters?|correspondents?|producers?|journalists?|photographers?) (?=[A-Z])"
)
NAME_WORDS = range(1, 6)
EDGES = " .,;:()[]\n\t"


@cache
def read_roles() -> dict[str, str]:
    """What lines of credits call a work, with the kind of who did it (seeds/credit_words.csv)."""
    return {row["word"]: row["kind"] for row in read_facts("credit_words")}


@cache
def role_form() -> re.Pattern[str]:
    """A work, perhaps two, and what stands before the names: "Additional reporting and writing by"."""
    words = "|".join(sorted(read_roles(), key=lambda word: (-len(word), word)))
    return re.compile(
        rf"\b(?:(?:additional|extra|further|other|with)\s)?({words})(?:\s(?:and|&)\s(?:{words}))?(?:\s(?:from|for)\s(?:the\s)?\w{{1,20}}(?=\sby\b))?\s?(?:by|from|:):?\s",
        re.IGNORECASE,
    )


def split_contributors(fact: Fact) -> list[Fact]:
    """One fact for each name of a line of credits, of the kind of its work; the whole line where it names nobody."""
    roles = list(role_form().finditer(fact.text))
    ends = [*(role.start() for role in roles[1:]), len(fact.text)]
    spans = [(read_roles()[r[1].lower()], r.end(), end) for r, end in zip(roles, ends, strict=True)] if roles else []
    spans = spans or [("contributor", 0, len(fact.text))]
    names = [make_part(fact, kind, s, e) for kind, start, end in spans for s, e in find_names(fact.text, start, end)]
    return names or [fact]


def make_part(fact: Fact, kind: str, start: int, end: int) -> Fact:
    """A name in a line of credits; an agency among them is one."""
    name = fact.text[start:end]
    return Fact("agency" if name in read_agencies() else kind, name, fact.start + start, fact.start + end)


def split_pictures(fact: Fact) -> list[Fact]:
    """Who made a picture, and apart from that the agency or outlet that it came through; the whole where no name is told."""
    parts, done = [], 0
    for match in [*PICTURE_BETWEEN.finditer(fact.text), None]:
        parts.append((done, match.start() if match else len(fact.text)))
        done = match.end() if match else done
    if not all(len(fact.text[s:e].split()) in NAME_WORDS for s, e in parts):
        return [fact]
    return [Fact(name_picture(fact, s, e), fact.text[s:e], fact.start + s, fact.start + e) for s, e in parts]


def name_picture(fact: Fact, start: int, end: int) -> str:
    """The kind of a part: behind a bar, "via" or "for" stands who brought the picture; an agency always is one."""
    before = fact.text[:start].rstrip().lower()
    is_source = before.endswith(("/", "|", " via", " for")) or fact.text[start:end] in read_agencies()
    return "photo_agency" if is_source else fact.field


def is_drawn(line: str) -> bool:
    """Whether a credit is that of something drawn."""
    return DRAWN.match(line) is not None


def find_names(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches of text[start:end] that are names; none where a part without a capital is among them."""
    found, done = [], start
    breaks = [(match.start(), match.end()) for match in BETWEEN.finditer(text, start, end)]
    for stop, following in [*breaks, (end, end)]:
        name = trim_name(text, done, stop)
        done = following
        if name is None:
            continue
        words = text[name[0] : name[1]].split()
        if len(words) not in NAME_WORDS or not words[0][0].isupper():
            return iter(())
        found.append(name)
    return iter(found)


def trim_name(text: str, start: int, end: int) -> tuple[int, int] | None:
    """A part without what stands behind the name and the marks around it; None where nothing is left."""
    before = BEFORE_NAME.match(text, start, end)
    start = before.end() if before else start
    place = PLACE.search(text, start, end)
    part = text[start : place.start() if place else end]
    name = part.strip(EDGES)
    if not name:
        return None
    first = start + part.index(name)
    return first, first + len(name)
