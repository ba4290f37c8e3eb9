"""Marked segments without a cue of their own: they go on with the speech before them, or stand alone."""

import re

from quotidian.tasks.extract.parsing.parse import Parse
from quotidian.tasks.extract.quotes.after import reach_sentence_end
from quotidian.tasks.extract.quotes.cues import read_cue_verbs
from quotidian.tasks.extract.quotes.drafts import REFUSED, Draft
from quotidian.tasks.extract.quotes.frames import Frame
from quotidian.tasks.extract.quotes.grammar import (
    ANY_SUBJECT,
    FINITE,
    FINITE_OR_MODAL,
    NOMINALS,
    PERSONAL_TAGS,
    RELATIVE_TAGS,
    REPORTING,
    VERBS,
)
from quotidian.tasks.extract.quotes.named_things import is_name_of_work, is_named_so, is_title
from quotidian.tasks.extract.quotes.page import Page
from quotidian.tasks.extract.quotes.readings import Order, move, reading
from quotidian.tasks.extract.speakers.roles import read_person_nouns

GOING_ON_SAYING = frozenset(("say", "add", "remark", "note"))
"""Cues with which a speaker goes on, where others tell what he meant ("explaining why …", "predicting that …")."""
REPLY = re.compile(
    r"(?:well|yes|yeah|yep|no|nope|oh|sure|right|exactly|absolutely|correct|thanks|thank you|okay|ok|indeed|of course|not at all|really|agreed|i agree|i disagree|you mean"
    r"|never|certainly|definitely|maybe|perhaps|not (?:once|yet|really|me|quite|exactly)|of course not|fair enough|good point|i see|i did|i do|i am|me too)\b[,.!…]"
    r"|exactly (?:as|how|what|where|why|the (?:opposite|point|same))\b[^.?!]{0,40}[.!]$"
    r"|(?:so|neither|nor) (?:am|is|are|was|were|do|does|did|has|have|had|will|would|can|could)\b",
    re.IGNORECASE,
)
"""How answers begin."""
ADDRESS = re.compile(
    r", (?:sir|madam|ma'am|miss|my (?:friend|dear|son|lord|lady)|officer|your honou?r)[.!?]*$", re.IGNORECASE
)
"""How an answer ends that calls who spoke before."""
TOLD = frozenset(("told", "asked", "warned", "informed", "reminded", "advised", "ordered", "assured"))
"""Participles of whom something was said to."""
LONGEST_HEADING = 5
"""Words of a line in marks without a stop that is a heading."""
SHORT_QUESTION = 6
"""Words of a question that asks back, where it is a paragraph of its own."""
TELLERS = frozenset(("i", "we", "they", "he", "she"))
"""Subjects of what somebody tells."""
JOINING = frozenset(("and", "but", "because"))
LONGEST_TRAIL = 12
"""Tokens behind a closing mark that are searched for a verb that no frame knows."""
LONGEST_TITLE = 4
"""Tokens between such a verb and the name of who speaks."""
TRAIL_ENDS = frozenset((".", '"', "and", "but", ";"))
BEFORE_TRAIL = NOMINALS | {"RB", "RBR", "RBS"}
"""Tags of a word right before such a verb."""
LABELLED = re.compile(r":\s*(?:\"|$)")
"""A colon and what is said, or the end of the line."""
SIGNATURE = re.compile(r"\s{0,3}[-–—―~]{1,2}\s?((?:[a-z][a-z-]{0,20}+ ){0,3}+)(?=[A-Z@])")
"""Dash before a name behind a quotation, on its line or the next, with what he is in small letters between them."""
LONE_LABEL = re.compile(r"(?:^|[.!?]\s+)[A-Z][\w.'-]*(?:\s[A-Z][\w.'-]*){0,3}\s?:$")
"""A name and a colon as a sentence of its own."""
ORPHAN_WORDS = 8
"""A marked segment without any cue is a quotation from this length on; shorter ones are titles and scare quotes."""


