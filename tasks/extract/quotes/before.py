"""Content that stands before its cue: "…," he said; … , according to the ministry; as she noted, …"""

from quotidian.tasks.extract.parsing.parse import FINITE_TAGS
from quotidian.tasks.extract.quotes.clauses import (
    find_openers,
    has_content_after,
    has_finite_verb,
    is_reported_clause,
    opens_speech,
)
from quotidian.tasks.extract.quotes.drafts import Draft, note_segments
from quotidian.tasks.extract.quotes.frames import Frame
from quotidian.tasks.extract.quotes.page import Page
from quotidian.tasks.extract.quotes.phrases import find_phrase_left, find_phrase_right

DASHES = frozenset(("-", "--", "–", "—"))
SHORT_LEAD = 3
"""Up to so many words before "he said," are an adverbial ("Rather, he said, …"), so what follows belongs to the content."""
NEAR_CUE = 4
"""A cue so few tokens before a marked segment has that segment, or part of it, as its own content."""
SHORT_TAIL = 3
"""Up to so many tokens a plain "he said on Monday" reaches from the cue to the next mark."""
SPOKEN_SUBJECTS = frozenset(("i", "we", "you"))
RELATIVE_TAGS = frozenset(("WP", "WDT", "WRB", "WP$"))


def draft_before(page: Page, frame: Frame, taken: set[int]) -> Draft | None:
    """The draft of a frame that follows its content, or None where nothing before the frame is its content."""
    left = find_phrase_left(page, frame)
    before = page.skip_blank_left(left)
    if before is None:
        return None
    segment = page.segment_ending_before(left)
    if segment is not None and segment not in taken and takes_segment(page, frame, segment):
        return draft_marked(page, frame, segment, taken)
    if frame.needs_marks or (frame.kind == "verb" and has_content_after(page, frame)):
        return None
    if page.sentence_start(left) == left:
        return draft_question(page, frame, before)
    return draft_clause(page, frame, left) if stands_apart(page, frame, before) else None


def takes_segment(page: Page, frame: Frame, segment: int) -> bool:
    """Whether a cue right behind a marked segment reports it: the segment ends in no stop, and the cue opens no other."""
    if not page.is_near(segment, frame.cue) or not page.is_speech_like(segment):
        return False
    if is_part_of_subject(page, frame, segment):
        return False
    is_own = frame.complement == "clause" and frame.content is not None and frame.content > frame.cue
    if (page.segments[segment].is_single or is_own) and has_lead(page, segment):
        return False
    end = page.segments[segment].end
    last = page.parse.view[end - 1]
    has_comma = "," in (last, page.parse.view[page.segments[segment].outer_end : end + 3].strip()[:1])
    if frame.kind == "source":
        return last != "."
    if has_comma or last in "?!":
        return has_comma or not opens_speech(page, frame)
    goes_on = page.parse.view[page.parse.starts[find_phrase_left(page, frame)]].islower()
    return (last != "." or goes_on) and not has_content_after(page, frame)


def is_part_of_subject(page: Page, frame: Frame, segment: int) -> bool:
    """Whether a segment names a work inside the phrase of the speaker ("Pegg, who starred in “Paul,” posted the clip")."""
    if frame.speaker is None or page.parse.heads[frame.speaker] != frame.cue or frame.speaker > frame.cue:
        return False
    start, end = page.segments[segment].start, page.segments[segment].end
    return (
        page.parse.starts[frame.speaker] < start
        and end <= page.parse.ends[page.parse.subtree(frame.speaker)[1] - 1] + 1
    )


def has_lead(page: Page, segment: int) -> bool:
    """Whether words stand before a segment in its sentence, so that in single marks it is a quotation within another."""
    first, _ = page.segment_tokens(segment)
    return page.span(page.sentence_start(first), first) is not None


def draft_question(page: Page, frame: Frame, before: int) -> Draft | None:
    """The question or exclamation of the sentence before a "he asked in May." that lost its marks."""
    parse = page.parse
    if (
        parse.words[before] not in ("?", "!")
        or frame.speaker is None
        or parse.words[find_phrase_right(page, frame)] == ":"
    ):
        return None
    if page.segment_of[before] >= 0 or page.paragraph_of_token(before) != page.paragraph_of_token(frame.cue):
        return None
    span = page.span(page.sentence_start(before), before)
    return Draft([span], frame, "after") if frame.content is None and span else None


def draft_marked(page: Page, frame: Frame, segment: int, taken: set[int]) -> Draft:
    """The marked segment before the cue, with what leads up to it in its sentence ("They “appeared tired,” he wrote")."""
    first, _ = page.segment_tokens(segment)
    start, is_whole = page.segments[segment].start, True
    lead = page.span(page.sentence_start(first), first)
    if lead and page.paragraph_at(lead[0]) == page.segments[segment].paragraph and is_lead(page, lead, segment):
        start, is_whole = lead[0], False
    taken.add(segment)
    position = "source" if frame.kind == "source" else "after"
    draft = Draft([(start, page.segments[segment].end)], frame, position, [], is_whole)
    note_segments(page, draft)
    taken.update(draft.segments)
    return draft


def is_lead(page: Page, lead: tuple[int, int], segment: int) -> bool:
    """Whether words before a segment belong to its content: they end in no comma or colon and hold no cue."""
    before = page.parse.view[lead[1] : page.segments[segment].outer_start].strip()
    first, last = page.token_at(lead[0]), page.token_at(lead[1])
    if before in (",", ":", "-", "--", "–", "—"):
        return False
    return not any(last - cue <= NEAR_CUE for cue in page.outer_cues(first, last))


