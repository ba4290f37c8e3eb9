"""The phrase that a cue makes with its subject: where it starts and where it ends."""

from quotidian.tasks.extract.parsing.parse import Parse
from quotidian.tasks.extract.quotes.frames import Frame
from quotidian.tasks.extract.quotes.grammar import ANY_SUBJECT, AUXILIARY, OPENERS, PHRASE_ENDS
from quotidian.tasks.extract.quotes.page import Page
from quotidian.tasks.extract.quotes.readings import Order, move
from quotidian.tasks.extract.quotes.subjects import find_quoting

LONGEST_PHRASE = 60
"""Tokens; further than this no phrase of a cue reaches, and runs without punctuation stay cheap."""
COMPANIONS = AUXILIARY | OPENERS | {"neg"}
"""Labels of the small words that go with a verb."""


def find_phrase_left(page: Page, frame: Frame) -> int:
    """First token of the cue with its subject, auxiliaries and the "as" before them."""
    if frame.kind == "source":
        return frame.cue
    return PHRASE_STARTS.fold(page, frame, frame.cue) if frame.left is None else frame.left


@move("Say it rained, he said.", "[he] Say it rained")
def reach_subject(page: Page, frame: Frame, left: int) -> int:
    """The phrase starts with its subject's, as far as that lies in the sentence and behind marked words."""
    if not has_own_subject(page, frame) or not page.sentence_start(frame.cue) <= frame.subject < frame.cue:
        return left
    parse = page.parse
    left = find_word_start(parse, parse.subtree(frame.subject)[0])
    left = max(left, page.sentence_start(frame.cue), page.behind_segments(frame.cue))
    while left < frame.subject and parse.words[left] in PHRASE_ENDS:
        left += 1
    return left


def find_word_start(parse: Parse, token: int) -> int:
    """First token of a word with hyphens whose parts the parser may have hung elsewhere ("Min-ho", "vice-president")."""
    while is_hyphen(parse, token - 1):
        token -= 2
    return token


def is_hyphen(parse: Parse, token: int) -> bool:
    """Whether a token joins two parts of one word ("co-founder"); a dash stands between blanks."""
    is_inside = 0 < token < len(parse) - 1 and parse.words[token] == "-"
    return is_inside and parse.ends[token - 1] == parse.starts[token] == parse.starts[token + 1] - 1


def has_own_subject(page: Page, frame: Frame) -> bool:
    return frame.subject is not None and page.parse.heads[frame.subject] == frame.cue


@move("The roof leaks, as Maria Lopez noted.", "[Maria Lopez] The roof leaks")
def reach_companions(page: Page, frame: Frame, left: int) -> int:
    """Auxiliaries and small words right before subject and cue belong to the phrase ("as she noted", "later he would say"), unless marks
    enclose them."""
    parse = page.parse
    for child in reversed(parse.children[frame.cue]):
        joined = child < left and page.segment_of[child] < 0 and all(parse.words[i] != "," for i in range(child, left))
        if joined and parse.deps[child] in COMPANIONS:
            left = child
    return left


@move(
    "“The roof leaks,” the owner of the mill was quoted by a paper as saying.",
    "[the owner of the mill] “The roof leaks”",
)
def reach_quoting(page: Page, frame: Frame, left: int) -> int:
    """ "As saying" belongs to the phrase of the verb that passes it on ("Hall was quoted as saying", "a paper quoted Hall as saying")."""
    parse, above = page.parse, find_quoting(page.parse, frame.cue)
    subject = None if above is None else parse.child(above, *ANY_SUBJECT)
    if subject is None or subject > above:
        return left
    return max(parse.subtree(subject)[0], page.sentence_start(frame.cue), page.behind_segments(frame.cue))


@move("“The roof leaks,” Ms. Berg is expected to say.", "[Berg, not said] “The roof leaks”")
def reach_governor(page: Page, frame: Frame, left: int) -> int:
    """The verb that governs an infinitive of saying belongs to its phrase, with its subject ("Hall is expected to say", "she went so far as to say")."""
    parse, cue = page.parse, frame.cue
    above = parse.heads[cue]
    subject = parse.child(above, *ANY_SUBJECT)
    is_infinitive = parse.deps[cue] == "xcomp" and parse.words[cue - 1 : cue] == ["to"]
    if not is_infinitive or subject is None or not subject < above < cue - 1:
        return left
    first = parse.subtree(subject)[0]
    is_near = page.sentence_start(cue) <= first and page.behind_segments(cue) <= first
    return min(left, first) if is_near and "," not in parse.words[subject:cue] else left


PHRASE_STARTS = Order(reach_subject, reach_companions, reach_quoting, reach_governor)


def find_phrase_right(page: Page, frame: Frame) -> int:
    """The mark of punctuation that ends cue, subject and addressee."""
    parse, right = page.parse, frame.cue_end
    if frame.subject is not None and frame.subject > frame.cue:
        last = min(parse.subtree(frame.subject)[1], page.sentence_end(frame.cue))
        right = max(right, last - (parse.words[last - 1] == ","))
    last = min(len(parse) - 1, right + LONGEST_PHRASE)
    while right < last and parse.words[right] not in PHRASE_ENDS and not parse.words[right].isspace():
        right += 1
    return min(right, last)
