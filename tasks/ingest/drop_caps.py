"""Drop caps: a first letter that stands in a block of its own goes back to its word.

Only a single capital before a small letter is one: pages set it apart from the word that it begins ("T" and "he quay is shut"). One in front of a
paragraph of its own has to be named as such, since options of a list look the same ("B" and "banana").
"""

import re
from typing import Any

BLOCKS = ("div", "p")
INLINE = frozenset(("a", "b", "strong", "i", "em", "span", "u", "mark", "abbr", "small", "sub", "sup"))
CAP_CLASSES = re.compile(r"drop|cap\b|initial|first-?letter|lettrine", re.IGNORECASE)
"""Classes of such letters."""
MARKS = "\"'“‘«"
WHOLE_WORDS = "AI"
"""Letters that are words."""


def join_drop_caps(tree: Any) -> None:
    """Put each first letter that has a block of its own in front of the words that it begins: those behind it, or those of the paragraph below."""
    for cap in list(tree.iter(*BLOCKS)):
        letter = (cap.text or "").strip()
        if len(cap) or not is_cap(letter) or cap.getparent() is None:
            continue
        if begins_word(letter, cap.tail):
            take_words_behind(cap, letter)
        elif not (cap.tail or "").strip() and CAP_CLASSES.search(cap.get("class") or ""):
            below = cap.getnext()
            if below is not None and below.tag == "p" and begins_word(letter, below.text):
                below.text = letter + (below.text or "")
                cap.getparent().remove(cap)


def is_cap(letter: str) -> bool:
    """Whether a text is one capital, maybe behind an opening mark."""
    return len(letter.lstrip(MARKS)) == 1 and letter[-1].isupper()


def begins_word(letter: str, text: str | None) -> bool:
    """Whether a text goes on with the word of a letter; a blank stands only behind one that is a word."""
    words = (text or "").lstrip() if letter[-1] in WHOLE_WORDS else text or ""
    return words[:1].islower()


def take_words_behind(cap: Any, letter: str) -> None:
    """Make a paragraph of a letter and the words and inline elements behind it."""
    cap.tag, cap.text, cap.tail = "p", letter + cap.tail, None
    while (behind := cap.getnext()) is not None and behind.tag in INLINE:
        cap.append(behind)
