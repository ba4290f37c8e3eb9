"""Whether a cue reports the unmarked words before it: it stands apart from them, and has no plain main clause of its own."""

from quotidian.tasks.extract.quotes.clauses import find_openers, has_finite_verb
from quotidian.tasks.extract.quotes.frames import Frame
from quotidian.tasks.extract.quotes.grammar import (
    ASKING,
    DASHES,
    FINITE,
    LOOSE,
    PERSONAL_TAGS,
    RELATIVE_TAGS,
    REPORTING,
    SPOKEN_SUBJECTS,
    VERBS,
)
from quotidian.tasks.extract.quotes.page import Page
from quotidian.tasks.extract.quotes.phrases import find_phrase_right
from quotidian.tasks.extract.quotes.readings import Order, reading

QUESTION_WORDS = frozenset(("why", "how", "where"))
SHORT_TAIL = 3
"""Up to so many tokens a plain "he said on Monday" reaches from the cue to the next mark."""
INSERTED_LABELS = LOOSE | {"ROOT", "ccomp", "conj", "advcl"}
"""Labels of cues that may be inserted into what they report."""
VERBS_OR_MODAL = VERBS | {"MD"}
SHORT_ENDS = ASKING | {",", ".", '"'}


def stands_apart(page: Page, frame: Frame, before: int) -> bool:
    """Whether the cue reports the words that end with the token `before`; a verb without a subject in its sentence does not."""
    if frame.kind == "source":
        return SOURCE_APARTNESS.first(page, frame, before) or False
    return has_subject_near(page, frame) and (APARTNESS.first(page, frame, before) or False)


def has_subject_near(page: Page, frame: Frame) -> bool:
    sentence_of = page.parse.sentence_of
    return frame.subject is not None and sentence_of[frame.subject] == sentence_of[frame.cue]


@reading(
    "Lorry hits bridge in Kent: two are hurt According to police, the driver was asleep.",
    "[police] the driver was asleep",
)
def refuse_opening_source(page: Page, frame: Frame, before: int) -> bool | None:
    """ "According to" reports nothing before it where it opens a sentence."""
    return False if opens_unmarked(page, frame.cue) else None


def opens_unmarked(page: Page, cue: int) -> bool:
    """Whether "According" opens a sentence behind a headline that lost its stop: in capitals behind a word in small letters."""
    before, opening = page.parse.text[page.parse.starts[cue - 1]], page.parse.text[page.parse.starts[cue]]
    return cue > page.sentence_start(cue) and opening.isupper() and (before.islower() or before.isdigit())


@reading("It rained, according to Norwegian officials.", "[Norwegian officials] It rained")
def read_source_behind(page: Page, frame: Frame, before: int) -> bool | None:
    """ "According to" reports what stands before it, unless a bracket or colon does."""
    return page.parse.words[before] not in ("(", ":") and page.previous_word(frame.cue) is not None


SOURCE_APARTNESS = Order(refuse_opening_source, read_source_behind)


@reading("Nobody knew what the mayor said.", "")
def refuse_joined(page: Page, frame: Frame, before: int) -> bool | None:
    """A cue without a comma, dash or question mark before it reports nothing there."""
    words = page.parse.words
    word = words[before - 1] if words[before] == "'" and before else words[before]
    return None if word == "," or word in ASKING or word in DASHES else False


@reading(
    "Ms. Berg said that the mayor, who told her “The roof leaks,” was right.",
    "[Berg] that the mayor, who told her “The roof leaks,” was right",
)
def refuse_relative(page: Page, frame: Frame, before: int) -> bool | None:
    """ "…, who said" reports nothing before it."""
    return False if page.parse.tags[frame.subject] in RELATIVE_TAGS else None


@reading(
    "The senator backs the plan, a kind of truce.\n\nIn a note posted Sunday, Berg said she had doubts.",
    "[Berg] she had doubts",
)
def refuse_posted(page: Page, frame: Frame, before: int) -> bool | None:
    """A participle that tells of the place of other words reports nothing before it ("…. In a note posted Sunday, …")."""
    noun, parse = frame.subject, page.parse
    is_posted = parse.tags[frame.cue] == "VBN" and parse.deps[frame.cue] == "acl" and parse.deps[noun] == "pobj"
    return False if is_posted and before < parse.heads[noun] < noun == parse.heads[frame.cue] else None


@reading("It is a personal matter, so why should she tell him?", "")
def refuse_asked_why(page: Page, frame: Frame, before: int) -> bool | None:
    """A cue that a question word stands before reports nothing there ("…, so why should she tell him?")."""
    words = (page.parse.words[child] for child in page.parse.children[frame.cue] if child < frame.cue)
    return False if not QUESTION_WORDS.isdisjoint(words) else None


@reading("Mr. Hall walked in, shouting.", "")
def refuse_subject_across(page: Page, frame: Frame, before: int) -> bool | None:
    """Where the subject stands before the comma, the cue goes on with its clause ("Hall, in a hurry, said so")."""
    return False if frame.subject < before else None


@reading(
    "The town will go on mending roofs in the valley, a plan announced earlier this year.",
    "[a plan] The town will go on mending roofs in the valley",
)
def read_found_subject(page: Page, frame: Frame, before: int) -> bool | None:
    """A cue whose subject was found by words reports a clause with a main verb, or one that goes on behind the cue's comma."""
    return None if frame.left is None else has_finite_verb(page, frame) or goes_on(page, frame)


