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
KEY_LINE = re.compile(r"[ \t]*([A-Za-z][A-Za-z -]{1,20}?)[ \t]*:[ \t]*([^\n]{0,500})(?:\n|\Z)")
# A section has few words; a longer rest of the line is already the story.
SECTION_WORDS = 4
# One "Title: …" line may be part of a story; two keys in a row are a header.
LEAST_KEYS = 2


def find_header(text: str) -> list[Finding]:
    """The header at the start of a text, if there is one."""
    return find_date_line(text) or find_key_lines(text)


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
    facts: list[Fact] = []
    place = len(text) - len(text.lstrip())
    start, keys = place, 0
    while match := KEY_LINE.match(text, place):
        field = read_keys().get(match.group(1).lower())
        if field is None:
            break
        if field and match.group(2).strip():
            facts.append(
                Fact(field, match.group(2).strip(), match.start(2), match.start(2) + len(match.group(2).strip()))
            )
        keys, place = keys + 1, match.end()
    if keys < LEAST_KEYS:
        return []
    return [Finding(start, place, "header_block", KIND, tuple(facts))]
