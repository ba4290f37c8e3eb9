"""Speakers of quotations that have no cue: a name before the colon, or in the line behind ("- Bernie Sanders")."""

import re
from bisect import bisect_left

from quotidian.tasks.extract.names.link_names import Linked
from quotidian.tasks.extract.names.mentions import HYPHENS
from quotidian.tasks.extract.quotes.drafts import Saying
from quotidian.tasks.extract.quotes.page import Page
from quotidian.tasks.extract.quotes.readings import Order, reading
from quotidian.tasks.extract.quotes.resumed import is_label, match_signature

SPEAKING_TYPES = frozenset(("PERSON", "ORG"))
LINE_BELOW = re.compile(r"\n\s*(?=[A-Z])")
IN_BRACKETS = re.compile(r" {0,2}\((?=[A-Z][^()\n]{3,80}\) {0,2}(?:\n|\Z))")
LONGEST_SIGNATURE = 12
"""Words of a line that only says who spoke."""
LONGEST_LABEL = 15
"""Tokens of a name with his role and party before a colon ("Rep. Ann Lee (D-Ohio):")."""
FARTHEST_NAME = 3
"""Tokens of title or dash before the name in a signature."""


@reading(
    "“It rained all day and all through the night.”\n- Peter Hall, farmer",
    "[Peter Hall, farmer] “It rained all day and all through the night.”",
)
def read_signature(page: Page, linked: Linked, saying: Saying) -> int | None:
    """The name behind a dash after the closing mark speaks, or the one in the line below where the mark closes only there."""
    segment, view = page.segments[max(saying.segments)], page.parse.view
    match = match_signature(view, segment.outer_end)
    if match is None and not segment.is_closed:
        match = LINE_BELOW.match(view, segment.outer_end)
    if match is None:
        return read_bracket(page, linked, segment.outer_end)
    line = view[match.end() :].split("\n", 1)[0]
    if len(line.split()) > LONGEST_SIGNATURE or is_label(view, match.end()):
        return None
    first = page.token_at(match.end())
    near = links_between(linked, first, first + FARTHEST_NAME)
    return next((index for index in near if may_speak(linked, index)), None)


def read_bracket(page: Page, linked: Linked, place: int) -> int | None:
    """Whose whole name a bracket at the end of a paragraph begins with ("“…” (Ann Lee, reader)")."""
    match = IN_BRACKETS.match(page.parse.view, place)
    first = None if match is None else page.token_at(match.end())
    near = () if first is None else links_between(linked, first, first + 1)
    found = (index for index in near if linked.entity_names[linked.links[index].entity][1] == "PERSON")
    return next((index for index in found if len(linked.links[index].name.words) > 1), None)


@reading("Peter Hall: “It rained all day and all night.”", "[Peter Hall] “It rained all day and all night.”")
def read_name_at_colon(page: Page, linked: Linked, saying: Saying) -> int | None:
    """The name right before the colon that opens a quotation speaks, else the first of its sentence."""
    start = page.segments[min(saying.segments)].outer_start
    if saying.frame is not None or page.character_before(start) != ":":
        return None
    colon = page.token_at(start) - 1
    while colon > 0 and not page.parse.words[colon].endswith(":"):
        colon -= 1
    first, opening = page.sentence_start(colon), page.token_at(page.paragraphs[page.paragraph_of_token(colon)])
    first = opening if colon - opening <= LONGEST_LABEL and not page.outer_cues(opening, first) else first
    found = links_between(linked, first, colon)
    is_bare = page.parse.words[colon] == ":" and page.parse.words[colon - 1] != ")"
    if found and linked.links[found[-1]].name.last == colon and may_speak(linked, found[-1]) and is_bare:
        return None if is_spoken_of(page, colon - 1, first) else found[-1]
    return next((index for index in found if may_speak(linked, index) and not is_glued(page, linked, index)), None)


def is_spoken_of(page: Page, name: int, first: int) -> bool:
    """Whether a name before a colon is an object in a sentence with another subject ("She then turned to Berg: “…”")."""
    parse = page.parse
    is_object = parse.deps[name] in ("dobj", "pobj") and parse.words[parse.heads[name]] not in ("by", "from")
    return is_object and any(parse.deps[token] == "nsubj" for token in range(first, name))


def is_glued(page: Page, linked: Linked, index: int) -> bool:
    """Whether a name only tells who or what something is: a hyphen glues it to a word before it ("a pro-Berg group", "a Berg-led group"), or it owns what follows ("Berg's
    lawyer:")."""
    name, parse = linked.links[index].name, page.parse
    words, before = parse.words, linked.links[index].name.first - 1
    is_owner = words[name.last : name.last + 1] in (["'s"], ["'"]) or words[name.last - 1] == "'s"
    is_part = before >= 0 and words[before] in HYPHENS and parse.ends[before] == parse.starts[name.first]
    return is_owner or is_part or words[name.last] in HYPHENS


LABELS = Order(read_signature, read_name_at_colon)


def links_between(linked: Linked, first: int, last: int) -> range:
    """Indexes of the links whose names start among tokens first to last (exclusive)."""
    start = bisect_left(linked.links, first, key=lambda link: link.name.first)
    return range(start, bisect_left(linked.links, last, key=lambda link: link.name.first))


def may_speak(linked: Linked, index: int) -> bool:
    return linked.entity_names[linked.links[index].entity][1] in SPEAKING_TYPES
