"""From bytes to text."""

import codecs
import re

MAX_BROKEN_SHARE = 0.001
# Letters beside letters, and the marks that news has, in Windows-1252.
WESTERN = re.compile(
    r"[\x00-\x7f]+|(?<=[A-Za-z])[À-ÖØ-öø-þŒœŠšŽž]|[À-ÖØ-öø-þŒœŠšŽž](?=[A-Za-z])|[‘’“”–—…€£¥©®°·•½¼¾«»¿¡\xa0]"
)
WIDE_MARKS = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# Bytes from which it is told, and the share of NUL from which a text of western letters has two or four bytes each.
WIDE_BYTES, WIDE_SHARE = 4_096, 0.8


def find_wide_encoding(head: bytes) -> str | None:
    """UTF-16 or UTF-32 by its mark, else by where the NUL bytes stand that its letters have; None for other encodings."""
    for mark, encoding in WIDE_MARKS.items():
        if head.startswith(mark):
            return encoding
    head = head[:WIDE_BYTES]
    count = len(head) // 4
    if not count or b"\x00" not in head:
        return None
    zeros = [head[place : 4 * count : 4].count(0) / count for place in range(4)]
    high = [share >= WIDE_SHARE for share in zeros]
    ends = {(0, 1, 1, 1): "utf-32-le", (1, 1, 1, 0): "utf-32-be", (0, 1, 0, 1): "utf-16-le", (1, 0, 1, 0): "utf-16-be"}
    return ends.get(tuple(map(int, high)))


def guess_encoding(payload: bytes) -> str:
    """utf-16 or utf-32 by its mark or its NUL bytes, utf-8-sig (with or without its mark), else cp1252.

    A text is UTF-8 where at most one character in a thousand is broken. Windows-1252 is what the WHATWG Encoding
    Standard takes for western text that declares nothing.
    """
    if wide := find_wide_encoding(payload):
        return wide
    text = payload.decode("utf-8-sig", "replace")
    broken = text.count("\ufffd") - payload.count("\ufffd".encode())
    return "utf-8-sig" if broken <= max(1, MAX_BROKEN_SHARE * len(text)) else "cp1252"


def decode_bytes(payload: bytes) -> str:
    """The text of a text file; U+FFFD stands where its encoding has no character."""
    return payload.decode(guess_encoding(payload), "replace")


def read_western(payload: bytes) -> str:
    """The text in Windows-1252 where every character beyond ASCII is a letter beside others or a mark of prose; else empty."""
    text = payload.decode("cp1252", "replace")
    return "" if WESTERN.sub("", text) else text


def decode_page(payload: bytes, charset: str | None) -> str:
    """The text of a page: UTF-8 where it is that throughout, else what its mark, the server or the page itself says.

    `charset` is what the server said. No other encoding looks like UTF-8 by chance, and many pages say the wrong one.
    """
    if wide := find_wide_encoding(payload):
        return payload.decode(wide, "replace").removeprefix("\ufeff")
    try:
        return payload.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    from w3lib.encoding import html_to_unicode

    header = f"text/html; charset={charset}" if charset else None
    encoding, text = html_to_unicode(header, payload, auto_detect_fun=guess_encoding, default_encoding="cp1252")
    return text if encoding != "utf-8" else payload.decode(guess_encoding(payload), "replace")