def join_continuations(page: Page, drafts: list[Draft]) -> None:
    """Give each free segment to the speech that it continues; long ones without any stand alone, but in lines of a transcript."""
    owners = {index: draft for draft in sorted(drafts, key=lambda d: d.is_whole_marked) for index in draft.segments}
    in_lines = {index for line in page.spoken_lines for index in page.segments_between(line.start, line.end)}
    for index in range(len(page.segments) - 1, 0, -1):
        if index - 1 not in in_lines:
            add_run_before(page, owners, index)
    cues = {draft.frame.cue for draft in drafts if draft.frame}
    last: Draft | None = None
    for index in range(len(page.segments)):
        owner = owners.get(index)
        if owner is not None:
            last = owner if is_resumable(page, owner, last, index) else last
        if owner is not None or index in in_lines:
            continue
        found = FREE_SEGMENTS.first(page, last, index, cues)
        if found is last and last is not None:
            last = NEARER.first(page, drafts, last, index) or last
            end = RESUMED_ENDS.fold(page, index, page.segments[index].end)
            last.parts.append((page.segments[index].start, end))
            last.segments.append(index)
        elif found is not None and found is not REFUSED:
            drafts.append(found)
            last = found


@reading(
    "“The roof leaks,” Ms. Berg said, adding that nobody would pay for it. “We have no money.”",
    "[Berg] “The roof leaks” · [Berg] that nobody would pay for it … We have no money.",
)
def read_nearer_saying(page: Page, drafts: list[Draft], last: Draft, index: int) -> Draft | None:
    """Marks right behind another saying go on with that ("“A,” she said, adding that B. “C.”")."""
    start, view = page.segments[index].outer_start, page.parse.view
    for draft in drafts:
        frame = draft.frame
        if frame is None or last.frame is None or frame.cue < last.frame.cue or frame.lemma not in GOING_ON_SAYING:
            continue
        is_clause = draft.position == "before" and frame.complement == "clause"
        if is_clause and draft.end <= start and view[draft.end : start].strip(' ."') == "":
            return draft
    return None


@move(
    "“We are poor,” Ms. Berg said. “That is the message we take” to the rest of the country.",
    "[Berg] “We are poor … “That is the message we take” to the rest of the country”",
)
def reach_phrase_end(page: Page, index: int, end: int) -> int:
    """A phrase behind resumed speech that ends its sentence belongs to it, too ("“A,” she said. “This we take” to the country.")."""
    first = page.token_at(page.segments[index].outer_end)
    is_phrase = first < len(page.parse) and page.parse.tags[first] in ("IN", "TO")
    return reach_sentence_end(page, index, end) if is_phrase else end


RESUMED_ENDS = Order(reach_phrase_end)
NEARER = Order(read_nearer_saying)


def add_run_before(page: Page, owners: dict[int, Draft], index: int) -> None:
    """Give the owner of a segment the speech of the paragraph before that runs on into it."""
    owner, before = owners.get(index), page.segments[index - 1]
    runs_on = before.runs_on and before.paragraph + 1 == page.segments[index].paragraph
    if (
        owner is not None
        and owner.is_whole_marked
        and runs_on
        and index - 1 not in owners
        and not has_cue(page, index - 1)
    ):
        owner.parts.insert(0, (before.start, before.end))
        owner.segments.insert(0, index - 1)
        owners[index - 1] = owner


def has_cue(page: Page, index: int) -> bool:
    """Whether a cue behind a comma stands within a segment, whose closing mark was lost before it (“…, said Stein)."""
    words = page.parse.words
    cues = (frame.cue for frame in page.frames if page.segment_of[frame.cue] == index)
    return any("," in words[max(0, cue - 2) : cue] for cue in cues)


def is_resumable(page: Page, owner: Draft, last: Draft | None, index: int) -> bool:
    """Whether later segments may go on with the owner of this one: it is all speech, or the first of its paragraph."""
    ends_marked = owner.position == "after" and page.segments[max(owner.segments)].end == owner.end
    is_speech = owner.is_whole_marked or ends_marked
    return is_speech or last is None or page.segments[index].paragraph != last_paragraph(page, last)


