"""Content that stands after its cue: he said that …; she asked: "…"; according to the ministry, …"""

from quotidian.tasks.extract.quotes.clauses import find_openers, opens_speech
from quotidian.tasks.extract.quotes.cuts import INNER_RELATIVES
from quotidian.tasks.extract.quotes.drafts import REFUSED, Claims, Draft, make_draft
from quotidian.tasks.extract.quotes.edges import find_complement_span
from quotidian.tasks.extract.quotes.frames import Frame
from quotidian.tasks.extract.quotes.grammar import (
    ANY_SUBJECT,
    FINITE,
    INFINITIVES,
    LEADING_OVER,
    OPENERS,
    RELATIVE_TAGS,
    STOPS,
    VERBS,
)
from quotidian.tasks.extract.quotes.named_things import is_name_of_work, is_naming, read_work_nouns
from quotidian.tasks.extract.quotes.page import Page
from quotidian.tasks.extract.quotes.passives import draft_charge, draft_named
from quotidian.tasks.extract.quotes.phrases import find_phrase_left, find_phrase_right
from quotidian.tasks.extract.quotes.readings import Order, move, reading
from quotidian.tasks.extract.quotes.stands_apart import opens_unmarked
from quotidian.tasks.extract.speakers.speaker_nouns import read_speaker_nouns

OPENING_TAGS = frozenset(("CC", "RB", ",", '"', "``", "_SP"))
"""Tags of what may stand before "according to" at the start of a sentence ("But according to …")."""
GOING_ON_TAGS = frozenset(("IN", "TO", "VBZ", "VBD", "VBP", "MD"))
"""Tags of a word behind a closing mark that goes on with the sentence in it."""
GOING_ON_BEHIND_MARK = frozenset(
    ("and", "but", "or", "nor", "that", "because", "if", "since", "unless", "to", "not", "rather", "than", "so")
)
"""Words with which content goes on behind a closing mark and a comma."""
GAPS = frozenset(("nsubj", "nsubjpass", "dobj"))
"""Labels of a relative pronoun that is a part of the clause in which it stands."""
PHRASE_OPENERS = frozenset(("IN", "TO"))
"""Tags of a word that goes on with the words within marks where they close without a comma ("a breach” of the law")."""
REASONS = frozenset(("because", "if", "since", "unless"))
LAST_TOKENS = 3
"""So few tokens before the end of a sentence no content is left behind a source."""
CRIES = frozenset(("chant", "cry", "scream", "shout", "yell"))
"""Cues behind which no mark stands around a mere word or name."""
FARTHEST_SEGMENT = 12
"""Characters from the end of a phrase to the marked words that belong to it."""
FARTHEST_MARK = 40
"""Tokens from a cue to the marked words that it may take."""
MOST_WORDS_BETWEEN = 12
"""How many words of addressee, time and place may stand between a cue and its direct speech."""


def draft_after(page: Page, frame: Frame, claims: Claims) -> Draft | None:
    """The draft of a frame that comes before its content, or None where it has none."""
    segment = find_segment_after(page, frame, claims)
    draft = CONTENT_AFTER_CUE.first(page, frame, segment, claims)
    return None if draft is REFUSED else draft


@reading("A group called “Friends of the Bridge,” which wants a new road, met.", "")
def refuse_naming(page: Page, frame: Frame, segment: int | None, claims: Claims) -> Draft | None:
    """What a thing is called is no speech."""
    return REFUSED if is_naming(page, frame, segment) else None


@reading(
    "Ms. Berg suggested closing the bridge at once: “It will not stand another winter.”",
    "[Berg] closing the bridge at once: “It will not stand another winter.”",
)
def draft_to_colon(page: Page, frame: Frame, segment: int | None, claims: Claims) -> Draft | None:
    """The clause that a cue takes goes on in the marked speech behind the colon that ends it ("added that it has two ways: “A …”")."""
    if segment is None or frame.complement not in ("clause", "plan") or frame.content < frame.cue:
        return None
    one = page.segments[segment]
    if page.character_before(one.outer_start) != ":" or page.parse.starts[frame.content] > one.start:
        return None
    span = find_complement_span(page, frame)
    between = "" if span is None else page.parse.view[span[1] : one.outer_start].strip(" :\n")
    if span is None or span[0] > one.start or between:
        return None
    claims.claim([segment])
    return make_draft(page, [(span[0], one.end)], frame, "before")


