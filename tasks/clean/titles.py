"""The headline and the section label above a story."""

import re
from collections.abc import Iterator
from functools import cache

from rapidfuzz import fuzz

from quotidian.tasks.store.facts import read_facts

from .findings import Fact
from .lines import BULLET, Line

TITLE_WORDS = range(3, 31)
TITLE_CHARS = 160
# Share of capitals from which a line that ends in a stop can still be a headline ("… Release. Why You Shouldn’t Worry.").
TITLE_CASE = 0.75
# A headline that stands twice does so within so many lines.
FIRST_LINES = 8
STOP_WORDS = 7
# "Time is not on the mayor’s side." is the first sentence of a story, not its headline.
STOP_CASE = 0.9
# Byline and time stand within so many lines of a headline that asks or exclaims.
NEAR_LINES = 3
# rapidfuzz ratio from which a line is the declared headline, for one with another apostrophe or a word changed.
SAME_TITLE = 90
# "Headline | Outlet", "Headline - The Outlet": the part behind the last bar names a section or an outlet.
TITLE_SUFFIX = re.compile(
    r"(?<!\s)\s++(?:\||[-–—»](?=\s++(?:The |[A-Z]{2,5}\b)))\s++[\w.&'’]++(?:\s[\w.&'’]++){0,3}\s?\Z"
)
DATELINE = re.compile(
    r"[A-Z]{3,}[^a-z]{0,40}[—–-] |[A-Z][A-Z .,'’-]{2,}(?:,? [\w.]+)?,? (?:\([A-Z]|[—–-] )|\([A-Z][A-Za-z]+\) ?[—–-]"
)
# A question or an answer of an interview.
INTERVIEW = re.compile(r"(?:Q|A|Question|Answer)\s?[:.]\s")
EDGES = re.compile(r"\W+")


@cache
def read_sections() -> frozenset[str]:
    """Names of sections, in lower case."""
    return frozenset(row["section"].lower() for row in read_facts("header_sections"))


def find_section(line: Line) -> Fact | None:
    """The section that a line names, if that is all it does."""
    if len(line.text) <= 40 and line.text.lower() in read_sections():
        return Fact("section", line.text, line.start, line.end)
    return None


def find_titles(lines: list[Line], declared: str) -> Iterator[tuple[Line, Fact]]:
    """The lines that are the declared headline word for word, above the story even where it reads like one; none
    where no other line reads like a story.
    """
    told = fold_title(declared)
    if told.count(" ") + 1 < TITLE_WORDS.start or not any(
        line.is_story and fold_title(line.text) != told for line in lines
    ):
        return
    for line in lines[:FIRST_LINES]:
        if len(line.text) <= 2 * TITLE_CHARS and fold_title(line.text) == told:
            yield line, Fact("title", line.text, line.start, line.end)


def fold_title(text: str) -> str:
    """The words of a headline in lower case, without marks."""
    return EDGES.sub(" ", text.lower()).strip()


def find_title(head: list[Line], declared: str | None, labels: set[int]) -> tuple[Line, Fact] | None:
    """The line of the head that is the headline: the declared one, else the first that looks like one.

    `labels` are the indices of bylines, times and other lines of the head that were found already.
    """
    for line in head:
        if declared and is_same_title(line.text, declared):
            return line, read_title(line)
    for line in head:
        if looks_like_title(line, has_company=any(line.index < place <= line.index + NEAR_LINES for place in labels)):
            return line, read_title(line)
    return None


def read_title(line: Line) -> Fact:
    """The headline of its line, without the section or outlet behind a bar."""
    suffix = TITLE_SUFFIX.search(line.text)
    end = suffix.start() if suffix else len(line.text)
    return Fact("title", line.text[:end], line.start, line.start + end)


def is_same_title(text: str, declared: str) -> bool:
    """Whether a line is the declared headline, apart from marks and a section or outlet behind it."""
    left, right = fold_title(text), fold_title(declared)
    if not left or not right or len(text) > 2 * TITLE_CHARS:
        return False
    return left == right or (len(left) > 20 and left in right) or fuzz.ratio(left, right, score_cutoff=SAME_TITLE) > 0


def looks_like_title(line: Line, has_company: bool) -> bool:
    """Whether a line above the story has the shape of a headline."""
    text = line.text
    if line.word_count not in TITLE_WORDS or len(text) > TITLE_CHARS or not line.starts_large:
        return False
    if (
        text.endswith((":", ",", ";", ",”", ',"', ",’"))
        or BULLET.match(text)
        or INTERVIEW.match(text)
        or DATELINE.match(text)
        or line.has_address
    ):
        return False
    if not line.ends_in_stop:
        return True
    if text.endswith("."):
        return line.capital_share >= STOP_CASE and line.word_count >= STOP_WORDS
    return line.capital_share >= TITLE_CASE or has_company
