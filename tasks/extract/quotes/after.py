"""Content that stands after its cue: he said that …; she asked: "…"; according to the ministry, …"""

from quotidian.tasks.extract.quotes.clauses import find_openers, opens_speech
from quotidian.tasks.extract.quotes.cues import read_complements
from quotidian.tasks.extract.quotes.drafts import Draft, note_segments
from quotidian.tasks.extract.quotes.edges import (
    add_behind_colon,
    add_followers,
    add_infinitive,
    add_second_clause,
    cut_aside_behind_dash,
    cut_at_aside,
    cut_closing_comment,
    cut_next_saying,
    cut_other_sayings,
    cut_source,
    cut_withheld,
    finish_phrase,
    skip_time,
)
from quotidian.tasks.extract.quotes.frames import Frame
from quotidian.tasks.extract.quotes.page import Page
from quotidian.tasks.extract.quotes.passives import CHARGES, draft_charge, draft_named
from quotidian.tasks.extract.quotes.phrases import find_phrase_right

CLAUSE_FOLLOWERS = frozenset(("advcl", "prep", "advmod", "npadvmod"))
THING_FOLLOWERS = frozenset(("prep",))
OPENING_TAGS = frozenset(("CC", "RB", ",", '"', "``", "_SP"))
"""Tags of what may stand before "according to" at the start of a sentence ("But according to …")."""
GOING_ON_TAGS = frozenset(("IN", "TO", "VBZ", "VBD", "VBP", "MD"))
"""Tags of a word behind a closing mark that goes on with the sentence in it."""
LAST_TOKENS = 3
"""So few tokens before the end of a sentence no content is left behind a source."""
FARTHEST_SEGMENT = 12
"""Characters from the end of a phrase to the marked words that belong to it."""
MOST_WORDS_BETWEEN = 12
"""How many words of addressee, time and place may stand between a cue and its direct speech."""


def draft_after(page: Page, frame: Frame, taken: set[int]) -> Draft | None:
    """The draft of a frame that comes before its content, or None where it has none."""
    segment = find_segment_after(page, frame, taken)
    if segment is not None and frame.is_passive and "person" in read_complements()[frame.lemma]:
        return draft_named(page, frame, segment, taken)
    if segment is not None and is_direct(page, frame, segment):
        taken.add(segment)
        return draft_direct(page, frame, segment)
    if frame.kind == "source":
        return draft_after_source(page, frame)
    if frame.kind == "verb" and opens_speech(page, frame):
        return draft_opened(page, frame) if may_open(page, frame) else None
    if frame.is_passive and frame.content is None and frame.lemma in CHARGES:
        return draft_charge(page, frame)
    span = find_complement_span(page, frame) or find_main_clause(page, frame)
    if span is None:
        return None
    span = reach_segment(page, frame, span)
    draft = Draft([span], frame, "noun" if frame.kind == "noun" else "before")
    note_segments(page, draft)
    go_on_behind_mark(page, draft)
    if frame.needs_marks and not any(
        page.segments[index].start > page.parse.ends[frame.cue] for index in draft.segments
    ):
        return None
    taken.update(draft.segments)
    return draft


def draft_direct(page: Page, frame: Frame, segment: int) -> Draft:
    """The marked speech behind a cue, and the small words behind it that end its sentence ("…Cruz” for second place")."""
    start, end = page.segments[segment].start, page.segments[segment].end
    first, last = (
        page.token_at(page.segments[segment].outer_end),
        page.sentence_end(page.segment_tokens(segment)[1] - 1),
    )
    goes_on = page.parse.view[end - 1].isalnum() and first < last and page.parse.tags[first] in GOING_ON_TAGS
    if goes_on and not page.outer_cues(first, last) and "," not in page.parse.words[first:last]:
        tail = page.span(first, last)
        if tail and page.paragraph_at(tail[1]) == page.segments[segment].paragraph:
            draft = Draft([(start, tail[1])], frame, "before")
            note_segments(page, draft)
            return draft
    return Draft([(start, end)], frame, "before", [segment], True)