@reading("Ms. Berg said “The roof leaks.”", "[Berg] “The roof leaks.”")
def draft_direct(page: Page, frame: Frame, segment: int | None, claims: Claims) -> Draft | None:
    """The marked speech behind a cue."""
    if segment is None or not is_direct(page, frame, segment):
        return None
    claims.claim([segment])
    one = page.segments[segment]
    end = one.end if frame.lemma in CRIES else SPEECH_ENDS.fold(page, segment, one.end)
    if end == one.end:
        return Draft([(one.start, end)], frame, "before", [segment], True)
    return make_draft(page, [(one.start, end)], frame, "before")


@move("Mr. Hall said, “The roof is too old” for a second storm.", "[Hall] “The roof is too old” for a second storm")
def reach_sentence_end(page: Page, segment: int, end: int) -> int:
    """The small words behind marked speech that end its sentence belong to it ("…Cruz” for second place")."""
    parse = page.parse
    first, last = (
        page.token_at(page.segments[segment].outer_end),
        page.sentence_end(page.segment_tokens(segment)[1] - 1),
    )
    goes_on = parse.view[end - 1].isalnum() and first < last and parse.tags[first] in GOING_ON_TAGS
    if not goes_on or page.outer_cues(first, last) or "," in parse.words[first:last]:
        return end
    tail = page.span(first, last)
    return tail[1] if tail and page.paragraph_at(tail[1]) == page.segments[segment].paragraph else end


SPEECH_ENDS = Order(reach_sentence_end)


@reading("According to Maria Lopez, the port will close.", "[Maria Lopez] the port will close")
def draft_after_source(page: Page, frame: Frame, segment: int | None, claims: Claims) -> Draft | None:
    """ "According to Y, X" at the start of a sentence has the rest of it for content."""
    if frame.kind != "source":
        return None
    start, end = page.sentence_start(frame.cue), page.sentence_end(frame.cue)
    start = frame.cue if page.parse.words[frame.cue - 1] == ":" or opens_unmarked(page, frame.cue) else start
    if any(page.parse.tags[token] not in OPENING_TAGS for token in range(start, frame.cue)):
        return REFUSED
    span = page.span(SOURCE_ENDS.fold(page, frame, find_phrase_right(page, frame)), end)
    return REFUSED if span is None else make_draft(page, [span], frame, "source")


@move(
    "According to the mayor of Kent, a town of farmers, of bakers and of fishermen.",
    "[the mayor of Kent] a town of farmers, of bakers and of fishermen",
)
def end_source_at_comma(page: Page, frame: Frame, right: int) -> int:
    """A source ends at its comma, also where the parser took all that follows for an apposition to it."""
    end = page.sentence_end(frame.cue)
    if frame.subject is None or right < end - LAST_TOKENS:
        return right
    words = page.parse.words
    return next((token for token in range(frame.subject + 1, end) if words[token] == ","), right)


@move(
    "According to Interfax, citing the ministry, the plane landed safely.",
    "[Interfax] the plane landed safely",
)
def pass_cited(page: Page, frame: Frame, right: int) -> int:
    """Whom a source cites is no part of what it says ("According to A, citing B, …")."""
    words, end = page.parse.words, page.sentence_end(frame.cue)
    first = right + (words[right : right + 1] == [","])
    if words[first : first + 1] not in (["citing"], ["quoting"]):
        return right
    return next((token for token in range(first, end) if words[token] == ","), right)


SOURCE_ENDS = Order(end_source_at_comma, pass_cited)


@reading("Said: The roof leaks.", "")
def draft_opened(page: Page, frame: Frame, segment: int | None, claims: Claims) -> Draft | None:
    """Speech without marks behind "He added:" or "He added," goes to the end of the sentence, or of the next one."""
    if frame.kind == "source" or (frame.complement and frame.kind == "noun") or not opens_speech(page, frame):
        return None
    if NO_OPENING.first(page, frame):
        return REFUSED
    right, end = find_phrase_right(page, frame), page.sentence_end(frame.cue)
    span = page.span(right, end) or BLOCKS.first(page, frame, right)
    if span is None and end < len(page.parse) and page.paragraph_of_token(end) == page.paragraph_of_token(frame.cue):
        span = page.span(end, page.sentence_end(end))
    return REFUSED if span is None else make_draft(page, [span], frame, "opened")


