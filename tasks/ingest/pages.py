"""Pages in HTML: the text of the article, without the page around it."""

import logging
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

# Elements that stand on lines of their own (HTML Standard, section 15.3: display block or list-item, and br).
BLOCK_NAMES = (
    "address article aside blockquote body br center dd details div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary table td th tr ul"
)
SILENT_NAMES = "head script style template noscript iframe svg math object button select textarea"
BLOCKS, SILENT = frozenset(BLOCK_NAMES.split()), frozenset(SILENT_NAMES.split())
IS_PAGE = re.compile(r"<(?:html|head|body)[\s>]", re.IGNORECASE)
BLANKS = re.compile(r"\s+")


# A news page has under 6,000 tags; beyond this number trafilatura's second opinion, quadratic in paragraphs, is left out.
MANY_TAGS = 20_000
# libxml2 compares each attribute of a tag with all others of it; no page has a tag with so many.
MANY_ATTRIBUTES = 500
LONG_TAG = re.compile(r"<([A-Za-z][\w:-]{0,40})\s[^<>]{2000,}>?")


@cache
def load_extractor() -> Any:
    """trafilatura's extraction; its complaints about odd pages are silenced: a page without text is rejected later."""
    from trafilatura import bare_extraction

    for name in ("trafilatura", "htmldate", "justext", "readability", "courlan"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    return bare_extraction


def page_text(html: str) -> str:
    """The text of the article on a page, one line a paragraph; empty where there is none."""
    if not IS_PAGE.search(html):
        return fragment_text(html)
    document = load_extractor()(drop_attributes(html), include_comments=False, fast=html.count("<") > MANY_TAGS)
    return document.text or "" if document is not None else ""


def drop_attributes(html: str) -> str:
    """The page, its tags with absurdly many attributes without them."""
    return LONG_TAG.sub(lambda tag: f"<{tag[1]}>" if has_many_attributes(tag[0]) else tag[0], html)


def has_many_attributes(tag: str) -> bool:
    """Whether a tag has more attributes than any page needs; words inside quotation marks are none."""
    return len(re.sub(r"\"[^\"]*\"|'[^']*'", "", tag).split()) > MANY_ATTRIBUTES


def fragment_text(html: str) -> str:
    """All text of a part of a page, one line a block."""
    lines, line = [], []
    for text in walk_text(parse_html(html)):
        if text is not None:
            line.append(text)
        elif line:
            lines.append(BLANKS.sub(" ", "".join(line)).strip())
            line = []
    lines.append(BLANKS.sub(" ", "".join(line)).strip())
    return "\n".join(filter(None, lines))


def parse_html(html: str) -> Any:
    """The tree of a page or of a part of one; None where there is nothing."""
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    payload = drop_attributes(html).replace("\x00", "").encode("utf-8", "replace")
    return etree.fromstring(payload, parser) if payload.strip() else None


def walk_text(tree: Any) -> Iterator[str | None]:
    """The pieces of text in their order, None where a block starts or ends."""
    from lxml import etree

    if tree is None:
        return
    walker = etree.iterwalk(tree, ("start", "end"))
    for event, element in walker:
        if event == "start":
            if element.tag in SILENT:
                walker.skip_subtree()
            elif element.text:
                yield from (None, element.text) if element.tag in BLOCKS else (element.text,)
            elif element.tag in BLOCKS:
                yield None
        else:
            if element.tag in BLOCKS:
                yield None
            if element.tail:
                yield element.tail
