"""Block quotations of a page: who is quoted stands below the words, on a line of his own behind a quotation dash, as print has it.

HTML has him in a `cite` or `footer` at the end of the quotation, or in the caption of a figure around it (HTML Standard, section 4.4.4); embedded posts
have him in a closing phrase ("A post shared by …", "Posted by …"), which is otherwise furniture.
"""

import re
from typing import Any

from .element_words import BLANKS, read_words

DASH = "―"
# More words below a quotation are a remark on it.
MOST_CHARS = 120
EMBEDS = re.compile(r"\b(?:instagram-media|fb-xfbml|fb-post)")
"""Classes of embedded posts."""
POSTER = re.compile(
    r"(?:A (?:post|photo|video|reel)[a-z ]{0,20} (?:shared|posted)|Posted) by (?P<name>.{1,60}?)(?P<handle> ?\(@[\w.]+\))?(?: on\b.{0,60})?"
)
DASHES = "-–—―~ "


def sign_quotations(tree: Any) -> None:
    """Put who is quoted, if the page names him, into a paragraph at the end of each block quotation."""
    for quotation in list(tree.iter("blockquote")):
        figure = next(quotation.iterancestors("figure"), None)
        if EMBEDS.search(quotation.get("class") or ""):
            sign_post(quotation)
            continue
        source = find_source(quotation, figure)
        words = "" if source is None else read_words(source).strip(DASHES)
        if not words or len(words) > MOST_CHARS:
            continue
        source.drop_tree()
        if not BLANKS.sub("", "".join(quotation.itertext())):
            continue
        add_signature(quotation, words)
        if figure is not None:
            figure.tag = "div"


def sign_post(quotation: Any) -> None:
    """Put who wrote an embedded post below it; a post without words is dropped with its notice."""
    poster = take_poster(quotation)
    for notice in [one for one in quotation.iter("a", "p") if is_notice(one)]:
        if notice.getparent() is not None:
            notice.drop_tree()
    for link in list(quotation.iter("a")):
        link.drop_tag()
    if poster and read_words(quotation):
        add_signature(quotation, poster)


def is_notice(element: Any) -> bool:
    """Whether an element only says where a post can be seen."""
    return read_words(element).startswith(("View this post on", "View on "))


def take_poster(quotation: Any) -> str:
    """Who wrote an embedded post, whose closing phrase is taken away; empty where none tells it."""
    for element in reversed([*quotation.iter()]):
        match = POSTER.fullmatch(read_words(element)) if element is not quotation else None
        if match:
            element.drop_tree()
            return match["name"] + (match["handle"] or "")
        behind = " ".join([element.tail or "", *map(read_tailed, element.itersiblings())]) if element.tail else ""
        match = POSTER.fullmatch(BLANKS.sub(" ", behind).strip())
        if match:
            for one in list(element.itersiblings()):
                one.drop_tree()
            element.tail = None
            return match["name"]
    return ""


def read_tailed(element: Any) -> str:
    """The words of an element and those behind it."""
    return f"{read_words(element)} {element.tail or ''}"


def add_signature(quotation: Any, words: str) -> None:
    """A paragraph at the end of a quotation with who is quoted behind a quotation dash."""
    signature = quotation.makeelement("p")
    signature.text = f"{DASH} {words}"
    quotation.append(signature)


def find_source(quotation: Any, figure: Any) -> Any:
    """The element that names who is quoted; None where there is none, or words follow it."""
    for element in quotation.iter("footer", "cite"):
        if is_last(element, quotation):
            return element
    return None if figure is None else next(figure.iter("figcaption"), None)


def is_last(element: Any, quotation: Any) -> bool:
    """Whether no words of the quotation stand behind an element."""
    while element is not quotation:
        if (element.tail or "").strip() or any(map(read_words, element.itersiblings())):
            return False
        element = element.getparent()
    return True