@reading("Ms. Berg added:\nThe roof leaks. It is old.", "[Berg] “The roof leaks. It is old”")
def read_block(page: Page, frame: Frame, right: int) -> tuple[int, int] | None:
    """The paragraph behind a colon that ends the one of the cue is said as a whole, where no marks tell (block quotations: "She
    added:⏎…")."""
    block = page.paragraph_of_token(frame.cue) + 1
    if page.parse.words[right] != ":" or block >= len(page.paragraphs):
        return None
    start = page.paragraphs[block]
    end = page.paragraphs[block + 1] if block + 1 < len(page.paragraphs) else len(page.parse.view)
    between, opening = page.parse.view[page.parse.ends[right] : start], page.parse.view[start]
    is_marked = any(not page.segments[index].is_single for index in page.segments_between(start, end))
    if between.strip() or not opening.isalpha() or is_marked:
        return None
    return page.span(page.token_at(start), page.token_at(end))


BLOCKS = Order(read_block)


@reading("Said: The roof leaks.", "")
def refuse_headline(page: Page, frame: Frame) -> bool | None:
    """A cue that opens its sentence without a subject opens no speech (a headline's "Told: …")."""
    return (frame.subject is None and page.sentence_start(frame.cue) == frame.cue) or None


@reading("That said, Ms. Berg will come.", "")
def refuse_that_said(page: Page, frame: Frame) -> bool | None:
    """ "That said, …" opens no speech."""
    return (frame.subject is not None and page.parse.words[frame.subject] == "that") or None


@reading("Members were sworn to secrecy with a line from a film: Nobody talks about the club.", "")
def refuse_opening_passive(page: Page, frame: Frame) -> bool | None:
    """A passive opens no speech ("Once he was told, …")."""
    return frame.is_passive or None


@reading("All of these signs point in one direction: Something is broken in the house.", "")
def refuse_pointing(page: Page, frame: Frame) -> bool | None:
    """What points somewhere opens no speech."""
    return (frame.lemma == "point" and frame.cue_end == frame.cue + 1) or None


@reading("After he testified, Ms. Berg left the court.", "")
def refuse_opening_time(page: Page, frame: Frame) -> bool | None:
    """After, when or if he speaks nothing is said ("After he testified, …")."""
    parse = page.parse
    openers = find_openers(parse, frame.cue)
    return any(parse.words[opener] != "as" and parse.tags[opener] != "RB" for opener in openers) or None


NO_OPENING = Order(refuse_headline, refuse_that_said, refuse_opening_passive, refuse_pointing, refuse_opening_time)


@reading("We said it rained.", "[We] it rained")
def draft_complement(page: Page, frame: Frame, segment: int | None, claims: Claims) -> Draft | None:
    """The clause or phrase that the cue takes is its content."""
    span = find_complement_span(page, frame)
    return None if span is None else draft_span(page, frame, span, claims)


@reading("As she noted in May, the roof leaks.", "[she] the roof leaks")
def draft_main_clause(page: Page, frame: Frame, segment: int | None, claims: Claims) -> Draft | None:
    """The clause behind "As she noted, …" at the start of a sentence."""
    parse, right = page.parse, find_phrase_right(page, frame)
    mark = parse.child(frame.cue, *OPENERS) if frame.kind == "verb" and frame.lemma != "continue" else None
    if (
        mark is None
        or parse.words[mark] != "as"
        or mark - page.sentence_start(frame.cue) > 1
        or parse.words[right] != ","
    ):
        return None
    span = page.span(right + 1, page.sentence_end(frame.cue))
    return None if span is None else draft_span(page, frame, span, claims)


CONTENT_AFTER_CUE = Order(
    refuse_naming,
    draft_named,
    draft_to_colon,
    draft_direct,
    draft_after_source,
    draft_opened,
    draft_charge,
    draft_complement,
    draft_main_clause,
)


