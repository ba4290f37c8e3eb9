"""Settles the subject of a cue where the parser hung it on another verb, and shares it between cues of one sentence.

One fold decides: each move gets the frame with the subject found so far, and gives it back, corrected or as it was.
"""

from dataclasses import replace

from quotidian.tasks.extract.parsing.parse import Parse
from quotidian.tasks.extract.quotes.complements import find_repeated_subject
from quotidian.tasks.extract.quotes.frames import Frame
from quotidian.tasks.extract.quotes.grammar import (
    ARTICLES,
    BEFORE_INVERSION,
    COMMON_NOUNS,
    EXPLETIVES,
    FINITE,
    MONTHS_BUT_MAY,
    PROPER_NOUNS,
    REPORTING,
    SUBJECTS,
    UNBOUND,
    WEEKDAYS,
)
from quotidian.tasks.extract.quotes.nouns_before import (
    find_bracket,
    find_name_before_aside,
    find_named_role,
    find_opening,
    find_words_before,
)
from quotidian.tasks.extract.quotes.readings import Order, move, reading
from quotidian.tasks.extract.quotes.subjects import is_number_of

LOOSE_NOUNS = frozenset(("npadvmod", "dep", "nsubj"))
"""Labels of a name that the parser left beside its verb."""
BEFORE_TOLD = frozenset((",", '"', "'", "-", "–", "—"))
"""Marks between what somebody tells and the verb in front of him."""
CLOSE_CUE = 6
"""Tokens from a cue to a participle behind a comma that goes on with its speaker ("he said, adding …")."""
JOINING = frozenset(("and", "or"))
UNNAMED = frozenset(("many", "some", "several", "others", "most", "few"))
"""Words for people in general."""
CALENDAR = WEEKDAYS | MONTHS_BUT_MAY | {"may"}
BEHIND_NAMES = frozenset((",", ".", "in", "on", "at", "of", "who"))
"""What may follow the name of a speaker behind his cue."""


def settle_subject(parse: Parse, before: list[Frame], frame: Frame) -> Frame:
    """The frame of a verb with its subject settled; `before` are the frames of the cues before it."""
    return SETTLING.fold(parse, before, frame)


@move(
    "She found it in May, after a list of letters that included one saying that the roof should be mended.",
    "[She] that the roof should be mended",
)
def borrow_main_subject(parse: Parse, before: list[Frame], frame: Frame) -> Frame:
    """A participle or infinitive without a subject has that of the main verb above it."""
    if frame.subject is not None or frame.is_passive or parse.tags[frame.cue] not in UNBOUND:
        return frame
    root = frame.cue
    while parse.heads[root] != root:
        root = parse.heads[root]
    subject = parse.child(root, "nsubj") if root != frame.cue else None
    if subject is None or parse.words[subject] in EXPLETIVES:
        return frame
    return replace(frame, subject=subject)


def needs_words(parse: Parse, frame: Frame) -> bool:
    """Whether the words right before a cue may name its subject: the parser sees none, or one of another verb."""
    subject = frame.subject
    is_far = subject is None or (subject < frame.cue and parse.heads[subject] != frame.cue)
    return is_far and frame.left is None and not frame.is_passive and (frame.content is None or subject is None)


@move(
    "“What if it rained all day?” the 52-year-old asked in the letter's first line.",
    "[the 52-year-old] “What if it rained all day?”",
)
def take_words_before(parse: Parse, before: list[Frame], frame: Frame) -> Frame:
    """A noun phrase between comma and cue is the subject (", the owner of the boat said")."""
    last = find_bracket(parse, frame.cue)
    left = find_words_before(parse, frame.cue, last) if needs_words(parse, frame) else None
    return frame if left is None else replace(frame, subject=last, left=left)


