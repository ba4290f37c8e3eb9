"""Content that stands before its cue: "…," he said; … , according to the ministry; as she noted, …"""

from quotidian.tasks.extract.quotes.clauses import has_content_after, has_finite_verb, opens_speech
from quotidian.tasks.extract.quotes.drafts import REFUSED, Claims, Draft, make_draft
from quotidian.tasks.extract.quotes.frames import Frame
from quotidian.tasks.extract.quotes.grammar import (
    ANY_SUBJECT,
    ARTICLES,
    ASKING,
    FINITE,
    LEADING_OVER,
    LIVE_TIME,
    RELATIVE_TAGS,
)
from quotidian.tasks.extract.quotes.marks import Segment
from quotidian.tasks.extract.quotes.named_things import is_named_so
from quotidian.tasks.extract.quotes.page import Page
from quotidian.tasks.extract.quotes.phrases import find_phrase_left, find_phrase_right
from quotidian.tasks.extract.quotes.readings import Order, move, reading
from quotidian.tasks.extract.quotes.rest import find_rest
from quotidian.tasks.extract.quotes.stands_apart import stands_apart

PUT = frozenset(("asked", "pressed", "questioned", "quizzed"))
"""Participles that open a sentence about somebody to whom a question was put."""
LONGEST_ASKER = 8
"""Tokens between "asked" and the marked question, of who asked."""
SHORT_LEAD = 3
"""Words before a comma from which they are a part of what the marks behind it go on with."""
SIDE_CLAUSES = frozenset(("when", "after", "before", "while", "because", "since", "although", "though", "until"))
"""Words that open a clause beside what is said; "as" leads over to who said it."""
OPENING_CONDITIONS = frozenset(("if", "unless"))
"""Words that open a condition, which is a part of what is said; a time may be the reporter's ("After the talks ended, he said, “we …”")."""
TURNING = frozenset(("however", "still", "yet", "meanwhile"))
"""With these, and a comma, a reporter turns to what somebody said."""
FARTHEST_MARK = 5
"""Characters behind a comma within which marked words open."""
NEAR_CUE = 4
"""A cue so few tokens before a marked segment has that segment, or part of it, as its own content."""


def draft_before(page: Page, frame: Frame, claims: Claims) -> Draft | None:
    """The draft of a frame that follows its content, or None where nothing before the frame is its content."""
    left = find_phrase_left(page, frame)
    if page.skip_blank_left(left) is None:
        return None
    draft = CONTENT_BEFORE.first(page, frame, left, claims)
    return None if draft is REFUSED else draft


@reading("“The roof leaks,” Ms. Berg told the mayor, after he admitted.", "[Berg] “The roof leaks”")
def refuse_side_clause(page: Page, frame: Frame, left: int, claims: Claims) -> Draft | None:
    """What somebody does when, after or because something was said is no saying of it."""
    words = page.parse.words[max(0, left - 1) : left + 1]
    return None if frame.kind != "verb" or SIDE_CLAUSES.isdisjoint(words) else REFUSED


@reading("Asked “Do you trust the mayor?”, most readers said no.", "[] “Do you trust the mayor?” · [most readers] no")
def refuse_put_question(page: Page, frame: Frame, left: int, claims: Claims) -> Draft | None:
    """What somebody was asked he has not said ("Asked “…?”, she said no", "Asked by a reporter, “…?” she said no")."""
    parse, segment = page.parse, page.segment_ending_before(left)
    if segment is None:
        return None
    first, _ = page.segment_tokens(segment)
    opening = page.sentence_start(first)
    asked = next((token for token in (opening, opening + 1) if parse.words[token] == "asked"), first)
    between = range(asked + 1, first)
    is_put = asked < first and asked != frame.cue and len(between) <= LONGEST_ASKER
    return REFUSED if is_put and not any(parse.deps[token] in ANY_SUBJECT for token in between) else None


@reading(
    "Asked by the judge if he understood the charges, he responded “Yes.”",
    "[he] “Yes.”",
)
def refuse_asked(page: Page, frame: Frame, left: int, claims: Claims) -> Draft | None:
    """What somebody was asked without marks he has not said either ("Asked if she would go, she replied “Never.”")."""
    words, start = page.parse.words, page.sentence_start(left)
    opener = start + (words[start] == "when")
    is_asked = words[opener] in PUT and opener < left and page.segment_ending_before(left) is None
    return REFUSED if is_asked and frame.kind == "verb" else None


