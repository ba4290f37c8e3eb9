"""Whether a saying is reported as a fact, not denied ("did not say") or imagined ("would say")."""

from quotidian.tasks.extract.parsing.parse import Parse
from quotidian.tasks.extract.quotes.frames import Frame
from quotidian.tasks.extract.quotes.readings import Order, reading

WITHHOLDING = ("declin", "refus", "fail", "without")
"""Starts of words that say that somebody did not speak ("declined to confirm", "without giving")."""
NOBODIES = frozenset(("neither", "nobody", "none", "no"))
"""First words of subjects of whom none spoke."""
UNSAID_WORDS = frozenset(("not", "n't", "never", "would", "could", "might", "may", "should", "if", "cannot"))
SMALL_LABELS = frozenset(("aux", "neg", "mark"))


def is_said(parse: Parse, frame: Frame | None) -> bool:
    """Whether the words were said, as far as their cue tells; without a cue they were."""
    return frame is None or not UNSAID.first(parse, frame)


@reading(
    "Neither company has confirmed that the mine will close.", "[Neither company, not said] that the mine will close"
)
def read_nobody(parse: Parse, frame: Frame) -> bool | None:
    """What nobody says is not said ("Neither side has confirmed …")."""
    return (frame.subject is not None and parse.words[parse.subtree(frame.subject)[0]] in NOBODIES) or None


@reading("The mayor would later say that the roof leaks.", "[The mayor, not said] that the roof leaks")
def read_unsaid_words(parse: Parse, frame: Frame) -> bool | None:
    """A cue with "not", "would" or "if" says nothing ("did not say that …")."""
    words = (parse.words[child] for child in parse.children[frame.cue] if parse.deps[child] in SMALL_LABELS)
    return not UNSAID_WORDS.isdisjoint(words) or None


@reading(
    "Erik Dahl left the hall without saying that the mine would close.",
    "[Erik Dahl, not said] that the mine would close",
)
def read_withheld(parse: Parse, frame: Frame) -> bool | None:
    """Who declines to confirm does not confirm, and who leaves without saying does not say."""
    is_governed = parse.deps[frame.cue] in ("xcomp", "pcomp")
    return (is_governed and parse.words[parse.heads[frame.cue]].startswith(WITHHOLDING)) or None


UNSAID = Order(read_nobody, read_unsaid_words, read_withheld)
