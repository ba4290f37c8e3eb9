"""From bytes to text."""

import codecs

MAX_BROKEN_SHARE = 0.001


def guess_encoding(payload: bytes) -> str:
    """utf-16 by its mark, utf-8-sig (with or without its mark), else cp1252.

    A text is UTF-8 where at most one character in a thousand is broken. Windows-1252 is what the WHATWG Encoding
    Standard takes for western text that declares nothing.
    """
    if payload.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    text = payload.decode("utf-8-sig", "replace")
    broken = text.count("\ufffd") - payload.count("\ufffd".encode())
    return "utf-8-sig" if broken <= max(1, MAX_BROKEN_SHARE * len(text)) else "cp1252"


def decode_bytes(payload: bytes) -> str:
    """The text of a text file; U+FFFD stands where its encoding has no character."""
    return payload.decode(guess_encoding(payload), "replace")


def decode_page(payload: bytes, charset: str | None) -> str:
    """The text of a page: UTF-8 where it is that throughout, else what its mark, the server or the page itself says.

    `charset` is what the server said. No other encoding looks like UTF-8 by chance, and many pages say the wrong one.
    """
    if not payload.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return payload.decode("utf-8-sig")
        except UnicodeDecodeError:
            pass
    from w3lib.encoding import html_to_unicode

    header = f"text/html; charset={charset}" if charset else None
    return html_to_unicode(header, payload, auto_detect_fun=guess_encoding, default_encoding="cp1252")[1]
