"""Which clauses stand around a cue: content of its own behind it, a main verb before it."""

from quotidian.tasks.extract.parsing.parse import Parse
from quotidian.tasks.extract.quotes.complements import ADDRESSEE_VERBS
from quotidian.tasks.extract.quotes.frames import Frame
from quotidian.tasks.extract.quotes.grammar import (
    AUXILIARY,
    CONTENT_LABELS,
    DEPENDENT_CLAUSES,
    FINITE_OR_MODAL,
    OPENERS,
    PROPER_NOUNS,
    SUBORDINATORS,
)
from quotidian.tasks.extract.quotes.page import Page
from quotidian.tasks.extract.quotes.phrases import find_phrase_right
from quotidian.tasks.extract.quotes.readings import Order, reading

DEEPEST_CLAUSE = 30
"""Steps up the tree after which a verb counts as dependent."""
FARTHEST_VERB = 150
"""Tokens before a cue that are searched for the main verb of its content."""


def has_content_after(page: Page, frame: Frame) -> bool:
    """Whether the verb goes on with content of its own, so that what stands before is none."""
    return CONTENT_AFTER.first(page, frame) or False


@reading(
    "While sitting by the river, a friend commented: For you, rain is a gift.", "[a friend] “For you, rain is a gift”"
)
def read_opened_speech(page: Page, frame: Frame) -> bool | None:
    """Speech that the cue opens is its content."""
    return opens_speech(page, frame) or None


@reading(
    "Mr. Dahl told Mr. Roe he must “play the ‘Tide’” before the school, the letter said, a nod to a “Harbour” singer who lies to the court about his debts with the bank.",
    "[the letter] Mr. Dahl told Mr. Roe he must “play the ‘Tide’” before the school",
)
def read_reported_before(page: Page, frame: Frame) -> bool | None:
    """A cue with a clause before it has content behind it only where that is a clause, too, and no comma stands between."""
    is_reported = any(is_reported_clause(page, child, frame.cue) for child in page.parse.children[frame.cue])
    return frame.complement == "clause" and not is_behind_comma(page, frame, frame.content) if is_reported else None


def is_behind_comma(page: Page, frame: Frame, head: int) -> bool:
    """Whether a comma, and no mark, stands between a cue and what follows it ("said of Kent, in which …")."""
    between = page.parse.words[frame.cue_end : max(page.parse.subtree(head)[0], frame.cue_end)]
    return "," in between and "'" not in between


@reading("The roof leaks, Ms. Berg told a radio of the town on Friday.", "[Berg] the town")
def read_complement_after(page: Page, frame: Frame) -> bool | None:
    """What the cue takes, and follows it, is its content."""
    return (frame.content is not None and frame.content > frame.cue) or None


@reading("He came in May, as Ms. Berg called him.", "")
def read_object_after(page: Page, frame: Frame) -> bool | None:
    """An object or clause behind the cue is its content, unless it is the addressee or hangs loosely on it."""
    for child in page.parse.children[frame.cue]:
        is_content = child > frame.cue and page.parse.deps[child] in CONTENT_LABELS and child != frame.subject
        is_own = frame.subject is not None and frame.subject > frame.cue and page.parse.heads[frame.subject] == child
        if is_content and not is_own and not MERE_OBJECTS.first(page, frame, child):
            return True
    return None


CONTENT_AFTER = Order(read_opened_speech, read_reported_before, read_complement_after, read_object_after)


@reading("The roof leaks, Maria Lopez told reporters.", "[Maria Lopez] The roof leaks")
def read_addressee(page: Page, frame: Frame, child: int) -> bool | None:
    """Whom one tells is no content ("…, he told reporters.")."""
    return (page.parse.deps[child] == "dobj" and frame.lemma in ADDRESSEE_VERBS) or None


