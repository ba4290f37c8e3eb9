"""The words of an element of a page."""

import re
from collections.abc import Iterator
from typing import Any

BLANKS = re.compile(r"\s+")
WORDLESS = frozenset(["script", "style", "noscript", "svg", "template", "iframe"])
MAX_CHARS = 1_000
NO_BLANK_BEFORE = "'’.,;:!?)]”"


def read_words(element: Any, limit: int = MAX_CHARS) -> str:
    """The words of an element in one line, without those of scripts; cut where they are more than any headline's."""
    if len(element) == 0:
        return BLANKS.sub(" ", element.text or "").strip()
    parts, size = [], 0
    for text in walk_words(element):
        parts.append(text)
        size += len(text)
        if size > limit:
            break
    return BLANKS.sub(" ", "".join(separate(parts))).strip()


def separate(parts: list[str]) -> Iterator[str]:
    """The pieces of text with a blank before each that does not begin with a mark: elements often stand for one."""
    for part in parts:
        if part[0] not in NO_BLANK_BEFORE:
            yield " "
        yield part


def walk_words(element: Any) -> Iterator[str]:
    """The pieces of text inside an element, in their order."""
    from lxml import etree

    walker = etree.iterwalk(element, ("start", "end"))
    for event, inner in walker:
        if event == "start":
            if inner.tag in WORDLESS:
                walker.skip_subtree()
            elif inner.text:
                yield inner.text
        elif inner is not element and inner.tail:
            yield inner.tail