def last_paragraph(page: Page, draft: Draft) -> int:
    """Index of the paragraph in which the draft's last segment stands."""
    return page.segments[max(draft.segments)].paragraph


def stand_alone(page: Page, index: int, frame: Frame | None, position: str) -> Draft:
    segment = page.segments[index]
    return Draft([(segment.start, segment.end)], frame, position, [index], True)


@reading("“It rains,” she sighed.", "[she] “It rains”")
def read_trailing_cue(page: Page, last: Draft | None, index: int, cues: set[int]) -> Draft | None:
    """A phrase behind comma and closing mark with a verb that no frame knows is the cue ("“…,” the email read")."""
    parse, segment = page.parse, page.segments[index]
    if parse.view[segment.end - 1] not in ",?!" or not page.is_speech_like(index) or is_title(page, index):
        return None
    first = page.token_at(segment.outer_end)
    if first >= len(parse) or page.paragraph_of_token(first) != segment.paragraph:
        return None
    trailing = TRAILS.first(page, first)
    return None if trailing is None or trailing.cue in cues else stand_alone(page, index, trailing, "after")


@reading("“It rained all day and all night,” grunted Peter Hall.", "[Peter Hall] “It rained all day and all night”")
def read_inverted_trail(page: Page, first: int) -> Frame | None:
    """A small verb and a name or pronoun right behind a closing mark are cue and subject ("exhorted Curtis", "sighed commuter Jo Bell")."""
    parse = page.parse
    is_small = parse.view[parse.starts[first]].islower()
    if not is_small or parse.tags[first] not in REPORTING or first + 1 >= len(parse):
        return None
    name = first + 1
    while name < len(parse) and name - first <= LONGEST_TITLE and parse.tags[name] in ("NN", "JJ", "DT"):
        name += 1
    if name >= len(parse) or parse.tags[name] not in PERSONAL_TAGS or (name > first + 1 and parse.tags[name] != "NNP"):
        return None
    while parse.tags[name : name + 2] == ["NNP", "NNP"]:
        name += 1
    subject = name if name > first + 1 else parse.child(first, "nsubj", "dobj")
    return make_trail(page, first, first + 1 if subject is None else subject)


@reading("“The roof leaks,” the sign on the door ran.", "[the sign on the door] “The roof leaks”")
def read_plain_trail(page: Page, first: int) -> Frame | None:
    """A noun and a finite verb, or a cue, behind a closing mark are subject and cue ("the email read"); where a sentence of its
    own may begin, a cue alone is (“Help!” The crowd ran.)."""
    parse = page.parse
    if parse.tags[first] in FINITE_OR_MODAL or parse.tags[first] in RELATIVE_TAGS:
        return None
    begins = parse.text[parse.starts[first]].isupper() and parse.words[first - 2 : first - 1] in (["?"], ["!"])
    for token in range(first, min(first + LONGEST_TRAIL, len(parse))):
        word = parse.words[token]
        if word in TRAIL_ENDS or word.isspace() or (token > first and parse.deps[token] == "mark"):
            return None
        is_verb = (
            (parse.tags[token] in FINITE and not begins) or word in read_cue_verbs() or goes_on_talking(parse, token)
        )
        if token > first and is_verb and parse.tags[token - 1] in BEFORE_TRAIL:
            if parse.deps[token] == "auxpass" and not TOLD.isdisjoint(parse.words[token + 1 : token + 2]):
                return None  # "“…,” she was told": she has not said it
            return make_trail(page, token, parse.child(token, "nsubj") or token - 1)
    return None


TRAILS = Order(read_inverted_trail, read_plain_trail)


def goes_on_talking(parse: Parse, token: int) -> bool:
    """Whether somebody "went on", or goes on."""
    return parse.words[token] in ("went", "goes") and parse.words[token + 1 : token + 2] == ["on"]