@reading("“The roof leaks.” she said.", "[she] “The roof leaks.”")
def draft_marked(page: Page, frame: Frame, left: int, claims: Claims) -> Draft | None:
    """The marked segment right before a cue that takes it, with what leads up to it in its sentence ("They “appeared tired,” he wrote")."""
    segment = page.segment_ending_before(left)
    if segment is None or not claims.is_free(segment) or not takes_segment(page, frame, segment):
        return None
    first, _ = page.segment_tokens(segment)
    start, is_whole = page.segments[segment].start, True
    lead = page.span(LEAD_STARTS.fold(page, frame, page.sentence_start(first)), first)
    if lead and not NO_LEADS.first(page, lead, segment):
        start, is_whole = lead[0], False
    position = "source" if frame.kind == "source" else "after"
    draft = make_draft(page, [(start, page.segments[segment].end)], frame, position, is_whole)
    claims.claim([segment, *draft.segments])
    return draft


@reading("Ms. Berg praised the plan, she scolded.", "")
def refuse_unmarked(page: Page, frame: Frame, left: int, claims: Claims) -> Draft | None:
    """A cue that praises or blames has nothing before it without marks."""
    return REFUSED if frame.needs_marks else None


@reading(
    "The mayor is so old, Ms. Berg said, that he sleeps all day.", "[Berg] The mayor is so old … that he sleeps all day"
)
def draft_around(page: Page, frame: Frame, left: int, claims: Claims) -> Draft | None:
    """A cue between commas stands within its content where "that", or marks with a small letter, go on behind it ("It was, he said, “a gift”")."""
    right, end = find_phrase_right(page, frame), page.sentence_end(frame.cue)
    start = LEAD_STARTS.fold(page, frame, page.sentence_start(left))
    if right + 1 >= end or start >= left or not is_inserted(page, frame, left, right):
        return None
    goes_on = page.parse.words[right + 1] == "that" or opens_small(page, right)
    is_condition = not OPENING_CONDITIONS.isdisjoint(page.parse.words[start : start + 2])
    if not goes_on or page.outer_cues(start, left) or not (is_condition or has_finite_verb(page, frame)):
        return None
    parts = [span for span in (page.span(start, left), page.span(right + 1, end)) if span]
    draft = make_draft(page, parts, frame, "after")
    claims.claim(draft.segments)
    return draft


def is_inserted(page: Page, frame: Frame, left: int, right: int) -> bool:
    """Whether a finite cue with its subject stands between two commas, and no marks end before it; "as he put it" claims marked words only."""
    parse, before = page.parse, page.skip_blank_left(left)
    is_apart = parse.words[before] == "," and parse.words[right] == "," and page.segment_of[before] < 0
    is_own = frame.subject is not None and left <= frame.subject < right and parse.words[left] != "as"
    return is_apart and is_own and parse.tags[frame.cue] in FINITE


def opens_small(page: Page, comma: int) -> bool:
    """Whether marked words that open with a small letter stand right behind a comma."""
    opened = find_opened(page, comma)
    return opened is not None and page.parse.text[opened.start].islower()


def find_opened(page: Page, comma: int) -> Segment | None:
    """The marked segment that opens right behind a comma."""
    start = page.parse.ends[comma]
    found = page.segments_between(start, start + FARTHEST_MARK)
    segment = page.segments[found[0]] if found else None
    return segment if segment and not page.parse.view[start : segment.start].strip(" \"'") else None


@reading("It rained all day, Ms. Berg said that the roof leaks.", "[Berg] that the roof leaks")
def refuse_content_after(page: Page, frame: Frame, left: int, claims: Claims) -> Draft | None:
    """A cue with content behind it has none before it."""
    return REFUSED if frame.kind == "verb" and has_content_after(page, frame) else None


@reading(
    "In his letter to the town, a list of his goals, he wrote, “We must speak clearly with the farmers.”",
    "[he] “We must speak clearly with the farmers.”",
)
def refuse_time_before(page: Page, frame: Frame, left: int, claims: Claims) -> Draft | None:
    """When or where somebody spoke is no part of the marked sentence that a comma opens behind the cue ("At another point, he said, “We …”")."""
    right = find_phrase_right(page, frame)
    opened = find_opened(page, right) if page.parse.words[right] == "," else None
    is_sentence = opened is not None and page.parse.text[opened.start].isupper()
    return REFUSED if is_sentence and frame.kind == "verb" and not has_finite_verb(page, frame) else None


