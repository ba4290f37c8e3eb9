"""Where content behind a cue starts and ends: what the parser broke off is added, what is the reporter's is cut."""

from quotidian.tasks.extract.quotes.clauses import DEEPEST_CLAUSE
from quotidian.tasks.extract.quotes.cuts import (
    FORWARD_CUES,
    OCCASIONS,
    Span,
    cut_closing_occasion,
    cut_closing_relative,
    cut_comparison,
    cut_next_act,
    cut_thing_at_dash,
    is_dash,
)
from quotidian.tasks.extract.quotes.frames import Frame
from quotidian.tasks.extract.quotes.grammar import (
    ADVERBIALS,
    ANY_SUBJECT,
    AUXILIARY_WORDS,
    FINITE_OR_MODAL,
    MEANTIME,
    MONTHS_BUT_MAY,
    NOUNS,
    PARTICIPLES,
    PHRASE_ENDS,
    PUNCTUATION,
    RELATIVE_TAGS,
    SUBJECT_TAGS,
    THIRD_PERSONS,
    WEEKDAYS,
)
from quotidian.tasks.extract.quotes.joined import add_joined
from quotidian.tasks.extract.quotes.page import Page
from quotidian.tasks.extract.quotes.readings import Order, move, reading

TIME_WORDS = WEEKDAYS | {"today", "yesterday", "week", "month", "year", "morning", "night"}
DATE_WORDS = (
    TIME_WORDS | MONTHS_BUT_MAY | {"may", "days", "weeks", "months", "years", "weekend", "afternoon", "evening"}
)
OCCASION_PREPOSITIONS = frozenset(("during", "until", "via"))
"""Prepositions that hang on a cue of saying only to tell an occasion."""
TIME_PREPOSITIONS = frozenset(("in", "on", "at", "by", "after", "before"))
NARROWING = frozenset(("exactly", "just", "precisely", "even"))
"""Adverbs that narrow the question word behind them ("just how")."""
POINTING = frozenset(("referring", "alluding"))
"""With these a reporter explains what somebody meant."""
BESIDE = frozenset(("while", "whereas"))
"""With these a reporter sets beside a saying what another one says."""
THING_FOLLOWERS = frozenset(("prep",))
CLAUSE_FOLLOWERS = ADVERBIALS | {"advcl", "advmod"}
"""Labels of what may follow a clause on its cue and belongs to it."""
WITHHOLDING = frozenset(
    ("giving", "providing", "offering", "elaborating", "specifying", "naming", "indicating", "saying")
)
"""What a reporter says somebody went without ("…, without elaborating")."""
IN_SUBJECTS = frozenset(("relcl", "acl", "csubj", "nsubj", "pcomp"))
"""Labels of what may stand within a subject."""
OPEN_TAGS = frozenset(("VB", "VBP", "VBZ", "VBD", "DT", "JJ", "PRP$", "IN", "TO"))
"""Tags of a word that does not end a phrase where another of CLOSING_TAGS follows at once."""
UNFINISHED_TAGS = frozenset(("CD", "PRP", "NNP", "WDT"))
"""Tags of a word right behind a clause, without a comma, that it does not end before ("a Boeing | 757", "the rules | that …")."""
CLOSING_TAGS = frozenset(("NN", "NNS", "JJ", "RB", "VBN", "DT", "NNP"))


def find_complement_span(page: Page, frame: Frame) -> tuple[int, int] | None:
    """Characters of the clause or phrase that the cue takes as its content, its edges moved by the rules of its kind."""
    if frame.content is None:
        return None
    first, last = EDGES[frame.complement].fold(page, frame, page.parse.subtree(frame.content))
    return page.span(max(first, frame.cue_end), last)


@move("Ms. Berg called for the companies to act.", "[Berg] the companies to act")
def start_behind_for(page: Page, frame: Frame, span: Span) -> Span:
    """What somebody calls for starts behind "for" ("called for taxes to be raised")."""
    return frame.cue_end + 1, span[1]


@move("The mayor called the plan a mistake.", "[The mayor] the plan a mistake")
def add_parts(page: Page, frame: Frame, span: Span) -> Span:
    """Of whom something is asked, or what he is called, belongs to the content ("told the crew to leave")."""
    spans = [span, *(page.parse.subtree(child) for child in frame.rest)]
    return min(first for first, _ in spans), max(last for _, last in spans)


