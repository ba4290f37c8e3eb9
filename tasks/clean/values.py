"""Values that sources declare, repaired as bodies are."""

import html
import re

from quotidian.tasks.ingest.raw_text import strip_cdata
from quotidian.tasks.ingest.records import replace_surrogates

from .encoding import repair_encoding
from .trace import start_trace

TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>")
MAX_CHARS = 1_000
# What JSON escapes twice leaves in words.
ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
# A blank that a tag left before a mark.
TIGHT = re.compile(r" ([,.;:!?])(?=\s|\Z)")


def repair_value(value: str) -> str:
    """A headline, byline or name in one line, without markup and entities, its encoding in order."""
    value = strip_cdata(value[:MAX_CHARS])
    words = html.unescape(TAG.sub(" ", html.unescape(value)) if "<" in value or "&" in value else value)
    if "\\u" in words:
        words = replace_surrogates(ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), words))
    if not words.isascii():
        words = repair_encoding(start_trace(words)).text
    return TIGHT.sub(r"\1", " ".join(words.split()))
