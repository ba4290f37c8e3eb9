"""What a page shows around its headline: the headline itself, who wrote it, when, and the standfirst."""

import re
from collections.abc import Iterator
from typing import Any

from rapidfuzz import fuzz

from .bylines import is_caption, read_bylines
from .element_words import read_words
from .folding import fold_words

SILENT = frozenset(
    ["script", "style", "noscript", "svg", "template", "iframe", "select", "button", "form", "nav", "footer"]
)
# A word or two that label a headline stand in its element on some pages ("Opinion").
LABEL_WORDS = 2
# Elements before and behind the headline among which byline and time stand.
BEFORE, BEHIND = 30, 160
# Characters from which a paragraph is one of the story; the area ends with the second.
STORY_CHARS = 150
MAX_TIME_CHARS = 120
# More text than that of a card is a story; blanks between the elements come on top while it is read.
CARD_CHARS, RAW_CHARS = 400, 10_000
# Links to authors and sections have fewer words.
LINK_WORDS = 4
# rapidfuzz ratio from which an h1 is the headline that the page's head declares.
SAME_HEADING = 60
PUBLISHED = re.compile(r"publi|post(?:ed|-date|_date|date)|pubdate|date_?posted|creat", re.IGNORECASE)
CHANGED = re.compile(r"updat|modif|chang|edited|revis|last\b", re.IGNORECASE)
DATE_WORDS = re.compile(
    r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Za-z]*\.?,?\s+(?:\d{1,2}(?:st|nd|rd|th)?,?\s+)?(?:19|20)\d\d\b|\b(?:19|20)\d\d-\d\d-\d\d\b|\b\d{1,2}[./]\d{1,2}[./](?:19|20)\d\d\b",
)
# What "abbr" elements of microformats hold in their title.
ISO_DAY = re.compile(r"(?:19|20)\d\d-\d\d-\d\d")
STANDFIRST_CLASS = re.compile(
    r"(?:\A|[\s_-])(?:dek|deck|standfirst|stand-first|subhead(?:line|ing)?|sub-?title|sub-?headline|subline|strapline|excerpt|intro|summary|lede|lead|description|tagline)(?=\Z|[\s_-])",
    re.IGNORECASE,
)
STANDFIRST_TAGS = ("p", "h2", "h3", "h4", "div", "span")
STANDFIRST_WORDS = range(5, 80)


class HeadlineArea:
    """The elements of a page around the h1 that is its headline, in their order."""

    def __init__(self, tree: Any, titles: tuple[str, ...]) -> None:
        elements = list(tree.iter("*"))
        self.titles = titles
        self.heading = find_heading([e for e in elements if e.tag == "h1"], titles)
        place = next((i for i, e in enumerate(elements) if e is self.heading), None)
        self.elements = [] if place is None else list(cut_area(elements, place))
        self.around = set() if place is None else set(self.heading.iterancestors())
        behind = set() if place is None else set(elements[place + 1 : place + 1 + BEHIND])
        self.behind = [element for element in self.elements if element in behind]

    def read_title(self) -> str:
        """The headline as the page shows it; empty for none."""
        words = "" if self.heading is None else read_words(self.heading)
        parts = [part for title in self.titles for part in (title, *(() if " | " in words else title.split(" | ")))]
        return next((part.strip() for part in parts if is_labelled(words, part)), words)

    def read_authors(self) -> dict[str, str]:
        """Names by what tells that they are authors: itemprop, rel, an author's page, a class."""
        return read_bylines(self.elements, set(self.behind))

    def read_times(self) -> dict[str, str]:
        """Moments by what tells them: a time element, or a date in words; those of a change are left out."""
        found: dict[str, str] = {}
        for element in self.elements:
            if element.tag == "time" and element.get("datetime") and not self.is_of_other(element):
                if not CHANGED.search(describe_element(element)) or PUBLISHED.search(describe_element(element)):
                    found.setdefault("near_headline", element.get("datetime"))
            elif ISO_DAY.match(element.get("title") or "") and PUBLISHED.search(describe_element(element)):
                found.setdefault("near_headline", element.get("title"))
        for element in self.elements:
            words = own_words(element)
            if DATE_WORDS.search(words) and is_publication(element, words) and not self.is_of_card(element):
                found.setdefault("visible", words)
        return found

    def is_of_other(self, element: Any) -> bool:
        """Whether an element stands in a box, list or card without the headline, beside a link to another story."""
        return self.is_of_card(element) or self.has_story(next(element.iterancestors("aside", "li", "a"), None))

    def is_of_card(self, element: Any) -> bool:
        """Whether an element is or stands in a short article without the headline that is a link to another story."""
        card = element if element.tag == "article" else next(element.iterancestors("article"), None)
        return self.has_story(card) and len(read_words(card, RAW_CHARS)) < CARD_CHARS

    def has_story(self, box: Any) -> bool:
        """Whether a box without the headline holds a link to another story."""
        return box is not None and box not in self.around and has_long_link(box)

    def read_standfirst(self, description: str) -> str:
        """The words under the headline that introduce the story; empty for none.

        An element that says so by its class, or that has the words of the page's `description`.
        """
        told = fold_words(description)
        for element in self.behind:
            if element.tag not in STANDFIRST_TAGS or is_caption(element):
                continue
            words = read_words(element)
            if len(words.split()) not in STANDFIRST_WORDS:
                continue
            marks = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
            if STANDFIRST_CLASS.search(marks) or fold_words(words) == told:
                return words
        return ""