@reading(
    "Why is the bridge closed? Mark Evans asked during a visit on Friday.", "[Mark Evans] “Why is the bridge closed”"
)
def draft_question(page: Page, frame: Frame, left: int, claims: Claims) -> Draft | None:
    """The question or exclamation of the sentence before a "he asked in May." that lost its marks."""
    if page.sentence_start(left) != left:
        return None
    parse, before = page.parse, page.skip_blank_left(left)
    is_asked = parse.words[before] in ASKING and frame.subject is not None and frame.content is None
    if not is_asked or parse.words[find_phrase_right(page, frame)] == ":" or page.segment_of[before] >= 0:
        return None
    if page.paragraph_of_token(before) != page.paragraph_of_token(frame.cue):
        return None
    span = page.span(page.sentence_start(before), before)
    return Draft([span], frame, "after") if span else None


@reading(
    "The driver, who according to the mayor of the town is 34, fled on foot.",
    "[the mayor of the town] who … is 34",
)
def draft_relative(page: Page, frame: Frame, left: int, claims: Claims) -> Draft | None:
    """A source within a relative clause has that clause for content, not what stands around it ("who, according to police, is 34")."""
    parse, verb = page.parse, page.parse.heads[frame.cue]
    opener = page.previous_word(frame.cue)
    if frame.kind != "source" or parse.deps[verb] != "relcl" or opener is None or verb < frame.cue:
        return None
    is_own = parse.tags[opener] in RELATIVE_TAGS and parse.heads[opener] == verb
    behind = page.span(parse.subtree(frame.cue)[1], parse.subtree(verb)[1])
    if not is_own or behind is None:
        return None
    return make_draft(page, [(parse.starts[opener], parse.ends[opener]), behind], frame, "source")


@reading("Say it rained, he said.", "[he] Say it rained")
def draft_clause(page: Page, frame: Frame, left: int, claims: Claims) -> Draft | None:
    """The unmarked clause before a cue that stands apart, and what follows where the cue interrupts it ("A, he said, B")."""
    if page.sentence_start(left) == left or not stands_apart(page, frame, page.skip_blank_left(left)):
        return None
    start = LEAD_STARTS.fold(page, frame, page.segment_start(page.sentence_start(left)))
    rest = find_rest(page, frame)
    parts = [span for span in (page.span(start, left), rest) if span]
    return make_draft(page, parts, frame, "source" if frame.kind == "source" else "after") if parts else None


@move("However, the port will close, according to the union.", "[the union] the port will close")
def skip_connective(page: Page, frame: Frame, start: int) -> int:
    """ "However," at the start of a sentence is the reporter's, and so are "and" and "but" before what a source says."""
    words = page.parse.words
    if words[start] in TURNING and words[start + 1] == ",":
        return start + 2
    return start + 1 if frame.kind == "source" and words[start] in ("and", "but") else start


LEAD_STARTS = Order(skip_connective)


CONTENT_BEFORE = Order(
    refuse_side_clause,
    refuse_put_question,
    refuse_asked,
    draft_marked,
    draft_around,
    refuse_unmarked,
    refuse_content_after,
    refuse_time_before,
    draft_question,
    draft_relative,
    draft_clause,
)


def takes_segment(page: Page, frame: Frame, segment: int) -> bool:
    """Whether a cue right behind a marked segment reports it: the segment ends in no stop, and the cue opens no other."""
    return SEGMENT_TAKING.first(page, frame, segment) or False


@reading(
    "Maria Lopez, author of “The Long Bridge,” pointed to the price of steel.",
    "[Maria Lopez, author of] the price of steel",
)
def refuse_part_of_subject(page: Page, frame: Frame, segment: int) -> bool | None:
    """A work within the phrase of the subject is no speech ("Pegg, who starred in “Paul,” posted the clip")."""
    parse = page.parse
    if frame.subject is None or parse.heads[frame.subject] != frame.cue or frame.subject > frame.cue:
        return None
    start, end = page.segments[segment].start, page.segments[segment].end
    last = parse.ends[parse.subtree(frame.subject)[1] - 1] + 1
    return False if parse.starts[frame.subject] < start and end <= last else None


@reading("On Friday on “Morning Talk,” Peter Hall said the plant will close.", "[Peter Hall] the plant will close")
def refuse_led_up_to(page: Page, frame: Frame, segment: int) -> bool | None:
    """Words before a segment make it a part of them where it has single marks, or where the cue has a clause of its own behind it."""
    is_own = frame.complement == "clause" and frame.content is not None and frame.content > frame.cue
    if not page.segments[segment].is_single and not is_own:
        return None
    first, _ = page.segment_tokens(segment)
    return None if page.span(page.sentence_start(first), first) is None else False


