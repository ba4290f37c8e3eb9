"""What a speaker does with the words: asserts, denies, asks, orders, promises, doubts or supposes them.

The cue tells (column `stance` of seeds/cue_verbs.csv and seeds/cue_nouns.csv), unless what it takes here tells more.
"""

from quotidian.tasks.extract.parsing.parse import Parse
from quotidian.tasks.extract.quotes.cues import read_stances
from quotidian.tasks.extract.quotes.drafts import Saying
from quotidian.tasks.extract.quotes.grammar import CONDITIONS

UNSAYING = frozenset(("denies", "doubts"))
"""Stances whose words are another's, or nobody's."""
QUESTION_ENDS = ("?", "?”", "?’", '?"', "?'")


def tell_stance(parse: Parse, saying: Saying) -> str:
    """The stance of a saying; without a cue, and where nothing tells otherwise, its speaker asserts it."""
    return next((stance for read in STANCES if (stance := read(parse, saying))), "asserts")


def read_spoken_question(parse: Parse, saying: Saying) -> str | None:
    """A question in the speaker's own words is asked ("“Who will pay?” he said.")."""
    is_question = parse.text[: saying.end].endswith(QUESTION_ENDS)
    return "asks" if is_question and (saying.is_whole_marked or saying.is_lost_speech) else None


def read_own_denial(parse: Parse, saying: Saying) -> str | None:
    """What a speaker denies in his own words he asserts ("“I never saw the letter,” he denied.")."""
    is_own = saying.is_whole_marked or saying.is_lost_speech or saying.position == "after"
    denies = saying.frame is not None and read_stances().get(saying.frame.lemma) in UNSAYING
    return "asserts" if is_own and denies else None


def read_no_denial(parse: Parse, saying: Saying) -> str | None:
    """What somebody does not deny he leaves open ("does not deny that …", "never denied it")."""
    frame = saying.frame
    denies = frame is not None and frame.kind == "verb" and read_stances().get(frame.lemma) in UNSAYING
    is_negated = denies and any(
        parse.deps[child] == "neg" or parse.words[child] == "never"
        for child in parse.children[frame.cue]
        if child < frame.cue
    )
    return "supposes" if is_negated else None


def read_rejected_claim(parse: Parse, saying: Saying) -> str | None:
    """The claim of somebody else is denied by whom the cue names, or doubted ("disputed reports that …")."""
    if saying.frame is None or saying.frame.complement != "claim":
        return None
    return "doubts" if read_stances().get(saying.frame.lemma) == "doubts" else "denies"


def read_order(parse: Parse, saying: Saying) -> str | None:
    """What somebody is told to do, or is called for, is an order ("told the crew to leave")."""
    frame = saying.frame
    if frame is None:
        return None
    is_called_for = frame.complement == "thing" and frame.content is not None and asks_for(parse, frame.content)
    return "orders" if frame.complement in ("order", "wish") or is_called_for else None


def asks_for(parse: Parse, content: int) -> bool:
    """Whether something is what a cue asks or calls for."""
    above = parse.heads[content]
    return parse.words[above] == "for" and parse.words[parse.heads[above]].startswith(("ask", "call"))


def read_plan(parse: Parse, saying: Saying) -> str | None:
    """An infinitive of what the speaker means to do is a promise ("swore to stay")."""
    frame = saying.frame
    is_plan = frame is not None and frame.complement == "plan" and parse.tags[frame.content] == "VB"
    return "promises" if is_plan else None


def read_cue_stance(parse: Parse, saying: Saying) -> str | None:
    """The cue tells, where it does more than assert."""
    stance = None if saying.frame is None else read_stances().get(saying.frame.lemma)
    return None if stance == "asserts" else stance


def read_open_question(parse: Parse, saying: Saying) -> str | None:
    """What is said with "whether" or "if" is left open ("would not say whether …")."""
    frame = saying.frame
    mark = parse.child(frame.content, "mark") if frame is not None and frame.complement == "clause" else None
    return "supposes" if mark is not None and parse.words[mark] in CONDITIONS else None


STANCES = (
    read_spoken_question,
    read_own_denial,
    read_no_denial,
    read_rejected_claim,
    read_order,
    read_plan,
    read_cue_stance,
    read_open_question,
)
"""Asked in this order; the first that answers tells."""
