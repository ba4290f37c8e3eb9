"""RSS and Atom files: entries with their full text."""

import io
import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import urljoin

from .addresses import absolute_url
from .archive import Input, reject_input
from .encodings import decode_page
from .pages import BLANKS, fragment_text
from .raw_text import FRAGMENT, strip_cdata
from .records import MISSING, replace_surrogates
from .settings import IngestSettings
from .streams import describe, read_whole

FEEDPARSER_FAILS = (ArithmeticError, LookupError, TypeError, ValueError)
"""What feedparser lets through on feeds with absurd dates, code points or structure."""
MOST_CATEGORIES = 100
"""Categories of an entry that are read; the first with words is its section."""
MAILED = re.compile(r"\A[^\s@]+@[^\s@]+ \(([^()]+)\)\Z")
MARKUP = ("text/html", "application/xhtml+xml")


def read_feed(file: io.BufferedReader, name: str, settings: IngestSettings) -> Iterator[Input]:
    """One input for each entry with a full text; one with a summary only is rejected unless the settings keep it.

    A feed that is no XML throughout gives the entries that can be made out and one reject, `damaged`.
    """
    payload = read_whole(file, settings.max_document_bytes)
    if len(payload) > settings.max_document_bytes:
        yield reject_input(name, "too_large", f"a feed of more than {settings.max_document_bytes} bytes", payload)
        return
    try:
        feed = parse_feed(payload)
    except FEEDPARSER_FAILS as error:
        yield reject_input(name, "damaged", f"no feed that can be read: {describe(error)}", payload)
        return
    own = Channel(plain_words(feed.feed.get("title")), find_base(feed.feed))
    for number, entry in enumerate(feed.entries, start=1):
        yield read_entry(entry, own, name, number, settings)
    problem = feed.get("bozo_exception")
    if type(problem).__name__ == "SAXParseException":
        yield reject_input(name, "damaged", f"no XML throughout: {problem.getMessage()}; {len(feed.entries)} entries")
    elif not feed.entries:
        yield reject_input(name, "empty", describe(problem) if problem else "the feed holds no entry", payload)


class Channel(NamedTuple):
    """What a feed says of itself: its title, and the address that links are relative to."""

    title: str | None
    base: str


def find_base(feed: Any) -> str:
    """The address of the site that a feed names, else its own; empty where it tells neither."""
    links = [feed.get("link"), *(link.get("href") for link in feed.get("links", []))]
    return next((link.strip() for link in links if isinstance(link, str) and absolute_url(link)), "")


@cache
def load_parser() -> Any:
    """feedparser, made linear: its reader of XML finds an attribute by its name (that of Python goes through all of a tag for each), and of
    an entry's categories `MOST_CATEGORIES` are kept (it compares each with all before). Dublin Core's date is that of the entry, not of a change."""
    from xml.sax import expatreader

    import feedparser
    from feedparser.mixin import _FeedParserMixin
    from feedparser.namespaces.dc import Namespace as DublinCore

    add_tag = _FeedParserMixin._add_tag

    def add_few(self: Any, *tag: str | None) -> None:
        if len(self._get_context().get("tags", ())) < MOST_CATEGORIES:
            add_tag(self, *tag)

    class Attributes(expatreader.AttributesNSImpl):
        def __init__(self, values: dict, names: dict) -> None:
            super().__init__(values, names)
            self._places = {name: place for place, name in reversed(names.items())}

        def getValueByQName(self, name: str) -> str:  # noqa: N802 (the name of what it takes the place of)
            return self._attrs[self._places[name]]

    expatreader.AttributesNSImpl, _FeedParserMixin._add_tag = Attributes, add_few
    DublinCore._start_dc_date, DublinCore._end_dc_date = (
        DublinCore._start_dcterms_created,
        DublinCore._end_dcterms_created,
    )
    return feedparser


def parse_feed(payload: bytes) -> Any:
    """The feed as feedparser reads it, with the entries' markup as it is. Entities that a file declares do not expand."""
    return load_parser().parse(io.BytesIO(payload), sanitize_html=False, resolve_relative_uris=False)


def read_entry(entry: Any, own: Channel, name: str, number: int, settings: IngestSettings) -> Input:
    """The input of one entry: its longest text with what the entry declares."""
    declared = declare_entry(entry, own)
    text = max(entry.get("content", []), key=lambda part: len(part.get("value") or ""), default=None)
    is_full = text is not None and bool((text.get("value") or "").strip())
    if not is_full:
        text = entry.get("summary_detail") or {}
    value = replace_surrogates(text.get("value") or "")
    payload = value.encode()
    media_type = FRAGMENT if text.get("type") in MARKUP else "text/plain"
    identity = {"record_id": plain_words(entry.get("id")), "media_type": media_type}
    if not value.strip():
        return reject_input(name, "no_text", f"entry {number} holds no text", b"", number, **identity, **declared)
    if len(payload) > settings.max_record_bytes:
        detail = f"entry {number} has more than {settings.max_record_bytes} bytes"
        return reject_input(name, "too_large", detail, payload, number, **identity, **declared)
    if not (is_full or settings.keep_summaries) and count_words(value) < settings.summary_words:
        detail = f"entry {number} holds a summary of {count_words(value)} words, no full text"
        return reject_input(name, "summary_only", detail, payload, number, **identity, **declared)
    return Input(name, payload, position=number, **identity, **declared)


def declare_entry(entry: Any, own: Channel) -> dict[str, str | None]:
    """What an entry declares. A feed that gathers others names the source of each entry."""
    source = entry.get("source")
    tags = (plain_words(tag.get("term")) for tag in entry.get("tags", []))
    moments = (plain_words(entry[key]) for key in ("published", "created", "updated") if key in entry)
    return {
        "url": join_link(own.base, plain_words(entry.get("link"))),
        "outlet": (plain_words(source.get("title")) if source else None) or own.title,
        "title": plain_words(entry.get("title")),
        "byline": name_authors(entry),
        "section": next(filter(None, tags), None),
        "published": next(filter(None, moments), None),
    }


def join_link(base: str, link: str | None) -> str | None:
    """The address of an entry's link; None where it names no page."""
    if not link or link.startswith("#") or link in MISSING:
        return None
    try:
        return absolute_url(urljoin(base, link))
    except ValueError:
        return None


def name_authors(entry: Any) -> str | None:
    """The names of all authors of an entry, with commas between; without their mail addresses."""
    names = [name_author(author) for author in entry.get("authors", []) if isinstance(author, dict)]
    names = [MAILED.sub(r"\1", name) for name in names if name]
    return ", ".join(dict.fromkeys(names)) or plain_words(entry.get("author"))


def name_author(author: dict[str, Any]) -> str | None:
    """The name of an author; feedparser cuts an address with a long last part in two ("ann@post.exam", "ple (Ann Lee")."""
    name, mail = author.get("name"), author.get("email")
    if isinstance(name, str) and isinstance(mail, str) and "(" in name and not name.endswith(")"):
        name = f"{mail}{name})"
    return plain_words(name)


def plain_words(value: Any) -> str | None:
    """A value without markup, in one line; None for nothing."""
    if not isinstance(value, str):
        return None
    value = strip_cdata(replace_surrogates(value))
    text = fragment_text(value) if "<" in value or "&" in value else value
    return BLANKS.sub(" ", text.replace("\x00", "")).strip() or None


def count_words(markup: str) -> int:
    """Words of an entry's text without its markup."""
    return len(fragment_text(decode_page(markup.encode(), None)).split())