@move(
    "The library opens its doors to visitors in May, a clerk, Anna Maria Lopez, said on Saturday.",
    "[Anna Maria Lopez] The library opens its doors to visitors in May",
)
def take_named_role(parse: Parse, before: list[Frame], frame: Frame) -> Frame:
    """A role with its name between commas before the cue is the subject (", a spokeswoman, Anna White, said")."""
    left = find_named_role(parse, frame.cue) if needs_words(parse, frame) else None
    return frame if left is None else replace(frame, subject=frame.cue - 2, left=left)


@move(
    "“I never met Anna Berg,” Jo Marin II, owner of the Lake Theatre, tells Kent Radio in a long talk.",
    "[Jo Marin II, owner of the Lake Theatre] “I never met Anna Berg”",
)
def take_name_before_aside(parse: Parse, before: list[Frame], frame: Frame) -> Frame:
    """A name with its description between commas before the cue is the subject ("Warren, a spokesman in Baghdad, said")."""
    name = find_name_before_aside(parse, frame.cue) if frame.subject is None and not frame.is_passive else None
    return frame if name is None else replace(frame, subject=name, left=find_opening(parse, name))


@move("Dr Noor Haddad from the WHO says it is “too early.”", "[Noor Haddad, Dr] it is “too early.”")
def take_name_before_preposition(parse: Parse, before: list[Frame], frame: Frame) -> Frame:
    """A name with where it is from is the subject, where the parser took the place for it ("Haddad from | the WHO says")."""
    subject = frame.subject
    first = 0 if subject is None or subject > frame.cue else parse.subtree(subject)[0]
    preposition = first - 1
    if preposition < 1 or parse.tags[preposition] != "IN" or parse.child(preposition, "pobj") is not None:
        return frame
    name = parse.heads[preposition]
    is_loose = name == preposition - 1 and parse.deps[name] in LOOSE_NOUNS and parse.heads[name] == frame.cue
    if not is_loose or parse.tags[name] not in PROPER_NOUNS:
        return frame
    return replace(frame, subject=name, left=parse.subtree(name)[0])


@move("“It opens in May,” told reporters the mayor of Kent.", "[the mayor of Kent] “It opens in May”")
def take_told_behind(parse: Parse, before: list[Frame], frame: Frame) -> Frame:
    """Behind whom somebody tells it a noun with an article is the subject, where none stands before ("told reporters the mayor")."""
    objects = [child for child in parse.children[frame.cue] if parse.deps[child] in ("dative", "dobj")]
    if frame.lemma != "tell" or frame.subject is not None or len(objects) != 2 or objects[0] != frame.cue + 1:
        return frame
    told, subject = objects
    first = parse.subtree(subject)[0]
    is_behind = first == told + 1 and parse.words[first] in ARTICLES and parse.words[frame.cue - 1] in BEFORE_TOLD
    return replace(frame, subject=subject, content=None, complement="", rest=()) if is_behind else frame


@move("This attitude, many argue, could cost the town its port.", "[many] This attitude … could cost the town its port")
def take_inserted(parse: Parse, before: list[Frame], frame: Frame) -> Frame:
    """Who stands between a comma and a cue with a comma behind it is the subject, not a noun before the first ("To know
    Erik Dahl, Peter Hall said, one should …")."""
    subject, verb = frame.subject, frame.cue
    behind = parse.words[frame.cue_end : frame.cue_end + 1]
    is_closing = behind == ["."] and any(
        parse.deps[child] == "ccomp" and child < verb for child in parse.children[verb]
    )
    is_inserted = (behind == [","] or is_closing) and frame.left is None
    if not is_inserted or frame.is_passive or frame.content is not None:
        return frame
    left = verb - 1 if is_people(parse, verb - 1) else find_words_before(parse, verb)
    is_own = subject is not None and left is not None and left <= subject < verb
    if left is None or is_own or not JOINING.isdisjoint(parse.words[left:verb]):
        return frame
    return replace(frame, subject=verb - 1, left=left)


def is_people(parse: Parse, token: int) -> bool:
    """Whether a word behind a comma is "many" or "some", whatever the parser made of it."""
    return token > 0 and parse.words[token] in UNNAMED and parse.words[token - 1] == ","


