"""What closes content in the parse and is the reporter's: what the speaker did next, who somebody is, where it was said."""

from quotidian.tasks.extract.parsing.parse import Parse
from quotidian.tasks.extract.quotes.frames import Frame
from quotidian.tasks.extract.quotes.grammar import ANY_SUBJECT, AUXILIARY, DASHES, FINITE, PAST_FORMS, PROPER_NOUNS
from quotidian.tasks.extract.quotes.page import Page
from quotidian.tasks.extract.quotes.readings import Order, move, reading

SPOKEN_OCCASIONS = frozenset(
    ("conference", "debate", "interview", "rally", "speech", "statement", "hearing", "briefing")
)
WRITTEN_OCCASIONS = frozenset(("letter", "post", "tweet", "tweets", "blog", "email", "memo", "op-ed", "print"))
MEDIA = frozenset(("twitter", "facebook", "instagram", "podcast", "radio", "television", "air"))
OCCASIONS = SPOKEN_OCCASIONS | WRITTEN_OCCASIONS | MEDIA
"""At or in which people speak."""
FORWARD_CUES = frozenset(
    ("call", "demand", "pledge", "predict", "promise", "propose", "request", "urge", "vow", "warn")
)
"""With these a date or a comparison behind the thing is rather that of the thing ("warned of floods in May")."""
CLOSING_PREPOSITIONS = frozenset(("in", "on", "at", "via", "during"))
"""Prepositions that bring an occasion behind a thing."""
NEXT_CONJUNCTIONS = frozenset(("and", "but", "then"))
"""Words that lead to what a speaker does next."""
NOT_FINITE = frozenset(("TO", "VBG", "VB"))
"""Tags of the first word of a plan."""
LOOSE_PARTICIPLES = frozenset(("acl", "advcl"))
"""Labels of participles that hang on a noun or a clause."""
NAMING_PARTS = frozenset(("including", "such", "only"))
"""Words behind a dash with which a thing goes on."""
COMPARING = frozenset(("up", "down", "less", "more", "fewer", "well", "nearly"))
"""Words with which a figure is compared to another."""
PERFECT = frozenset(("has", "have"))

Span = tuple[int, int]
"""First token of what is said, and the token after its last."""


def read_verb_group(parse: Parse, verb: int) -> int:
    """The first word of a verb with its auxiliaries."""
    return next((child for child in parse.children[verb] if parse.deps[child] in AUXILIARY), verb)


@move(
    "The two parties promise to transform the economy of the valley but are likely to draw continuing fire from farmers.",
    "[The two parties] to transform the economy of the valley",
)
def cut_next_act(page: Page, frame: Frame, span: Span) -> Span:
    """Content ends before what its speaker does next ("promise to stay | but are likely to leave")."""
    parse, (first, last) = page.parse, span
    for verb in range(max(first, frame.content) + 1, last):
        if parse.deps[verb] != "conj" or parse.child(verb, *ANY_SUBJECT) is not None:
            continue
        between = range(max(first, parse.heads[verb]), verb)
        joining = [token for token in between if parse.words[token] in NEXT_CONJUNCTIONS]
        if joining and NEXT_ACTS.first(page, frame, verb):
            return first, joining[-1]
    return span


@reading(
    "He has proposed temporarily banning boats from entering the harbour and has gone on to praise the guards.",
    "[He] temporarily banning boats from entering the harbour",
)
def read_finite_behind_plan(page: Page, frame: Frame, verb: int) -> bool | None:
    """A finite verb that is joined to an infinitive or a gerund is the speaker's own ("has proposed to wait and has written …")."""
    parse = page.parse
    is_plan = parse.heads[verb] == frame.content and parse.tags[read_verb_group(parse, frame.content)] in NOT_FINITE
    return (is_plan and parse.tags[read_verb_group(parse, verb)] in FINITE) or None


@reading("Ms. Berg said she would pray for the town but named nobody.", "[Berg] she would pray for the town")
def read_past_behind_would(page: Page, frame: Frame, verb: int) -> bool | None:
    """A past tense that is joined to "would" is the speaker's, who is told of in the past ("said she would come but named no day")."""
    parse = page.parse
    is_would = parse.heads[verb] == frame.content and parse.words[read_verb_group(parse, frame.content)] == "would"
    is_past = parse.tags[read_verb_group(parse, verb)] == "VBD" and parse.tags[frame.cue] in PAST_FORMS
    return (is_would and is_past) or None


