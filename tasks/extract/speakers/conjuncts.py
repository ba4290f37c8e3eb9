"""What "and" joins to the head of a phrase: who speaks together."""

from quotidian.tasks.extract.parsing.parse import Parse
from quotidian.tasks.extract.quotes.cues import read_cue_verbs
from quotidian.tasks.extract.quotes.grammar import FINITE, NOMINALS

DETERMINERS = ("det", "poss")
"""Labels of words that open the description of another one ("the mayor and | the | bishop")."""
JOINING = frozenset(("and", "&"))


def find_conjuncts(parse: Parse, head: int) -> list[int]:
    """Heads of what "and" joins to a speaker's phrase behind its head, in their order ("Blinken | and Xi | said").

    None where another word joins them ("Hall or Berg"), and none where the last opens a clause of its own behind an inverted cue
    ("said Hall and Berg | left").
    """
    heads, last = [], head
    while (other := parse.child(last, "conj")) is not None and other > last and parse.tags[other] in NOMINALS:
        heads.append(other)
        last = other
    if not heads or not JOINING.intersection(parse.words[head:last]):
        return []
    return [] if is_inverted(parse, head) and opens_clause(parse, last) else heads


def is_inverted(parse: Parse, head: int) -> bool:
    """Whether a cue stands right before the phrase of a token."""
    before = parse.subtree(head)[0] - 1
    return before >= 0 and parse.words[before] in read_cue_verbs()


def opens_clause(parse: Parse, token: int) -> bool:
    """Whether a finite verb stands right behind a token."""
    behind = token + 1
    return behind < len(parse) and parse.tags[behind] in FINITE
