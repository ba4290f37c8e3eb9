"""The facts that cleaning finds on its way, with where they stand in the raw text."""

import re
from dataclasses import dataclass, field

from quotidian.tasks.tables.kinds import CREDIT_KINDS

from .cleaned import Credit
from .contributors import split_contributors, split_pictures
from .datelines import read_agencies
from .findings import Fact, Finding
from .trace import Trace

# Rules whose date the scraper wrote; all others are lines of the article itself.
HEADER_RULES = ("header_line", "header_block")
BETWEEN_NAMES = re.compile(r"(?:(?<!\s)\s++(?:,(?: and)? |(?<= )(?:and|&) )|,(?: and)? )\s*", re.IGNORECASE)


@dataclass
class Notes:
    """All facts found in one article, in the order in which they were found."""

    facts: list[tuple[str, Fact]] = field(default_factory=list)
    found_credits: list[Credit] = field(default_factory=list)

    def add(self, trace: Trace, finding: Finding) -> None:
        """Note the facts of a finding in the text of `trace`."""
        for fact in finding.facts:
            self.facts.append((finding.rule, fact))
            if fact.field == "author":
                self.facts.append((finding.rule, Fact("byline", fact.text, fact.start, fact.end)))
            if fact.field in CREDIT_KINDS:
                self.found_credits += [make_credit(trace, part) for part in split_names(fact)]

    def first(self, name: str) -> str | None:
        """The first fact of a field, if any."""
        return next((fact.text for _, fact in self.facts if fact.field == name), None)

    def credits(self) -> tuple[Credit, ...]:
        """The credits in the order of the raw text, each once."""
        return tuple(sorted(dict.fromkeys(self.found_credits), key=lambda c: (c.raw_start, c.raw_end, c.kind, c.text)))

    def of_field(self, name: str) -> list[tuple[str, Fact]]:
        """The facts of a field, each with the rule that found it."""
        return [(rule, fact) for rule, fact in self.facts if fact.field == name]

    def agencies(self) -> list[tuple[str, Fact]]:
        """What the article credits as an agency; those that are on the list before all others."""
        found = [(r, f) for r, f in self.facts if f.field == "agency" or (f.field == "author" and is_agency(f))]
        return sorted(found, key=lambda told: not is_agency(told[1]))


def is_agency(fact: Fact) -> bool:
    """Whether the words of a fact are the mark of an agency."""
    return fact.text in read_agencies()


def split_names(fact: Fact) -> list[Fact]:
    """One fact for each author of a byline, and for each name in a line of credits; other facts stay whole."""
    if fact.field == "contributor":
        return split_contributors(fact)
    if fact.field in ("photographer", "illustrator"):
        return split_pictures(fact)
    if fact.field != "author":
        return [fact]
    names, done = [], 0
    for match in BETWEEN_NAMES.finditer(fact.text):
        names.append((done, match.start()))
        done = match.end()
    names.append((done, len(fact.text)))
    return [Fact("author", fact.text[s:e], fact.start + s, fact.start + e) for s, e in names if s < e]


def make_credit(trace: Trace, fact: Fact) -> Credit:
    """The credit of a fact, at its place in the raw text."""
    return Credit(fact.field, fact.text, *trace.raw_span(fact.start, fact.end))