@reading(
    "She won the town over, mentioning the need for a bridge and shaking hands.",
    "[She] the need for a bridge",
)
def read_second_participle(page: Page, frame: Frame, verb: int) -> bool | None:
    """Behind a participle of saying another one goes on with it, not with the thing ("praising the plan and saying …")."""
    parse = page.parse
    if parse.tags[frame.cue] != "VBG" or frame.complement not in ("thing", "person"):
        return None
    if parse.tags[read_verb_group(parse, verb)] != "VBG":
        return None
    head = verb
    while parse.deps[head] == "conj":
        head = parse.heads[head]
    is_of_thing = parse.tags[head] == "VBG" and parse.deps[head] not in LOOSE_PARTICIPLES
    return (verb in page.cue_set or not is_of_thing) or None


NEXT_ACTS = Order(read_finite_behind_plan, read_past_behind_would, read_second_participle)


@move("Ms. Berg said the town thanked Erik Dahl, who lives there.", "[Berg] the town thanked Erik Dahl")
def cut_closing_relative(page: Page, frame: Frame, span: Span) -> Span:
    """A clause ends before a ", who …" or ", which …" that closes it and is the reporter's."""
    parse, (first, last) = page.parse, span
    if parse.words[last : last + 1] == [":"]:
        return span
    for verb in range(frame.content + 1, last):
        if parse.deps[verb] != "relcl":
            continue
        left, right = parse.subtree(verb)
        closes = first < left and parse.words[left - 1] == "," and right >= last - 1
        if closes and RELATIVES.first(page, verb, left, right):
            return first, left - 1
    return span


@reading("Ms. Berg said the town thanked Erik Dahl, who lives there.", "[Berg] the town thanked Erik Dahl")
def read_named(page: Page, verb: int, left: int, right: int) -> bool | None:
    """Behind a name a reporter tells who that is; "which" with marked words behind it is a comment of the speaker's."""
    is_marked = any(segment >= 0 for segment in page.segment_of[left:right])
    is_comment = page.parse.words[left] == "which" and is_marked
    return (page.parse.tags[page.parse.heads[verb]] in PROPER_NOUNS and not is_comment) or None


@reading(
    "Ms. Berg said the town mourned the old baker, who has slept in the mill since.",
    "[Berg] the town mourned the old baker",
)
def read_perfect(page: Page, verb: int, left: int, right: int) -> bool | None:
    """What has happened since, a reporter tells in the perfect ("…, which the court has put on hold")."""
    helper = read_verb_group(page.parse, verb)
    return (helper != verb and page.parse.words[helper] in PERFECT) or None


RELATIVES = Order(read_named, read_perfect)
INNER_RELATIVES = Order(read_perfect)


@move("Ms. Berg blamed the mayor for the flood in a letter to the paper.", "[Berg] the mayor for the flood")
def cut_closing_occasion(page: Page, frame: Frame, span: Span) -> Span:
    """A thing ends before the occasion of its saying, where the parser hung that on it ("accused him of theft | on air")."""
    parse, (first, last) = page.parse, span
    for token in range(frame.content + 1, last):
        if parse.deps[token] != "prep" or parse.words[token] not in CLOSING_PREPOSITIONS:
            continue
        target = parse.child(token, "pobj")
        closes = parse.subtree(token)[1] >= last and "as" not in parse.words[token:last]
        if closes and target is not None and parse.words[target] in OCCASIONS:
            return first, token
    return span


@move(
    "Ms. Berg is pledging to take the plan to the council - even as others laugh.",
    "[Berg] to take the plan to the council",
)
def cut_thing_at_dash(page: Page, frame: Frame, span: Span) -> Span:
    """A plan or a thing ends before a dash, behind which the reporter goes on, unless he names its parts (" — including …")."""
    parse, (first, last) = page.parse, span
    dashes = [token for token in range(first + 1, last - 1) if is_dash(parse, token)]
    if len(dashes) != 1 or parse.words[dashes[0] + 1] in NAMING_PARTS:
        return span
    return first, dashes[0]


@move(
    "The bank reported it earned more this spring, up 31 percent from last year.",
    "[The bank] it earned more this spring",
)
def cut_comparison(page: Page, frame: Frame, span: Span) -> Span:
    """A clause ends before ", up 31 percent from …", with which the reporter compares its figure."""
    parse, (first, last) = page.parse, span
    for token in range(frame.content + 1, last - 3):
        is_compared = parse.words[token] == "," and parse.words[token + 1] in COMPARING
        if is_compared and "CD" in parse.tags[token:last] and frame.lemma not in FORWARD_CUES:
            return first, token
    return span


def is_dash(parse: Parse, token: int) -> bool:
    """Whether a token is a dash between words, not a hyphen within one."""
    return parse.words[token] in DASHES and parse.ends[token - 1] < parse.starts[token] < parse.starts[token + 1] - 1