def draft_span(page: Page, frame: Frame, span: tuple[int, int], claims: Claims) -> Draft:
    """The draft of a span behind its cue, as far as marked words reach; refused where the cue needs marks and there are none."""
    span = SPAN_ENDS.fold(page, frame, span)
    draft = make_draft(page, [span], frame, "noun" if frame.kind == "noun" else "before")
    draft = MARK_ENDS.fold(page, frame, draft)
    starts = (page.segments[index].start for index in draft.segments)
    if frame.needs_marks and not any(start > page.parse.ends[frame.cue] for start in starts):
        return REFUSED
    claims.claim(draft.segments)
    return draft


@move("The town branded the mayor a “danger to the school.”", "[The town] the mayor a “danger to the school.”")
def reach_segment(page: Page, frame: Frame, span: tuple[int, int]) -> tuple[int, int]:
    """What a person is called in marks right behind belongs to the content ("called the senator “a liar”")."""
    segments = page.segments_between(span[1], span[1] + FARTHEST_SEGMENT)
    if frame.complement != "person" or not segments or page.segments[segments[0]].start < span[1]:
        return span
    between = page.parse.view[span[1] : page.segments[segments[0]].outer_start].strip()
    return (span[0], page.segments[segments[0]].end) if between in ("", "a", "an", "the", "as") else span


SPAN_ENDS = Order(reach_segment)


@move(
    "Peter Hall said his friend is ready to “mend the roof,” open the doors, and pay for it.",
    "[Peter Hall] his friend is ready to “mend the roof,” open the doors, and pay for it",
)
def go_on_behind_mark(page: Page, frame: Frame, draft: Draft) -> Draft:
    """Where marked words end a clause for the parser only, it goes on to the end of the sentence ("was “futile,” because …")."""
    if not draft.segments or page.segments[draft.segments[-1]].end != draft.end or len(draft.parts) > 1:
        return draft
    segment = page.segments[draft.segments[-1]]
    first, end = page.token_at(segment.outer_end), page.sentence_end(frame.cue)
    if first >= end or page.outer_cues(first, end):
        return draft
    tags = INFINITIVES if page.parse.view[segment.end - 1] == "," else PHRASE_OPENERS
    goes_on = page.parse.words[first] in REASONS or page.parse.tags[first] in tags
    span = page.span(first, end) if goes_on else None
    if span is None:
        return draft
    whole = (draft.parts[0][0], span[1])
    return Draft([whole], frame, draft.position, list(page.segments_between(*whole)))


@move("Ms. Berg mentioned “old roofs,” a point that others deny.", "[Berg] “old roofs”")
def end_with_mark(page: Page, frame: Frame, draft: Draft) -> Draft:
    """Content that opens with a mark ends where that closes at a comma, unless a conjunction goes on ("said “…”, as the council voted")."""
    parse = page.parse
    if len(draft.parts) > 1 or not draft.segments:
        return draft
    segment, (start, end) = page.segments[draft.segments[0]], draft.parts[0]
    first = page.token_at(segment.outer_end)
    if not segment.outer_start <= start <= segment.start or end <= segment.outer_end or first >= len(parse):
        return draft
    has_comma = parse.view[segment.end - 1] == "," or parse.words[first] == ","
    following = first + (parse.words[first] == ",")
    if not has_comma or following >= len(parse) or parse.words[following] in GOING_ON_BEHIND_MARK:
        return draft
    return Draft([(segment.start, segment.end)], frame, draft.position, draft.segments[:1], True)


@move("Ms. Berg saw a plan that the mayor described as “a gift.”", "[the mayor] that … as “a gift.”")
def add_gap(page: Page, frame: Frame, draft: Draft) -> Draft:
    """ "What" or "that" stands for what is called so, and is a part of its own ("what … a ruin")."""
    if frame.complement != "name":
        return draft
    gap = frame.rest[0]
    part = (page.parse.starts[gap], page.parse.ends[gap])
    return Draft([part, *draft.parts], frame, draft.position, draft.segments)