@move("Ms. Berg said on Saturday she hoped for rain.", "[Berg] she hoped for rain")
def skip_time(page: Page, frame: Frame, span: Span) -> Span:
    """A day or occasion that the parser took into a clause is that of its saying ("said on Saturday he hoped", "said after the meeting he hoped")."""
    parse, (first, last) = page.parse, span
    for child in parse.children[frame.content][:1]:
        left, right = parse.subtree(child)
        is_told = parse.words[child] in MEANTIME or not TIME_WORDS.isdisjoint(parse.words[left:right])
        is_time = parse.deps[child] in ADVERBIALS and is_told
        if is_time and left == first and parse.words[right] != ",":
            return right, last
    return span


@move(
    "Several bakers warned, as did the mayor, that the mill might close.", "[Several bakers] that the mill might close"
)
def start_at_that(page: Page, frame: Frame, span: Span) -> Span:
    """A clause with "that" starts there ("warned, as did others, | that …")."""
    parse, (first, last) = page.parse, span
    mark = parse.child(frame.content, "mark")
    is_late = mark is not None and first < mark < frame.content and parse.words[mark] == "that"
    return (mark, last) if is_late else span


@move(
    "Ms. Berg points to the many times the council has mended the bridge.",
    "[Berg] the many times the council has mended the bridge",
)
def start_behind_to(page: Page, frame: Frame, span: Span) -> Span:
    """What somebody points to starts behind "to", where the parser took its clause alone ("pointed to | the times he had tried")."""
    first, last = span
    is_parted = frame.lemma == "point" and first > frame.cue_end + 1 and page.parse.words[frame.cue_end] == "to"
    return (frame.cue_end + 1, last) if is_parted else span


@move(
    "Ms. Berg, when asked specifically what is wrong with the bridge, said nothing.",
    "[Berg] what is wrong with the bridge",
)
def skip_adverb(page: Page, frame: Frame, span: Span) -> Span:
    """An adverb right before a question word is that of the cue ("asked specifically | what …"), unless it narrows it ("exactly what")."""
    parse, (first, last) = page.parse, span
    opener = first + 1
    is_free = first == frame.cue_end and parse.tags[first] == "RB" and parse.words[first] not in NARROWING
    if not is_free or opener >= last:
        return span
    opens = parse.words[opener] == "whether" or parse.tags[opener] in RELATIVE_TAGS
    return (opener, last) if opens else span


@move(
    "Some 55 percent of bakers nationwide said they do not believe Mrs. Berg ''cares about people like me,'' according to a "
    "survey conducted in May.",
    "[Some 55 percent of bakers nationwide] they do not believe Mrs. Berg ''cares about people like me,'' according to a survey "
    "conducted in May",
)
def add_clause_followers(page: Page, frame: Frame, span: Span) -> Span:
    """Words that the parser hung on the cue, although they follow a clause without a comma, belong to it ("because …")."""
    return add_followers(page, frame, span, CLAUSE_FOLLOWERS)


@move("Ms. Berg recounted a night in the tunnel.", "[Berg] a night in the tunnel")
def add_thing_followers(page: Page, frame: Frame, span: Span) -> Span:
    """Phrases that follow a thing at once belong to it ("announced a plan | for the port")."""
    return add_followers(page, frame, span, THING_FOLLOWERS)


def add_followers(page: Page, frame: Frame, span: Span, deps: frozenset[str]) -> Span:
    """The span with what hangs on the cue and follows it without a comma, up to the occasion of the saying."""
    parse, (first, last) = page.parse, span
    for child in parse.children[frame.cue]:
        left, right = parse.subtree(child)
        if left == last and parse.deps[child] in deps:
            if OCCASIONS_TOLD.first(page, frame, child):
                break
            last = right
    return first, last


@reading(
    "The coach was asked about the new boats during an interview with a paper, in which she said they were slow.",
    "[] the new boats · [she] they were slow",
)
def read_occasion_preposition(page: Page, frame: Frame, preposition: int) -> bool | None:
    """ "During", "until" and "via" tell the occasion of a saying, not of what is said."""
    return page.parse.words[preposition] in OCCASION_PREPOSITIONS or None


@reading("Ms. Berg announced the sale of boats through June.", "[Berg] the sale of boats through June")
def refuse_other_preposition(page: Page, frame: Frame, preposition: int) -> bool | None:
    """No other prepositions than those of time and place tell an occasion."""
    return None if page.parse.words[preposition] in TIME_PREPOSITIONS else False