def match_signature(view: str, place: int) -> re.Match[str] | None:
    """The dash before the name of who speaks, right behind a quotation ("– Ann Lee", "– singer Ann Lee"); none where it opens the next item of a list, of
    who speaks there ("– Ann Lee: “…”")."""
    match = SIGNATURE.match(view, place)
    if match is None or (match[1] and match[1].split()[-1] not in read_person_nouns()):
        return None
    return None if is_label(view, match.end()) else match


def is_label(view: str, place: int) -> bool:
    """Whether what stands from a place on to the end of its line leads with a colon to what is said."""
    line = view[place:].split("\n", 1)[0]
    return LABELLED.search(line) is not None


def make_trail(page: Page, cue: int, subject: int) -> Frame:
    word = page.parse.words[cue]
    if goes_on_talking(page.parse, cue):
        return Frame(cue, "go on", "verb", cue, cue + 2, subject)
    return Frame(cue, read_cue_verbs().get(word, word), "verb", cue, cue + 1, subject)


@reading("‘The roof leaks,’ she said, ‘and the wind blows.’", "[she] “The roof leaks … and the wind blows.”")
def read_continuation(page: Page, last: Draft | None, index: int, cues: set[int]) -> Draft | None:
    """Marks go on with the speech before them where only its cue phrase, or nothing, lies between, and no words open them."""
    if last is None or INTRODUCTIONS.first(page, index, cues):
        return None
    return last if CONTINUING.first(page, last, index) else None


@reading(
    "“The mayor could close the bridge today,” said Maria Lopez, a lawyer. Mayor Hall shrugged: “Nobody closes a bridge in the middle of the harvest.”",
    "[Maria Lopez, lawyer] “The mayor could close the bridge today” · [Hall, Mayor] “Nobody closes a bridge in the middle of the harvest.”",
)
def read_introduction(page: Page, index: int, cues: set[int]) -> bool | None:
    """Marks that words with a colon and a verb open go on with nobody's speech ("She fired back: …")."""
    frame = find_frame_at_colon(page, index)
    return (frame is not None and frame.cue not in cues and is_speech(page, index)) or None


INTRODUCTIONS = Order(read_introduction)


@reading("Peter Hall: “It rained all day and all night.”", "[Peter Hall] “It rained all day and all night.”")
def read_orphan(page: Page, last: Draft | None, index: int, cues: set[int]) -> Draft | None:
    """A long marked sentence stands alone, with the verb of the words that open it with a colon."""
    return stand_alone(page, index, find_frame_at_colon(page, index), "orphan") if is_speech(page, index) else None


@reading("“The roof leaks.” — Anna Berg, a baker", "[Anna Berg, baker] “The roof leaks.”")
def read_signed(page: Page, last: Draft | None, index: int, cues: set[int]) -> Draft | None:
    """A short marked sentence that opens its paragraph stands alone where a dash and a name stand behind it."""
    segment, view = page.segments[index], page.parse.view
    opens = page.paragraphs[segment.paragraph] == segment.outer_start
    is_signed = match_signature(view, segment.outer_end) is not None
    return stand_alone(page, index, None, "orphan") if opens and is_signed and view[segment.end - 1] in ".?!" else None


@reading("Known as the “big wheel of Kent,” the man seldom leaves.", "")
def refuse_name(page: Page, last: Draft | None, index: int, cues: set[int]) -> Draft | None:
    """What a thing is called is no speech."""
    return REFUSED if is_named_so(page, index) or is_name_of_work(page, index) else None


FREE_SEGMENTS = Order(refuse_name, read_signed, read_trailing_cue, read_continuation, read_orphan)


def read_between(page: Page, draft: Draft, index: int) -> str:
    """What lies between a draft's last segment and another, without blanks and marks."""
    before, after = page.segments[max(draft.segments)], page.segments[index]
    return page.parse.view[before.outer_end : after.outer_start].strip(' "\n')