@move(
    "Kent, as one of the mayor's advisers pointed out, normally gets no storms.",
    "[one of the mayor's advisers] Kent … normally gets no storms",
)
def take_behind_as(parse: Parse, before: list[Frame], frame: Frame) -> Frame:
    """A noun phrase between "as" and the cue is the subject, though the parser took "as" for a preposition."""
    opener = next(
        (child for child in parse.children[frame.cue] if child < frame.cue and parse.words[child] == "as"), None
    )
    if opener is None or parse.deps[opener] != "prep" or opener == 0 or parse.words[opener - 1] != ",":
        return frame
    noun = parse.child(opener, "pobj")
    if noun is None or parse.subtree(noun)[1] != frame.cue or frame.content is not None:
        return frame
    return replace(frame, subject=noun, left=opener)


@move("It rained, said Peter Hall, a farmer, told reporters.", "[Peter Hall, farmer] “It rained”")
def take_inverted(parse: Parse, before: list[Frame], frame: Frame) -> Frame:
    """Who follows the cue of speech before it is its subject, and what the parser took for content is none."""
    subject = INVERSIONS.first(parse, frame)
    return frame if subject is None else replace(frame, subject=subject, content=None, complement="", rest=())


@reading("It rained, said Peter Hall, a farmer, told reporters.", "[Peter Hall, farmer] “It rained”")
def read_inverted_name(parse: Parse, frame: Frame) -> int | None:
    """The last word of a name behind a cue, also where the parser made it the subject of a later verb (", said Jim Bopp, a member, told …"), or the
    object of one that opens a sentence of machine translation ("As noted Hall, …")."""
    verb = frame.cue
    if (frame.subject is not None and frame.content is None) or verb == 0:
        return None
    last = verb + 1
    while last < len(parse) and parse.view[parse.starts[last]].isupper():
        last += 1
    if parse.words[verb - 1] == "as" and verb - 1 == parse.sentence_starts[parse.sentence_of[verb]]:
        is_named = last > verb + 1 and parse.tags[last - 1] in PROPER_NOUNS and parse.words[last - 1] not in CALENDAR
        return last - 1 if is_named else None
    if parse.words[verb - 1] != "," or parse.tags[verb] not in REPORTING or has_subject_before(parse, verb):
        return None
    is_name = last > verb + 1 and last < len(parse) and parse.words[last] in BEHIND_NAMES
    return last - 1 if is_name else None


@reading(
    "Nobody had asked the fishermen, said a former clerk at Norway’s Fish Ministry, Oleg Marin, who later sold boats in the port his brother helped dig.",
    "[a former clerk at Norway’s Fish Ministry] “Nobody had asked the fishermen”",
)
def read_inverted_noun(parse: Parse, frame: Frame) -> int | None:
    """The phrase right behind a cue, also where the parser made it the subject of a later verb (", said a spokesman, who ran …")."""
    verb = frame.cue
    if not verb or parse.words[verb - 1] not in BEFORE_INVERSION or parse.tags[verb] not in FINITE:
        return None
    clause = next((child for child in parse.children[verb] if child > verb and parse.deps[child] == "ccomp"), None)
    if clause is None or has_subject_before(parse, verb):
        return None
    subject = parse.child(clause, *SUBJECTS)
    is_next = subject is not None and parse.subtree(subject)[0] == verb + 1
    is_next = is_next and (parse.tags[subject] in COMMON_NOUNS or is_number_of(parse, subject))
    return subject if is_next else None


def has_subject_before(parse: Parse, verb: int) -> bool:
    return any(child < verb and parse.deps[child] in SUBJECTS for child in parse.children[verb])


@reading("It was late, recalled a friend.", "[a friend] “It was late”")
def read_object_as_subject(parse: Parse, frame: Frame) -> int | None:
    """The object of a cue that was found to be its subject is not its content as well."""
    is_both = frame.subject is not None and frame.subject == frame.content
    return frame.subject if is_both and parse.words[frame.cue - 1] == "," else None


