"""Direct speech whose marks were lost, followed into the sentences around its cue.

"It is vital that we talk, he said. It takes time." A text that has kept its marks is left alone. Elsewhere the
sentences next to "…, he said" are speech as long as they read like it. On annotated news whose marks had been
removed, a neighbour without a cue of its own was speech in this share of cases: with a first person 80-95 %,
with a second person 80-90 %, present tense alone 86-92 % after the cue and 55-67 % before it (with a contraction such
as "it's" 96 % and 71 %), past tense 60 % after the cue and 13-32 % before it.
"…, he said" was direct speech in 92 % of cases where it speaks of I, we or you, in 69 % where the cue comes before its
speaker ("said Rudolf"), in 91-95 % where it runs on, and else in 39 %.
"""

from bisect import bisect_left

from quotidian.tasks.extract.quotes.drafts import Draft
from quotidian.tasks.extract.quotes.page import Page

FIRST_PERSON = frozenset(["i", "we", "my", "our", "us", "me", "mine", "ours", "myself", "ourselves"])
SECOND_PERSON = frozenset(["you", "your", "yours", "yourself"])
PAST_TAGS = frozenset(("VBD",))
PRESENT_TAGS = frozenset(("VBZ", "VBP", "MD"))
CONTRACTIONS = frozenset(("'s", "n't", "'re", "'ll", "'ve", "'m", "'d"))
"""Short forms that people speak and reporters seldom write."""
FOLLOWED = frozenset(("after", "opened"))
TOLD_OF = frozenset(("he", "she", "his", "her"))
"""With these a reporter goes on about the speaker."""
TURNS = frozenset(("however", "still", "meanwhile", "nevertheless", "yet"))
"""Words with which a reporter turns from what somebody said."""
NAME_TAGS = frozenset(("NNP", "NNPS"))
PLACES = frozenset(("GPE", "NORP"))
FACT_TAGS = NAME_TAGS | {"CD"}
MANY_FACTS = 3
SHORT_SENTENCE = 20
SHORTEST_SENTENCE = 10
"""Tokens. In front of "…, he said" a sentence in the present tense was speech in 80 % of cases where it was shorter than 20
tokens and in 22 % where it was longer; with a figure or three names in 35 %; in the past tense below 10 tokens only."""
MOST_IMPERSONAL = 6
"""Most sentences without I, we or you that are followed: beyond them the reporter is likelier to speak."""
KEPT_MARKS = 2
"""So many marked quotations show that a text has kept its marks."""
KEPT_WORDS = 4
"""Words from which a marked segment counts as a quotation there; shorter ones are titles and scare quotes."""


def follow_lost_marks(page: Page, drafts: list[Draft]) -> None:
    """Add to each unmarked "…, he said" the sentences around it that read like speech of the same person."""
    if has_kept_marks(page, drafts):
        return
    cued = find_cued_sentences(page, drafts)
    taken = set(cued)
    for draft in sorted(drafts, key=lambda draft: draft.start):
        if (
            draft.frame
            and draft.position in FOLLOWED
            and all(page.segments[index].is_single for index in draft.segments)
        ):
            first = page.parse.sentence_of[page.token_at(draft.start)]
            last = page.parse.sentence_of[max(draft.frame.cue, page.token_at(draft.end) - 1)]
            personal = draft.position == "opened" or is_personal(page, last) or is_personal(page, first)
            before = gather(page, draft, first, -1, personal, cued, taken) if draft.position == "after" else []
            after = gather(page, draft, last, 1, personal, cued, taken)
            after += gather_next_paragraph(page, max([last, *after]), cued, taken)
            taken.update(before + after)
            add_sentences(page, draft, sorted(before), sorted(after))
            inverted = draft.frame.left is None and (draft.frame.speaker or 0) > draft.frame.cue
            asks = page.parse.view[draft.end : draft.end + 1] in ("?", "!")
            draft.is_lost_speech = personal or inverted or asks or draft.added_sentences > 0
    drop_inner(page, drafts)