def is_labelled(words: str, title: str) -> bool:
    """Whether words are a headline with a label before it."""
    whole, bare = fold_words(words).split(), fold_words(title).split()
    extra = len(whole) - len(bare)
    return 0 < extra <= LABEL_WORDS < len(bare) and whole[extra:] == bare


def find_heading(headings: list[Any], titles: tuple[str, ...]) -> Any:
    """The h1 that is most like what the head of the page calls it; a single one of an article too, whatever that says."""
    known = [fold_words(title) for title in titles if title]
    if not known:
        return headings[0] if len(headings) == 1 else None
    rated = [(rate_heading(fold_words(read_words(e)), known), -i) for i, e in enumerate(headings)]
    best, place = max(rated, default=(0, 0))
    if best >= SAME_HEADING:
        return headings[-place]
    own = [e for e in headings if any(around.tag in ("article", "main") for around in e.iterancestors())]
    return own[0] if len(own) == 1 and len(read_words(own[0]).split()) > LABEL_WORDS else None


def rate_heading(words: str, known: list[str]) -> float:
    """How like the declared headlines a heading is, 0 to 100."""
    if len(words) < 3:
        return 0
    return max(100 if words in title and len(words) > 12 else fuzz.ratio(words, title) for title in known)


def cut_area(elements: list[Any], place: int) -> Iterator[Any]:
    """The elements before and behind the headline, up to the second paragraph of the story; without what is silent."""
    silent: set[Any] = set()
    stories = 0
    start = max(0, place - BEFORE)
    for index, element in enumerate(elements[start : place + 1 + BEHIND], start):
        parent = element.getparent()
        if element.tag in SILENT or parent in silent:
            silent.add(element)
            continue
        if index > place and element.tag == "p" and len(read_words(element)) >= STORY_CHARS:
            stories += 1
            if stories == 2:
                return
        yield element


def has_long_link(box: Any) -> bool:
    """Whether a box holds a link of as many words as a headline has."""
    return any(link.get("href") and len(read_words(link).split()) >= LINK_WORDS for link in box.iter("a"))


def describe_element(element: Any) -> str:
    """What stands in and just before an element, and its marks."""
    parent = element.getparent()
    before = "" if parent is None else (parent.text or "")
    previous = element.getprevious()
    if previous is not None:
        before = f"{read_words(previous)[-40:]} {previous.tail or ''}"
    marks = " ".join(filter(None, (element.get("class"), element.get("itemprop"))))
    if parent is not None:
        marks += f" {parent.get('class') or ''}"
    return f"{marks} {before[-60:]} {read_words(element)[:60]}"


def is_publication(element: Any, words: str) -> bool:
    """Whether a line with a date tells when the story was published, not when it was changed."""
    change, publication = CHANGED.search(words), PUBLISHED.search(words)
    if publication:
        return change is None or publication.start() < change.start()
    return not CHANGED.search(describe_element(element))


def own_words(element: Any) -> str:
    """The words of an element that is short, its children's where they only mark parts of them."""
    if element.tag in ("h1", "a", "figcaption") or len(element) > 4:
        return ""
    words = read_words(element)
    return words if len(words) <= MAX_TIME_CHARS else ""
