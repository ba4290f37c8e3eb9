"""The article of a page whose text the extractor took for something else: the element with the most paragraphs' words."""

import re
from typing import Any

from .page_boxes import asks_consent
from .pages import parse_html, read_lines

# A longer extracted text is left as it is.
FEW_WORDS = 120
# The paragraphs of an element are the article where they have so many words, and so many times those that were extracted.
LEAST_WORDS = 100
TIMES = 2
NO_ARTICLE = re.compile(
    r"cookie|consent|gdpr|privacy|newsletter|comment|footer|related|promo|sidebar-ad", re.IGNORECASE
)


def rescue_article(html: str, text: str) -> str:
    """The extracted text, or that of another element where it is so much longer that it must be the article."""
    if len(text.split()) > FEW_WORDS:
        return text
    found = find_container(parse_html(html))
    if found is None:
        return text
    lines = read_lines(found)
    return "\n".join(lines) if count_paragraphs(found) >= max(LEAST_WORDS, TIMES * len(text.split())) else text


def find_container(tree: Any) -> Any:
    """The element whose own paragraphs have the most words, sites' notices and lists of links aside."""
    if tree is None:
        return None
    parents = dict.fromkeys(p.getparent() for p in tree.iter("p") if p.getparent() is not None)
    return max((parent for parent in parents if not is_notice(parent)), key=count_paragraphs, default=None)


def is_notice(element: Any) -> bool:
    """Whether an element or one around it is named as a notice, and does not hold the headline."""
    around = (element, *element.iterancestors())
    return any(is_named(one) and (asks_consent(one) or next(one.iter("h1"), None) is None) for one in around)


def is_named(element: Any) -> bool:
    """Whether classes and ids of an element say that it is no article."""
    return NO_ARTICLE.search(f"{element.get('class') or ''} {element.get('id') or ''}") is not None


def count_paragraphs(element: Any) -> int:
    """Words in the paragraphs that stand right in an element."""
    return sum(len("".join(p.itertext()).split()) for p in element.iterchildren("p"))
