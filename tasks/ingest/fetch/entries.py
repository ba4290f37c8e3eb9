"""The pages that a feed links."""

import io
from dataclasses import dataclass
from typing import Any

from quotidian.tasks.ingest.fetch.failure import FetchFailed, describe
from quotidian.tasks.ingest.fetch.links import read_link
from quotidian.tasks.ingest.records import replace_surrogates


@dataclass(frozen=True)
class Entry:
    """A page that a feed links: its address, and the date that the feed gives it, as written there."""

    url: str
    published: str | None = None


def read_entries(body: bytes, url: str, limit: int) -> list[Entry]:
    """The first `limit` entries of an RSS or Atom feed, each page once, in the feed's order.

    An entry without an address that may be fetched is passed over. Raises FetchFailed (not_a_feed).
    """
    feed = parse_feed(body)
    if not feed.get("version") and not feed.entries:
        raise FetchFailed("not_a_feed", f"{len(body)} bytes that are neither RSS nor Atom")
    entries: dict[str, Entry] = {}
    for entry in feed.entries:
        found = read_entry(entry, url)
        if found is not None and len(entries) < limit:
            entries.setdefault(found.url, found)
    return list(entries.values())


def parse_feed(body: bytes) -> Any:
    """What feedparser makes of the bytes; raises FetchFailed (not_a_feed) where it breaks off."""
    import feedparser

    try:
        return feedparser.parse(io.BytesIO(body), sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:  # on odd bytes it lets OverflowError, TypeError, UnicodeError and others through
        raise FetchFailed("not_a_feed", f"feedparser breaks off with {describe(error)}") from None


def read_entry(entry: dict, base: str) -> Entry | None:
    """The page of one entry, or None."""
    link = entry.get("link")
    if not link:
        return None
    try:
        url = read_link(link, base)
    except FetchFailed:
        return None
    date = entry.get("published") or dict.get(entry, "updated")  # feedparser's own get warns where there is none
    return Entry(url, " ".join(replace_surrogates(date).split()) if date else None)
