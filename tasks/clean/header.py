"""The header that scrapers write above a text: "date 2023-06-19 Politics", or "Title: …" lines."""

import re
from functools import cache

from quotidian.tasks.store.facts import read_facts

from .findings import Fact, Finding

KIND = "header"
# "date 2023-06-19 Politics": the day, and the section where the scraper knew one.
DATE_LINE = re.compile(
    r"\s*date:?[ \t]+(?P<date>\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)?)[ \t]*(?P<section>[^\n]*)",
    re.IGNORECASE,
)
KEY_LINE = re.compile(r"[ \t]*([A-Za-z][A-Za-z -]{1,24}?)[ \t]*:[ \t]*([^\n]{0,500})(?:\n|\Z)")
# "Full text: …", behind which the story begins.
TEXT_LABEL = re.compile(r"\s*full text[ \t]*:[ \t]*", re.IGNORECASE)
# A section has few words; a longer rest of the line is already the story.
SECTION_WORDS = 4
# One "Title: …" line may be part of a story; two keys in a row are a header.
LEAST_KEYS = 2
# At the end a timetable or a recipe may have as many.
LEAST_LAST_KEYS = 4


def find_header(text: str) -> list[Finding]:
    """The header at the start of a text, if there is one, and what a database wrote below it in the same way."""
    return (find_date_line(text) or find_key_lines(text)) + find_last_keys(text)


def find_date_line(text: str) -> list[Finding]:
    """A first line of "date", a day, and perhaps a section."""
    match = DATE_LINE.match(text)
    if not match:
        return []
    facts = [Fact("date", match.group("date"), *match.span("date"))]
    section = match.group("section").strip()
    end = match.end()
    if len(section.split()) > SECTION_WORDS:
        end = match.start("section")
    elif section:
        start = match.start("section")
        facts.append(Fact("section", section, start, start + len(section)))
    return [Finding(0, end, "header_line", KIND, tuple(facts))]


@cache
def read_keys() -> dict[str, str]:
    """Keys of header lines and the fields that they fill; '' for keys whose value is not used."""
    return {row["key"]: row["field"] for row in read_facts("header_keys")}


def find_key_lines(text: str) -> list[Finding]:
    """The lines of "Key: value" with known keys that a text starts with."""
    start = len(text) - len(text.lstrip())
    facts, keys, end = read_key_lines(text, start)
    if keys < LEAST_KEYS:
        return []
    label = TEXT_LABEL.match(text, end)
    return [Finding(start, label.end() if label else end, "header_block", KIND, tuple(facts))]


def find_last_keys(text: str) -> list[Finding]:
    """The same lines where a text ends with them."""
    end = len(text.rstrip())
    start, keys = end, 0
    while (line := text.rfind("\n", 0, start) + 1) and is_key_line(text[line:start]):
        start, keys = line - 1, keys + 1
    if keys < LEAST_LAST_KEYS:
        return []
    facts, _, _ = read_key_lines(text, start + 1)
    return [Finding(start, end, "header_block", KIND, tuple(facts))]


def is_key_line(line: str) -> bool:
    """Whether a line has a known key."""
    match = KEY_LINE.fullmatch(line)
    return match is not None and match.group(1).lower() in read_keys()


def read_key_lines(text: str, place: int) -> tuple[list[Fact], int, int]:
    """What the lines of known keys from a place on tell, how many they are, and where they end."""
    facts, keys = [], 0
    while match := KEY_LINE.match(text, place):
        field = read_keys().get(match.group(1).lower())
        if field is None:
            break
        value = match.group(2).strip()
        if field and value:
            facts.append(Fact(field, value, match.start(2), match.start(2) + len(value)))
        keys, place = keys + 1, match.end()
    return facts, keys, place
