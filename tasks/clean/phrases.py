"""What junk says: the phrases and patterns of seeds/junk_phrases.csv and seeds/junk_patterns.csv."""

import re
import sys
from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from operator import itemgetter

from quotidian.tasks.store.facts import read_facts

from .findings import Fact
from .hints import Hints
from .lines import Once

NUMBER = re.compile(r"\d+(?:[.,]\d+)*[km]?\b")
EDGES = re.compile(r"\A(?:[^\w#]|_)+|(?:[^\w#]|_)+\Z")
BLANKS = re.compile(r"[\s:|,.!?•·…()]+")
TERM = re.compile(r"\{([A-Z_]+)\}")
SENTENCE_END = re.compile(r"(?<=[\w”\"’)]{2}[.!?])[”\"’)]* (?=[A-Z“\"‘])")
REPORTS = re.compile(
    r"\b(?:said|says|told|asked|wrote|added|warned)\b[^.!?\n]{0,40}[.!?][”\"’]?\Z"
    r"|[,?!][”\"’] (?:[\w.'’-]+ ){1,5}(?:said|says|told|asked|wrote|added|warned)\b"
)
# Captions of agencies have two or three sentences: what is seen, when, and why it matters.
CAPTION_SENTENCES = 4
# Shorter first sentences ("Have a tip?") only lead to what a line is about.
FIRST_WORDS = 6
# Figures are shortened to one character before a line is looked up; no more than these are lost by it.
FIGURE_CHARS = 40
# Hints are looked for in short lines for the patterns of short lines: most paragraphs are longer.
LINE_CHARS = (100, 200, 320, 600, sys.maxsize)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A whole line that is junk: `opens_block` where a list of other articles or tags follows, `opens_items` where all
    items below it are of that list, those that read like sentences too."""

    rule: str
    opens_block: bool
    where: str
    opens_items: bool = False


@dataclass(frozen=True)
class Pattern:
    """A pattern for a whole line (line, head, tail), the start of a text, or anywhere inside it.

    It is tried only in articles that hold `hint`, in lower case, and compiled at the first. Its named groups are the
    facts that it tells.
    """

    rule: str
    kind: str
    where: str
    max_chars: int
    hint: str
    words: str

    @Once
    def regex(self) -> re.Pattern[str]:
        return re.compile(self.words, re.IGNORECASE)

    @Once
    def fullmatch(self) -> Callable[[str], re.Match[str] | None]:
        return self.regex.fullmatch


@cache
def read_phrases() -> dict[str, Phrase]:
    """The phrases by their normalised form."""
    return {
        normalise_phrase(row["phrase"]): Phrase(
            row["rule"], row["opens_block"] != "", row["where"], row["opens_block"] == "items"
        )
        for row in read_facts("junk_phrases")
    }


@cache
def read_patterns() -> tuple[Pattern, ...]:
    """The patterns, with the terms of seeds/junk_terms.csv put in."""
    terms = {row["term"]: row["pattern"] for row in read_facts("junk_terms")}
    return tuple(
        Pattern(
            row["rule"],
            row["kind"],
            row["where"],
            int(row["max_chars"]),
            row["hint"].lower(),
            expand_terms(row["pattern"], terms),
        )
        for row in read_facts("junk_patterns")
    )


def expand_terms(pattern: str, terms: dict[str, str]) -> str:
    """The pattern with each {TERM} replaced, also those inside terms."""
    while TERM.search(pattern):
        pattern = TERM.sub(lambda match: terms[match.group(1)], pattern)
    return pattern


def normalise_phrase(line: str) -> str:
    """A line without case, marks and figures: "195 Shares!" and "12 shares" are both "# shares"."""
    line = NUMBER.sub("#", line.replace("’", "'").lower())
    return BLANKS.sub(" ", EDGES.sub("", line))


@cache
def list_phrases(more: tuple[str, ...]) -> tuple[dict[str, Phrase], int]:
    """The phrases of the seeds and `more`, and how long a line can be that is one of them."""
    phrases = read_phrases() | {normalise_phrase(phrase): Phrase("repeated_line", False, "") for phrase in more}
    return phrases, FIGURE_CHARS + max(map(len, phrases))


def find_phrase(line: str, more: tuple[str, ...] = ()) -> Phrase | None:
    """The phrase that a line is, if any; `more` are phrases beside those of the seeds."""
    phrases, longest = list_phrases(more)
    return phrases.get(normalise_phrase(line)) if len(line) <= longest else None


Turn = tuple[int, int]


@cache
def group_patterns(wheres: tuple[str, ...]) -> dict[bytes, dict[int, list[tuple[Turn, Pattern]]]]:
    """The patterns for some places by the hint that they need and the length of lines, each with its turn.

    Patterns of one hint take their turns together, where the first of them stands in the seeds.
    """
    groups: dict[bytes, dict[int, list[tuple[Turn, Pattern]]]] = {}
    turns: dict[str, int] = {}
    for order, pattern in enumerate(read_patterns()):
        if pattern.where in wheres:
            length = next(length for length in LINE_CHARS if pattern.max_chars <= length)
            turn = turns.setdefault(pattern.hint, order)
            by_length = groups.setdefault(pattern.hint.encode(), {})
            by_length.setdefault(length, []).append(((turn, order), pattern))
    return groups


@cache
def gather_hints(wheres: tuple[str, ...]) -> Hints:
    """The hints of the patterns for some places."""
    return Hints(sorted(group_patterns(wheres)))


def active_patterns(text: str, wheres: tuple[str, ...]) -> dict[str, list[Pattern]]:
    """The patterns for some places whose hint stands in a text, by place."""
    return collect_active(dict.fromkeys(LINE_CHARS, fold_case(text)), wheres)


def active_line_patterns(lines: Iterable[str], wheres: tuple[str, ...]) -> dict[str, list[Pattern]]:
    """The patterns of whole lines whose hint stands in a line that is not too long for them, by place."""
    bands: list[list[str]] = [[] for _ in LINE_CHARS]
    for line in lines:
        bands[bisect_left(LINE_CHARS, len(line))].append(line)
    folded = [fold_case("\n".join(band)) for band in bands]
    lowers = {length: b"\n".join(folded[: place + 1]) for place, length in enumerate(LINE_CHARS)}
    return collect_active(lowers, wheres)


def fold_case(text: str) -> bytes:
    """A text in lower case, in bytes, in which hints are found faster."""
    return text.lower().encode("utf-8", "surrogatepass")


def collect_active(lowers: dict[int, bytes], wheres: tuple[str, ...]) -> dict[str, list[Pattern]]:
    """The patterns whose hint stands in the text for their length of lines, by place, in their turn."""
    groups = group_patterns(wheres)
    found = [
        numbered
        for hint in gather_hints(wheres).list_likely(lowers[LINE_CHARS[-1]])
        for length, patterns in groups[hint].items()
        if hint in lowers[length]
        for numbered in patterns
    ]
    active: dict[str, list[Pattern]] = {where: [] for where in wheres}
    for _, pattern in sorted(found, key=itemgetter(0)):
        active[pattern.where].append(pattern)
    return active


def match_line(line: str, patterns: list[Pattern]) -> tuple[Pattern, re.Match[str]] | None:
    """The first of the patterns that is all of a line, and not only of its later sentences."""
    size, lower = len(line), line.lower()
    for pattern in patterns:
        if (
            size <= pattern.max_chars
            and pattern.hint in lower
            and (match := pattern.fullmatch(line))
            and speaks_of(line, pattern)
        ):
            return pattern, match
    return None


def cut_by_length(patterns: list[Pattern]) -> list[list[Pattern]]:
    """The patterns for lines of each of `LINE_CHARS`, in their order: most lines are too long for most patterns."""
    floors = (0, *LINE_CHARS[:-1])
    return [[pattern for pattern in patterns if pattern.max_chars > floor] for floor in floors]


def speaks_of(line: str, pattern: Pattern) -> bool:
    """Whether a line is about what a pattern looks for from its first sentence on.

    A paragraph of the story can end in a sentence that is junk; a caption has few sentences. What somebody
    is reported to say is the story's, whatever it says.
    """
    if pattern.kind == "junk" and REPORTS.search(line):
        return False
    ends = [match.end() for match in SENTENCE_END.finditer(line)]
    if pattern.rule == "caption":
        return len(ends) < CAPTION_SENTENCES
    if not ends or not pattern.hint or len(line[: ends[0]].split()) < FIRST_WORDS:
        return True
    return pattern.hint in line[: ends[0]].lower()


def read_groups(match: re.Match[str], shift: int = 0) -> tuple[Fact, ...]:
    """The facts in the named groups of a match, moved by `shift`; contributor2 is another place where contributors may stand."""
    return tuple(
        Fact(field.rstrip("2"), match.group(field), match.start(field) + shift, match.end(field) + shift)
        for field in match.re.groupindex
        if match.group(field) and not field.startswith("_")
    )
