"""WARC files of pages (ISO 28500), each of which appears when it is whole."""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING

from quotidian.tasks.ingest.fetch.declared import write_declared
from quotidian.tasks.ingest.fetch.request import Answer
from quotidian.tasks.ingest.fetch.settings import FetchSettings
from quotidian.tasks.ingest.fetch.state import Page
from quotidian.tasks.store.files import write_aside

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord
    from warcio.warcwriter import WARCWriter

TRANSFER = ("content-encoding", "content-length", "transfer-encoding")
"""Headers that spoke of the bytes on the wire; they are kept with X-Crawler- before them, as Common Crawl does."""


class WarcFolder:
    """Saves pages in numbered files; `on_whole` is told the pages of each file once the file is safe on disk.

    A page is told as its address in the feed and the address that it was found at.
    """

    def __init__(
        self, folder: Path, settings: FetchSettings, on_whole: Callable[[list[tuple[str, str]]], None]
    ) -> None:
        self.files: list[Path] = []
        self._folder, self._settings, self._on_whole = folder, settings, on_whole
        self._started = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
        self._open = ExitStack()
        self._writer: WARCWriter | None = None
        self._pages: list[tuple[str, str]] = []
        self._bytes = 0

    def save(self, page: Page, answer: Answer) -> None:
        """Add a page; a file that has enough is ended."""
        try:
            if self._writer is None:
                self._start_file()
            self._writer.write_record(page_record(self._writer, page, answer))
        except BaseException:
            self._writer, self._pages, self._bytes = None, [], 0
            with self._open:  # which removes a file on an error: its last record is half written
                raise
        self._pages.append((page.url, answer.url))
        self._bytes += len(answer.body)
        if len(self._pages) >= self._settings.pages_a_file or self._bytes >= self._settings.file_bytes:
            self.end_file()

    def note(self, page: Page, url: str) -> None:
        """Note that a page leads to an address which was saved before; it is safe when that is."""
        if self._writer is None:
            self._on_whole([(page.url, url)])
        else:
            self._pages.append((page.url, url))

    def end_file(self) -> None:
        """Let the file appear under its name, and say which pages are safe."""
        if self._writer is None:
            return
        self._writer = None
        self._open.close()
        self.files.append(self._path)
        pages, self._pages, self._bytes = self._pages, [], 0
        self._on_whole(pages)

    def _start_file(self) -> None:
        self._path = self._free_name()
        aside = self._open.enter_context(write_aside(self._path))
        self._writer = start_warc(self._open.enter_context(aside.open("wb")), self._path.name, self._settings)

    def _free_name(self) -> Path:
        number = len(self.files) + 1
        while (path := self._folder / f"fetch-{self._started}-{number:05d}.warc.gz").exists():
            number += 1
        return path


def start_warc(file: IO[bytes], name: str, settings: FetchSettings) -> "WARCWriter":
    """A writer that compresses each record on its own; the first record says what is true of all."""
    from warcio.warcwriter import WARCWriter

    writer = WARCWriter(file, gzip=True, warc_version="1.1")
    facts = {"software": settings.user_agent, "format": "WARC File Format 1.1", "robots": "obey"}
    writer.write_record(writer.create_warcinfo_record(name, facts))
    return writer


def page_record(writer: "WARCWriter", page: Page, answer: Answer) -> "ArcWarcRecord":
    """The response record of a page, its body without the compression of the wire."""
    from warcio.statusandheaders import StatusAndHeaders

    status = f"{answer.status} {answer.reason}".strip()
    http_headers = StatusAndHeaders(status, list_headers(answer), protocol="HTTP/1.1")
    declared = write_declared({"outlet": page.outlet, "section": page.section, "published": page.published})
    return writer.create_warc_record(
        answer.url,
        "response",
        BytesIO(answer.body),
        len(answer.body),
        http_headers=http_headers,
        warc_headers_dict=declared,
    )


def list_headers(answer: Answer) -> list[tuple[str, str]]:
    """The response's headers, with the length of the body as it is saved; bytes that are no ASCII are spelled out."""
    pairs = [tuple(part.decode("ascii", "backslashreplace") for part in pair) for pair in answer.headers.raw]
    moved = [(f"X-Crawler-{name}" if name.lower() in TRANSFER else name, value) for name, value in pairs]
    return [*moved, ("Content-Length", str(len(answer.body)))]


def remove_leftovers(folder: Path) -> None:
    """Remove what killed fetches left half written. Only for who holds the lock of the folder."""
    for path in folder.glob(".fetch-*.warc.gz.*.tmp"):
        path.unlink(missing_ok=True)
