"""Feeds and pages from a real HTTP server on loopback, which also misbehaves."""

import gzip
import socket
import struct
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from random import Random
from threading import Event, Thread

import pytest
from warcio.archiveiterator import ArchiveIterator

from quotidian.tasks.ingest.fetch.declared import read_declared
from quotidian.tasks.ingest.fetch.feed_list import Feed
from quotidian.tasks.ingest.fetch.feeds import fetch_feeds
from quotidian.tasks.ingest.fetch.report import FetchReport
from quotidian.tasks.ingest.fetch.settings import FetchSettings

HTML = {"Content-Type": "text/html; charset=utf-8"}
QUICK = FetchSettings(
    user_agent="Tester/1.0 (mail@example.org)",
    delay_seconds=0,
    backoff_seconds=0.01,
    connect_seconds=60,
    read_seconds=60,
    request_seconds=60,
    max_delay_seconds=2,
    max_page_bytes=100_000,
    max_feed_bytes=200_000,
    allow_private=True,
)

Reply = tuple[int, dict[str, str], bytes]


@dataclass
class Site:
    """A server whose replies a test sets by path: a Reply, or a function of the handler that answers itself."""

    replies: dict[str, Reply | Callable] = field(default_factory=dict)
    asked: list[tuple[str, float, dict[str, str]]] = field(default_factory=list)
    address: str = "127.0.0.1"

    def __post_init__(self) -> None:
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append((self.path, time.monotonic(), dict(self.headers)))
                reply = site.replies.get(self.path, (404, {}, b"none"))
                if callable(reply):
                    reply = reply(self)
                if reply is not None:
                    send(self, reply)

            def log_message(self, *_: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_: object) -> None:
                """A client that hangs up is what some tests are about."""

        self.server = Server((self.address, 0), Handler)
        self.thread = Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self.thread.start()

    @property
    def url(self) -> str:
        return f"http://{self.address}:{self.server.server_port}"

    def feed(self, *links: str, path: str = "/feed", **headers: str) -> Feed:
        """Serve an RSS feed that links these."""
        items = "".join(f"<item><title>T</title><link>{self.url}{link}</link></item>" for link in links)
        body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>F</title>{items}</channel></rss>'
        self.replies[path] = (200, {"Content-Type": "application/rss+xml", **headers}, body.encode())
        return Feed(f"{self.url}{path}")

    def page(self, path: str, text: str = "News.") -> None:
        self.replies[path] = (200, HTML, f"<html><body><p>{text}</p></body></html>".encode())

    def count(self, path: str) -> int:
        return sum(asked == path for asked, _, _ in self.asked)

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