@reading(
    "The boat had no buyer, he said, on condition of anonymity to talk about the sale.", "[he] The boat had no buyer"
)
def read_loose_verb(page: Page, frame: Frame, child: int) -> bool | None:
    """A verb behind the cue's comma is no content ("…, Ms. Berg said, pointing at the dam.")."""
    parse, right = page.parse, frame.cue_end
    if parse.deps[child] != "xcomp" or frame.complement:
        return None
    while right < len(parse) and parse.tags[right] == "RB":
        right += 1
    return (right < len(parse) and parse.words[right] == ",") or None


MERE_OBJECTS = Order(read_addressee, read_loose_verb)


def find_openers(parse: Parse, cue: int) -> list[int]:
    """Words before a cue that open its clause or go with it ("when", "after", "later")."""
    return [child for child in parse.children[cue] if child < cue and parse.deps[child] in OPENERS]


def is_reported_clause(page: Page, head: int, cue: int) -> bool:
    """Whether a clause before a cue is its content, not one that only goes before it ("While prices rise, he points …")."""
    parse = page.parse
    return parse.deps[head] == "ccomp" and head < cue and parse.words[parse.subtree(head)[0]] not in SUBORDINATORS


def opens_speech(page: Page, frame: Frame) -> bool:
    """Whether the cue opens speech behind it: "He added: …", or "He added, People …" with nothing said before."""
    return SPEECH_OPENERS.first(page, frame, find_phrase_right(page, frame)) or False


@reading(
    "Ms. Berg argued that the plan was too dear: Its costs were those of two schools.",
    "[Berg] that the plan was too dear: Its costs were those of two schools",
)
def refuse_complement_first(page: Page, frame: Frame, right: int) -> bool | None:
    """A cue opens no speech where what it takes stands within its phrase ("told the story, …")."""
    return False if frame.content is not None and frame.content < right else None


@reading("Said: The roof leaks.", "")
def open_at_colon(page: Page, frame: Frame, right: int) -> bool | None:
    """A colon behind the phrase of the cue opens speech ("He added: …"), unless another cue is nearer to it."""
    return (page.parse.words[right] == ":" and not page.outer_cues(frame.cue_end, right)) or None


@reading("That said, Ms. Berg will come.", "")
def open_at_comma(page: Page, frame: Frame, right: int) -> bool | None:
    """A comma behind the phrase of the cue opens speech where a capital follows and nothing is said before ("He added, People …")."""
    parse = page.parse
    if parse.words[right] != "," or right + 1 >= page.sentence_end(frame.cue) or frame.subject is None:
        return None
    is_capital = parse.view[parse.starts[right + 1]].isupper()
    opens = is_capital and (parse.tags[right + 1] not in PROPER_NOUNS or right - frame.cue <= 1)
    is_dependent = parse.deps[frame.cue] == "relcl" or parse.tags[frame.cue] == "VBG"
    return opens and frame.subject < frame.cue and (is_dependent or not has_finite_verb(page, frame))


SPEECH_OPENERS = Order(refuse_complement_first, open_at_colon, open_at_comma)


def has_finite_verb(page: Page, frame: Frame) -> bool:
    """Whether the words before the cue have a main verb of their own."""
    return MAIN_VERBS.first(page, frame) or False


@reading(
    "The boat had no buyer, he said, on condition of anonymity to talk about the sale.", "[he] The boat had no buyer"
)
def read_main_verb(page: Page, frame: Frame) -> bool | None:
    """A finite verb before the cue that no dependent clause holds is a main verb."""
    parse, cue = page.parse, frame.cue
    for token in range(max(page.sentence_start(cue), cue - FARTHEST_VERB), cue):
        if parse.tags[token] in FINITE_OR_MODAL:
            verb = parse.heads[token] if parse.deps[token] in AUXILIARY else token
            if verb < cue and is_main(page, verb, cue):
                return True
    return None


MAIN_VERBS = Order(read_main_verb)


def is_main(page: Page, verb: int, cue: int) -> bool:
    """Whether no dependent clause lies between a verb and the top of its sentence or the cue."""
    parse = page.parse
    for _ in range(DEEPEST_CLAUSE):
        if parse.heads[verb] == verb or verb == cue:
            return True
        if parse.deps[verb] in DEPENDENT_CLAUSES:
            return False
        verb = parse.heads[verb]
    return False