@reading("Ms. Berg announced a plan for the port at a rally in Kent.", "[Berg] a plan for the port")
def read_occasion(page: Page, frame: Frame, preposition: int) -> bool | None:
    """At a rally or in an interview people speak ("announced his plan at a rally")."""
    return not OCCASIONS.isdisjoint(page.parse.words[slice(*page.parse.subtree(preposition))]) or None


@reading("Ms. Berg emphasized the cost, warning of floods in May.", "[Berg] the cost · [Berg] floods in May")
def refuse_date_of_thing(page: Page, frame: Frame, preposition: int) -> bool | None:
    """A date behind what is promised or foretold is that of the thing ("warned of floods in May")."""
    return False if frame.lemma in FORWARD_CUES else None


@reading("The roof leaks, Ms. Berg told a radio of the town on Friday.", "[Berg] the town")
def read_date(page: Page, frame: Frame, preposition: int) -> bool | None:
    """A day or month tells when somebody spoke ("stressed those worries on Sunday")."""
    return not DATE_WORDS.isdisjoint(page.parse.words[slice(*page.parse.subtree(preposition))]) or None


OCCASIONS_TOLD = Order(
    read_occasion_preposition,
    refuse_other_preposition,
    read_occasion,
    refuse_date_of_thing,
    read_date,
)


@move(
    "Shop owners along the waterfront said that they had lost half of their customers and asked the council for help.",
    "[Shop owners along the waterfront] that they had lost half of their customers · [Shop owners along the waterfront] help",
)
def cut_other_sayings(page: Page, frame: Frame, span: Span) -> Span:
    """A clause ends before "and insisted …", where the speaker's next saying was taken for part of it."""
    parse, verb = page.parse, frame.content
    while (verb := parse.child(verb, "conj")) is not None:
        is_saying = verb in page.cue_set and parse.tags[verb] == parse.tags[frame.cue]
        if is_saying and parse.child(verb, *ANY_SUBJECT) is None:
            return span[0], min(span[1], max(verb, frame.cue_end))
    return span


@move("Ms. Berg emphasized the cost, warning of floods in May.", "[Berg] the cost · [Berg] floods in May")
def cut_next_saying(page: Page, frame: Frame, span: Span) -> Span:
    """Content ends before ", adding that …": a participle of saying behind a comma goes on with the speaker."""
    parse, (first, last) = page.parse, span
    for cue in page.outer_cues(first + 1, last):
        if parse.tags[cue] == "VBG" and parse.words[cue - 1] == ",":
            return first, cue
    return span


@move(
    "Peter Hall warned that “the door is closing,” while Norway’s Anna Berg said there was “time enough.”",
    "[Peter Hall] that “the door is closing,” · [Anna Berg, Norway’s] there was “time enough.”",
)
def cut_contrary_saying(page: Page, frame: Frame, span: Span) -> Span:
    """Content ends before ", while Dahl said …": what another one says beside it."""
    parse, (first, last) = page.parse, span
    for cue in page.outer_cues(first + 1, last):
        marks = [child for child in parse.children[cue] if parse.deps[child] == "mark" and parse.words[child] in BESIDE]
        subject = parse.child(cue, *ANY_SUBJECT)
        if not marks or subject is None or parse.tags[subject] not in NOUNS or marks[0] <= frame.content:
            continue
        comma = marks[0] - 1 - (parse.words[marks[0] - 1] == '"')
        if parse.words[comma] == ",":
            return first, marks[0] if comma < marks[0] - 1 else comma
    return span


@move("Ms. Berg said the plant was “too old” to run — including the pumps.", "[Berg] the plant was “too old” to run")
def cut_aside_behind_dash(page: Page, frame: Frame, span: Span) -> Span:
    """A clause ends before a dash behind which the reporter goes on (" – prompting …", " — and he …", " - although …")."""
    parse, (first, last) = page.parse, span
    dashes = [token for token in range(first + 1, last - 1) if is_dash(page.parse, token)]
    if len(dashes) != 1:
        return span
    behind = dashes[0] + 1
    tags = parse.tags[behind : behind + 2]
    joins = parse.words[behind] in ("and", "but") and tags[1] in SUBJECT_TAGS and parse.words[behind + 1] != "that"
    goes_on = parse.words[behind] in ("although", "though", "which") or tags[0] in PARTICIPLES
    return (first, dashes[0]) if joins or goes_on else span