def send(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
    status, headers, body = reply
    handler.send_response(status)
    for name, value in ({"Content-Length": str(len(body))} | headers).items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.close()


def fetch(folder: Path, *feeds: Feed, **settings: object) -> FetchReport:
    return fetch_feeds(list(feeds), folder, QUICK.model_copy(update=settings))


def records(folder: Path) -> list[tuple[dict[str, str], dict[str, str], bytes]]:
    """Header, HTTP header and body of each page in the WARC files of a folder."""
    found = []
    for path in sorted(folder.glob("*.warc.gz")):
        with path.open("rb") as file:
            for record in ArchiveIterator(file, check_digests="raise"):
                if record.rec_type != "response":
                    continue
                body = record.content_stream().read()
                found.append((dict(record.rec_headers.headers), dict(record.http_headers.headers), body))
    return found


def saved(folder: Path) -> dict[str, bytes]:
    """Bodies of all saved pages by address, of which there is one each."""
    found = [(header["WARC-Target-URI"], body) for header, _, body in records(folder)]
    assert len(found) == len(dict(found))
    return dict(found)


def reasons(report: FetchReport) -> Counter:
    return Counter(failure.reason for failure in report.failures)


def test_pages_of_a_feed_are_saved_once(site: Site, tmp_path: Path) -> None:
    feed = site.feed("/1", "/2#top", "/2")
    for path in ("/1", "/2"):
        site.page(path, f"Page {path}.")
    first = fetch(tmp_path, feed)
    assert (first.pages_new, first.feeds_changed, first.failures) == (2, 1, [])
    assert {url: b"Page" in body for url, body in saved(tmp_path).items()} == {f"{site.url}/{n}": True for n in (1, 2)}
    second = fetch(tmp_path, feed)
    assert (second.pages_due, second.files, site.count("/1")) == (0, [], 1)
    assert {headers["User-Agent"] for _, _, headers in site.asked} == {QUICK.user_agent}


def test_nothing_but_whole_files_and_hidden_state_is_left(site: Site, tmp_path: Path) -> None:
    site.page("/1")
    (tmp_path / ".fetch-20200101T000000Z-00001.warc.gz.7.tmp").write_bytes(b"torn")
    report = fetch(tmp_path, site.feed("/1"))
    assert sorted(tmp_path.iterdir()) == [tmp_path / ".fetch.sqlite", *report.files]


def test_an_unchanged_feed_is_not_sent_again_and_hides_no_page(site: Site, tmp_path: Path) -> None:
    date = formatdate(0, usegmt=True)
    feed = site.feed("/1", ETag='"a"', **{"Last-Modified": date})
    whole = site.replies["/feed"]
    site.replies["/feed"] = lambda h: (304, {}, b"") if h.headers.get("If-None-Match") == '"a"' else whole
    site.replies["/1"] = (500, {}, b"")
    assert reasons(fetch(tmp_path, feed)) == {"http_500": 1}
    site.page("/1")
    again = fetch(tmp_path, feed)
    assert (again.feeds_unchanged, again.pages_new) == (1, 1)
    assert site.asked[-2][2]["If-Modified-Since"] == date


def test_what_the_list_and_the_feed_declare_is_in_the_record(site: Site, tmp_path: Path) -> None:
    site.page("/1")
    feed = site.feed("/1")
    status, headers, body = site.replies["/feed"]
    body = body.replace(b"</link>", b"</link><pubDate>Mon, 19 Jun 2023\n 10:00:00 GMT</pubDate>")
    site.replies["/feed"] = (status, headers, body)
    fetch(tmp_path, Feed(feed.url, "Zeitung für\nÖ", "World"))
    ((header, http_header, _),) = records(tmp_path)
    expected = {"outlet": "Zeitung für Ö", "section": "World", "published": "Mon, 19 Jun 2023 10:00:00 GMT"}
    assert read_declared(header.get) == expected
    assert http_header["Content-Type"] == HTML["Content-Type"]


def test_compressed_pages_are_saved_unpacked(site: Site, tmp_path: Path) -> None:
    body = b"<html><p>News.</p></html>"
    site.replies["/1"] = (200, HTML | {"Content-Encoding": "gzip"}, gzip.compress(body))
    fetch(tmp_path, site.feed("/1"))
    ((_, http_header, saved_body),) = records(tmp_path)
    assert saved_body == body
    assert (http_header["X-Crawler-Content-Encoding"], "Content-Encoding" in http_header) == ("gzip", False)


def test_a_file_ends_after_so_many_pages(site: Site, tmp_path: Path) -> None:
    paths = [f"/{n}" for n in range(5)]
    for path in paths:
        site.page(path)
    assert len(fetch(tmp_path, site.feed(*paths), pages_a_file=2).files) == 3
    assert len(saved(tmp_path)) == 5


def test_a_page_is_the_same_whatever_tracks_the_reader(site: Site, tmp_path: Path) -> None:
    site.page("/1?utm_source=rss")
    assert fetch(tmp_path, site.feed("/1?utm_source=rss", "/1?utm_source=mail")).pages_new == 1
    assert fetch(tmp_path, site.feed("/1")).pages_due == 0


def test_pages_that_redirect_to_the_same_page_are_saved_once(site: Site, tmp_path: Path) -> None:
    site.page("/story")
    for path in ("/a", "/b"):
        site.replies[path] = (302, {"Location": "/story"}, b"")
    report = fetch(tmp_path, site.feed("/a", "/story", "/b"))
    assert (report.pages_new, report.pages_known, site.count("/story")) == (1, 2, 1)
    assert list(saved(tmp_path)) == [f"{site.url}/story"]
    site.replies["/c"] = (302, {"Location": "/story"}, b"")
    assert fetch(tmp_path, site.feed("/c")).pages_known == 1
    assert fetch(tmp_path, site.feed("/a", "/b", "/c")).pages_due == 0


def test_a_site_that_wants_a_cookie_back_gets_it_for_that_page_only(site: Site, tmp_path: Path) -> None:
    def ask_for_cookie(handler: BaseHTTPRequestHandler) -> Reply:
        if "seen=1" in handler.headers.get("Cookie", ""):
            return 200, HTML, b"<p>News.</p>"
        return 302, {"Location": handler.path, "Set-Cookie": "seen=1"}, b""

    site.replies |= {"/1": ask_for_cookie, "/2": ask_for_cookie}
    assert fetch(tmp_path, site.feed("/1", "/2")).pages_new == 2
    assert [("Cookie" in headers) for path, _, headers in site.asked if path in ("/1", "/2")] == [False, True] * 2


# robots.txt


def robots(site: Site, text: str, status: int = 200) -> None:
    site.replies["/robots.txt"] = (status, {"Content-Type": "text/plain"}, text.encode())


def test_robots_are_asked_once_and_obeyed(site: Site, tmp_path: Path) -> None:
    robots(site, "User-agent: Tester\nDisallow: /private\n\nUser-agent: *\nDisallow: /")
    for path in ("/1", "/private/2"):
        site.page(path)
    report = fetch(tmp_path, site.feed("/1", "/private/2"))
    assert (report.pages_new, report.pages_refused, report.pages_failed) == (1, 1, 0)
    assert (site.count("/robots.txt"), site.count("/private/2")) == (1, 0)


def test_robots_are_asked_after_a_redirect_too(site: Site, tmp_path: Path) -> None:
    robots(site, "User-agent: *\nDisallow: /private")
    site.replies["/1"] = (301, {"Location": "/private/1"}, b"")
    assert fetch(tmp_path, site.feed("/1")).pages_refused == 1
    assert site.count("/private/1") == 0


@pytest.mark.parametrize("status", [500, 503])
def test_a_host_whose_robots_cannot_be_had_is_left_alone(site: Site, tmp_path: Path, status: int) -> None:
    robots(site, "", status)
    report = fetch(tmp_path, site.feed("/1"))
    assert report.has_failed
    assert {path for path, _, _ in site.asked} == {"/robots.txt"}


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_host_without_robots_is_open(site: Site, tmp_path: Path, status: int) -> None:
    robots(site, "", status)
    site.page("/1")
    assert fetch(tmp_path, site.feed("/1")).pages_new == 1


def test_a_crawl_delay_is_kept_or_the_host_is_left_alone(site: Site, tmp_path: Path) -> None:
    robots(site, "User-agent: *\nCrawl-delay: 0.3")
    site.page("/1")
    feed = site.feed("/1")
    fetch(tmp_path, feed)
    times = [at for _, at, _ in site.asked]
    assert [path for path, _, _ in site.asked] == ["/robots.txt", "/feed", "/1"]
    assert min(b - a for a, b in pairwise(times)) >= 0.29
    robots(site, "User-agent: *\nCrawl-delay: 3600")
    assert reasons(fetch(tmp_path, feed)) == {"robots": 1}


# Politeness


def test_one_request_at_a_time_to_a_host_with_a_pause_and_hosts_side_by_side(site: Site, tmp_path: Path) -> None:
    other = Site(address="127.0.0.2")
    try:
        for one in (site, other):
            for path in ("/1", "/2", "/3"):
                one.page(path)
        report = fetch(tmp_path, site.feed("/1", "/2", "/3"), other.feed("/1", "/2", "/3"), delay_seconds=0.3)
    finally:
        other.close()
    assert report.pages_new == 6
    for one in (site, other):
        times = [at for _, at, _ in one.asked]
        assert min(b - a for a, b in pairwise(times)) >= 0.28
    firsts, lasts = zip(*((one.asked[0][1], one.asked[-1][1]) for one in (site, other)), strict=True)
    assert max(firsts) < min(lasts)


def test_retry_after_is_waited_for_by_the_whole_host(site: Site, tmp_path: Path) -> None:
    def busy_once(handler: BaseHTTPRequestHandler) -> Reply:
        return (200, HTML, b"<p>News.</p>") if site.count("/1") > 1 else (429, {"Retry-After": "1"}, b"")

    site.replies["/1"] = busy_once
    site.page("/2")
    assert fetch(tmp_path, site.feed("/1", "/2")).pages_new == 2
    first, second = [at for path, at, _ in site.asked if path == "/1"]
    assert second - first >= 0.99


@pytest.mark.parametrize("form", ["seconds", "date"])
def test_a_long_retry_after_puts_the_host_off_to_later_runs(site: Site, tmp_path: Path, form: str) -> None:
    value = "3600" if form == "seconds" else formatdate(time.time() + 3600, usegmt=True)
    site.replies["/1"] = (503, {"Retry-After": value}, b"")
    site.page("/2")
    feed = site.feed("/1", "/2")
    report = fetch(tmp_path, feed)
    assert (report.pages_failed, report.pages_left, list(report.postponed_hosts)) == (1, 1, ["127.0.0.1"])
    assert (site.count("/1"), site.count("/2")) == (1, 0)
    number = len(site.asked)
    later = fetch(tmp_path, feed)
    assert (later.has_failed, len(site.asked)) == (True, number)


def test_a_wait_of_years_lasts_a_day_and_that_of_a_missing_page_is_none(site: Site, tmp_path: Path) -> None:
    site.replies |= {"/1": (404, {"Retry-After": "9" * 20}, b""), "/2": (503, {"Retry-After": "9" * 20}, b"")}
    report = fetch(tmp_path, site.feed("/1", "/2", "/3"))
    assert (site.count("/2"), site.count("/3")) == (1, 0)
    assert "for 86400 s" in report.postponed_hosts["127.0.0.1"]


def test_a_host_that_keeps_failing_is_left_in_peace(site: Site, tmp_path: Path) -> None:
    paths = [f"/{n}" for n in range(9)]
    site.replies |= {path: (502, {}, b"") for path in paths}
    report = fetch(tmp_path, site.feed(*paths), host_failures=2, tries=2)
    assert (report.pages_failed, report.pages_left) == (2, 7)
    assert sum(site.count(path) for path in paths) == 4


def test_a_page_is_given_up_after_some_runs_or_at_once_where_that_cannot_help(site: Site, tmp_path: Path) -> None:
    site.replies["/1"] = (403, {}, b"")
    feed = site.feed("/1", "/gone")
    due = [fetch(tmp_path, feed, page_runs=2).pages_due for _ in range(3)]
    assert due == [2, 1, 0]
    assert (site.count("/1"), site.count("/gone")) == (2, 1)


def test_a_run_ends_in_time_and_the_next_goes_on(site: Site, tmp_path: Path) -> None:
    paths = [f"/{n}" for n in range(8)]
    for path in paths:
        site.page(path)
    feed = site.feed(*paths)
    opened = Event()
    site.replies["/5"] = lambda handler: opened.wait() and None
    for seconds in (1, 10, 100):  # a busy machine may not come to the first page within one
        folder = tmp_path / str(seconds)
        first = fetch(folder, feed, run_seconds=seconds)
        assert first.is_out_of_time
        if first.pages_new:
            break
    opened.set()
    assert 0 < first.pages_new < 8
    site.page("/5")
    assert fetch(folder, feed).pages_new == 8 - first.pages_new
    assert len(saved(folder)) == 8


# Misbehaviour

LONG = 400
"""Steps of a twentieth of a second that a slow server takes, unless the client hangs up."""


def drip(handler: BaseHTTPRequestHandler) -> None:
    """A byte now and then, for ever, but no silence that is long."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    for _ in range(LONG):
        handler.wfile.write(b".")
        time.sleep(0.05)


def drip_headers(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(LONG):
        handler.wfile.write(b"X-%d: y\r\n" % number)
        handler.wfile.flush()
        time.sleep(0.05)


def send_endlessly(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    while True:
        handler.wfile.write(b"<p>More.</p>" * 1_000)


def fall_silent(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(LONG * 0.05)


def reset(handler: BaseHTTPRequestHandler) -> None:
    """Hang up with a reset in the middle of the body."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b"<p>")
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()


def hang_up(handler: BaseHTTPRequestHandler) -> None:
    handler.connection.shutdown(socket.SHUT_RDWR)


def send_raw(*lines: bytes) -> Callable[[BaseHTTPRequestHandler], None]:
    return lambda handler: handler.wfile.write(b"\r\n".join(lines))


BOMB = gzip.compress(b"\0" * 50_000_000)
WRONG = {
    "loop": ((302, {"Location": "/loop"}, b""), "redirects"),
    "to a file": ((302, {"Location": "file:///etc/passwd"}, b""), "bad_url"),
    "to ftp": ((302, {"Location": "ftp://127.0.0.1/x"}, b""), "bad_url"),
    "to a password": ((302, {"Location": "http://user:secret@127.0.0.1/x"}, b""), "bad_url"),
    "to nonsense": ((302, {"Location": "http://[::1/"}, b""), "bad_url"),
    "to a bad port": ((302, {"Location": "http://127.0.0.1:99999/"}, b""), "bad_url"),
    "to nowhere": ((302, {}, b""), "http_302"),
    "to nobody": ((302, {"Location": "http://nobody.invalid/"}, b""), "unreachable"),
    "endless": (send_endlessly, "too_large"),
    "announced as long": ((200, HTML | {"Content-Length": "999999999"}, b"<p>" * 50_000), "too_large"),
    "gzip bomb": ((200, HTML | {"Content-Encoding": "gzip"}, BOMB), "too_large"),
    "double gzip": ((200, HTML | {"Content-Encoding": "gzip, gzip"}, gzip.compress(BOMB)), "encoding"),
    "brotli": ((200, HTML | {"Content-Encoding": "br"}, b"\x0b\x02\x80News.\x03"), "encoding"),
    "no gzip": ((200, HTML | {"Content-Encoding": "gzip"}, b"<p>News.</p>"), "broken"),
    "cut gzip": ((200, HTML | {"Content-Encoding": "gzip"}, gzip.compress(b"News." * 9)[:-9]), "broken"),
    "no type": ((200, {}, b"<p>News.</p>"), "wrong_type"),
    "picture": ((200, {"Content-Type": "image/png"}, b"\x89PNG"), "wrong_type"),
    "PDF": ((200, {"Content-Type": "application/pdf"}, b"%PDF"), "wrong_type"),
    "no content": ((204, HTML, b""), "http_204"),
    "partial": ((206, HTML, b"<p>"), "http_206"),
    "server error": ((500, HTML, b"<p>Sorry.</p>"), "http_500"),
    "not modified": ((304, HTML, b""), "http_304"),
    "odd bytes": (send_raw(b"HTTP/1.1 302 \xff", b"Location: \xe9://\xff", b"X: \xfe", b"", b""), "http_404"),
    "to a bad name": ((302, {"Location": "http://xn--a/"}, b""), "broken"),
    "to no label": ((302, {"Location": "http://a..b/"}, b""), "unreachable"),
    "teapot": ((418, HTML, b""), "http_418"),
    "reset": (reset, "broken"),
    "hanging up": (hang_up, "broken"),
    "short body": ((200, HTML | {"Content-Length": "1000"}, b"<p>"), "broken"),
    "no HTTP": (send_raw(b"SSH-2.0-OpenSSH", b"", b""), "broken"),
    "endless header": (send_raw(b"HTTP/1.1 200 OK", b"X: " + b"y" * 300_000, b"", b""), "broken"),
    "bad chunks": (
        send_raw(b"HTTP/1.1 200 OK", b"Content-Type: text/html", b"Transfer-Encoding: chunked", b"", b"zz", b""),
        "broken",
    ),
    "odd retry": ((429, {"Retry-After": "soon"}, b""), "http_429"),
    "retry in the past": ((429, {"Retry-After": "Thu, 01 Jan 1970 00:00:00 GMT"}, b""), "http_429"),
}


SLOW = {"/drip": drip, "/headers": drip_headers, "/silence": fall_silent}
IMPATIENT = {"read_seconds": 1.5, "request_seconds": 2, "tries": 1}


def test_what_is_slow_without_end_is_not_waited_for(site: Site, tmp_path: Path) -> None:
    site.replies |= SLOW
    pages = fetch(tmp_path, site.feed(*SLOW), **IMPATIENT)
    assert reasons(pages) == {"timeout": 3}
    feeds = fetch(tmp_path, *(Feed(f"{site.url}{path}") for path in SLOW), **IMPATIENT)
    assert reasons(feeds) == {"timeout": 3}


def serve_wrongs(site: Site) -> list[str]:
    """Serve all that is wrong; return the paths."""
    paths = {name: f"/{name.replace(' ', '-')}" for name in WRONG}
    site.replies |= {paths[name]: reply for name, (reply, _) in WRONG.items()}
    return list(paths.values())


def reasons_by_path(report: FetchReport, site: Site) -> dict[str, str]:
    return {failure.url.removeprefix(f"{site.url}/").replace("-", " "): failure.reason for failure in report.failures}


def test_each_page_that_misbehaves_fails_with_its_reason_and_the_good_one_is_saved(site: Site, tmp_path: Path) -> None:
    site.page("/good")
    report = fetch(tmp_path, site.feed(*serve_wrongs(site), "/good"), tries=1, host_failures=99)
    assert reasons_by_path(report, site) == {name: reason for name, (_, reason) in WRONG.items()}
    assert list(saved(tmp_path)) == [f"{site.url}/good"]


def test_each_feed_that_misbehaves_fails_with_its_reason_and_the_good_one_is_read(site: Site, tmp_path: Path) -> None:
    site.page("/good")
    feeds = [Feed(f"{site.url}{path}") for path in serve_wrongs(site)]
    report = fetch(tmp_path, *feeds, site.feed("/good"), tries=1, max_feed_bytes=100_000)
    otherwise = {"no type": "not_a_feed", "picture": "not_a_feed", "PDF": "not_a_feed"}
    expected = {name: otherwise.get(name, reason) for name, (_, reason) in WRONG.items() if name != "not modified"}
    assert reasons_by_path(report, site) == expected
    assert (report.pages_new, report.feeds_unchanged, report.has_failed) == (1, 1, False)


@pytest.mark.parametrize(("name", "asked"), [("reset", 3), ("server error", 3), ("picture", 1), ("loop", 6)])
def test_only_what_may_help_is_tried_again(site: Site, tmp_path: Path, name: str, asked: int) -> None:
    site.replies["/loop"], _ = WRONG[name]
    fetch(tmp_path, site.feed("/loop"))
    assert site.count("/loop") == asked


def test_robots_that_misbehave_close_the_host_without_harm(site: Site, tmp_path: Path) -> None:
    site.replies["/robots.txt"] = drip
    assert reasons(fetch(tmp_path, site.feed("/1"), **IMPATIENT)) == {"timeout": 1}
    site.replies["/robots.txt"] = (200, {}, b"Disallow: /\n" * 100_000 + b"\xff\0")
    site.page("/1")
    assert fetch(tmp_path, site.feed("/1")).pages_new == 1


def test_a_huge_feed_gives_its_first_pages_only(site: Site, tmp_path: Path) -> None:
    feed = site.feed(*(f"/{n}" for n in range(2_000)))
    assert fetch(tmp_path, feed, max_feed_pages=3, host_failures=99).pages_due == 3
    feed = site.feed(*(f"/{n}" for n in range(9_000)))
    assert reasons(fetch(tmp_path / "again", feed)) == {"too_large": 1}


SPARE_PARTS = (
    *(b"\r\n", b"\n", b"\0", b"\xff", b"Location: http://[x\r\n", b"Location: //\xe9\xe9/\r\n", b"Set-Cookie: =\r\n"),
    *(b"Content-Length: -1\r\n", b"Content-Length: 99999999999999999999\r\n", b"Transfer-Encoding: gzip\r\n"),
    *(
        b"Set-Cookie: a=b; expires=" + b"1" * 20_000 + b"\r\n",
        b"Retry-After: " + b"(" * 20 + b"\r\n",
        b"FFFFFFFFFFFFFFF\r\n",
    ),
)


def mutate(random: Random, reply: bytes) -> bytes:
    """The reply with some bytes cut out and others, or odd header lines, put in."""
    parts = bytearray(reply)
    for _ in range(random.randint(1, 4)):
        at = random.randrange(len(parts) + 1)
        parts[at : at + random.choice((0, 1, 9))] = random.choice(SPARE_PARTS)
        at = parts.find(b"\r\n") + 2
        parts[at:at] = random.choice(SPARE_PARTS)
    return bytes(parts)


def test_no_reply_however_odd_ends_the_fetch(site: Site, tmp_path: Path) -> None:
    random = Random(19)
    page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: 5\r\n\r\n<p>Ne"
    moved = b"HTTP/1.1 302 Found\r\nLocation: /x?a=b\r\nSet-Cookie: a=b; Domain=.127.0.0.1; Max-Age=5\r\n\r\n"
    paths = [f"/{n}" for n in range(100)]
    site.replies |= {path: send_raw(mutate(random, random.choice((page, moved)))) for path in paths}
    report = fetch(tmp_path, site.feed(*paths), tries=1, host_failures=999)
    assert (report.pages_due, report.pages_left) == (100, 0)
    assert len(records(tmp_path)) == report.pages_new


def test_what_the_system_says_of_a_broken_connection_reaches_the_user(tmp_path: Path) -> None:
    (failure,) = fetch(tmp_path, Feed("http://127.0.0.1:9/feed"), tries=1).failures
    assert failure.detail == "robots.txt of http://127.0.0.1:9: Connection refused"


def test_only_public_addresses_are_asked_unless_allowed(site: Site, tmp_path: Path) -> None:
    port = site.server.server_port
    feeds = [Feed(f"http://{host}:{port}/feed") for host in ("127.0.0.1", "localhost", "2130706433", "[::1]")]
    report = fetch(tmp_path, *feeds, allow_private=False)
    assert report.has_failed
    assert reasons(report) == {"private_address": 4}
    assert site.asked == []