@reading("The roof, he said, leaks.", "[he] The roof … leaks")
def read_insertion(page: Page, frame: Frame, before: int) -> bool | None:
    """A cue that is inserted into a clause reports it ("The plan, he said, works"; "as she noted")."""
    if page.parse.deps[frame.cue] not in INSERTED_LABELS:
        return None
    return INSERTIONS.first(page, frame) or False


@reading(
    "“If the firm finds more papers, it means to search them” for an answer that would help the town, school clerk Anna Marie Berg wrote in a letter.",
    "[Anna Marie Berg, school clerk] “If the firm finds more papers, it means to search them” for an answer that would help the town",
)
def read_closing_relative(page: Page, frame: Frame, before: int) -> bool | None:
    """A cue that the parser took for a relative clause reports what stands before it."""
    return page.parse.deps[frame.cue] == "relcl" and closes_report(page, frame) and has_finite_verb(page, frame)


APARTNESS = Order(
    refuse_joined,
    refuse_relative,
    refuse_posted,
    refuse_asked_why,
    refuse_subject_across,
    read_found_subject,
    read_insertion,
    read_closing_relative,
)


def goes_on(page: Page, frame: Frame) -> bool:
    """Whether a clause goes on behind the comma of a bare cue ("The plan, the owner of the mill says, works")."""
    parse, right = page.parse, find_phrase_right(page, frame)
    end = page.sentence_end(frame.cue)
    is_bare = parse.words[right] == "," and right - frame.cue <= SHORT_TAIL and frame.content is None
    return is_bare and any(parse.tags[token] in VERBS_OR_MODAL for token in range(right + 1, end))


@reading("The roof, he said, leaks.", "[he] The roof … leaks")
def read_loose_cue(page: Page, frame: Frame) -> bool | None:
    """A cue that hangs loosely on a clause, or on one behind it, is inserted into it."""
    dep = page.parse.deps[frame.cue]
    return dep in LOOSE or (dep == "ccomp" and page.parse.heads[frame.cue] > frame.cue) or None


@reading(
    "The roof is safe, as the mayor of the town argued in his letter to the school.",
    "[the mayor of the town] The roof is safe",
)
def read_as_clause(page: Page, frame: Frame) -> bool | None:
    """ "As she noted" behind a clause is inserted."""
    mark = page.parse.child(frame.cue, "mark") if page.parse.deps[frame.cue] == "advcl" else None
    return (mark is not None and page.parse.words[mark] == "as") or None


@reading("Not in the north, said Rudolf Dahl of the council.", "[Rudolf Dahl] “Not in the north”")
def read_inverted_behind_comma(page: Page, frame: Frame) -> bool | None:
    """A cue right behind a comma with its subject behind it is inserted (", said Hall")."""
    parse, cue = page.parse, frame.cue
    return (frame.subject > cue and parse.words[cue - 1] == "," and parse.tags[cue] in REPORTING) or None


@reading("Absolutely, the mayor said.", "[the mayor] Absolutely")
def read_short_cue(page: Page, frame: Frame) -> bool | None:
    """A bare "he said", or one that soon ends, is inserted into a clause with a main verb, or closes an answer ("Absolutely, he said.")."""
    parse, cue, right = page.parse, frame.cue, find_phrase_right(page, frame)
    is_short = parse.words[right] in SHORT_ENDS and right - cue <= SHORT_TAIL
    is_bare = cue - frame.subject == 1 and parse.tags[frame.subject] in PERSONAL_TAGS and parse.words[cue - 2] != "and"
    if not is_bare and not is_short:
        return None
    return has_finite_verb(page, frame) or ANSWERS.first(page, frame, right) or False


@reading("Absolutely, the mayor said.", "[the mayor] Absolutely")
def read_answer(page: Page, frame: Frame, right: int) -> bool | None:
    """Words without a verb are an answer before a cue that ends its sentence and has no content of its own ("Absolutely, he said.")."""
    closes = page.parse.words[right] in (".", '"', "!", "?") or page.parse.tags[right : right + 2] == [",", "VBG"]
    return (frame.content is None and not frame.needs_marks and closes) or None


ANSWERS = Order(read_answer)


@reading(
    "The school should close, a bold headline from the old paper of the harbour reads in an article published on Friday evening.",
    "[a bold headline from the old paper of the harbour] The school should close",
)
def read_closing_cue(page: Page, frame: Frame) -> bool | None:
    """A long cue that closes its sentence reports a clause with a main verb ("…, the mayor told a radio on Friday")."""
    return (closes_report(page, frame) and has_finite_verb(page, frame)) or None


INSERTIONS = Order(
    read_loose_cue,
    read_as_clause,
    read_inverted_behind_comma,
    read_short_cue,
    read_closing_cue,
)


def closes_report(page: Page, frame: Frame) -> bool:
    """Whether a cue without content of its own is told of its clause, not of a time or manner ("…, when she called him")."""
    parse, cue = page.parse, frame.cue
    is_told = parse.heads[frame.subject] == cue and parse.words[frame.subject] not in SPOKEN_SUBJECTS
    is_plain = frame.content is None and is_told and parse.tags[cue] in FINITE
    return is_plain and all(parse.tags[opener] == "RB" for opener in find_openers(parse, cue))