def drop_inner(page: Page, drafts: list[Draft]) -> None:
    """Drop drafts whose cue stands in sentences that were added to another: speech within speech."""
    inside = bytearray(len(page.parse))
    for draft in drafts:
        if draft.is_lost_speech:
            for start, end in draft.parts:
                first, last = page.token_at(start), page.token_at(end)
                inside[first:last] = b"\x01" * (last - first)
    drafts[:] = [draft for draft in drafts if draft.frame is None or not inside[draft.frame.cue]]


def has_kept_marks(page: Page, drafts: list[Draft]) -> bool:
    """Whether the text still has the marks of its quotations; single marks show it only where they are the rule."""
    double = sum(is_long_double(page, index) for index in range(len(page.segments)))
    whole_single = sum(draft.is_whole_marked and page.segments[draft.segments[0]].is_single for draft in drafts)
    unmarked = sum(draft.position == "after" and not draft.segments for draft in drafts)
    return double >= KEPT_MARKS or (whole_single >= KEPT_MARKS and whole_single > unmarked)


def is_long_double(page: Page, index: int) -> bool:
    segment = page.segments[index]
    words = page.parse.view[segment.start : segment.end].count(" ") + 1
    return segment.is_closed and not segment.is_single and words >= KEPT_WORDS


def find_cued_sentences(page: Page, drafts: list[Draft]) -> dict[int, bool]:
    """Sentences with a cue, and whether it follows its content ("…, he said"), as no sentence inside speech has it."""
    cued: dict[int, bool] = {}
    for draft in drafts:
        if draft.frame:
            sentence = page.parse.sentence_of[draft.frame.cue]
            cued[sentence] = cued.get(sentence, False) or draft.position in ("after", "source", "opened")
    return cued


def gather(
    page: Page, draft: Draft, sentence: int, step: int, personal: bool, cued: dict[int, bool], taken: set[int]
) -> list[int]:
    """Sentences next to `sentence` in the direction of `step` that read like its speech, within the paragraph."""
    found: list[int] = []
    paragraph = page.paragraph_at(page.parse.starts[page.parse.sentence_starts[sentence]])
    other, impersonal = sentence + step, 0
    while 0 <= other < len(page.parse.sentence_starts) and page.paragraph_of_sentence(other) == paragraph:
        if (other in taken and other not in cued) or tells_of_speaker(page, draft, other):
            break
        if not reads_like_speech(page, other, step, cued.get(other)):
            break
        impersonal += not is_personal(page, other)
        if impersonal > MOST_IMPERSONAL or (sentence == 0 and impersonal and not personal):
            break
        found.append(other)
        other += step
    return found


def gather_next_paragraph(page: Page, last: int, cued: dict[int, bool], taken: set[int]) -> list[int]:
    """Sentences of the paragraph behind the speech that ends one, where it has no cue and opens with I or we."""
    parse, first = page.parse, last + 1
    count = len(parse.sentence_starts)
    if first >= count or page.paragraph_of_sentence(first) == page.paragraph_of_sentence(last):
        return []
    end = first
    while end < count and page.paragraph_of_sentence(end) == page.paragraph_of_sentence(first):
        end += 1
    sentences = list(range(first, end))
    is_free = not any(sentence in cued or sentence in taken for sentence in sentences)
    opens = FIRST_PERSON & set(parse.words[slice(*parse.sentence_range(first))])
    return sentences if is_free and opens and is_personal(page, first) else []


def reads_like_speech(page: Page, sentence: int, step: int, cue_follows: bool | None) -> bool:
    """Whether a neighbour is speech; `cue_follows` is None where it has no cue of its own."""
    if cue_follows:
        return False
    tense = read_tense(page, sentence)
    if page.parse.words[page.parse.sentence_starts[sentence]] in TURNS:
        return False
    if is_personal(page, sentence):
        return tense != "past" or cue_follows is None
    if cue_follows is not None:
        return False
    if tense == "none" or has_contraction(page, sentence):
        return True
    if step < 0:
        longest = SHORT_SENTENCE if tense == "present" else SHORTEST_SENTENCE
        return is_plain(page, sentence, longest) and not opens_with_place(page, sentence)
    return tense == "present" or (is_plain(page, sentence, SHORT_SENTENCE) and not opens_with_person(page, sentence))


