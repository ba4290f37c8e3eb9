"""Content that stands after its cue: he said that …; she asked: "…"; according to the ministry, …"""

from .content_before import PHRASE_ENDS, RELATIVE_TAGS, find_phrase_right, opens_speech
from .cues import read_complements
from .drafts import Draft, note_segments
from .frames import Frame
from .page import Page

CLAUSE_FOLLOWERS = frozenset(("advcl", "prep", "advmod", "npadvmod"))
THING_FOLLOWERS = frozenset(("prep",))
TIME_WORDS = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "today",
        "yesterday",
        "week",
        "month",
        "year",
        "morning",
        "night",
    ]
)
OPENING_TAGS = frozenset(("CC", "RB", ",", '"', "``", "_SP"))
"""Tags of what may stand before "according to" at the start of a sentence ("But according to …")."""
WITHHOLDING = frozenset(
    ("giving", "providing", "offering", "elaborating", "specifying", "naming", "indicating", "saying")
)
"""What a reporter says somebody went without ("…, without elaborating")."""
OPEN_TAGS = frozenset(("VB", "VBP", "VBZ", "VBD", "DT", "JJ", "PRP$", "IN", "TO"))
"""Tags of a word that does not end a phrase where another of CLOSING_TAGS follows at once."""
CLOSING_TAGS = frozenset(("NN", "NNS", "JJ", "RB", "VBN", "DT", "NNP"))
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
        return draft_opened(page, frame)
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


def draft_named(page: Page, frame: Frame, segment: int, taken: set[int]) -> Draft | None:
    """What is called so, and what it is called in marks: "the plan was described by Kim as “a gift”"."""
    parse = page.parse
    subject = parse.child(frame.cue, "nsubjpass")
    span = page.span(*parse.subtree(subject)) if subject is not None else None
    taken.add(segment)
    named = (page.segments[segment].start, page.segments[segment].end)
    parts = [named] if span is None or parse.tags[subject] in RELATIVE_TAGS else [span, named]
    return Draft(parts, frame, "before", [segment], len(parts) == 1)


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
            near = page.is_near(index, frame.cue)
            return index if near and index not in taken else None
    return None


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
    if before == ",":
        return frame.content is None or frame.content >= first or frame.complement != "clause"
    opens = parse.text[page.segments[segment].start].isupper()
    is_sentence = parse.view[page.segments[segment].end - 1] in ".?!,"
    verbs = any(parse.tags[i][:2] == "VB" or parse.words[i] == "that" for i in between)
    return opens and not verbs and (is_sentence or not between)


def draft_after_source(page: Page, frame: Frame) -> Draft | None:
    """ "According to Y, X": the rest of the sentence after the comma."""
    start, end = page.sentence_start(frame.cue), page.sentence_end(frame.cue)
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
        last = cut_withheld(page, first, last)
        last = add_second_clause(page, frame, finish_phrase(page, frame, last))
    elif frame.complement in ("order", "plan", "wish"):
        last = finish_phrase(page, frame, cut_next_saying(page, first, last))
    elif frame.complement in ("thing", "person"):
        last = add_followers(page, frame, cut_at_aside(page, first, last), THING_FOLLOWERS)
        last = add_infinitive(page, frame, last)
    return page.span(max(first, frame.cue_end), last)


def find_main_clause(page: Page, frame: Frame) -> tuple[int, int] | None:
    """The clause behind "As she noted, …" at the start of a sentence."""
    parse, right = page.parse, find_phrase_right(page, frame)
    start = page.sentence_start(frame.cue)
    mark = parse.child(frame.cue, "mark", "advmod")
    opens = mark is not None and parse.words[mark] == "as" and mark - start <= 1 and parse.words[right] == ","
    return page.span(right + 1, page.sentence_end(frame.cue)) if opens and frame.kind == "verb" else None


def skip_time(page: Page, frame: Frame, first: int) -> int:
    """First token of a clause behind a day that the parser took into it ("said on Saturday he hoped")."""
    parse = page.parse
    if first != frame.cue_end:
        return first
    for child in parse.children[frame.content][:1]:
        left, right = parse.subtree(child)
        is_time = parse.deps[child] in ("prep", "npadvmod") and bool(TIME_WORDS & set(parse.words[left:right]))
        if is_time and left == first and parse.words[right] != ",":
            return right
    return first