@reading("“Sit down,” she said. “The wind.” “The rain.”", "[she] “Sit down … The wind. … The rain.”")
def go_on_at_once(page: Page, draft: Draft, index: int) -> bool | None:
    """Where nothing lies between, marks of one paragraph go on, and wholly marked speech into the next."""
    if read_between(page, draft, index):
        return None
    return last_paragraph(page, draft) == page.segments[index].paragraph or draft.is_whole_marked


@reading("“The roof leaks,” he told “Morning Talk.”", "[he] “The roof leaks”")
def refuse_within_phrase(page: Page, draft: Draft, index: int) -> bool | None:
    """Marks within a phrase, behind no mark of punctuation, do not go on."""
    return None if read_between(page, draft, index)[-1:] in ".,:;–—-?!" or joins(page, draft, index) else False


def joins(page: Page, draft: Draft, index: int) -> bool:
    """Whether wholly marked speech goes on behind a conjunction ("“A,” he said, but “B”")."""
    words = read_between(page, draft, index).split()
    return draft.is_whole_marked and words[-1] in JOINING and words[-2:-1] != [] and words[-2].endswith(",")


@reading(
    "Ms. Berg told the paper, “The roof leaks.” On Friday, “The Long Bridge” will be shown.", "[Berg] “The roof leaks.”"
)
def refuse_other_phrase(page: Page, draft: Draft, index: int) -> bool | None:
    """Marks go on only where the cue of the speech before lies between."""
    if draft.frame is None:
        return False
    before, after = page.segments[max(draft.segments)], page.segments[index]
    return None if before.outer_end <= page.parse.starts[draft.frame.cue] < after.outer_start else False


@reading(
    "The mayor “wants a school that is no longer there for children,” Ms. Berg told the paper.\n\n“The mayor has made it so for ten years, and nobody asks.”",
    "[Berg] The mayor “wants a school that is no longer there for children,” · [Berg] “The mayor has made it so for ten years, and nobody asks.”",
)
def go_on_in_next_paragraph(page: Page, draft: Draft, index: int) -> bool | None:
    """Speech goes on at the start of the next paragraph, where it is wholly marked and its cue phrase ends the one before."""
    if draft.frame is None or last_paragraph(page, draft) == page.segments[index].paragraph:
        return None
    return draft.is_whole_marked and opens_next_paragraph(page, draft.frame.cue, index)


@reading("‘The roof leaks,’ she said, ‘and the wind blows.’", "[she] “The roof leaks … and the wind blows.”")
def go_on_in_next_sentence(page: Page, draft: Draft, index: int) -> bool | None:
    """Speech goes on in the sentence of its cue or the next ("“A,” she said. “B.”")."""
    first, sentence_of = page.segment_tokens(index)[0], page.parse.sentence_of
    return draft.frame is not None and sentence_of[first] - sentence_of[draft.frame.cue] <= 1


@reading(
    "“Was it late?” Ms. Berg asked.\n\n“It was never late in all these years.”",
    "[Berg] “Was it late?” · [] “It was never late in all these years.”",
)
def refuse_answer(page: Page, draft: Draft, index: int) -> bool | None:
    """Marks in a paragraph of their own that answer the speech before them do not go on with it."""
    return False if is_reply(page, max(draft.segments), index) else None


@reading("“No, it never did,” said Ms. Berg. Hall: “Yes, it did.”", "[Berg] “No, it never did” · [] “Yes, it did.”")
def refuse_label(page: Page, draft: Draft, index: int) -> bool | None:
    """Marks behind the name of somebody and a colon do not go on ("“A,” said Berg. Hall: “B”")."""
    between = read_between(page, draft, index)
    return False if LONE_LABEL.search(between) else None


