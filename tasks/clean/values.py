"""Values that sources declare, repaired as bodies are."""

import html
import re

from .encoding import repair_encoding
from .trace import start_trace

TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>")
MAX_CHARS = 1_000
# A blank that a tag left before a mark.
TIGHT = re.compile(r" ([,.;:!?])(?=\s|\Z)")


def repair_value(value: str) -> str:
    """A headline, byline or name in one line, without markup and entities, its encoding in order."""
    words = html.unescape(
        TAG.sub(" ", html.unescape(value[:MAX_CHARS])) if "<" in value or "&" in value else value[:MAX_CHARS]
    )
    if not words.isascii():
        words = repair_encoding(start_trace(words)).text
    return TIGHT.sub(r"\1", " ".join(words.split()))