@move("Ms. Berg said the plant will close, without giving details.", "[Berg] the plant will close")
def cut_withheld(page: Page, frame: Frame, span: Span) -> Span:
    """A clause ends before ", without giving details", which is the reporter's."""
    words, (first, last) = page.parse.words, span
    for token in range(first + 1, last - 1):
        if words[token] == "without" and words[token - 1] == "," and words[token + 1] in WITHHOLDING:
            return first, token - 1
    return span


@move("The man claiming that the port will close left.", "[The man] that the port will close left")
def finish_phrase(page: Page, frame: Frame, span: Span) -> Span:
    """A phrase that the parser broke off in its middle goes on ("to stabilize | badly deteriorated relations")."""
    parse, (first, last), end = page.parse, span, page.sentence_end(frame.cue)
    if last >= end or parse.tags[last - 1] not in OPEN_TAGS or parse.tags[last] not in CLOSING_TAGS:
        return span
    stop = last
    while stop < end and parse.words[stop] not in PHRASE_ENDS and not parse.words[stop].isspace():
        if stop in page.cue_set or parse.words[stop] in TIME_WORDS:
            return span
        stop += 1
    return first, stop


@move(
    "Ms. Berg claimed that she had a friend who told her the mayor hadn’t paid any rent.",
    "[Berg] that she had a friend who told her the mayor hadn’t paid any rent",
)
def finish_clause(page: Page, frame: Frame, span: Span) -> Span:
    """A clause that the parser broke off before its verb, or behind a small word, goes on to the end of the sentence."""
    parse, (first, last), end = page.parse, span, page.sentence_end(frame.cue)
    if last >= end or parse.words[last] in PUNCTUATION or parse.words[last].isspace() or page.outer_cues(last, end):
        return span
    is_open = parse.tags[last - 1] in ("IN", "TO", "MD")
    is_cut = parse.tags[last] in FINITE_OR_MODAL and not is_within_subject(page, frame, last)
    is_cut = is_cut or parse.tags[last] in UNFINISHED_TAGS
    return (first, end) if is_open or is_cut else span


def is_within_subject(page: Page, frame: Frame, verb: int) -> bool:
    """Whether a cue stands in the subject of the verb behind its content ("the claim that A | hurt him", "what he says | matters")."""
    parse, token = page.parse, frame.cue
    for _ in range(DEEPEST_CLAUSE):
        if parse.heads[token] == token or token == verb:
            break
        if parse.deps[token] in IN_SUBJECTS:
            return True
        token = parse.heads[token]
    return frame.kind != "verb"


@move(
    "Letters suggest that the firm places trade above duty, and that’s something most bakers dislike.",
    "[Letters] that the firm places trade above duty, and that’s something most bakers dislike",
)
def add_second_clause(page: Page, frame: Frame, span: Span) -> Span:
    """ "Said that A, and that B" goes on to the end of the sentence or the next saying, where the parser did not join B."""
    words, (first, last), end = page.parse.words, span, page.sentence_end(frame.cue)
    place = last + (words[last : last + 1] == [","])
    if place + 2 >= end or words[place] not in ("and", "but") or words[place + 1] != "that":
        return span
    cues = page.outer_cues(place, end)
    return first, cues[0] if cues else end


@move("Ms. Berg said it “should be over by June,” referring to the strike.", "[Berg] it “should be over by June,”")
def cut_pointing(page: Page, frame: Frame, span: Span) -> Span:
    """A clause ends before ", referring to …", with which the reporter explains it."""
    words = page.parse.words
    for token in range(frame.content + 1, span[1]):
        if words[token] in POINTING and "," in words[token - 2 : token]:
            return span[0], token
    return span


@move("Ms. Berg said she wants a new bridge, as have other mayors.", "[Berg] she wants a new bridge")
def cut_closing_comment(page: Page, frame: Frame, span: Span) -> Span:
    """A clause ends before a closing comment of the reporter's (", a plan that …", ", where …", ", as have …", ", before she left")."""
    words, last = page.parse.words, span[1]
    commas = [token for token in range(frame.content + 1, last - 2) if words[token] == ","]
    if not commas:
        return span
    is_closed = words[commas[-1] + 1] == '"'
    is_marked = is_closed or words[commas[-1] - 1] == '"'
    first = commas[-1] + 1 + is_closed
    behind = words[first : first + 2]
    is_apposition = behind[0] in ("a", "an") and "and" not in words[commas[-1] : last]
    is_comparison = behind[0] == "as" and (is_marked or behind[1] in AUXILIARY_WORDS)
    is_leaving = (
        behind[0] == "before" and behind[1] in THIRD_PERSONS and page.parse.tags[first + 2 : first + 3] == ["VBD"]
    )
    is_comment = is_apposition or is_comparison or is_leaving or behind[0] == "where"
    return (span[0], first if is_closed else commas[-1]) if is_comment else span