def is_plain(page: Page, sentence: int, longest: int) -> bool:
    """Whether a sentence has at most `longest` tokens and few names and figures, as people speak."""
    first, last = page.parse.sentence_range(sentence)
    tags = page.parse.tags[first:last]
    return last - first <= longest and sum(tag in FACT_TAGS for tag in tags) < MANY_FACTS


def opens_with_person(page: Page, sentence: int) -> bool:
    """Whether a sentence opens with a name, he or she, as the reporter's next sentence about somebody does."""
    first = page.parse.sentence_starts[sentence]
    return page.parse.tags[first] in NAME_TAGS or page.parse.words[first] in TOLD_OF


def opens_with_place(page: Page, sentence: int) -> bool:
    """Whether a sentence tells what a country does ("China has rejected …"), which is seldom part of what a person says."""
    first = page.parse.sentence_starts[sentence]
    place = bisect_left(page.parse.entities, first, key=lambda entity: entity.start)
    found = page.parse.entities[place : place + 1]
    return bool(found) and found[0].start == first and found[0].label in PLACES


def tells_of_speaker(page: Page, draft: Draft, sentence: int) -> bool:
    """Whether a sentence names who speaks, so that it is the reporter's ("However, Zhu did not think …")."""
    parse, speaker = page.parse, draft.frame.speaker
    if speaker is None or parse.tags[speaker][:3] != "NNP":
        return False
    first, last = parse.sentence_range(sentence)
    if parse.words[speaker] in parse.words[first:last]:
        return True
    fore = parse.words[speaker - 1] if speaker and parse.deps[speaker - 1] == "compound" else None
    return any(parse.words[token] == fore and parse.deps[token] == "nsubj" for token in range(first, last))


def has_contraction(page: Page, sentence: int) -> bool:
    """Whether the sentence has a short form of a verb or of "not"; a possessive is none."""
    parse = page.parse
    tokens = range(*parse.sentence_range(sentence))
    return any(parse.words[token] in CONTRACTIONS and parse.tags[token] != "POS" for token in tokens)


def is_personal(page: Page, sentence: int) -> bool:
    """Whether the sentence speaks of I, we or you; "US" is a country."""
    first, last = page.parse.sentence_range(sentence)
    words = set(page.parse.words[first:last]) & (FIRST_PERSON | SECOND_PERSON)
    if words != {"us"}:
        return bool(words)
    places = [i for i in range(first, last) if page.parse.words[i] == "us"]
    return any(page.parse.view[page.parse.starts[i]] == "u" for i in places)


def read_tense(page: Page, sentence: int) -> str:
    """Tense of the main verb: past, present or none."""
    parse = page.parse
    root = parse.sentence_starts[sentence]
    while parse.heads[root] != root:
        root = parse.heads[root]
    tags = [*[parse.tags[c] for c in parse.children[root] if parse.deps[c] in ("aux", "auxpass")][:1], parse.tags[root]]
    for tag in tags:
        if tag in PRESENT_TAGS:
            return "present"
        if tag in PAST_TAGS:
            return "past"
    return "none"


def add_sentences(page: Page, draft: Draft, before: list[int], after: list[int]) -> None:
    """Put whole sentences around the content, joined to one part where nothing but blanks lies between."""
    if before:
        start = page.span(*page.parse.sentence_range(before[0]))
        draft.parts[0] = (start[0] if start else draft.parts[0][0], draft.parts[0][1])
    if after:
        first, last = page.parse.sentence_range(after[0])[0], page.parse.sentence_range(after[-1])[1]
        span = page.span(first, last)
        if span:
            draft.parts.append(span)
    draft.added_sentences = len(before) + len(after)
