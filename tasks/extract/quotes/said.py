"""Whether a saying is reported as a fact, not denied ("did not say") or imagined ("would say")."""

from dataclasses import replace

from quotidian.tasks.extract.parsing.parse import Parse
from quotidian.tasks.extract.quotes.claims_of_others import find_governor, is_rejected
from quotidian.tasks.extract.quotes.drafts import Saying
from quotidian.tasks.extract.quotes.frames import Frame
from quotidian.tasks.extract.quotes.readings import Order, reading
from quotidian.tasks.extract.quotes.stance import UNSAYING

WITHHOLDING = (
    "declin",
    "refus",
    "fail",
    "without",
    "den",
    "refrain",
    "avoid",
    "decid",
    "unable",
    "unwilling",
    "reluctant",
)
"""Starts of words that say that somebody did not speak ("declined to confirm", "without giving")."""
HOLDING_BACK = frozenset(
    ("hesitate", "hesitated", "fail", "failed", "shy", "shied", "refrain", "tire", "tired", "forget", "shrink", "stop")
)
"""Who does not do so speaks."""
NOBODIES = frozenset(("neither", "nobody", "none", "no"))
"""First words of subjects of whom none spoke."""
UNSAID_WORDS = frozenset(("not", "n't", "never", "would", "could", "might", "may", "should", "if", "cannot"))
REACTIONS = frozenset(("agree", "accept", "deny", "dispute", "doubt"))
"""Cues behind which somebody tells why he does, or does not."""
FUTURE_WORDS = frozenset(("will", "'ll", "shall"))
TELLING_NOW = frozenset(("i", "we"))
"""Subjects who say at once what they will say ("I will tell you: …")."""
COMING = frozenset(
    (
        *(
            "expected",
            "due",
            "scheduled",
            "slated",
            "set",
            "supposed",
            "poised",
            "about",
            "prepared",
            "preparing",
            "ready",
        ),
        *("plans", "planned", "planning", "hopes", "hoped", "hoping", "intends", "intended", "intending"),
        *("going", "is", "are", "'s"),
    )
)
"""With these somebody is still to speak ("is to say")."""
RUMOURS = frozenset(
    ("said", "believed", "thought", "alleged", "reported", "rumoured", "rumored", "claimed", "understood", "reputed")
)
"""With these in the passive nobody vouches for what somebody is to have said."""
SMALL_LABELS = frozenset(("aux", "neg", "mark"))


def is_said(parse: Parse, saying: Saying, stance: str) -> bool:
    """Whether the speaker said the words, as far as cue and stance tell; without a cue he did. What he denies or doubts he
    did not say, but a doubt with "whether" he did."""
    frame = saying.frame
    if frame is None:
        return True
    is_own = stance not in UNSAYING or (
        stance == "doubts" and frame.complement != "claim" and not has_that(parse, frame)
    )
    return is_own and not (UNSAID.first(parse, frame) and not is_reaction(parse, saying))


def is_reaction(parse: Parse, saying: Saying) -> bool:
    """Whether marked words behind a colon tell how somebody disagrees: he says them ("Hall does not agree: “…”")."""
    frame, before = saying.frame, parse.view[: saying.start].rstrip(" \n\"'")
    return frame.lemma in REACTIONS and saying.is_whole_marked and before.endswith(":")


def has_that(parse: Parse, frame: Frame) -> bool:
    """Whether the content of a cue is a clause with "that", or with nothing before it."""
    mark = None if frame.content is None else parse.child(frame.content, "mark", "advmod")
    return frame.complement == "clause" and (mark is None or parse.words[mark] == "that")


@reading("Mr. Hall did not hesitate to say that the mine would close.", "[Hall] that the mine would close")
def read_not_withheld(parse: Parse, frame: Frame) -> bool | None:
    """Who does not hesitate or fail to say something says it, and so does who does not shy away from saying it."""
    above = parse.heads[frame.cue]
    if parse.deps[frame.cue] == "pcomp" and parse.words[above] in ("from", "of"):
        above = parse.heads[above]
        above = parse.heads[above] if parse.words[above] == "away" else above
    is_governed = parse.deps[frame.cue] in ("xcomp", "pcomp") and parse.words[above] in HOLDING_BACK
    return False if is_governed and parse.child(above, "neg") is not None else None


@reading(
    "Neither company has confirmed that the mine will close.", "[Neither company, not said] that the mine will close"
)
def read_nobody(parse: Parse, frame: Frame) -> bool | None:
    """What nobody says is not said ("Neither side has confirmed …")."""
    return (frame.subject is not None and parse.words[parse.subtree(frame.subject)[0]] in NOBODIES) or None


def list_small_words(parse: Parse, frame: Frame) -> list[int]:
    """The auxiliaries and small words that go with a cue, none of those within marks before it (“Why should I?” she said)."""
    cue = frame.cue
    near = (child for child in parse.children[cue] if parse.deps[child] in SMALL_LABELS)
    return [child for child in near if '"' not in parse.words[child:cue]]


