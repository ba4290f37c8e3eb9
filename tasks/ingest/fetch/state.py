"""What was fetched before, so that it is not fetched again: a SQLite file beside the WARC files."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from time import time

from quotidian.tasks.ingest.addresses import canonical_url
from quotidian.tasks.ingest.fetch.entries import Entry
from quotidian.tasks.ingest.fetch.failure import FetchFailed
from quotidian.tasks.ingest.fetch.feed_list import Feed
from quotidian.tasks.store.errors import QuotidianError

FILE = ".fetch.sqlite"
SCHEMA = """
CREATE TABLE IF NOT EXISTS feeds (url TEXT PRIMARY KEY, etag TEXT, modified TEXT);
CREATE TABLE IF NOT EXISTS pages (
    canonical_url TEXT PRIMARY KEY, url TEXT NOT NULL, feed TEXT, outlet TEXT, section TEXT, published TEXT,
    state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'fetched', 'given_up')),
    runs INTEGER NOT NULL DEFAULT 0, reason TEXT, detail TEXT
);
CREATE INDEX IF NOT EXISTS pending ON pages (state) WHERE state = 'pending';
CREATE TABLE IF NOT EXISTS waits (host TEXT PRIMARY KEY, until REAL NOT NULL);
"""


class StateDamaged(QuotidianError):
    """The file that remembers what was fetched is no such file."""


@dataclass(frozen=True)
class Page:
    """A page that is to be fetched: its address, the feed that links it, and what is declared of it."""

    url: str
    feed: str
    outlet: str | None = None
    section: str | None = None
    published: str | None = None


class FetchState:
    """Each change is one transaction: a killed process leaves the state before or after it."""

    def __init__(self, folder: Path) -> None:
        self._db = sqlite3.connect(folder / FILE)
        try:
            self._db.executescript(SCHEMA)
        except sqlite3.DatabaseError as error:
            self._db.close()
            raise StateDamaged(f"{folder / FILE} cannot be used ({error}): remove it to start afresh.") from None

    def close(self) -> None:
        self._db.close()

    def validators(self, feed: str) -> dict[str, str]:
        """Headers that ask for the feed only if it changed."""
        row = self._db.execute("SELECT etag, modified FROM feeds WHERE url = ?", (feed,)).fetchone() or (None, None)
        return {name: value for name, value in zip(("If-None-Match", "If-Modified-Since"), row, strict=True) if value}

    def add_entries(self, feed: Feed, entries: Iterable[Entry], etag: str | None, modified: str | None) -> None:
        """Note a feed's new pages together with its validators: an unchanged feed never hides a page not fetched."""
        pages = [(canonical_url(e.url), e.url, feed.url, feed.outlet, feed.section, e.published) for e in entries]
        with self._db:
            self._db.executemany(
                "INSERT OR IGNORE INTO pages (canonical_url, url, feed, outlet, section, published) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                pages,
            )
            self._db.execute("INSERT OR REPLACE INTO feeds VALUES (?, ?, ?)", (feed.url, etag, modified))

    def pending(self, feeds: Iterable[Feed]) -> list[Page]:
        """Pages of these feeds that are still to be fetched, in the order in which they were found."""
        wanted = {feed.url for feed in feeds}
        rows = self._db.execute(
            "SELECT url, feed, outlet, section, published FROM pages WHERE state = 'pending' ORDER BY rowid"
        )
        return [Page(*row) for row in rows if row[1] in wanted]

    def is_fetched(self, url: str) -> bool:
        """Whether the page was fetched before, under this or another way to write its address."""
        rows = self._db.execute(
            "SELECT 1 FROM pages WHERE canonical_url = ? AND state = 'fetched'", (canonical_url(url),)
        )
        return rows.fetchone() is not None

    def mark_fetched(self, pages: Iterable[tuple[str, str]]) -> None:
        """Note pages, each as its address in the feed and the one it was found at, as fetched for good."""
        urls = {url: None for pair in pages for url in pair}
        with self._db:
            self._db.executemany(
                "INSERT INTO pages (canonical_url, url, state) VALUES (?, ?, 'fetched') "
                "ON CONFLICT (canonical_url) DO UPDATE SET state = 'fetched', reason = NULL, detail = NULL",
                [(canonical_url(url), url) for url in urls],
            )

    def mark_failed(self, page: Page, error: FetchFailed, max_runs: int) -> None:
        """Note why a page was not fetched; it is given up where another try cannot help or enough were made."""
        with self._db:
            self._db.execute(
                "UPDATE pages SET runs = runs + 1, reason = ?, detail = ?, "
                "state = CASE WHEN ? OR runs + 1 >= ? THEN 'given_up' ELSE 'pending' END WHERE canonical_url = ?",
                (error.reason, error.detail, error.is_lasting, max_runs, canonical_url(page.url)),
            )

    def waiting_hosts(self) -> dict[str, float]:
        """Hosts that asked to be left alone, with the seconds that are left; what is over is forgotten."""
        now = time()
        with self._db:
            self._db.execute("DELETE FROM waits WHERE until <= ?", (now,))
        return {host: until - now for host, until in self._db.execute("SELECT host, until FROM waits")}

    def note_waits(self, waits: dict[str, float]) -> None:
        """Note hosts that asked to be left alone, each for some seconds from now."""
        with self._db:
            rows = [(host, time() + seconds) for host, seconds in waits.items()]
            self._db.executemany("INSERT OR REPLACE INTO waits VALUES (?, ?)", rows)
