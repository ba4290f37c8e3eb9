"""The elements of a page that name who wrote its article."""

import re
from copy import deepcopy
from typing import Any

from .element_words import read_words

MAX_NAMES_CHARS = 200
AUTHOR_PATH = re.compile(
    r"/(?:authors?|writers?|by|byline|profile|staff|contributors?|reporters?|journalists?|columnists?|correspondents?)/[\w.%@-]",
    re.IGNORECASE,
)
AUTHOR_CLASS = re.compile(
    r"(?:\A|[\s_-])(?:by-?line|writer|contributor|authors?|authored)(?:[\s_-]*(?:names?|link|text|wrapper))?(?=\Z|[\s_-])",
    re.IGNORECASE,
)
NO_AUTHOR_CLASS = re.compile(
    r"bio\b|image|photo|avatar|date|time|social|twitter|title\b|role|credit|caption", re.IGNORECASE
)
BYLINE_START = re.compile(r"(?:(?:written|words|story|text|reported|posted)\s+)?by\b", re.IGNORECASE)
BYLINE_END = re.compile(
    r"[|•·]|\d|\b(?:published|updated|posted|last\s+\w+|follow|share|the opinions|contributions?|illustrations?|photographs?|photos?|edited|reviewed"
    r"|mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec)\b",
    re.IGNORECASE,
)
BARE_BYLINE_WORDS = 8
# A character that no text has.
BREAK = "\ufdd0"
MORE_NAMES = re.compile(r"(?:and|with|by)\b|[&,]", re.IGNORECASE)
CAPTION_CLASS = re.compile(r"caption|credit|photo(?!grapher)", re.IGNORECASE)
CAPTION_DEPTH = 4
# Characters before an author's link from which they are a caption or a sentence.
LEAD_CHARS = 60


def read_bylines(elements: list[Any], behind: set[Any]) -> dict[str, str]:
    """Names of authors by what tells that they are: itemprop, rel, an author's page, a class.

    `elements` stand around the headline; the weaker signs count in those `behind` it only.
    """
    found: dict[str, list[Any]] = {}
    for element in elements:
        kind = name_author_kind(element)
        if kind and (kind in ("itemprop", "rel") or element in behind) and not is_caption(element):
            found.setdefault(kind, []).append(element)
    names = {kind: list_names(elements) for kind, elements in found.items()}
    names["byline"] = [cut_byline(words) for words in names.get("byline", [])[:1]]
    return {kind: ", ".join(words) for kind, words in names.items() if words}


def name_author_kind(element: Any) -> str | None:
    """What tells that an element names authors; None where nothing does."""
    if "author" in (element.get("itemprop") or "").lower().split():
        return None if any(has_author_name(child) for child in element.iter("*")) else "itemprop"
    if has_author_name(element):
        return "itemprop"
    if element.tag == "a" and element.get("href"):
        if "author" in (element.get("rel") or "").lower().split():
            return "rel"
        if AUTHOR_PATH.search(element.get("href")) and len(read_lead(element)) < LEAD_CHARS:
            return "author_link"
    marks = element.get("class") or ""
    if AUTHOR_CLASS.search(marks) and not NO_AUTHOR_CLASS.search(marks):
        return "byline"
    return None


def list_names(elements: list[Any]) -> list[str]:
    """The words of the elements that stand together with the first that has any, each once; other stories have authors too."""
    named = [(element, read_lines(element)) for element in elements]
    named = [(element, words) for element, words in named if words and len(words) <= MAX_NAMES_CHARS]
    if not named:
        return []
    near = set(list_near(named[0][0]))
    return list(dict.fromkeys(words for element, words in named if near.intersection(list_near(element))))


def read_lines(element: Any) -> str:
    """The words of an element up to a line break, where those before it are a name and those behind it go on with no other."""
    if next(element.iter("br"), None) is None:
        return read_words(element)
    broken = deepcopy(element)
    for line_break in broken.iter("br"):
        line_break.tail = f"{BREAK}{line_break.tail or ''}"
    words, *rest = map(str.strip, read_words(broken).split(BREAK))
    for line in rest:
        if len(words.split()) > 1 and not MORE_NAMES.match(line) and not words.endswith((",", " and", "&")):
            break
        words = f"{words} {line}".strip()
    return words


def read_lead(element: Any) -> str:
    """The words that stand before an element in the two around it."""
    around = [element, *list(element.iterancestors())[:1]]
    leads = [read_words(sibling) for e in around for sibling in e.itersiblings(preceding=True)]
    return " ".join([*leads, *(e.getparent().text or "" for e in around if e.getparent() is not None)]).strip()


def cut_byline(words: str) -> str:
    """The words of a byline up to the time, the calls and the notes behind it; none where they are no byline."""
    words = BYLINE_END.split(words, maxsplit=1)[0].strip(" ,:-–—")
    return words if BYLINE_START.match(words) or len(words.split()) <= BARE_BYLINE_WORDS else ""


def is_caption(element: Any) -> bool:
    """Whether an element belongs to a picture: who took it did not write the story."""
    around = [element, *list(element.iterancestors())[:CAPTION_DEPTH]]
    return any(e.tag in ("figure", "figcaption") or CAPTION_CLASS.search(e.get("class") or "") for e in around)


def list_near(element: Any) -> list[Any]:
    """The two elements around an element."""
    return list(element.iterancestors())[:2]


def has_author_name(element: Any) -> bool:
    """Whether an element is the name within an element of an author."""
    if (element.get("itemprop") or "").lower() != "name":
        return False
    return any("author" in (e.get("itemprop") or "").lower().split() for e in element.iterancestors())