def stands_apart(page: Page, frame: Frame, before: int) -> bool:
    """Whether the cue reports the words before it: after a comma or dash, and no plain main clause of its own."""
    parse, cue = page.parse, frame.cue
    if frame.kind == "source":
        return parse.words[before] not in ("(", ":") and page.previous_word(frame.cue) is not None
    if parse.words[before] not in (",", "?", "!") and parse.words[before] not in DASHES:
        return False
    if frame.speaker is None or parse.sentence_of[frame.speaker] != parse.sentence_of[cue]:
        return False
    if parse.tags[frame.speaker] in RELATIVE_TAGS or frame.is_passive or frame.speaker < before:
        return False
    if frame.left is not None:
        return has_finite_verb(page, frame)
    if parse.deps[cue] in ("parataxis", "ROOT", "ccomp", "dep", "conj", "advcl"):
        return any(is_reported_clause(page, child, cue) for child in parse.children[cue]) or is_inserted(page, frame)
    return parse.deps[cue] == "relcl" and closes_report(page, frame) and has_finite_verb(page, frame)


def is_inserted(page: Page, frame: Frame) -> bool:
    """Whether the cue hangs on the clause that it reports ("The plan, he said, works"; "as she noted")."""
    parse, cue = page.parse, frame.cue
    if parse.deps[cue] in ("parataxis", "dep") or (parse.deps[cue] == "ccomp" and parse.heads[cue] > cue):
        return True
    mark = parse.child(cue, "mark")
    if parse.deps[cue] == "advcl" and mark is not None and parse.words[mark] == "as":
        return True
    if frame.speaker > cue and parse.words[cue - 1] == "," and parse.tags[cue] in ("VBD", "VBZ"):
        return True
    if (frame.speaker > cue and parse.words[cue - 1] in DASHES) or parse.words[cue - 1].isspace():
        return has_finite_verb(page, frame)
    right = find_phrase_right(page, frame)
    is_short = parse.words[right] in (",", ".", '"', "?", "!") and right - cue <= SHORT_TAIL
    is_bare = cue - frame.speaker == 1 and parse.tags[frame.speaker] in ("PRP", "NNP") and parse.words[cue - 2] != "and"
    if is_bare or is_short:
        return has_finite_verb(page, frame) or is_answer(page, frame)
    return (parse.deps[cue] == "conj" or closes_report(page, frame)) and has_finite_verb(page, frame)


def closes_report(page: Page, frame: Frame) -> bool:
    """Whether a cue without content of its own is told of its clause, not of a time or manner ("…, when she called him")."""
    parse, cue = page.parse, frame.cue
    is_told = parse.heads[frame.speaker] == cue and parse.words[frame.speaker] not in SPOKEN_SUBJECTS
    is_finite = parse.tags[cue] in FINITE_TAGS
    return (
        frame.content is None
        and is_told
        and is_finite
        and all(parse.tags[opener] == "RB" for opener in find_openers(parse, cue))
    )


def is_answer(page: Page, frame: Frame) -> bool:
    """Whether the words before a cue that has no content of its own are an answer without a verb ("Absolutely, he said.")."""
    right, tags = find_phrase_right(page, frame), page.parse.tags
    closes = page.parse.words[right] in (".", '"', "!", "?") or tags[right : right + 2] == [",", "VBG"]
    return frame.content is None and not frame.needs_marks and closes


def draft_clause(page: Page, frame: Frame, left: int) -> Draft | None:
    """The unmarked clause before the cue, and what follows where the cue interrupts it."""
    start = page.segment_start(page.sentence_start(left))
    lead = sum(word[0].isalnum() for word in page.parse.words[start : min(left, start + 2 * SHORT_LEAD + 2)])
    parts = [span for span in (page.span(start, left), find_rest(page, frame, lead)) if span]
    if not parts:
        return None
    draft = Draft(parts, frame, "source" if frame.kind == "source" else "after")
    note_segments(page, draft)
    return draft


def find_rest(page: Page, frame: Frame, lead: int) -> tuple[int, int] | None:
    """What follows an inserted cue: "A, he said, B"."""
    parse = page.parse
    right, end = find_phrase_right(page, frame), page.sentence_end(frame.cue)
    if right + 1 >= end or parse.words[right] not in (",", "-", "–", "—", "--"):
        return None
    if lead > SHORT_LEAD and parse.tags[right + 1] == "VBG":
        return None
    if lead > SHORT_LEAD and not goes_on_after(page, frame, right, end):
        return None
    return page.span(right + 1, cut_closing_saying(page, right + 1, end))


def cut_closing_saying(page: Page, first: int, last: int) -> int:
    """End of the words before a closing ", they said", which names the speaker again."""
    words, tags = page.parse.words, page.parse.tags
    for cue in page.outer_cues(first + 2, last):
        if words[cue - 2] == "," and tags[cue - 1] in ("PRP", "NNP") and words[cue + 1 : cue + 2] == ["."]:
            return cue - 2
    return last


def goes_on_after(page: Page, frame: Frame, right: int, end: int) -> bool:
    """Whether the reported clause goes on behind the cue: its main verb is there, or a clause that hangs on it."""
    parse, cue = page.parse, frame.cue
    if not has_finite_verb(page, frame) or parse.heads[cue] > right:
        return True
    if parse.words[right + 1] not in (
        "and",
        "but",
        "because",
        "so",
        "or",
        "if",
        "unless",
        "although",
        "though",
        "while",
    ):
        return False
    first, last = right + 1, min(end, right + 4)
    heads = {parse.heads[token] for token in range(first, end) if parse.heads[token] < right}
    return cue not in heads and not page.outer_cues(first, last)
