"""From feeds to WARC files: poll the feeds, then fetch the pages that they link and that were not fetched before."""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from quotidian.tasks.ingest.addresses import canonical_url
from quotidian.tasks.ingest.fetch.addresses import CheckedTransport
from quotidian.tasks.ingest.fetch.entries import read_entries
from quotidian.tasks.ingest.fetch.failure import FetchFailed
from quotidian.tasks.ingest.fetch.feed_list import Feed
from quotidian.tasks.ingest.fetch.links import host_of
from quotidian.tasks.ingest.fetch.report import FetchReport
from quotidian.tasks.ingest.fetch.request import Answer, Wanted
from quotidian.tasks.ingest.fetch.settings import FetchSettings
from quotidian.tasks.ingest.fetch.state import FetchState, Page
from quotidian.tasks.ingest.fetch.visit import Visitor
from quotidian.tasks.ingest.fetch.warc_files import WarcFolder, remove_leftovers

PAGE_TYPES = ("text/html", "application/xhtml+xml")

Show = Callable[[str, int, int], None]


def fetch_feeds(
    feeds: list[Feed], folder: Path, settings: FetchSettings, show: Show = lambda kind, done, total: None
) -> FetchReport:
    """Fetch what is new in `feeds` into WARC files in `folder`, which only one process may do at a time.

    `show` is called with feeds or pages, how many are done, and how many there are. What was fetched when the call is
    interrupted (Ctrl-C) is kept; the next call goes on from there. Raises OSError where the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    remove_leftovers(folder)
    report, state = FetchReport(feeds=len(feeds)), FetchState(folder)
    warcs = WarcFolder(folder, settings, state.mark_fetched)
    try:
        asyncio.run(Fetch(state, warcs, report, settings, show).run(feeds))
    finally:
        try:
            warcs.end_file()
        finally:
            state.close()
    report.files = warcs.files
    return report


class Fetch:
    """One fetch: what is remembered, where pages go, and what is reported."""

    def __init__(
        self, state: FetchState, warcs: WarcFolder, report: FetchReport, settings: FetchSettings, show: Show
    ) -> None:
        self.state, self.warcs, self.report, self.settings, self.show = state, warcs, report, settings, show
        self.saved: set[str] = set()

    async def run(self, feeds: list[Feed]) -> None:
        """Poll the feeds, then fetch their pages, within `run_seconds`."""
        async with CheckedTransport(self.settings.allow_private) as transport:
            visitor = Visitor(transport, self.settings)
            for host, seconds in self.state.waiting_hosts().items():
                visitor.gates.close(host, f"{host} asks to be left alone for {seconds:.0f} s more")
            try:
                async with asyncio.timeout(self.settings.run_seconds):
                    await self.poll_feeds(visitor, feeds)
                    await self.fetch_pages(visitor, self.state.pending(feeds))
            except TimeoutError:
                self.report.is_out_of_time = True
            finally:
                self.state.note_waits(visitor.waits)
                self.report.postponed_hosts = dict(visitor.gates.closed)

    async def poll_feeds(self, visitor: Visitor, feeds: list[Feed]) -> None:
        await asyncio.gather(*(self.poll_feed(visitor, feed) for feed in feeds))

    async def poll_feed(self, visitor: Visitor, feed: Feed) -> None:
        """Note the new pages of one feed."""
        try:
            wanted = Wanted(self.settings.max_feed_bytes, headers=self.state.validators(feed.url))
            answer = await visitor.visit(feed.url, wanted)
            await self.note_entries(feed, answer)
        except FetchFailed as error:
            self.report.fail_feed(feed.url, error)
        self.show("feeds", self.report.feeds_done, self.report.feeds)

    async def note_entries(self, feed: Feed, answer: Answer) -> None:
        """Note a feed's entries and validators, unless it is unchanged; raises FetchFailed."""
        if answer.status == 304:
            self.report.feeds_unchanged += 1
            return
        refuse_cut(answer, self.settings.max_feed_bytes)
        entries = await asyncio.to_thread(read_entries, answer.body, answer.url, self.settings.max_feed_pages)
        self.state.add_entries(feed, entries, answer.headers.get("etag"), answer.headers.get("last-modified"))
        self.report.feeds_changed += 1

    async def fetch_pages(self, visitor: Visitor, pages: list[Page]) -> None:
        """Fetch pages, host beside host."""
        self.report.pages_due = len(pages)
        by_host: dict[str, list[Page]] = defaultdict(list)
        for page in pages:
            by_host[host_of(page.url)].append(page)
        await asyncio.gather(*(self.fetch_host(visitor, host, own) for host, own in by_host.items()))

    async def fetch_host(self, visitor: Visitor, host: str, pages: list[Page]) -> None:
        """Fetch the pages of one host in turn; one that fails again and again is left in peace."""
        in_a_row = 0
        for page in pages:
            error = await self.fetch_page(visitor, page)
            in_a_row = in_a_row + 1 if error and error.is_passing else 0
            if in_a_row == self.settings.host_failures:
                visitor.gates.close(host, f"{host} failed {in_a_row} times in a row, the last time by {error.reason}")
            self.show("pages", self.report.pages_done, self.report.pages_due)

    async def fetch_page(self, visitor: Visitor, page: Page) -> FetchFailed | None:
        """Fetch and save one page; return why it failed, if it did."""
        try:
            answer = await visitor.visit(page.url, Wanted(self.settings.max_page_bytes, PAGE_TYPES), self.refuse_known)
            refuse_no_page(answer)
            refuse_cut(answer, self.settings.max_page_bytes)
        except AlreadySaved as known:
            self.warcs.note(page, known.url)
            self.report.pages_known += 1
        except FetchFailed as error:
            self.note_failure(page, error)
            return error
        else:
            self.warcs.save(page, answer)
            self.saved.add(canonical_url(answer.url))
            self.report.pages_new += 1
            self.report.page_bytes += len(answer.body)
        return None

    def note_failure(self, page: Page, error: FetchFailed) -> None:
        """Note a failure for the report and for later runs; a postponed page has not failed."""
        if error.reason != "postponed":
            self.state.mark_failed(page, error, self.settings.page_runs)
            self.report.fail_page(page.url, error)

    def refuse_known(self, url: str) -> None:
        """Raise AlreadySaved where a redirect, or another page's, leads to what was saved before."""
        if canonical_url(url) in self.saved or self.state.is_fetched(url):
            raise AlreadySaved(url)


class AlreadySaved(Exception):
    """A page is the same as one that was saved before; the argument is that one's address."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url


def refuse_cut(answer: Answer, limit: int) -> None:
    """Raise FetchFailed where a body was longer than its limit."""
    if answer.is_cut:
        raise FetchFailed("too_large", f"more than {limit} bytes")


def refuse_no_page(answer: Answer) -> None:
    """Raise FetchFailed for an answer without a page: that it is unchanged, though nobody asked."""
    if answer.status != 200:
        raise FetchFailed(f"http_{answer.status}", f"{answer.status} {answer.reason}".strip())