@reading(
    "“The roof leaks, and nobody pays for it,” Ms. Berg said.\n\n‘A HARD YEAR’\n\nThe town met in May.",
    "[Berg] “The roof leaks, and nobody pays for it”",
)
def refuse_heading(page: Page, draft: Draft, index: int) -> bool | None:
    """Marks around a heading, a line of few words or capitals without a stop, do not go on."""
    segment, view = page.segments[index], page.parse.view
    text, behind = view[segment.start : segment.end], view[segment.outer_end :].split("\n", 1)[0]
    is_line = page.paragraphs[segment.paragraph] == segment.outer_start and not behind.strip()
    is_short = text.isupper() or len(text.split()) <= LONGEST_HEADING
    return False if is_line and is_short and text[-1].isalnum() else None


CONTINUING = Order(
    refuse_heading,
    refuse_answer,
    refuse_label,
    go_on_at_once,
    refuse_other_phrase,
    refuse_within_phrase,
    go_on_in_next_paragraph,
    go_on_in_next_sentence,
)


def is_reply(page: Page, last: int, index: int) -> bool:
    """Whether a segment that is a paragraph of its own, without a cue, answers another one: that asks, this reads like an answer, or one that does
    stands alone right behind it, so that two talk."""
    before, after, view = page.segments[last], page.segments[index], page.parse.view
    if not before.is_closed or not is_alone_behind(page, last, index):
        return False
    asks = view[before.end - 1] == "?" and view[after.end - 1] != "?"
    place = index
    while not (asks or reads_like_answer(page, place)):
        if place + 1 == len(page.segments) or not is_alone_behind(page, place, place + 1):
            return False
        place += 1
    return True


def is_alone_behind(page: Page, last: int, index: int) -> bool:
    """Whether a segment is the whole paragraph right behind that of another one."""
    before, after = page.segments[last], page.segments[index]
    is_next = before.paragraph + 1 == after.paragraph and page.paragraphs[after.paragraph] == after.outer_start
    return is_next and not page.parse.view[after.outer_end :].split("\n", 1)[0].strip()


def reads_like_answer(page: Page, index: int) -> bool:
    """Whether a segment begins as answers do, calls somebody at its end, or only asks back."""
    text = page.parse.view[page.segments[index].start : page.segments[index].end]
    asks_back = text.endswith("?") and len(text.split()) <= SHORT_QUESTION
    return asks_back or REPLY.match(text) is not None or ADDRESS.search(text) is not None


def opens_next_paragraph(page: Page, cue: int, index: int) -> bool:
    """Whether a segment opens the paragraph behind the one that a cue phrase ends."""
    segment = page.segments[index]
    opens = page.paragraphs[segment.paragraph] == segment.outer_start
    if not opens or segment.paragraph != page.paragraph_of_token(cue) + 1:
        return False
    end = page.sentence_end(cue)
    return end >= len(page.parse) or page.paragraph_of_token(end) == segment.paragraph


def is_speech(page: Page, index: int) -> bool:
    """Whether a segment without a cue is speech: a whole sentence, and a long one unless a colon stands before it."""
    segment = page.segments[index]
    if not page.is_speech_like(index):
        return False
    text = page.parse.view[segment.start : segment.end]
    is_sentence = text[-1] in ".?!," and (text[0].isupper() or not text[0].isalpha())
    return (
        is_sentence
        and not is_title(page, index)
        and (
            len(text.split()) >= ORPHAN_WORDS
            or page.character_before(segment.outer_start) == ":"
            or is_told_sentence(page, index)
        )
    )


def is_told_sentence(page: Page, index: int) -> bool:
    """Whether a segment is a sentence of its own in which I or we tell something, as no title does (“We paid for it twice.”)."""
    parse, segment = page.parse, page.segments[index]
    first, last = page.segment_tokens(index)
    stands_apart = page.character_before(segment.outer_start) in ".?!" and parse.view[segment.end - 1] in ".?!"
    tells = any(
        parse.words[token] in TELLERS and parse.deps[token] in ANY_SUBJECT and parse.tags[parse.heads[token]] in VERBS
        for token in range(first, last)
    )
    return stands_apart and not segment.is_single and tells


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
    if parse.tags[verb] not in VERBS or subject is None or verb > colon:
        return None
    return Frame(verb, parse.words[verb], "verb", verb, verb + 1, subject)
