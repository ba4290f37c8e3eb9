"""Marked segments without a cue of their own: they go on with the speech before them, or stand alone."""

from quotidian.tasks.extract.parsing.parse import FINITE_OR_MODAL, FINITE_TAGS
from quotidian.tasks.extract.quotes.cues import read_cue_verbs
from quotidian.tasks.extract.quotes.drafts import Draft
from quotidian.tasks.extract.quotes.frames import Frame
from quotidian.tasks.extract.quotes.page import Page

LONGEST_TRAIL = 12
"""Tokens behind a closing mark that are searched for a verb that no frame knows."""
TRAIL_ENDS = frozenset((".", '"', "and", "but", ";"))
ORPHAN_WORDS = 8
"""A marked segment without any cue is a quotation from this length on; shorter ones are titles and scare quotes."""


def join_continuations(page: Page, drafts: list[Draft], taken: set[int]) -> None:
    """Give each free segment to the speech that it continues; long ones without any stand alone."""
    owners = {index: draft for draft in sorted(drafts, key=lambda d: d.is_whole_marked) for index in draft.segments}
    cues = {draft.frame.cue for draft in drafts if draft.frame}
    last: Draft | None = None
    for index, segment in enumerate(page.segments):
        owner = owners.get(index)
        if owner is not None:
            last = (
                owner
                if owner.is_whole_marked or last is None or segment.paragraph != last_paragraph(page, last)
                else last
            )
            continue
        trailing = find_trailing_frame(page, index)
        if trailing and trailing.cue not in cues:
            last = Draft([(segment.start, segment.end)], trailing, "after", [index], True)
            drafts.append(last)
        elif last and not is_introduced(page, index, cues) and continues(page, last, index):
            last.parts.append((segment.start, segment.end))
            last.segments.append(index)
        elif is_speech(page, index):
            last = Draft([(segment.start, segment.end)], find_frame_at_colon(page, index), "orphan", [index], True)
            drafts.append(last)


def find_trailing_frame(page: Page, index: int) -> Frame | None:
    """The frame of a phrase behind a comma and closing mark, by its words where the parse has none ("the email read")."""
    parse, segment = page.parse, page.segments[index]
    if parse.view[segment.end - 1] not in ",?!" or not page.is_speech_like(index):
        return None
    first = page.token_at(segment.outer_end)
    if first >= len(parse) or page.paragraph_of_token(first) != segment.paragraph:
        return None
    inverted = find_inverted_frame(page, first)
    if inverted is not None:
        return inverted
    if parse.tags[first] in FINITE_OR_MODAL:
        return None
    for token in range(first, min(first + LONGEST_TRAIL, len(parse))):
        word = parse.words[token]
        if word in TRAIL_ENDS or word.isspace():
            return None
        is_verb = parse.tags[token] in FINITE_TAGS or word in read_cue_verbs()
        if token > first and is_verb and parse.tags[token - 1][:2] in ("NN", "PR", "RB"):
            subject = parse.child(token, "nsubj")
            return Frame(token, read_cue_verbs().get(word, word), "verb", token, token + 1, subject or token - 1)
    return None


def find_inverted_frame(page: Page, first: int) -> Frame | None:
    """The frame of "exhorted Curtis" right behind a closing mark: a small verb and a name or pronoun."""
    parse = page.parse
    is_small = parse.view[parse.starts[first]].islower()
    if not is_small or parse.tags[first] not in ("VBD", "VBZ") or first + 1 >= len(parse):
        return None
    if parse.tags[first + 1] not in ("NNP", "PRP"):
        return None
    word = parse.words[first]
    subject = parse.child(first, "nsubj", "dobj")
    return Frame(
        first, read_cue_verbs().get(word, word), "verb", first, first + 1, first + 1 if subject is None else subject
    )


def last_paragraph(page: Page, draft: Draft) -> int:
    """Index of the paragraph in which the draft's last segment stands."""
    return page.segments[max(draft.segments)].paragraph


def continues(page: Page, draft: Draft, index: int) -> bool:
    """Whether a segment goes on with the speech of the draft before it: only its cue phrase, or nothing, lies between."""
    before, after = page.segments[max(draft.segments)], page.segments[index]
    between = page.parse.view[before.outer_end : after.outer_start].strip(' "\n')
    if not between:
        return before.paragraph == after.paragraph or draft.is_whole_marked
    if draft.frame is None or not starts_as_speech(page, index) or between[-1] not in ".,:;–—-?!":
        return False
    cue = draft.frame.cue
    if not before.outer_end <= page.parse.starts[cue] < after.outer_start:
        return False
    if before.paragraph != after.paragraph:
        return draft.is_whole_marked and opens_next_paragraph(page, cue, index)
    first = page.segment_tokens(index)[0]
    return page.parse.sentence_of[first] - page.parse.sentence_of[cue] <= 1


def opens_next_paragraph(page: Page, cue: int, index: int) -> bool:
    """Whether a segment opens the paragraph behind the one that a cue phrase ends."""
    segment = page.segments[index]
    if (
        page.paragraphs[segment.paragraph] != segment.outer_start
        or segment.paragraph != page.paragraph_of_token(cue) + 1
    ):
        return False
    end = page.sentence_end(cue)
    return end >= len(page.parse) or page.paragraph_of_token(end) == segment.paragraph


def starts_as_speech(page: Page, index: int) -> bool:
    """Whether a segment after a cue phrase is speech, not a title: it opens a sentence or follows a comma."""
    segment = page.segments[index]
    before = page.character_before(segment.outer_start)
    return (
        before in ",:;–—-" or page.parse.text[segment.start].isupper() or not page.parse.text[segment.start].isalpha()
    )


def is_speech(page: Page, index: int) -> bool:
    segment = page.segments[index]
    if not page.is_speech_like(index):
        return False
    text = page.parse.view[segment.start : segment.end]
    before = page.character_before(segment.outer_start)
    is_sentence = text[-1] in ".?!," and (text[0].isupper() or not text[0].isalpha())
    return is_sentence and (len(text.split()) >= ORPHAN_WORDS or before == ":")


def is_introduced(page: Page, index: int, cues: set[int]) -> bool:
    """Whether words with a colon and a verb of their own open a segment, so that it goes on with nobody's speech."""
    frame = find_frame_at_colon(page, index)
    return frame is not None and frame.cue not in cues and is_speech(page, index)


def find_frame_at_colon(page: Page, index: int) -> Frame | None:
    """The main verb of the words that introduce a segment with a colon ("She fired back: …"), as its cue."""
    parse, segment = page.parse, page.segments[index]
    colon = page.token_at(segment.outer_start) - 1
    while colon >= 0 and parse.words[colon].isspace():
        colon -= 1
    if colon < 0 or parse.words[colon] != ":":
        return None
    verb = colon
    while parse.heads[verb] != verb:
        verb = parse.heads[verb]
    subject = parse.child(verb, "nsubj")
    if parse.tags[verb][:2] != "VB" or subject is None or verb > colon:
        return None
    return Frame(verb, parse.words[verb], "verb", verb, verb + 1, subject)
