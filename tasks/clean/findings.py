"""What a cleaning step finds: a stretch to take out, and the facts that stand in it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact that stands in text[start:end]: a credit of articles.CREDIT_KINDS, or title, byline, section, date, url, outlet."""

    field: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Finding:
    """text[start:end] is junk, a credit or a header by `rule`; it is to become `text`. `score` is the probability, where the rule has one."""

    start: int
    end: int
    rule: str
    kind: str
    facts: tuple[Fact, ...] = ()
    text: str = ""
    score: float | None = None