def add_followers(page: Page, frame: Frame, last: int, deps: frozenset[str]) -> int:
    """Words that the parser hung on the cue although they follow the content without a comma ("because …")."""
    parse = page.parse
    for child in parse.children[frame.cue]:
        left, right = parse.subtree(child)
        if left == last and parse.deps[child] in deps:
            last = right
    return last


def finish_phrase(page: Page, frame: Frame, last: int) -> int:
    """End of a phrase that the parser broke off in its middle ("to stabilize | badly deteriorated relations")."""
    parse, end = page.parse, page.sentence_end(frame.cue)
    if last >= end or parse.tags[last - 1] not in OPEN_TAGS or parse.tags[last] not in CLOSING_TAGS:
        return last
    stop = last
    while stop < end and parse.words[stop] not in PHRASE_ENDS and not parse.words[stop].isspace():
        if stop in page.cue_set or parse.words[stop] in TIME_WORDS:
            return last
        stop += 1
    return stop


def add_second_clause(page: Page, frame: Frame, last: int) -> int:
    """End of "said that A, and that B", where the parser did not join B: the end of the sentence or the next saying."""
    words, end = page.parse.words, page.sentence_end(frame.cue)
    place = last + (words[last : last + 1] == [","])
    if place + 2 >= end or words[place] not in ("and", "but") or words[place + 1] != "that":
        return last
    cues = page.outer_cues(place, end)
    return cues[0] if cues else end


def add_infinitive(page: Page, frame: Frame, last: int) -> int:
    """End of "called on companies to act": an infinitive right behind the thing asked for belongs to it."""
    parse = page.parse
    if last + 1 >= page.sentence_end(frame.cue) or parse.tags[last] != "TO" or parse.tags[last + 1] != "VB":
        return last
    return max(last, min(parse.subtree(last + 1)[1], page.sentence_end(frame.cue)))


def cut_at_aside(page: Page, first: int, last: int) -> int:
    """End of a phrase before ", who …", ", which …" or an apposition that closes it (", one of …")."""
    parse = page.parse
    last_and = next((token for token in range(last - 1, first, -1) if parse.words[token] == "and"), first)
    for token in range(first + 1, last - 1):
        is_aside = parse.tags[token + 1] in RELATIVE_TAGS or (parse.tags[token + 1] == "DT" and token > last_and)
        if parse.words[token] == "," and is_aside:
            return token
    return last


def cut_next_saying(page: Page, first: int, last: int) -> int:
    """End of a clause before ", adding that …": a participle of saying behind a comma goes on with the speaker."""
    parse = page.parse
    for cue in page.outer_cues(first + 1, last):
        if parse.tags[cue] == "VBG" and parse.words[cue - 1] == ",":
            return cue
    return last


def cut_source(page: Page, first: int, last: int) -> int:
    """End of a clause before ", according to …"."""
    words = page.parse.words
    for cue in page.outer_cues(first + 1, last):
        is_apart = words[cue - 1] == "," or (words[cue - 1] == '"' and words[cue - 2] == ",")
        if words[cue] == "according" and is_apart:
            return cue
    return last


def cut_withheld(page: Page, first: int, last: int) -> int:
    """End of a clause before ", without giving details", which is the reporter's."""
    parse = page.parse
    for token in range(first + 1, last - 1):
        if parse.words[token] == "without" and parse.words[token - 1] == "," and parse.words[token + 1] in WITHHOLDING:
            return token - 1
    return last


def cut_other_sayings(page: Page, frame: Frame, last: int) -> int:
    """End of a clause before "and insisted …", where the speaker's next saying was taken for part of the content."""
    parse, verb = page.parse, frame.content
    while (verb := parse.child(verb, "conj")) is not None:
        is_saying = verb in page.cue_set and parse.tags[verb] == parse.tags[frame.cue]
        if is_saying and parse.child(verb, "nsubj", "nsubjpass") is None:
            return min(last, max(verb, frame.cue_end))
    return last
