"""Direct speech whose marks were lost, followed into the sentences around its cue.

"It is vital that we talk, he said. It takes time." A text that has kept its marks is left alone. Elsewhere the
sentences next to "…, he said" are speech as long as they read like it. On annotated news whose marks had been
removed, a neighbour without a cue of its own was speech in this share of cases: with a first person 80-95 %,
with a second person 80-90 %, present tense alone 86-92 % after the cue and 55-67 % before it (with a contraction such
as "it's" 96 % and 71 %, which before the cue is not enough), past tense 60 % after the cue and 13-32 % before it.
"…, he said" was direct speech in 92 % of cases where it speaks of I, we or you, in 69 % where the cue comes before its
speaker ("said Rudolf"), in 91-95 % where it runs on, and else in 39 %.
"""

from bisect import bisect_left
from typing import NamedTuple

from quotidian.tasks.extract.quotes.drafts import Draft
from quotidian.tasks.extract.quotes.grammar import AUXILIARY, PRESENT, PROPER_NOUNS
from quotidian.tasks.extract.quotes.page import Page
from quotidian.tasks.extract.quotes.readings import Order, reading

FIRST_PERSON = frozenset(["i", "we", "my", "our", "us", "me", "mine", "ours", "myself", "ourselves"])
SECOND_PERSON = frozenset(["you", "your", "yours", "yourself"])
CONTRACTIONS = frozenset(("'s", "n't", "'re", "'ll", "'ve", "'m", "'d"))
"""Short forms that people speak and reporters seldom write."""
FOLLOWED = frozenset(("after", "opened"))
TOLD_OF = frozenset(("he", "she", "his", "her"))
"""With these a reporter goes on about the speaker."""
PEOPLE = frozenset(("they", "everybody", "everyone", "nobody", "people", "one"))
"""Subjects of what is said in general."""
TURNS = frozenset(("however", "still", "meanwhile", "nevertheless", "yet"))
"""Words with which a reporter turns from what somebody said."""
PLACES = frozenset(("GPE", "NORP"))
FACT_TAGS = PROPER_NOUNS | {"CD"}
MANY_FACTS = 3
SHORT_SENTENCE = 20
SHORTEST_SENTENCE = 10
"""Tokens. In front of "…, he said" a sentence in the present tense was speech in 80 % of cases where it was shorter than 20
tokens and in 22 % where it was longer; with a figure or three names in 35 %; in the past tense below 10 tokens only."""
FEWEST_KEPT = 2
"""So many marked quotations show that a text has kept its marks."""
KEPT_WORDS = 4
"""Words from which a marked segment counts as a quotation there; shorter ones are titles and scare quotes."""


def follow_lost_marks(page: Page, drafts: list[Draft]) -> None:
    """Add to each unmarked "…, he said" the sentences around it that read like speech of the same person."""
    if KEPT_MARKS.first(page, drafts):
        return
    cued = find_cued_sentences(page, drafts)
    taken = set(cued)
    for draft in sorted(drafts, key=lambda draft: draft.start):
        is_unmarked = not draft.is_whole_marked and all(page.segments[index].is_single for index in draft.segments)
        if draft.frame and draft.position in FOLLOWED and is_unmarked:
            follow(page, draft, cued, taken)
    drop_inner(page, drafts)


def follow(page: Page, draft: Draft, cued: dict[int, bool], taken: set[int]) -> None:
    """Add the sentences around one draft that read like its speech, and tell whether it is direct speech itself."""
    first = page.parse.sentence_of[page.token_at(draft.start)]
    last = page.parse.sentence_of[max(draft.frame.cue, page.token_at(draft.end) - 1)]
    personal = draft.position == "opened" or is_personal(page, last) or is_personal(page, first)
    before = gather(page, draft, first, -1, personal, cued, taken) if draft.position == "after" else []
    after = gather(page, draft, last, 1, personal, cued, taken)
    after += NEXT_PARAGRAPHS.first(page, max([last, *after]), cued, taken) or []
    taken.update(before + after)
    add_sentences(page, draft, sorted(before), sorted(after))
    draft.is_lost_speech = LOST_SPEECH.first(page, draft, personal) or False


@reading("He added: The roof leaks.", "[He] “The roof leaks”")
def read_person(page: Page, draft: Draft, personal: bool) -> bool | None:
    """Unmarked words that speak of I, we or you are direct speech, and so are those that a colon opens."""
    return personal or None


@reading("It rained, told Peter Hall.", "[Peter Hall] “It rained”")
def read_inverted_cue(page: Page, draft: Draft, personal: bool) -> bool | None:
    """Unmarked words before "said Rudolf" are direct speech."""
    return (draft.frame.left is None and (draft.frame.subject or 0) > draft.frame.cue) or None


