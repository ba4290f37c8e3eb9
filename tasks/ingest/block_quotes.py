"""Block quotations of a page: who is quoted stands below the words, on a line of his own behind a quotation dash, as print has it.

HTML has him in a `cite` or `footer` at the end of the quotation, or in the caption of a figure around it (HTML Standard, section 4.4.4).
"""

from typing import Any

from .element_words import BLANKS, read_words

DASH = "―"
# More words below a quotation are a remark on it.
MOST_CHARS = 120
DASHES = "-–—―~ "


def sign_quotations(tree: Any) -> None:
    """Put who is quoted, if the page names him, into a paragraph at the end of each block quotation."""
    for quotation in list(tree.iter("blockquote")):
        figure = next(quotation.iterancestors("figure"), None)
        source = find_source(quotation, figure)
        words = "" if source is None else read_words(source).strip(DASHES)
        if not words or len(words) > MOST_CHARS:
            continue
        source.drop_tree()
        if not BLANKS.sub("", "".join(quotation.itertext())):
            continue
        signature = quotation.makeelement("p")
        signature.text = f"{DASH} {words}"
        quotation.append(signature)
        if figure is not None:
            figure.tag = "div"


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
