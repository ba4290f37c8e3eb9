"""What stands on a page beside its story: questions for consent, teasers of other stories, appeals, notes on the author, widgets.

Such boxes are known by their names (seeds/page_boxes.csv), by their role, or because all of one is a link. The extractor does not get them.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from quotidian.tasks.store.facts import read_facts

from .element_words import BLANKS, read_words

BOXES = frozenset(["div", "section", "aside", "ul", "ol", "li", "table", "p", "span"])
CONSENT_BOXES = frozenset(["div", "section", "aside", "dialog"])
STORIES = ("article", "h1", "main")
# More text than this is a story, whatever its box is called; the longest box of 233 pages has 2,200 characters.
MOST_CHARS = 3_000
# A link around a paragraph shows another story; a longer one was never closed.
TEASER_CHARS = 400
CAPTIONS = frozenset(["p", "div", "span", "em", "small"])
CAPTION_CHARS = 300
# The picture itself, a link around it alone, and a frame around that.
FRAMES = 3
# Blog systems name a post after its tags and categories, whatever these are.
POST = re.compile(r"tag-|category-")
KNOWN_NAMES = 20_000


def drop_boxes(tree: Any, only_consent: bool = False) -> None:
    """Take the boxes out of a page, or only those that ask for consent."""
    told = find_stories(tree)
    is_left = asks_consent if only_consent else is_box
    found = [element for element in tree.iter("*") if element not in told and is_left(element)]
    for element in found if only_consent else (*found, *find_captions(tree)):
        if element.getparent() is not None:
            element.drop_tree()


def find_stories(tree: Any) -> set[Any]:
    """The elements that are or hold a headline or an article."""
    found: set[Any] = set()
    for element in tree.iter(*STORIES):
        while element is not None and element not in found:
            found.add(element)
            element = element.getparent()
    return found


def is_box(element: Any) -> bool:
    """Whether an element that holds no headline and no article stands beside the story."""
    if asks_consent(element):
        return True
    is_named = element.tag in BOXES and has_name(element.get("class") or "", "others")
    if is_named or element.get("role") == "complementary":
        return is_short(element, MOST_CHARS)
    is_teaser = element.tag == "a" and element.get("href") and next(element.iter("p"), None) is not None
    return bool(is_teaser) and is_short(element, TEASER_CHARS)


def asks_consent(element: Any) -> bool:
    """Whether an element asks for consent or explains cookies."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return element.tag in CONSENT_BOXES and has_name(names, "consent")


@lru_cache(KNOWN_NAMES)
def has_name(names: str, kind: str) -> bool:
    """Whether classes and ids name a box of a kind, "consent" or "others"; never those of a post with its tags."""
    names = f" {names.lower().replace('_', '-')} "
    return read_names()[kind].search(names) is not None and not POST.search(names)


@cache
def read_names() -> dict[str, re.Pattern[str]]:
    """Parts of the names of boxes, as one pattern for a kind."""
    told: dict[str, list[str]] = {"consent": [], "others": []}
    for row in read_facts("page_boxes"):
        told["consent" if row["kind"] == "consent" else "others"].append(re.escape(row["name"]))
    return {kind: re.compile("|".join(names)) for kind, names in told.items()}


def is_short(element: Any, limit: int) -> bool:
    return len(read_words(element, limit)) < limit


def find_captions(tree: Any) -> Iterator[Any]:
    """What stands beside a picture in the words that stand for it where it cannot be shown."""
    for picture in tree.iter("img"):
        told = {BLANKS.sub(" ", picture.get(key) or "").strip() for key in ("alt", "title")} - {""}
        frame = picture
        for _ in range(FRAMES if told else 0):
            yield from (e for e in (frame.getprevious(), frame.getnext()) if e is not None and is_caption(e, told))
            frame = frame.getparent()
            if frame is None or len(frame) > 1:
                break


def is_caption(element: Any, told: set[str]) -> bool:
    """Whether the words of an element are all of what is told of a picture."""
    return element.tag in CAPTIONS and read_words(element, CAPTION_CHARS) in told