@reading(
    "Why is the bridge closed? Mark Evans asked during a visit on Friday.", "[Mark Evans] “Why is the bridge closed”"
)
def read_question(page: Page, draft: Draft, personal: bool) -> bool | None:
    """An unmarked question or exclamation is direct speech."""
    return page.parse.view[draft.end : draft.end + 1] in ("?", "!") or None


@reading(
    "Peter Hall came. It rained all day, he told reporters an official said on Sunday.",
    "[an official] “Peter Hall came. It rained all day”",
)
def read_running_on(page: Page, draft: Draft, personal: bool) -> bool | None:
    """Unmarked words that run on into the next sentence are direct speech."""
    return draft.added_sentences > 0 or None


LOST_SPEECH = Order(read_person, read_inverted_cue, read_question, read_running_on)


def drop_inner(page: Page, drafts: list[Draft]) -> None:
    """Drop drafts whose cue stands in sentences that were added to another: speech within speech."""
    inside = bytearray(len(page.parse))
    for draft in drafts:
        if draft.is_lost_speech:
            for start, end in draft.parts:
                first, last = page.token_at(start), page.token_at(end)
                inside[first:last] = b"\x01" * (last - first)
    drafts[:] = [draft for draft in drafts if draft.frame is None or not inside[draft.frame.cue]]


@reading(
    "“We must mend the roof now,” Ms. Berg said. “Nobody else will do it.” The town is poor, said Mr. Hall. It has no money.",
    "[Berg] “We must mend the roof now … Nobody else will do it.” · [Hall] The town is poor",
)
def read_double_marks(page: Page, drafts: list[Draft]) -> bool | None:
    """Two long quotations in double marks show that a text has kept its marks."""
    return sum(is_long_double(page, index) for index in range(len(page.segments))) >= FEWEST_KEPT or None


@reading(
    "‘Sit down and listen,’ said Ms. Berg. ‘Sit down and listen,’ said Mr. Dahl. We are poor, said Mr. Hall. We have no money.",
    "[Berg] “Sit down and listen” · [Dahl] “Sit down and listen” · [Hall] We are poor",
)
def read_single_marks(page: Page, drafts: list[Draft]) -> bool | None:
    """Single marks show that a text has kept its marks where they are the rule."""
    whole = sum(draft.is_whole_marked and page.segments[draft.segments[0]].is_single for draft in drafts)
    unmarked = sum(draft.position == "after" and not draft.segments for draft in drafts)
    return (whole >= FEWEST_KEPT and whole > unmarked) or None


KEPT_MARKS = Order(read_double_marks, read_single_marks)


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
    paragraph = page.paragraph_of_sentence(sentence)
    other, impersonal = sentence + step, 0
    while 0 <= other < len(page.parse.sentence_starts) and page.paragraph_of_sentence(other) == paragraph:
        if other in taken and other not in cued:
            break
        if not SPEECH_SENTENCES.first(page, Neighbour(draft, other, step, cued.get(other), read_tense(page, other))):
            break
        impersonal += not is_personal(page, other)
        if LIMITS.first(sentence, personal, impersonal):
            break
        found.append(other)
        other += step
    return found


@reading("It rained in Kent, Ms. Berg said. It is the vote of the farmers.", "[Berg] It rained in Kent")
def stop_in_lead(sentence: int, personal: bool, impersonal: int) -> bool | None:
    """The first sentence of an article does not run on where neither speaks of I, we or you."""
    return (sentence == 0 and impersonal > 0 and not personal) or None


LIMITS = Order(stop_in_lead)


@reading(
    "The town met on Friday.\nWe need a new roof, Ms. Berg said.\nWe cannot wait. It leaks.",
    "[Berg] “We need a new roof … We cannot wait. It leaks”",
)
def run_into_next_paragraph(page: Page, last: int, cued: dict[int, bool], taken: set[int]) -> list[int] | None:
    """Speech that ends a paragraph goes on into the next, where that has no cue and opens with I or we."""
    parse, first = page.parse, last + 1
    count = len(parse.sentence_starts)
    if first >= count or page.paragraph_of_sentence(first) == page.paragraph_of_sentence(last):
        return None
    end = first
    while end < count and page.paragraph_of_sentence(end) == page.paragraph_of_sentence(first):
        end += 1
    sentences = list(range(first, end))
    is_free = not any(sentence in cued or sentence in taken for sentence in sentences)
    opens = FIRST_PERSON & set(parse.words[slice(*parse.sentence_range(first))])
    return sentences if is_free and opens and is_personal(page, first) else None


NEXT_PARAGRAPHS = Order(run_into_next_paragraph)


