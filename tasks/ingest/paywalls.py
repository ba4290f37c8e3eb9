"""Whether a page says that its article goes on behind a paywall."""

import re
from typing import Any

from .pages import parse_html, read_lines

# What a page declares (schema.org), and how sites name the element that stands where the text breaks off.
NOT_FREE = re.compile(
    r"\"isAccessibleForFree\"\s*+:\s*+\"?false\b|article:content_tier[\"']\s[^<>]{0,60}content=[\"']locked",
    re.IGNORECASE,
)
WALL_NAME = re.compile(
    r"pay-?wall|reg-?wall|subscri(?:ber|ption|be)-?(?:only|wall|required|gate)|premium-?wall", re.IGNORECASE
)
WALL_CALL = re.compile(r"\b(?:subscri\w+|log ?in|sign ?(?:in|up)|register|members(?:hip)?|unlock)\b", re.IGNORECASE)
WALL_LINE = re.compile(
    r"\b(?:subscribe|register|sign up|log ?in|sign in|become a \w+|create an? (?:free )?account|join)\b[^.!?]{0,60}"
    r"\b(?:to|and) (?:continue|keep|finish|unlock|read (?:the|this) (?:rest|article|story"
    r"|(?:full|whole|entire) (?:\w+ )?(?:article|content|piece|post|report|story|text)))\b"
    r"|\bto read (?:the )?(?:rest|remainder|(?:full|whole|entire) (?:article|content|piece|post|report|story|text))\b[^.!?]{0,40}, "
    r"(?:please |simply )?(?:start|subscribe|sign|log|register|become|join|create)\b"
    r"|\bsubscribe to (?:see|view|access) (?:the|this) (?:full |rest of the |whole |entire )?(?:article|story|content|report)\b"
    r"|\b(?:article|story|content|page) is behind (?:a|our) paywall\b"
    r"|\b(?:continue|keep|finish) reading\b[^.!?]{0,60}\b(?:subscrib\w+|register|log ?in|sign in|membership)\b"
    r"|\b(?:article|story|content|page) is (?:only |exclusively |reserved )?(?:available )?(?:to|for) (?:\w+ )?(?:subscribers|members)\b",
    re.IGNORECASE,
)
WALL_CHARS = 400
# Words of a sentence before its call: "To see the rest, please".
LEAD_WORDS = 5
SENTENCE_END = re.compile(r"[.!?]\s")
# A page that shows more words than these shows its article: 31 of 233 pages at hand declare "not free", with all of the text in them.
STUB_WORDS = 400


def is_behind_paywall(html: str, text: str) -> bool:
    """Whether a page of a short text declares that its article is not free, or breaks it off with a call to subscribe."""
    if len(text.split()) > STUB_WORDS:
        return False
    if NOT_FREE.search(html):
        return True
    if not WALL_CALL.search(html):
        return False
    tree = parse_html(html)
    return tree is not None and (has_wall(tree) or any(is_wall(line) for line in read_lines(tree)))


def is_wall(line: str) -> bool:
    """Whether a line calls on its reader to subscribe; one that tells of such calls begins otherwise."""
    called = WALL_LINE.search(line) if len(line) <= WALL_CHARS else None
    return called is not None and len(SENTENCE_END.split(line[: called.start()])[-1].split()) <= LEAD_WORDS


def has_wall(tree: Any) -> bool:
    """Whether an element named as a paywall shows a call to subscribe."""
    return any(
        WALL_NAME.search(f"{element.get('class') or ''} {element.get('id') or ''}")
        and any(len(line) <= WALL_CHARS and WALL_CALL.search(line) for line in read_lines(element))
        for element in tree.iter("div", "section", "aside", "p")
    )