def reach_segment(page: Page, frame: Frame, span: tuple[int, int]) -> tuple[int, int]:
    """Of "called the senator “a liar”", the words up to the end of the segment right behind the person."""
    segments = page.segments_between(span[1], span[1] + FARTHEST_SEGMENT)
    if frame.complement != "person" or not segments or page.segments[segments[0]].start < span[1]:
        return span
    between = page.parse.view[span[1] : page.segments[segments[0]].outer_start].strip()
    return (span[0], page.segments[segments[0]].end) if between in ("", "a", "an", "the", "as") else span


def go_on_behind_mark(page: Page, draft: Draft) -> None:
    """Where marked words end a clause for the parser only ("was “futile,” because …"), go on to the end of the sentence."""
    if not draft.segments or page.segments[draft.segments[-1]].end != draft.end or len(draft.parts) > 1:
        return
    segment = page.segments[draft.segments[-1]]
    first = page.token_at(segment.outer_end)
    end = page.sentence_end(draft.frame.cue)
    if page.parse.view[segment.end - 1] != "," or first >= end or page.outer_cues(first, end):
        return
    goes_on = page.parse.words[first] in ("because", "if", "since", "unless") or page.parse.tags[first] in ("VB", "TO")
    span = page.span(first, end) if goes_on else None
    if span:
        draft.parts[0] = (draft.parts[0][0], span[1])
        draft.segments = list(page.segments_between(*draft.parts[0]))


def may_open(page: Page, frame: Frame) -> bool:
    """Whether speech without marks may follow: somebody says it, and not after, when or if he does ("After he testified, …")."""
    parse = page.parse
    is_headline = frame.speaker is None and page.sentence_start(frame.cue) == frame.cue
    is_that_said = frame.speaker is not None and parse.words[frame.speaker] == "that"
    if is_headline or is_that_said or frame.is_passive:
        return False
    openers = find_openers(parse, frame.cue)
    return all(parse.words[opener] == "as" or parse.tags[opener] == "RB" for opener in openers)


def draft_opened(page: Page, frame: Frame) -> Draft | None:
    """Speech without marks behind "He added:" or "He added," to the end of the sentence, or the next one."""
    right, end = find_phrase_right(page, frame), page.sentence_end(frame.cue)
    span = page.span(right, end)
    if span is None and end < len(page.parse) and page.paragraph_of_token(end) == page.paragraph_of_token(frame.cue):
        span = page.span(end, page.sentence_end(end))
    if span is None:
        return None
    draft = Draft([span], frame, "opened")
    note_segments(page, draft)
    return draft


def find_segment_after(page: Page, frame: Frame, taken: set[int]) -> int | None:
    """The first marked segment after the cue in its sentence, or right behind a colon at its end."""
    for token in range(frame.cue_end, min(page.sentence_end(frame.cue) + 2, frame.cue_end + 40, len(page.parse))):
        index = page.segment_of[token]
        if index >= 0:
            is_free = index not in taken and page.is_near(index, frame.cue)
            is_behind = token >= page.sentence_end(frame.cue)
            return None if not is_free or (is_behind and goes_on_with_speech(page, index, taken)) else index
    return None


def goes_on_with_speech(page: Page, segment: int, taken: set[int]) -> bool:
    """Whether a segment that opens a sentence goes on with the taken one before it ("“A,” she said, as he called. “B.”")."""
    before = page.segments[segment - 1] if segment - 1 in taken else None
    is_near = before is not None and before.paragraph == page.segments[segment].paragraph
    return is_near and page.character_before(page.segments[segment].outer_start) in (".", "?", "!")