class Neighbour(NamedTuple):
    """A sentence beside unmarked speech: the speech, the sentence, the direction from the one to the other, whether a cue of
    its own follows its content (None where it has no cue), and its tense."""

    draft: Draft
    sentence: int
    step: int
    cue_follows: bool | None
    tense: str


@reading(
    "The town met on Friday. We need a new roof, Maria Berg said. But Berg is not sure.",
    "[Maria Berg] “The town met on Friday. We need a new roof”",
)
def refuse_speaker_named(page: Page, near: Neighbour) -> bool | None:
    """A sentence that names who speaks is the reporter's ("However, Zhu did not think …")."""
    parse, speaker = page.parse, near.draft.frame.subject
    if speaker is None or parse.tags[speaker] not in PROPER_NOUNS:
        return None
    first, last = parse.sentence_range(near.sentence)
    if parse.words[speaker] in parse.words[first:last]:
        return False
    fore = parse.words[speaker - 1] if speaker and parse.deps[speaker - 1] == "compound" else None
    is_named = any(parse.words[token] == fore and parse.deps[token] == "nsubj" for token in range(first, last))
    return False if is_named else None


@reading(
    "The town met on Friday. I sold my car, he says. He shows a letter.",
    "[he] “The town met on Friday. I sold my car”",
)
def refuse_speaker_acting(page: Page, near: Neighbour) -> bool | None:
    """Behind "I …, he says" a sentence that opens with "he" tells what the speaker does."""
    parse, speaker = page.parse, near.draft.frame.subject
    opening = parse.words[parse.sentence_starts[near.sentence]]
    is_own = speaker is not None and near.step > 0 and parse.words[speaker] == opening and opening in ("he", "she")
    return False if is_own and is_personal(page, parse.sentence_of[page.token_at(near.draft.start)]) else None


@reading(
    "The town met on Friday. We need a new roof, he said. I will tell you: The school is old. The bridge is old, said Mr. Dahl.",
    "[he] “The town met on Friday. We need a new roof” · [I] “The school is old” · [Dahl] “The bridge is old”",
)
def refuse_cue_behind(page: Page, near: Neighbour) -> bool | None:
    """A sentence that another cue follows is speech of its own."""
    return False if near.cue_follows else None


@reading(
    "The town met on Friday. We need a new roof, Maria Berg said. Still, the town is poor.",
    "[Maria Berg] “The town met on Friday. We need a new roof”",
)
def refuse_turn(page: Page, near: Neighbour) -> bool | None:
    """With "however" in front a reporter turns from what somebody said."""
    return False if page.parse.words[page.parse.sentence_starts[near.sentence]] in TURNS else None


@reading(
    "The town met on Friday. We need a new roof, Ms. Berg said. Mr. Hall says we are poor.",
    "[Berg] “The town met on Friday. We need a new roof … Mr. Hall says we are poor”",
)
def take_personal(page: Page, near: Neighbour) -> bool | None:
    """A sentence that speaks of I, we or you is speech, unless it has a cue and a past tense."""
    if not is_personal(page, near.sentence):
        return None
    return near.tense != "past" or near.cue_follows is None


@reading(
    "The town met on Friday. We need a new roof, Ms. Berg said. Everybody said nothing happened.",
    "[Berg] “The town met on Friday. We need a new roof … Everybody said nothing happened”",
)
def take_said_by_people(page: Page, near: Neighbour) -> bool | None:
    """What everybody, nobody or "they" say is told within speech, not reported ("They say there's a problem")."""
    first, last = page.parse.sentence_range(near.sentence)
    subjects = [frame.subject for frame in page.frames if first <= frame.cue < last]
    if any(
        page.parse.deps[token] == "pobj" for token in range(first, subjects[0] if subjects and subjects[0] else first)
    ):
        return None  # "In the ministry they noted": the parser's "they" are its people
    is_general = all(subject is not None and page.parse.words[subject] in PEOPLE for subject in subjects)
    return (near.step > 0 and bool(subjects) and is_general) or None


@reading(
    "The town met on Friday. We need a new roof, Ms. Berg said. Mr. Hall says the school is old.",
    "[Berg] “The town met on Friday. We need a new roof” · [Hall] the school is old",
)
def refuse_cue(page: Page, near: Neighbour) -> bool | None:
    """An impersonal sentence with a cue of its own is the reporter's."""
    return None if near.cue_follows is None else False


@reading(
    "The town met on Friday. They take what they find, tweeting, Notice them. Coke?", "[they] “Notice them … Coke?”"
)
def take_without_tense(page: Page, near: Neighbour) -> bool | None:
    """A sentence without a tense is speech ("No, never.")."""
    return near.tense == "none" or None


