"""Content of passive cues: who is called so, and who is accused of what."""

from quotidian.tasks.extract.quotes.cues import read_complements
from quotidian.tasks.extract.quotes.drafts import Claims, Draft
from quotidian.tasks.extract.quotes.frames import Frame
from quotidian.tasks.extract.quotes.grammar import RELATIVE_TAGS
from quotidian.tasks.extract.quotes.page import Page
from quotidian.tasks.extract.quotes.readings import reading

CHARGES = frozenset(("accuse", "blame", "criticize", "criticise"))
"""Verbs whose passive tells of somebody and what he is said to have done."""


@reading("The bridge was dubbed “the snake.”", "[] The bridge … the snake.")
def draft_named(page: Page, frame: Frame, segment: int | None, claims: Claims) -> Draft | None:
    """What is called so in a passive, and what it is called in marks ("the plan was described by Kim as “a gift”")."""
    if segment is None or not frame.is_passive or "person" not in read_complements()[frame.lemma]:
        return None
    parse = page.parse
    subject = parse.child(frame.cue, "nsubjpass")
    span = page.span(*parse.subtree(subject)) if subject is not None else None
    claims.claim([segment])
    named = (page.segments[segment].start, page.segments[segment].end)
    parts = [named] if span is None or parse.tags[subject] in RELATIVE_TAGS else [span, named]
    return Draft(parts, frame, "before", [segment], len(parts) == 1)


@reading("The driver was accused of hiding the delay.", "[] The driver … of hiding the delay")
def draft_charge(page: Page, frame: Frame, segment: int | None, claims: Claims) -> Draft | None:
    """Who is accused in a passive, and of what ("the driver was blamed for the delay"); who is charged with something stands before a court."""
    if not frame.is_passive or frame.content is not None or frame.lemma not in CHARGES:
        return None
    parse = page.parse
    subject = parse.child(frame.cue, "nsubjpass")
    charge = next((child for child in parse.children[frame.cue] if is_charge(page, frame, child)), None)
    named = subject is not None and parse.tags[subject] not in RELATIVE_TAGS
    heads = [] if charge is None else [subject, charge] if named else [charge]
    parts = [span for span in (page.span(*parse.subtree(token)) for token in heads) if span]
    return Draft(parts, frame, "before") if parts else None


def is_charge(page: Page, frame: Frame, token: int) -> bool:
    return token > frame.cue and page.parse.deps[token] == "prep" and page.parse.words[token] in ("of", "with", "for")