def is_direct(page: Page, frame: Frame, segment: int) -> bool:
    """Whether a segment after the cue is speech of its own: after comma or colon, or opening with a capital."""
    parse = page.parse
    first = page.segment_tokens(segment)[0]
    between = [i for i in range(frame.cue_end, first) if parse.words[i][0].isalnum()]
    if len(between) > MOST_WORDS_BETWEEN or page.outer_cues(frame.cue_end, first):
        return False
    before = page.character_before(page.segments[segment].outer_start)
    if before == ":":
        return True
    if before != "," and frame.complement == "person" and frame.content is not None and frame.content < first:
        return False
    if before == "," and "that" in parse.words[frame.cue_end : first] and frame.complement == "clause":
        return False
    if before == ",":
        return frame.content is None or frame.content >= first or frame.complement != "clause"
    opens = parse.text[page.segments[segment].start].isupper()
    is_sentence = parse.view[page.segments[segment].end - 1] in ".?!,"
    verbs = any(parse.tags[i][:2] == "VB" or parse.words[i] == "that" for i in between)
    return opens and not verbs and (is_sentence or not between)


def draft_after_source(page: Page, frame: Frame) -> Draft | None:
    """ "According to Y, X": the rest of the sentence after the comma."""
    start, end = page.sentence_start(frame.cue), page.sentence_end(frame.cue)
    start = frame.cue if page.parse.words[frame.cue - 1] == ":" else start
    if any(page.parse.tags[token] not in OPENING_TAGS for token in range(start, frame.cue)):
        return None
    span = page.span(find_source_end(page, frame, end), end)
    if span is None:
        return None
    draft = Draft([span], frame, "source")
    note_segments(page, draft)
    return draft


def find_source_end(page: Page, frame: Frame, end: int) -> int:
    """The comma behind the source, also where the parser took all that follows for an apposition to it."""
    right = find_phrase_right(page, frame)
    if frame.speaker is None or right < end - LAST_TOKENS:
        return right
    words = page.parse.words
    return next((token for token in range(frame.speaker + 1, end) if words[token] == ","), right)


def find_complement_span(page: Page, frame: Frame) -> tuple[int, int] | None:
    """Characters of the clause or phrase that the cue takes as its content."""
    if frame.content is None:
        return None
    parse = page.parse
    first, last = parse.subtree(frame.content)
    if frame.complement == "wish":
        first = frame.cue_end + 1
    if frame.complement in ("person", "order"):
        others = [parse.subtree(child) for child in frame.rest]
        first = min([first, *(a for a, _ in others)])
        last = max([last, *(b for _, b in others)])
    if frame.complement == "clause":
        first = skip_time(page, frame, first)
        last = cut_other_sayings(page, frame, add_followers(page, frame, last, CLAUSE_FOLLOWERS))
        last = cut_source(page, first, cut_next_saying(page, first, last))
        last = cut_withheld(page, first, cut_aside_behind_dash(page, first, last))
        last = cut_closing_comment(page, frame, add_second_clause(page, frame, finish_phrase(page, frame, last)))
    elif frame.complement in ("order", "plan", "wish"):
        last = finish_phrase(page, frame, cut_next_saying(page, first, last))
    elif frame.complement in ("thing", "person"):
        last = add_followers(
            page, frame, cut_next_saying(page, first, cut_at_aside(page, first, last)), THING_FOLLOWERS
        )
        last = add_infinitive(page, frame, last)
    return page.span(max(first, frame.cue_end), add_behind_colon(page, frame, last))


def find_main_clause(page: Page, frame: Frame) -> tuple[int, int] | None:
    """The clause behind "As she noted, …" at the start of a sentence."""
    parse, right = page.parse, find_phrase_right(page, frame)
    start = page.sentence_start(frame.cue)
    mark = parse.child(frame.cue, "mark", "advmod")
    opens = mark is not None and parse.words[mark] == "as" and mark - start <= 1 and parse.words[right] == ","
    return page.span(right + 1, page.sentence_end(frame.cue)) if opens and frame.kind == "verb" else None
