"""Content of passive cues: who is called so, and who is accused of what."""

from quotidian.tasks.extract.quotes.before import RELATIVE_TAGS
from quotidian.tasks.extract.quotes.drafts import Draft
from quotidian.tasks.extract.quotes.frames import Frame
from quotidian.tasks.extract.quotes.page import Page

CHARGES = frozenset(("accuse", "charge", "blame", "criticize", "criticise"))
"""Verbs whose passive tells of somebody and what he is said to have done."""


def draft_named(page: Page, frame: Frame, segment: int, taken: set[int]) -> Draft | None:
    """What is called so, and what it is called in marks: "the plan was described by Kim as “a gift”"."""
    parse = page.parse
    subject = parse.child(frame.cue, "nsubjpass")
    span = page.span(*parse.subtree(subject)) if subject is not None else None
    taken.add(segment)
    named = (page.segments[segment].start, page.segments[segment].end)
    parts = [named] if span is None or parse.tags[subject] in RELATIVE_TAGS else [span, named]
    return Draft(parts, frame, "before", [segment], len(parts) == 1)


def draft_charge(page: Page, frame: Frame) -> Draft | None:
    """Who is accused, and of what: "the driver was charged with theft"."""
    parse = page.parse
    subject = parse.child(frame.cue, "nsubjpass")
    charge = next((child for child in parse.children[frame.cue] if is_charge(page, frame, child)), None)
    if charge is None:
        return None
    named = subject is not None and parse.tags[subject] not in RELATIVE_TAGS
    spans = (page.span(*parse.subtree(token)) for token in ((subject, charge) if named else (charge,)))
    parts = [span for span in spans if span]
    return Draft(parts, frame, "before") if parts else None


def is_charge(page: Page, frame: Frame, token: int) -> bool:
    return token > frame.cue and page.parse.deps[token] == "prep" and page.parse.words[token] in ("of", "with", "for")
