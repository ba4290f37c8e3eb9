"""What "and" or "but" joins to content although the parser hung it on the cue, or on nothing near."""

from quotidian.tasks.extract.quotes.cuts import Span
from quotidian.tasks.extract.quotes.frames import Frame
from quotidian.tasks.extract.quotes.grammar import EXPLETIVES, FINITE_OR_MODAL, PAST_FORMS
from quotidian.tasks.extract.quotes.page import Page
from quotidian.tasks.extract.quotes.readings import Order, move, reading

JOINING = frozenset(("and", "but"))
PHRASE_TAGS = frozenset(("IN", "TO"))
PHRASE_WORDS = frozenset(("also", "perhaps", "not"))
"""Words that open a phrase without a verb behind a conjunction."""


@move(
    "Ms. Berg said the bridge could close in May, but it will open in June.",
    "[Berg] the bridge could close in May, but it will open in June",
)
def add_joined(page: Page, frame: Frame, span: Span) -> Span:
    """Content goes on to the end of the sentence behind "and" or "but" where the reporter cannot: no saying, no act of the speaker follows."""
    words, (first, last), end = page.parse.words, span, page.sentence_end(frame.cue)
    place = last
    while place < end and words[place] in (",", '"'):
        place += 1
    if place + 2 >= end or words[place] not in JOINING or page.outer_cues(place, end):
        return span
    return (first, end) if JOINED.first(page, frame, place + 1, end) else span


@reading(
    "Ms. Berg said the bridge was old, and there was no money for it.",
    "[Berg] the bridge was old, and there was no money for it",
)
def read_expletive(page: Page, frame: Frame, following: int, end: int) -> bool | None:
    """ "It" or "there" behind the conjunction is nobody who acts ("said …, but it will be difficult")."""
    return (frame.complement == "clause" and page.parse.words[following] in EXPLETIVES) or None


@reading(
    "Ms. Berg said they had doubts about the mayor, but could not bear to insult him.",
    "[Berg] they had doubts about the mayor, but could not bear to insult him",
)
def read_auxiliary(page: Page, frame: Frame, following: int, end: int) -> bool | None:
    """A modal verb, "had", or a present behind a past cue goes on with the clause: of the speaker it would be told in the cue's tense."""
    parse = page.parse
    is_present = parse.tags[following] == "VBP" and parse.tags[frame.cue] in PAST_FORMS
    goes_on = is_present or parse.tags[following] == "MD" or parse.words[following] == "had"
    return (frame.complement == "clause" and goes_on) or None


@reading(
    "She said he would stay not because of “some kind of feud,” but because Hall is a “good man.”",
    "[She] he would stay not because of “some kind of feud,” but because Hall is a “good man.”",
)
def read_phrase(page: Page, frame: Frame, following: int, end: int) -> bool | None:
    """A phrase without a verb, or a reason, goes on with what stands before ("…, but also for taxes", "…, but because he is …")."""
    parse = page.parse
    is_phrase = parse.tags[following] in PHRASE_TAGS or parse.words[following] in PHRASE_WORDS
    has_verb = any(tag in FINITE_OR_MODAL for tag in parse.tags[following:end])
    return (is_phrase and (not has_verb or parse.words[following] == "because")) or None


JOINED = Order(read_expletive, read_auxiliary, read_phrase)
