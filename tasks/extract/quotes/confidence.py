"""How sure the extractor is that content and speaker of a quotation are right.

seeds/confidence.csv holds a weight for each value of some features of a quotation; the sum of its weights are the log odds that
it is right (logistic regression): content at an overlap of .8 of its letters or better, and a speaker that overlaps the annotated
one, on annotated news (PolNeAR, with and without its quotation marks). A value that is not listed has weight 0.
`benchmarks/confidence.py` learns the weights and measures what they foretell.
"""

from functools import cache
from math import exp

from quotidian.tasks.extract.quotes.drafts import Saying
from quotidian.tasks.store.facts import read_facts

PLAIN_CUES = frozenset(("say", "tell", "add", "according to"))
LENGTHS = (15, 30, 60, 120, 240)
"""Characters at which the bands of length end."""

Feature = tuple[str, str]
"""Name and value: base; place (position of the cue, marks, plain or other cue); complement; speaker (way, and whether a name); length."""


@cache
def read_weights() -> dict[Feature, float]:
    """Log odds of each value of each feature."""
    return {(row["feature"], row["value"]): float(row["log_odds"]) for row in read_facts("confidence")}


def estimate_confidence(saying: Saying, way: str, is_named: bool) -> float:
    """Share of quotations like this one that are right on annotated news, from 0 to 1; `way` is how the speaker was found."""
    weights = read_weights()
    odds = sum(weights.get(feature, 0.0) for feature in describe_saying(saying, way, is_named))
    return round(1 / (1 + exp(-odds)), 2)


def describe_saying(saying: Saying, way: str, is_named: bool) -> tuple[Feature, ...]:
    """The features of a saying, each once."""
    frame, marks = saying.frame, describe_marks(saying)
    cue = "none" if frame is None else "plain" if frame.lemma in PLAIN_CUES else "other"
    complement = frame.complement if frame and saying.position == "before" and marks != "whole" else ""
    length = saying.end - saying.start
    return (
        ("base", ""),
        ("place", f"{saying.position} {marks} {cue}"),
        ("complement", complement),
        ("speaker", f"{way or 'nobody'} {'named' if is_named else 'unnamed'}"),
        ("length", str(next((end for end in LENGTHS if length < end), "more"))),
    )


def describe_marks(saying: Saying) -> str:
    """How much of a saying stands in marks: whole, some, none, or all that were lost."""
    if saying.is_whole_marked:
        return "whole"
    if saying.segments:
        return "some"
    return "lost" if saying.is_lost_speech else "none"
