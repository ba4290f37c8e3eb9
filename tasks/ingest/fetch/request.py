"""One request, within its limits."""

import asyncio
import zlib
from dataclasses import dataclass, field, replace
from email.utils import parsedate_to_datetime
from time import time

import httpx
from httpx import Cookies

from quotidian.tasks.ingest.fetch.failure import FetchFailed, name_failures
from quotidian.tasks.ingest.fetch.settings import FetchSettings

GZIP = ("gzip", "x-gzip")  # names of one encoding, RFC 9110, section 8.4.1.3
MAX_RETRY_CHARS = 29  # of the longest form of a date, RFC 9110, section 5.6.7
HEADERS = {
    "Accept": "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.5",
    "Accept-Encoding": "gzip",
    "Connection": "close",
}


@dataclass(frozen=True)
class Wanted:
    """What is asked for: at most so many bytes after decompression, of these media types (empty: any)."""

    max_bytes: int
    media_types: tuple[str, ...] = ()
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """A response: its address, status, headers as sent, and body as it was before compression.

    The body is empty for every status but 200, and cut where it was longer than the limit.
    """

    url: str
    status: int
    reason: str
    headers: httpx.Headers
    body: bytes = b""
    is_cut: bool = False

    @property
    def redirect(self) -> str | None:
        """Where it sends the client, if it does."""
        return self.headers.get("location") if self.status in (301, 302, 303, 307, 308) else None

    @property
    def media_type(self) -> str:
        """The declared type without parameters, in lower case; empty where none is declared."""
        return self.headers.get("content-type", "").split(";")[0].strip().lower()


async def request(
    transport: httpx.AsyncBaseTransport, url: str, wanted: Wanted, settings: FetchSettings, cookies: Cookies
) -> Answer:
    """Ask for an address once; raises FetchFailed.

    Cookies live as long as `cookies`, which the caller makes for one address: some sites redirect in circles without.
    """
    with name_failures():
        to_send = build_request(url, wanted, settings)
        cookies.set_cookie_header(to_send)
        async with asyncio.timeout(settings.request_seconds):
            response = await transport.handle_async_request(to_send)
            response.request = to_send
            try:
                cookies.extract_cookies(response)
                return await read_answer(response, url, wanted)
            finally:
                await response.aclose()


def build_request(url: str, wanted: Wanted, settings: FetchSettings) -> httpx.Request:
    """A request for an address. It is sent without httpx's client, which would take decisions of its own about
    redirects, cookies, compression and the environment."""
    times = httpx.Timeout(settings.read_seconds, connect=settings.connect_seconds)
    headers = HEADERS | {"User-Agent": settings.user_agent} | wanted.headers
    return httpx.Request("GET", url, headers=headers, extensions={"timeout": times.as_dict()})


async def read_answer(response: httpx.Response, url: str, wanted: Wanted) -> Answer:
    """The answer in a response; raises FetchFailed for a status that is neither 200, 304 nor a redirect.

    What is not of a wanted type is not read.
    """
    answer = Answer(url, response.status_code, response.reason_phrase, response.headers)
    if answer.redirect is not None or answer.status == 304:
        return answer
    if answer.status != 200:
        detail = f"{answer.status} {answer.reason}".strip()
        raise FetchFailed(f"http_{answer.status}", detail, read_retry_after(response))
    if wanted.media_types and answer.media_type not in wanted.media_types:
        raise FetchFailed("wrong_type", f"it is {answer.media_type[:100] or 'of no type'}")
    body, is_cut = await read_body(response, wanted.max_bytes)
    return replace(answer, body=body, is_cut=is_cut)


def read_retry_after(response: httpx.Response) -> float | None:
    """Seconds that the host asks to wait, as a number or a date (RFC 9110, section 10.2.3)."""
    text = response.headers.get("retry-after", "").strip()[:MAX_RETRY_CHARS]
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time())
    except (ValueError, OverflowError):
        return None


async def read_body(response: httpx.Response, limit: int) -> tuple[bytes, bool]:
    """At most `limit` bytes of the body after decompression, and whether there were more."""
    unpack = choose_unpacking(response.headers.get("content-encoding", ""))
    parts, size, sent = [], 0, 0
    async for raw in response.aiter_raw():
        part = unpack.decompress(raw, limit + 1 - size) if unpack else raw
        parts.append(part)
        size, sent = size + len(part), sent + len(raw)
        if size > limit or sent > limit:
            return b"".join(parts)[:limit], True
    if unpack and not unpack.eof:
        raise FetchFailed("broken", "the compressed body ends too early")
    return b"".join(parts), False


def choose_unpacking(encoding: str) -> "Unpacking | None":
    """What unpacks a Content-Encoding; raises FetchFailed for all but gzip, which alone was asked for."""
    name = encoding.strip().lower()
    if name in ("", "identity"):
        return None
    if name in GZIP:
        return Unpacking()
    raise FetchFailed("encoding", f"the body is sent as {name[:50]}, gzip was asked for")


class Unpacking:
    """Gunzips piece by piece, never more than asked for."""

    def __init__(self) -> None:
        self._stream = zlib.decompressobj(wbits=31)

    @property
    def eof(self) -> bool:
        return self._stream.eof

    def decompress(self, raw: bytes, room: int) -> bytes:
        """At most `room` bytes; raises FetchFailed where the bytes are no gzip."""
        try:
            return self._stream.decompress(self._stream.unconsumed_tail + raw, room)
        except zlib.error as error:
            raise FetchFailed("broken", f"the compressed body is damaged: {error}") from None