@move("The plan, which Ms. Berg said was too dear, failed.", "[Berg] which … was too dear")
def add_relative(page: Page, frame: Frame, draft: Draft) -> Draft:
    """ "Which" before the speaker is a part of what is said where it is the subject or object there ("which he said was …")."""
    parse, left = page.parse, find_phrase_left(page, frame) - 1
    if frame.complement != "clause" or left < 0 or parse.tags[left] not in RELATIVE_TAGS:
        return draft
    is_own = parse.heads[left] == frame.content and parse.deps[left] in GAPS
    hangs_on_cue = parse.heads[left] == frame.cue and parse.deps[left] == "dobj"
    is_lost = hangs_on_cue and parse.child(frame.content, *ANY_SUBJECT) is None
    if draft.parts[0][0] < parse.ends[left] or not (is_own or is_lost):
        return draft
    part = (parse.starts[left], parse.ends[left])
    return Draft([part, *draft.parts], frame, draft.position, draft.segments)


@move(
    "The results suggest that Maria Lopez, who has won every vote so far, faces a hard spring.",
    "[The results] that Maria Lopez … faces a hard spring",
)
def leave_out_relative(page: Page, frame: Frame, draft: Draft) -> Draft:
    """What a reporter tells in the perfect within a clause is left out ("that Lopez, who has won before, | faces …")."""
    if frame.complement not in ("clause", "plan") or len(draft.parts) > 1:
        return draft
    parse, (start, end) = page.parse, draft.parts[0]
    first, last = page.token_at(start), page.token_at(end)
    for verb in range(first + 1, last):
        left, right = parse.subtree(verb)
        if parse.deps[verb] != "relcl" or not INNER_RELATIVES.first(page, verb, left, right):
            continue
        is_apart = parse.words[left - 1] in LEADING_OVER and parse.words[right : right + 1] == [parse.words[left - 1]]
        before, behind = page.span(first, left - 1), page.span(right + 1, last)
        if first < left and is_apart and right < last and before and behind:
            return Draft([before, (behind[0], end)], frame, draft.position, draft.segments, draft.is_whole_marked)
    return draft


MARK_ENDS = Order(end_with_mark, go_on_behind_mark, add_gap, leave_out_relative, add_relative)


def find_segment_after(page: Page, frame: Frame, claims: Claims) -> int | None:
    """The first marked segment after the cue in its sentence, or right behind a colon at its end."""
    end = page.sentence_end(frame.cue)
    for token in range(frame.cue_end, min(end + 2, frame.cue_end + FARTHEST_MARK, len(page.parse))):
        index = page.segment_of[token]
        if index >= 0:
            is_free = claims.is_free(index) and page.is_near(index, frame.cue)
            return index if is_free and (token < end or not RESUMING.first(page, index, claims)) else None
    return None


@reading(
    "“The roof leaks,” Ms. Berg said in a speech, as she called for new taxes. “We must mend it now.”",
    "[Berg] “The roof leaks … We must mend it now.” · [she = Berg] new taxes",
)
def read_resumed_speech(page: Page, segment: int, claims: Claims) -> bool | None:
    """A segment that opens a sentence goes on with the one before it, whatever cue stands in between ("“A,” she said, as he called. “B.”")."""
    before = None if claims.is_free(segment - 1) else page.segments[segment - 1]
    is_near = before is not None and before.paragraph == page.segments[segment].paragraph
    return (is_near and page.character_before(page.segments[segment].outer_start) in STOPS) or None


RESUMING = Order(read_resumed_speech)


def is_direct(page: Page, frame: Frame, segment: int) -> bool:
    """Whether a segment after the cue is speech of its own: after comma or colon, or opening with a capital."""
    first = page.segment_tokens(segment)[0]
    between = [token for token in range(frame.cue_end, first) if page.parse.words[token][0].isalnum()]
    return DIRECTNESS.first(page, frame, segment, between) or False


@reading(
    "Ms. Berg said after a long talk with the teachers of the school in the old house by the river, “The roof leaks.”",
    "[Berg] The roof leaks.",
)
def refuse_distant(page: Page, frame: Frame, segment: int, between: list[int]) -> bool | None:
    """Marks far behind the cue are not its speech."""
    return False if len(between) > MOST_WORDS_BETWEEN else None