@reading(
    "We need a new roof, said Ms. Berg. The council of the old town in the north of the valley didn't pay "
    "for the roof of the school that the firm had built.",
    "[Berg] “We need a new roof … The council of the old town in the north of the valley didn't pay for the roof of the school that "
    "the firm had built”",
)
def take_contraction_behind(page: Page, near: Neighbour) -> bool | None:
    """Behind a cue a short form of a verb or of "not" is spoken ("it's"); a possessive is none."""
    parse = page.parse
    tokens = range(*parse.sentence_range(near.sentence)) if near.step > 0 else ()
    return any(parse.words[token] in CONTRACTIONS and parse.tags[token] != "POS" for token in tokens) or None


@reading("The town met on Friday. China is poor. We need a new roof, Ms. Berg said.", "[Berg] “We need a new roof”")
def refuse_place_before(page: Page, near: Neighbour) -> bool | None:
    """Before a cue what a country does is seldom part of what a person says ("China has rejected …")."""
    first = page.parse.sentence_starts[near.sentence]
    place = bisect_left(page.parse.entities, first, key=lambda entity: entity.start)
    found = page.parse.entities[place : place + 1]
    is_place = bool(found) and found[0].start == first and found[0].label in PLACES
    return False if near.step < 0 and is_place else None


@reading(
    "Peter Hall came. It rained all day, he told reporters an official said on Sunday.",
    "[an official] “Peter Hall came. It rained all day”",
)
def take_short_before(page: Page, near: Neighbour) -> bool | None:
    """Before a cue only short sentences with few names and figures are speech, shorter ones in the past tense, unless they open with "he" or "her"."""
    if (
        near.step < 0
        and near.tense == "past"
        and page.parse.words[page.parse.sentence_starts[near.sentence]] in TOLD_OF
    ):
        return False
    longest = SHORT_SENTENCE if near.tense == "present" else SHORTEST_SENTENCE
    return is_plain(page, near.sentence, longest) if near.step < 0 else None


@reading(
    "The town met on Friday. We need a new roof, Ms. Berg said. The school is old and the wind blows through the doors of it all night long and all day long, too.",
    "[Berg] “The town met on Friday. We need a new roof … The school is old and the wind blows through the doors of it all night long and all day long, too”",
)
def take_present_behind(page: Page, near: Neighbour) -> bool | None:
    """Behind a cue a sentence in the present tense is speech."""
    return near.tense == "present" or None


@reading(
    "The town met on Friday. We need a new roof, Ms. Berg said. It leaked.",
    "[Berg] “The town met on Friday. We need a new roof … It leaked”",
)
def take_short_behind(page: Page, near: Neighbour) -> bool | None:
    """Behind a cue a short sentence in the past tense is speech, unless it opens with a name, "he" or "she"."""
    first = page.parse.sentence_starts[near.sentence]
    opens_with_person = page.parse.tags[first] in PROPER_NOUNS or page.parse.words[first] in TOLD_OF
    return is_plain(page, near.sentence, SHORT_SENTENCE) and not opens_with_person


@reading(
    "The town met on Friday. Peter Hall mended the roof with wax, he said, and slept. It leaks.",
    "[he] Peter Hall mended the roof with wax",
)
def refuse_told_of(page: Page, near: Neighbour) -> bool | None:
    """Beside "Peter Hall mended the roof, he said, and slept" nothing is speech: a reporter tells of Hall what Hall said."""
    parse, frame = page.parse, near.draft.frame
    goes_on = len(near.draft.parts) == 1 and parse.words[frame.cue + 1 : frame.cue + 3] == [",", "and"]
    is_told = goes_on and frame.subject is not None and parse.words[frame.subject] in TOLD_OF
    return False if is_told and not is_personal(page, parse.sentence_of[frame.cue]) else None


SPEECH_SENTENCES = Order(
    refuse_told_of,
    refuse_speaker_named,
    refuse_cue_behind,
    refuse_turn,
    take_personal,
    refuse_speaker_acting,
    take_said_by_people,
    refuse_cue,
    take_without_tense,
    take_contraction_behind,
    refuse_place_before,
    take_short_before,
    take_present_behind,
    take_short_behind,
)


def is_plain(page: Page, sentence: int, longest: int) -> bool:
    """Whether a sentence has at most `longest` tokens and few names and figures, as people speak."""
    first, last = page.parse.sentence_range(sentence)
    tags = page.parse.tags[first:last]
    return last - first <= longest and sum(tag in FACT_TAGS for tag in tags) < MANY_FACTS


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
    tags = [*[parse.tags[c] for c in parse.children[root] if parse.deps[c] in AUXILIARY][:1], parse.tags[root]]
    for tag in tags:
        if tag in PRESENT:
            return "present"
        if tag == "VBD":
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
