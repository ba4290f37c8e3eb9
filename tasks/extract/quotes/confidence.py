"""How sure the extractor is that content and speaker of a quotation are right.

seeds/confidence.csv holds, for each make of quotation that was frequent enough, the share that was right on annotated
news (PolNeAR, with and without its quotation marks): content at an overlap of .8 of its letters or better, and a
speaker that overlaps the annotated one. A make that is not listed gets UNLISTED.
"""

from functools import cache

from quotidian.tasks.extract.quotes.drafts import Saying
from quotidian.tasks.store.facts import read_facts

UNLISTED = 0.38
"""Share of right ones among all quotations of unlisted makes, measured in the same run."""
PLAIN_CUES = frozenset(("say", "tell", "add", "according to"))

Make = tuple[str, str, str, str, str]


@cache
def read_shares() -> dict[Make, float]:
    """Share of right quotations for each make of seeds/confidence.csv."""
    keys = ("position", "complement", "marks", "cue", "speaker")
    return {tuple(row[key] for key in keys): float(row["share_right"]) for row in read_facts("confidence")}


def estimate_confidence(saying: Saying, has_speaker: bool) -> float:
    """Share of quotations of the same make that were right on annotated news, from 0 to 1."""
    return read_shares().get(describe_saying(saying, has_speaker), UNLISTED)


def describe_saying(saying: Saying, has_speaker: bool) -> Make:
    """The make of a saying: position of the cue, complement, marks, plain or other cue, and whether a speaker stands."""
    frame = saying.frame
    marks = (
        "whole"
        if saying.is_whole_marked
        else "some"
        if saying.segments
        else "lost"
        if saying.is_lost_speech
        else "none"
    )
    cue = "none" if frame is None else "plain" if frame.lemma in PLAIN_CUES else "other"
    complement = frame.complement if frame and saying.position == "before" and marks != "whole" else ""
    return saying.position, complement, marks, cue, "speaker" if has_speaker else "none"