@reading("Says Ann: “yes”", "[Ann] “yes”")
def take_behind_colon(page: Page, frame: Frame, segment: int, between: list[int]) -> bool | None:
    """Marks behind a colon are speech."""
    return page.character_before(page.segments[segment].outer_start) == ":" or None


@reading("Ms. Berg read from her book “Tides,” and left.", "")
def refuse_name_of_work(page: Page, frame: Frame, segment: int, between: list[int]) -> bool | None:
    """The name of a book, a song, a plan right behind its noun is no speech."""
    return False if is_name_of_work(page, segment) or is_work_listed(page, between) else None


def is_work_listed(page: Page, between: list[int]) -> bool:
    """Whether words from a cue to a mark are works and "among them" or "including" ("wrote three books, including “Tides”")."""
    parse = page.parse
    words = {parse.words[token] for token in between[-2:]}
    works = {parse.words[token].removesuffix("s") for token in between} & read_work_nouns()
    return bool(works) and (words == {"among", "them"} or "including" in words)


@reading("She called it “The Long Bridge.”", "[She] it “The Long Bridge.”")
def refuse_name_of_person(page: Page, frame: Frame, segment: int, between: list[int]) -> bool | None:
    """What a person is called in marks is no speech, unless a comma stands before it."""
    is_behind = frame.content is not None and frame.content < page.segment_tokens(segment)[0]
    is_named = frame.complement == "person" and is_behind
    return False if is_named and page.character_before(page.segments[segment].outer_start) != "," else None


@reading(
    "Ms. Berg said on the other hand, “the roof works fine if you never look at it.”",
    "[Berg] “the roof works fine if you never look at it.”",
)
def take_behind_comma(page: Page, frame: Frame, segment: int, between: list[int]) -> bool | None:
    """Marks behind a comma are speech, unless they stand in a clause that the cue takes ("said that in May, “A”")."""
    if page.character_before(page.segments[segment].outer_start) != ",":
        return None
    first = page.segment_tokens(segment)[0]
    is_clause = frame.complement == "clause"
    has_that = is_clause and "that" in page.parse.words[frame.cue_end : first]
    return not has_that and not (is_clause and frame.content < first)


@reading("Ms. Berg said “The roof leaks.”", "[Berg] “The roof leaks.”")
def take_capital(page: Page, frame: Frame, segment: int, between: list[int]) -> bool | None:
    """Marks that open with a capital are speech, right behind the cue or where they end a sentence and no verb stands before them."""
    parse, one = page.parse, page.segments[segment]
    is_sentence = parse.view[one.end - 1] in ".?!,"
    has_verb = any(parse.tags[token] in VERBS or parse.words[token] == "that" for token in between)
    if between and stands_in_subject(page, frame, segment):
        return False
    return parse.text[one.start].isupper() and not has_verb and (is_sentence or not between)


def stands_in_subject(page: Page, frame: Frame, segment: int) -> bool:
    """Whether the clause that a cue takes begins before a marked segment and has its verb behind it (said Hall, star of “Tides,” will come)."""
    parse, (first, last) = page.parse, page.segment_tokens(segment)
    return frame.complement == "clause" and frame.content >= last and parse.subtree(frame.content)[0] < first


@reading("The crowd stood outside, chanting “no roof, no rest” all night.", "[The crowd] “no roof, no rest”")
def take_cried(page: Page, frame: Frame, segment: int, between: list[int]) -> bool | None:
    """Several words in marks right behind a cry are speech, whatever they open with; a participle cries for several ("protesters …, chanting “…”")."""
    subject, one = frame.subject, page.segments[segment]
    if subject is None or frame.lemma not in CRIES or between or " " not in page.parse.view[one.start : one.end]:
        return None
    is_finite = page.parse.tags[frame.cue] in FINITE
    is_crowd = page.parse.tags[subject] == "NNS" or read_speaker_nouns().get(page.parse.words[subject]) == "collective"
    return is_finite or is_crowd or None


DIRECTNESS = Order(
    refuse_distant,
    take_behind_colon,
    refuse_name_of_work,
    refuse_name_of_person,
    take_cried,
    take_behind_comma,
    take_capital,
)