@reading("The mayor would later say that the roof leaks.", "[The mayor, not said] that the roof leaks")
def read_unsaid_words(parse: Parse, frame: Frame) -> bool | None:
    """A cue with "not", "would" or "if" says nothing ("did not say that …"), also where it stands with a verb before ("should write and explain that …")."""
    small = list_small_words(parse, frame)
    if not small and parse.deps[frame.cue] == "conj" and parse.tags[frame.cue] == "VB":
        small = list_small_words(parse, replace(frame, cue=parse.heads[frame.cue]))
    is_imagined = any(parse.words[child] == "'d" and parse.tags[child] == "MD" for child in small)
    return is_imagined or not UNSAID_WORDS.isdisjoint(parse.words[child] for child in small) or None


@reading(
    "The minister will say on Tuesday that the port must close.", "[The minister, not said] that the port must close"
)
def read_future(parse: Parse, frame: Frame) -> bool | None:
    """What somebody will say he has not said, but "I will tell you" tells it."""
    is_told = frame.subject is not None and parse.words[frame.subject] in TELLING_NOW
    words = (parse.words[child] for child in list_small_words(parse, frame))
    return (not is_told and not FUTURE_WORDS.isdisjoint(words)) or None


@reading(
    "Erik Dahl left the hall without saying that the mine would close.",
    "[Erik Dahl, not said] that the mine would close",
)
def read_withheld(parse: Parse, frame: Frame) -> bool | None:
    """Who declines to confirm does not confirm, and who leaves without saying does not say."""
    is_governed = parse.deps[frame.cue] in ("xcomp", "pcomp")
    return (is_governed and parse.words[parse.heads[frame.cue]].startswith(WITHHOLDING)) or None


@reading(
    "The spokesman stopped short of saying that the talks had failed.",
    "[The spokesman, not said] that the talks had failed",
)
def read_stopped_short(parse: Parse, frame: Frame) -> bool | None:
    """Who stops short of saying, refrains from it or decides against it, does not say."""
    preposition = parse.heads[frame.cue]
    if parse.deps[frame.cue] != "pcomp" or parse.words[preposition] not in ("of", "from", "against"):
        return None
    if parse.words[preposition] == "against":
        return True
    above = parse.heads[preposition]
    near = parse.words[above : preposition + 1]
    return "short" in near or parse.words[above].startswith(WITHHOLDING) or None


@reading("The ministry has yet to confirm that the envoy left.", "[The ministry, not said] that the envoy left")
def read_not_yet(parse: Parse, frame: Frame) -> bool | None:
    """Who has yet to confirm, or is not able or willing to, does not confirm."""
    above = parse.heads[frame.cue]
    if parse.deps[frame.cue] != "xcomp":
        return None
    verb = above if parse.deps[above] not in ("acomp", "xcomp") else parse.heads[above]
    words = {parse.words[child] for child in parse.children[verb] if parse.deps[child] in ("neg", "aux", "advmod")}
    is_unsaid = not UNSAID_WORDS.isdisjoint(words) or "yet" in words
    return is_unsaid or None


@reading("The baker is expected to testify that the roof leaked.", "[The baker, not said] that the roof leaked")
def read_expected(parse: Parse, frame: Frame) -> bool | None:
    """Who is expected, due or about to say something has not yet said it."""
    above = parse.heads[frame.cue]
    is_coming = parse.deps[frame.cue] in ("xcomp", "pcomp") and parse.words[above] in COMING
    return (is_coming and parse.words[frame.cue - 1 : frame.cue] == ["to"]) or None


@reading("Ms. Berg is said to have called the plan a joke.", "[Berg, not said] the plan a joke")
def read_rumour(parse: Parse, frame: Frame) -> bool | None:
    """What somebody "is said to have called" a thing is hearsay."""
    above = parse.heads[frame.cue]
    is_hearsay = parse.deps[frame.cue] == "xcomp" and parse.words[above] in RUMOURS
    return (is_hearsay and parse.child(above, "nsubjpass") is not None) or None


@reading(
    "The lawyer pushed back against accusations that his client had fled.", "[, not said] that his client had fled"
)
def read_claim_of_nobody(parse: Parse, frame: Frame) -> bool | None:
    """A claim that somebody rejects, and nobody is named to have made, is not known to have been made."""
    if frame.kind != "noun" or frame.subject is not None:
        return None
    return is_rejected(parse, frame.cue) or None


@reading("Ms. Roe made no claim that the bridge was safe.", "[Roe, not said] that the bridge was safe")
def read_claim_not_made(parse: Parse, frame: Frame) -> bool | None:
    """A claim is not made by whom the text says he did not make it ("made no claim that …", "denied making …")."""
    if frame.kind != "noun":
        return None
    if any(parse.words[child] == "no" for child in parse.children[frame.cue] if parse.deps[child] == "det"):
        return True
    verb = find_governor(parse, frame.cue)
    if verb is None:
        return None
    above = replace(frame, cue=verb, kind="verb")
    return read_unsaid_words(parse, above) or read_withheld(parse, above)


UNSAID = Order(
    read_not_withheld,
    read_nobody,
    read_unsaid_words,
    read_future,
    read_withheld,
    read_stopped_short,
    read_not_yet,
    read_expected,
    read_rumour,
    read_claim_of_nobody,
    read_claim_not_made,
)
