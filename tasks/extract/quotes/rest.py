"""What follows a cue that interrupts its content: the B of "A, he said, B"."""

from quotidian.tasks.extract.parsing.parse import Parse
from quotidian.tasks.extract.quotes.clauses import has_finite_verb
from quotidian.tasks.extract.quotes.frames import Frame
from quotidian.tasks.extract.quotes.grammar import ANY_SUBJECT, AUXILIARY, DASHES, NOUNS, PERSONAL_TAGS
from quotidian.tasks.extract.quotes.page import Page
from quotidian.tasks.extract.quotes.phrases import find_phrase_right
from quotidian.tasks.extract.quotes.readings import Order, move, reading

GOING_ON = frozenset(("and", "but", "because", "so", "or", "if", "unless", "although", "though", "while"))
"""Words with which a clause goes on behind a cue."""
GIVING_REASON = frozenset(("because", "since", "until", "unless", "including", "rather", "not"))
"""Words with which it goes on, whatever the parser hangs them on: a reporter seldom tells why or until when somebody spoke."""
JOINING = frozenset(("and", "but", "while"))
"""Words that join a clause to what stands before the cue, whatever the parser hangs it on."""
SOURCE_TAGS = NOUNS | {"DT"}
"""Tags of the words for who reported something."""
CLAUSES_BEHIND = frozenset(("conj", "advcl"))
NEAR_CUE = 4
"""Tokens within which a cue of its own shows that a clause does not."""


def find_rest(page: Page, frame: Frame) -> tuple[int, int] | None:
    """What follows an inserted cue."""
    parse = page.parse
    right, end = find_phrase_right(page, frame), page.sentence_end(frame.cue)
    is_behind = right + 1 < end and (parse.words[right] == "," or parse.words[right] in DASHES)
    if not is_behind or not GOING_ON_BEHIND.first(page, frame, right):
        return None
    return page.span(right + 1, REST_ENDS.fold(page, right + 1, end))


@reading(
    "The mill was a good place, Ms. Berg said, until it closed.", "[Berg] The mill was a good place … until it closed"
)
def go_on_with_reason(page: Page, frame: Frame, right: int) -> bool | None:
    """A reason, an end or an example behind the cue is that of what is said ("A, he said, until it closed")."""
    behind = right + 1
    if page.parse.words[behind] not in GIVING_REASON:
        return None
    return not page.outer_cues(behind, page.sentence_end(frame.cue)) or None


@reading("Let the water go, Ms. Berg said, pointing at the dam.", "[Berg] Let the water go")
def refuse_participle(page: Page, frame: Frame, right: int) -> bool | None:
    """A participle behind the cue tells what the speaker did (", he said, pointing at the dam")."""
    return False if page.parse.tags[right + 1] == "VBG" else None


@reading("The roof of the school, Ms. Berg said, leaks, she said.", "[Berg] The roof of the school … leaks")
def go_on_without_verb(page: Page, frame: Frame, right: int) -> bool | None:
    """Words before the cue without a main verb go on behind it ("The plan, he said, works")."""
    return not has_finite_verb(page, frame) or None


@reading(
    "The park is near the old bridge, which, the mayor said, is full of people.",
    "[the mayor] The park is near the old bridge, which … is full of people",
)
def go_on_to_head(page: Page, frame: Frame, right: int) -> bool | None:
    """A cue that hangs on a word behind it is inserted before that."""
    return page.parse.heads[frame.cue] > right or None


@reading(
    "The roof leaks in the winter, she said, and the wind blows.",
    "[she] The roof leaks in the winter … and the wind blows",
)
def go_on_with_conjunction(page: Page, frame: Frame, right: int) -> bool | None:
    """A conjunction behind the cue goes on with its content, where it does not hang on the cue and opens no other ("A, he said, because B")."""
    if page.parse.words[right + 1] not in GOING_ON:
        return None
    heads, end = page.parse.heads, page.sentence_end(frame.cue)
    is_hung_on_cue = any(heads[token] == frame.cue for token in range(right + 1, end))
    return not is_hung_on_cue and not page.outer_cues(right + 1, min(end, right + NEAR_CUE))


@reading(
    "The roof is old, Ms. Berg said on Friday, and it leaks in the winter.",
    "[Berg] The roof is old … and it leaks in the winter",
)
def go_on_with_clause(page: Page, frame: Frame, right: int) -> bool | None:
    """A clause that the parser hung on the cue goes on with its content where the speaker is not its subject ("A, she said, and it B")."""
    parse, opener = page.parse, right + 1
    is_inverted = frame.subject is not None and frame.subject > frame.cue
    if parse.words[opener] not in JOINING or is_inverted or page.outer_cues(opener, page.sentence_end(frame.cue)):
        return None
    clauses = (child for child in parse.children[frame.cue] if child > opener and parse.deps[child] in CLAUSES_BEHIND)
    verb = next(clauses, None)
    return (verb is not None and is_told_on(parse, verb)) or None


def is_told_on(parse: Parse, verb: int) -> bool:
    """Whether a clause behind a cue goes on with what was told: of "it", "those", "others" or us, or without a subject in another tense."""
    subject = parse.child(verb, *ANY_SUBJECT)
    if subject is not None:
        is_pronoun = parse.tags[subject] in ("PRP", "DT") or parse.words[subject] == "others"
        return is_pronoun and parse.words[subject] not in ("he", "she")
    helper = next((child for child in parse.children[verb] if parse.deps[child] in AUXILIARY), verb)
    return parse.tags[helper] in ("VBP", "MD") or (helper != verb and parse.words[helper] == "had")


GOING_ON_BEHIND = Order(
    refuse_participle,
    go_on_with_reason,
    go_on_without_verb,
    go_on_to_head,
    go_on_with_clause,
    go_on_with_conjunction,
)


@move("The roof of the school, Ms. Berg said, leaks, she said.", "[Berg] The roof of the school … leaks")
def cut_closing_saying(page: Page, first: int, last: int) -> int:
    """A closing ", they said" names the speaker again."""
    words, tags = page.parse.words, page.parse.tags
    for cue in page.outer_cues(first + 2, last):
        if words[cue - 2] == "," and tags[cue - 1] in PERSONAL_TAGS and words[cue + 1 : cue + 2] == ["."]:
            return cue - 2
    return last


@move(
    "The roof will leak, Mr. Hall said on Friday, Interfax reported.",
    "[Hall] The roof will leak",
)
def drop_source_behind(page: Page, first: int, last: int) -> int:
    """A closing ", Interfax reported" or ", reports Interfax" tells whose report it is."""
    end = last - (page.parse.words[last - 1] == ".")
    cues = page.outer_cues(first, end)
    others = [page.parse.tags[token] for token in range(first, end) if token not in cues]
    return first if len(cues) == 1 and cues[0] in (first, end - 1) and SOURCE_TAGS.issuperset(others) else last


REST_ENDS = Order(cut_closing_saying, drop_source_behind)
