"""Pages in HTML: the text of the article, without the page around it."""

import logging
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from .block_quotes import sign_quotations
from .drop_caps import join_drop_caps
from .page_boxes import drop_boxes

# Elements that stand on lines of their own (HTML Standard, section 15.3: display block or list-item, and br).
BLOCK_NAMES = (
    "address article aside blockquote body br center dd details div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary table td th tr ul"
)
SILENT_NAMES = "head script style template noscript iframe svg math object button select textarea"
BLOCKS, SILENT = frozenset(BLOCK_NAMES.split()), frozenset(SILENT_NAMES.split())
IS_PAGE = re.compile(r"<(?:html|head|body)[\s>]", re.IGNORECASE)
BLANKS = re.compile(r"\s+")


# Of 231 real pages the largest has 7,659 "<", its scripts included. trafilatura is quadratic in inline elements and in paragraphs.
MANY_TAGS = 15_000
# libxml2 compares each attribute of a tag with all others of it. Of 501 pages the largest "tag" was a script with 943 after its <.
MANY_ATTRIBUTES = 3_000
# One attribute, and a start tag up to its bracket, as the HTML Standard reads them (13.2.5.33 and on); neither ever turns back.
ATTRIBUTE = re.compile(
    r"""[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s>"'][^\s>]*+)?+)?+"""
)
START_TAG = re.compile(rf"<([A-Za-z][^\s/>]*+)((?:{ATTRIBUTE.pattern})*+)")
SCRIPT = re.compile(r"<(script|style|svg)(?=[\s>/])", re.IGNORECASE)
SCRIPT_ENDS = {name: re.compile(rf"</{name}[^<>]{{0,100}}>", re.IGNORECASE) for name in ("script", "style", "svg")}


@cache
def load_extractor() -> Any:
    """trafilatura's extraction; its complaints about odd pages are silenced: a page without text is rejected later."""
    from trafilatura import bare_extraction

    for name in ("trafilatura", "htmldate", "justext", "readability", "courlan"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    return bare_extraction


def page_text(html: str) -> str:
    """The text of the article on a page, one line a paragraph; empty where there is none.

    Of a page of absurdly many tags it is all text.
    """
    if not IS_PAGE.search(html):
        return fragment_text(html)
    html = drop_scripts(html)
    if html.count("<") > MANY_TAGS:
        return fragment_text(html)
    html = drop_attributes(html)
    return extract_text(html, only_consent=False) or extract_text(html, only_consent=True)


def extract_text(html: str, only_consent: bool) -> str:
    """The text of the article on a page without its boxes, or without those alone that ask for consent; empty for none."""
    extract = load_extractor()
    from trafilatura import load_html

    tree = load_html(html)
    if tree is None:
        return ""
    drop_boxes(tree, only_consent)
    sign_quotations(tree)
    join_drop_caps(tree)
    document = extract(tree, include_comments=False)
    return document.text or "" if document is not None else ""


def drop_scripts(html: str) -> str:
    """The page without its scripts, styles and drawings; one that is never closed goes to the end, as browsers have it."""
    kept, place = [], 0
    while opening := SCRIPT.search(html, place):
        kept.append(html[place : opening.start()])
        closing = SCRIPT_ENDS[opening[1].lower()].search(html, opening.end())
        place = closing.end() if closing else len(html)
    return "".join([*kept, html[place:]])


def drop_attributes(html: str) -> str:
    """The page, its tags with absurdly many attributes without them."""
    return START_TAG.sub(lambda tag: f"<{tag[1]}" if has_many_attributes(tag[2]) else tag[0], html)


def has_many_attributes(attributes: str) -> bool:
    """Whether a tag has more attributes than any page needs."""
    return len(attributes) > 2 * MANY_ATTRIBUTES and len(ATTRIBUTE.findall(attributes)) > MANY_ATTRIBUTES


def fragment_text(html: str) -> str:
    """All text of a part of a page, one line a block."""
    return "\n".join(read_lines(parse_html(html)))


def read_lines(tree: Any) -> list[str]:
    """The text of an element, one line a block."""
    lines, line = [], []
    for text in walk_text(tree):
        if text is not None:
            line.append(text)
        elif line:
            lines.append(BLANKS.sub(" ", "".join(line)).strip())
            line = []
    lines.append(BLANKS.sub(" ", "".join(line)).strip())
    return list(filter(None, lines))


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
            if element.tail and element is not tree:
                yield element.tail
