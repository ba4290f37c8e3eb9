"""Words without what makes no difference between two spellings of a headline."""

import html as html_
import re


def fold_words(text: str) -> str:
    """Words in lower case with single blanks, without marks."""
    return " ".join(re.findall(r"\w+", html_.unescape(text).lower()))
