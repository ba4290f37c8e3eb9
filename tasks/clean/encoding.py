"""Repair what encodings broke: mojibake, HTML entities, leftover tags, control characters, ligatures."""

import re
from collections.abc import Iterator
from html import unescape

import ftfy
from ftfy.badness import is_bad

from .trace import Change, Trace, apply_changes

KIND = "encoding"
ENTITY = re.compile(r"&(?:amp;){0,3}(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
TAG = re.compile(
    r"</?(?:a|b|i|u|p|em|br|hr|h[1-6]|li|ul|ol|div|img|span|font|small|strong|script|style|iframe|figure|figcaption|blockquote)"
    r"(?:\s[^<>]{0,500})?/?>",
    re.IGNORECASE,
)
BLOCK_TAG = re.compile(r"</?(?:p|br|hr|h[1-6]|li|ul|ol|div|figure|figcaption|blockquote)\b", re.IGNORECASE)
LINE_BREAK = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
LIGATURE = re.compile(f"[{''.join(LIGATURES)}]")
# Invisible characters; the joiners U+200C and U+200D stay, since emoji and several scripts need them.
INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+"
)
# Mojibake always has a character beside these, which correct English text is full of; ftfy takes longer to see it.
SUSPECT = re.compile(r"[^\x00-\x7f\u00a0‘’“”–—…•·£€é©®™½°]")
CHUNK = re.compile(r"[^ \n\t]+")
# "â € ™": typographic marks as mojibake that a blank or two got into, their first letter perhaps taken apart; the blank behind
# an apostrophe is in the word ("don â € ™ t"), those inside quotation marks are none of the text's.
SPACED_MOJIBAKE = re.compile(
    "(?: (?=(?:â|a\u0302) ?€ ?(?:™ (?:s|t|re|ve|ll|d|m)\\b|[\x9d\u009d])))?(?:â|a\u0302) ?(?:€|\x80) ?"
    "(?P<mark>[™˜œ“”¦\x9c\x9d\x98\x99\x93\x94\xa6])(?: (?=(?<=™ )(?:s|t|re|ve|ll|d|m)\\b|(?<=[œ˜] )\\S))?"
)
SPACED_MARKS = {
    **dict.fromkeys("™\x99", "’"),
    **dict.fromkeys("˜\x98", "‘"),
    **dict.fromkeys("œ\x9c", "“"),
    "\x9d": "”",
    **dict.fromkeys("“\x93", "–"),
    **dict.fromkeys("”\x94", "—"),
    **dict.fromkeys("¦\xa6", "…"),
}
# "Ã ©", "A\u0303©": a letter with its accent; the second character is no letter, so no word of any language looks like it.
SPACED_LETTER = re.compile("(?:Ã|A\u0303) ?([¡¢£¤¥¦§¨©ª«¬®¯°±²³´¶·¸¹º»¼½¾¿])")


def repair_encoding(trace: Trace) -> Trace:
    """The text with broken encoding repaired; every repair is an edit of kind encoding."""
    for find in (
        find_line_breaks,
        find_spaced_mojibake,
        find_mojibake,
        find_entities,
        find_tags,
        find_ligatures,
        find_invisible,
    ):
        changed = apply_changes(trace, find(trace.text))
        # Entities can spell mojibake.
        if find is find_entities and changed is not trace:
            changed = apply_changes(changed, find_mojibake(changed.text))
        trace = changed
    return trace


def is_printable(text: str) -> bool:
    """Whether a text holds nothing but what shows, single spaces' kind of blank and line feeds, told fast."""
    return text.replace("\n", "").isprintable()


def find_line_breaks(text: str) -> Iterator[Change]:
    """Line ends of any kind to the newline."""
    if is_printable(text):
        return
    for match in LINE_BREAK.finditer(text):
        yield Change(match.start(), match.end(), "\n", "line_break", KIND)


def find_spaced_mojibake(text: str) -> Iterator[Change]:
    """Mojibake that blanks or decomposition have torn apart, which ftfy does not see; whole ones are left to it."""
    if not any(letter in text for letter in ("â", "a\u0302", "Ã", "A\u0303")):
        return
    for match in SPACED_MOJIBAKE.finditer(text):
        if is_torn(match.group()):
            yield Change(match.start(), match.end(), SPACED_MARKS[match["mark"]], "mojibake", KIND)
    for match in SPACED_LETTER.finditer(text):
        if is_torn(match.group()):
            letter = bytes([0xC3, ord(match[1])]).decode()
            yield Change(match.start(), match.end(), letter, "mojibake", KIND)


def is_torn(found: str) -> bool:
    """Whether mojibake has a blank of its own, inside or where a word goes on, or a mark taken apart."""
    return " " in found or "\u0302" in found or "\u0303" in found


def find_mojibake(text: str) -> Iterator[Change]:
    """Runs of mojibake in the lines where ftfy finds it, as small as ftfy's repair of the line allows."""
    if not SUSPECT.search(text):
        return
    start = 0
    for line in text.split("\n"):
        if not line.isascii() and SUSPECT.search(line) and is_bad(line):
            yield from compare_repair(line, ftfy.fix_encoding(line), start)
        start += len(line) + 1


def compare_repair(line: str, fixed: str, start: int) -> Iterator[Change]:
    """Changes that turn `line`, which starts at `start`, into `fixed`: word by word where that gives the same."""
    found = [match for match in CHUNK.finditer(line) if not match.group().isascii()]
    repairs = {word: ftfy.fix_encoding(word) for word in {match.group() for match in found}}
    chunks = [(match.start(), match.end(), repairs[match.group()]) for match in found]
    pieces, done = [], 0
    for chunk_start, chunk_end, repaired in chunks:
        pieces += [line[done:chunk_start], repaired]
        done = chunk_end
    if "".join(pieces) + line[done:] == fixed:
        for chunk_start, chunk_end, repaired in chunks:
            yield Change(start + chunk_start, start + chunk_end, repaired, "mojibake", KIND)
    else:
        yield Change(start, start + len(line), fixed, "mojibake", KIND)


def find_entities(text: str) -> Iterator[Change]:
    """HTML entities, also those that were escaped twice."""
    if "&" not in text:
        return
    for match in ENTITY.finditer(text):
        character = unescape_fully(match.group())
        if character != match.group():
            yield Change(match.start(), match.end(), character, "html_entity", KIND)


def unescape_fully(entity: str) -> str:
    """What an entity stands for, through every layer of escaping; '' for one that stands for no character of text."""
    for _ in range(4):
        entity = unescape(entity)
    return INVISIBLE.sub("", entity).replace("\r", "")


def find_tags(text: str) -> Iterator[Change]:
    """HTML tags that an extractor left; those of blocks become line ends."""
    if "<" not in text:
        return
    for match in TAG.finditer(text):
        yield Change(match.start(), match.end(), "\n" if BLOCK_TAG.match(match.group()) else "", "html_tag", KIND)


def find_ligatures(text: str) -> Iterator[Change]:
    """Typographic ligatures to their letters."""
    if text.isascii() or not any(ligature in text for ligature in LIGATURES):
        return
    for match in LIGATURE.finditer(text):
        yield Change(match.start(), match.end(), LIGATURES[match.group()], "ligature", KIND)


def find_invisible(text: str) -> Iterator[Change]:
    """Control characters, soft hyphens, zero-width spaces and marks of writing direction."""
    if is_printable(text):
        return
    for match in INVISIBLE.finditer(text):
        yield Change(match.start(), match.end(), "", "invisible", KIND)