@reading("“The roof leaks,” read the letter.", "[the letter] “The roof leaks”")
def take_before_comma(page: Page, frame: Frame, segment: int) -> bool | None:
    """A segment that ends in a comma goes with the cue behind it."""
    one, view = page.segments[segment], page.parse.view
    has_comma = "," in (view[one.end - 1], view[one.outer_end : one.end + 3].strip()[:1])
    return has_comma or None


@reading("“Why does the roof leak?” she told the mayor that it rained.", "[she] “Why does the roof leak?”")
def take_question(page: Page, frame: Frame, segment: int) -> bool | None:
    """A question or exclamation goes with the cue behind it, unless that opens speech of its own."""
    if read_last_mark(page, segment) not in ASKING:
        return None
    return not opens_speech(page, frame) and not opens_sentence_of_its_own(page, frame)


@reading("“The roof leaks.” she said.", "[she] “The roof leaks.”")
def take_open_end(page: Page, frame: Frame, segment: int) -> bool | None:
    """A segment without a stop, or before a small letter, goes with a cue that has no content behind it."""
    goes_on = page.parse.view[page.parse.starts[find_phrase_left(page, frame)]].islower()
    return (read_last_mark(page, segment) != "." or goes_on) and not has_content_after(page, frame)


@reading("The book, called “The Long Bridge,” was praised by critics.", "")
def refuse_named_thing(page: Page, frame: Frame, segment: int) -> bool | None:
    """What a thing is called is no speech, whatever verb follows."""
    return False if is_named_so(page, segment) else None


@reading(
    "Peter Hall said his rival Erik Dahl “has no plan”, a charge Dahl’s campaign manager Anna Berg called absurd.",
    "[Peter Hall] his rival Erik Dahl “has no plan”",
)
def refuse_judgement(page: Page, frame: Frame, segment: int) -> bool | None:
    """Who calls something absurd says that, and not what stands before it in marks."""
    parse = page.parse
    return (
        False if any(child > frame.cue and parse.deps[child] == "oprd" for child in parse.children[frame.cue]) else None
    )


SEGMENT_TAKING = Order(
    refuse_named_thing,
    refuse_judgement,
    refuse_part_of_subject,
    refuse_led_up_to,
    take_before_comma,
    take_question,
    take_open_end,
)


def opens_sentence_of_its_own(page: Page, frame: Frame) -> bool:
    """Whether a cue behind a question says a clause of its own, and its phrase opens a sentence ("“…?” The mayor said he …")."""
    parse, left = page.parse, find_phrase_left(page, frame)
    is_own = frame.complement == "clause" and frame.content is not None and frame.content > frame.cue
    return is_own and parse.words[left] in ARTICLES and parse.view[parse.starts[left]].isupper()


def read_last_mark(page: Page, segment: int) -> str:
    return page.parse.view[page.segments[segment].end - 1]


@reading("Later, “The roof leaks,” she said.", "[she] “The roof leaks”")
def refuse_lead_over(page: Page, lead: tuple[int, int], segment: int) -> bool | None:
    """Words that end in a comma, colon or dash only lead over to what is said, and so do a bracket and the time of an entry ("9.30am “We …”")."""
    view, start = page.parse.view, page.segments[segment].outer_start
    is_apart = view[lead[1] : start].strip() in LEADING_OVER or view[lead[0] : start].rstrip().endswith(")")
    return is_apart or LIVE_TIME.fullmatch(view, *lead) is not None or None


@reading("In the past winter, “the roof was safe,” she said.", "[she] In the past winter, “the roof was safe,”")
def keep_fronted(page: Page, lead: tuple[int, int], segment: int) -> bool | None:
    """Words before a comma are a part of what is said where the marks go on with a small letter ("In past years, “we paid,” she said")."""
    one, view = page.segments[segment], page.parse.view
    is_fronted = view[lead[1] : one.outer_start].strip() == "," and view[one.start].islower()
    return False if is_fronted and len(view[lead[0] : lead[1]].split()) >= SHORT_LEAD else None


@reading("Ms. Berg said it “should be over by June,” referring to the strike.", "[Berg] it “should be over by June,”")
def refuse_lead_with_cue(page: Page, lead: tuple[int, int], segment: int) -> bool | None:
    """Words with a cue of their own near the mark are no part of what is said."""
    first, last = page.token_at(lead[0]), page.token_at(lead[1])
    return any(last - cue <= NEAR_CUE for cue in page.outer_cues(first, last)) or None


NO_LEADS = Order(keep_fronted, refuse_lead_over, refuse_lead_with_cue)