INVERSIONS = Order(read_inverted_name, read_inverted_noun, read_object_as_subject)


@move(
    "Peter Hall came. It rained all day, he told reporters an official said on Sunday.",
    "[an official] “Peter Hall came. It rained all day”",
)
def take_repeated(parse: Parse, before: list[Frame], frame: Frame) -> Frame:
    """Who is named behind "he told reporters" once more is the subject ("he told reporters an official said on Sunday")."""
    repeated = find_repeated_subject(parse, frame.cue, frame.subject)
    return frame if repeated is None else replace(frame, subject=repeated, left=frame.subject)


@move("Ms. Berg emphasized the cost, warning of floods in May.", "[Berg] the cost · [Berg] floods in May")
def share_subject(parse: Parse, before: list[Frame], frame: Frame) -> Frame:
    """A participle right behind a cue has its subject, wherever the parser hung it ("he said, blaming …")."""
    if not before or parse.tags[frame.cue] != "VBG" or parse.child(frame.cue, *SUBJECTS) is not None:
        return frame
    last = before[-1]
    between = parse.words[last.cue_end : frame.cue]
    is_close = frame.cue - last.cue <= CLOSE_CUE and between[-1:] == [","] and between.count(",") == 1
    is_near = is_close and parse.sentence_of[last.cue] == parse.sentence_of[frame.cue]
    if not is_near or last.subject is None or last.kind != "verb":
        return frame
    return replace(frame, subject=last.subject)


@move(
    "Ms. Berg says the port and the railway are wasting her time, pointing to a letter from May.",
    "[Berg] the port and the railway are wasting her time · [Berg] a letter from May",
)
def leave_content(parse: Parse, before: list[Frame], frame: Frame) -> Frame:
    """A participle behind a comma goes on with who spoke, not with whom he spoke of ("Hall said the mayor was late, adding …")."""
    subject = frame.subject
    if subject is None or parse.tags[frame.cue] != "VBG" or parse.words[frame.cue - 1] not in BEFORE_INVERSION:
        return frame
    for last in reversed(before):
        if parse.sentence_of[last.cue] != parse.sentence_of[frame.cue]:
            break
        if last.subject is not None and last.cue < subject and last.complement in ("clause", "claim"):
            first, end = parse.subtree(last.content)
            is_marked = parse.words[subject : frame.cue].count('"') % 2 == 1
            if first <= subject < end or is_marked:
                return replace(frame, subject=last.subject)
    return frame


@move(
    "Prices soared in May when the Harbour Office announced that a boat was drifting across the bay – prompting Mr Hall to cancel a trip to Bergen – then ordered the ships to leave.",
    "[Harbour Office] that a boat was drifting across the bay · [Harbour Office] the ships to leave",
)
def take_nearer(parse: Parse, before: list[Frame], frame: Frame) -> Frame:
    """Of two joined cues the second has the name that is the subject of the first, not a thing before both ("tensions
    soared when the Pentagon announced A, then ordered B")."""
    far = frame.subject
    if not before or far is None or parse.heads[far] == frame.cue or parse.deps[frame.cue] not in ("conj", "dep"):
        return frame
    last = before[-1]
    near = last.subject
    if near is None or not far < near < frame.cue or parse.sentence_of[near] != parse.sentence_of[frame.cue]:
        return frame
    is_same = parse.tags[last.cue] == parse.tags[frame.cue] and parse.heads[near] == last.cue
    is_name = parse.tags[near] in PROPER_NOUNS and parse.tags[far] in COMMON_NOUNS
    return replace(frame, subject=near) if is_same and is_name else frame


SETTLING = Order(
    borrow_main_subject,
    take_words_before,
    take_named_role,
    take_name_before_aside,
    take_name_before_preposition,
    take_told_behind,
    take_inserted,
    take_behind_as,
    take_inverted,
    take_repeated,
    share_subject,
    leave_content,
    take_nearer,
)