@move("Ms. Berg criticized the mayor, who was in Kent.", "[Berg] the mayor")
def cut_at_aside(page: Page, frame: Frame, span: Span) -> Span:
    """A thing ends before ", who …", ", which …" or an apposition that closes it (", one of …")."""
    parse, (first, last) = page.parse, span
    last_and = next((token for token in range(last - 1, first, -1) if parse.words[token] == "and"), first)
    for token in range(first + 1, last - 1):
        is_closed = token + 2 < last and parse.words[token + 1] == '"' != parse.words[first]
        tag = parse.tags[token + 1 + is_closed]
        is_aside = tag in RELATIVE_TAGS or (tag == "DT" and token > last_and) or (is_closed and tag in NOUNS)
        if parse.words[token] == "," and is_aside:
            return first, token + 2 * is_closed
    return span


@move("The mayor demanded a meeting to discuss the roof.", "[The mayor] a meeting to discuss the roof")
def add_infinitive(page: Page, frame: Frame, span: Span) -> Span:
    """An infinitive right behind the thing asked for belongs to it ("called on companies to act")."""
    parse, (first, last) = page.parse, span
    if last + 1 >= page.sentence_end(frame.cue) or parse.tags[last] != "TO" or parse.tags[last + 1] != "VB":
        return span
    return first, max(last, min(parse.subtree(last + 1)[1], page.sentence_end(frame.cue)))


@move(
    "Ms. Berg argued that the plan was too dear: Its costs were those of two schools.",
    "[Berg] that the plan was too dear: Its costs were those of two schools",
)
def add_behind_colon(page: Page, frame: Frame, span: Span) -> Span:
    """What a colon behind a content explains belongs to it ("said it fails for a reason: …")."""
    parse, (first, last), end = page.parse, span, page.sentence_end(frame.cue)
    if last + 1 >= end or parse.words[last] != ":" or page.outer_cues(last, end):
        return span
    explains = page.segment_of[last + 1] < 0 and parse.words[last + 1] not in PHRASE_ENDS
    return (first, end) if explains else span


THING_EDGES = (
    cut_next_act,
    cut_at_aside,
    cut_next_saying,
    cut_closing_occasion,
    add_thing_followers,
    add_infinitive,
)
"""What moves the edges of a thing, and of a person with what is said of him."""
EDGES = {
    "clause": Order(
        add_parts,
        skip_time,
        start_at_that,
        start_behind_to,
        skip_adverb,
        add_clause_followers,
        cut_other_sayings,
        cut_next_act,
        cut_next_saying,
        cut_contrary_saying,
        cut_aside_behind_dash,
        cut_withheld,
        finish_phrase,
        finish_clause,
        add_second_clause,
        add_joined,
        cut_pointing,
        cut_closing_comment,
        cut_closing_relative,
        cut_comparison,
        add_behind_colon,
    ),
    "order": Order(
        add_parts,
        cut_next_act,
        cut_next_saying,
        finish_phrase,
        cut_closing_comment,
        cut_thing_at_dash,
        add_behind_colon,
    ),
    "plan": Order(
        cut_next_act,
        cut_closing_comment,
        cut_closing_relative,
        cut_next_saying,
        finish_phrase,
        add_joined,
        cut_thing_at_dash,
        add_behind_colon,
    ),
    "wish": Order(start_behind_for, cut_next_saying, finish_phrase, cut_thing_at_dash, add_behind_colon),
    "claim": Order(add_parts, cut_next_saying, finish_phrase, add_behind_colon),
    "thing": Order(*THING_EDGES, add_joined, cut_thing_at_dash, add_behind_colon),
    "name": Order(cut_at_aside, cut_next_saying, finish_phrase),
    "person": Order(add_parts, *THING_EDGES, add_behind_colon),
}
"""How the edges of each kind of content are moved, in this order."""
