"""The captions of a page's pictures, which extractors leave out of the article."""

from collections.abc import Iterator
from typing import Any

from .element_words import read_words

# Pictures of other stories stand in these.
ASIDE = ("aside", "nav", "footer", "header")
CAPTION_CLASSES = (
    "wp-caption-text",
    "caption-text",
    "image-caption",
    "photo-caption",
    "media-caption",
    "caption__text",
)
LEAST_WORDS = 4
MOST_CAPTIONS = 40


def read_captions(tree: Any) -> list[str]:
    """The captions of a page in its order, each once; a name alone is a credit and no caption."""
    words = (read_words(element) for element in find_captions(tree))
    told = dict.fromkeys(text for text in words if len(text.split()) >= LEAST_WORDS)
    return list(told)[:MOST_CAPTIONS]


def find_captions(tree: Any) -> Iterator[Any]:
    """The elements that hold captions: figcaption, those marked or named so; none inside another or beside the article."""
    for element in tree.iter("figcaption", "p", "div", "span"):
        if is_caption(element) and not any(is_caption(one) or one.tag in ASIDE for one in element.iterancestors()):
            yield element


def is_caption(element: Any) -> bool:
    """Whether an element says that it is a caption."""
    if element.tag == "figcaption" or "caption" in (element.get("itemprop") or "").split():
        return True
    return not set((element.get("class") or "").split()).isdisjoint(CAPTION_CLASSES)
