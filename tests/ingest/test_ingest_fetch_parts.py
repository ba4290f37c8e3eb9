"""The rules of fetching, one by one: lists, links, feeds, addresses, certificates, memory and files."""

import datetime
import errno
import ssl
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from threading import Thread

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pydantic import ValidationError

from quotidian.tasks.ingest.fetch.addresses import is_public, trusted_authorities
from quotidian.tasks.ingest.fetch.declared import read_declared, write_declared
from quotidian.tasks.ingest.fetch.entries import Entry, read_entries
from quotidian.tasks.ingest.fetch.failure import FetchFailed
from quotidian.tasks.ingest.fetch.feed_list import BadFeedList, Feed, read_feed_list
from quotidian.tasks.ingest.fetch.feeds import fetch_feeds
from quotidian.tasks.ingest.fetch.links import origin_of, read_link
from quotidian.tasks.ingest.fetch.request import Answer, read_retry_after
from quotidian.tasks.ingest.fetch.settings import FetchSettings
from quotidian.tasks.ingest.fetch.state import FILE, FetchState, Page, StateDamaged
from quotidian.tasks.ingest.fetch.warc_files import WarcFolder
from quotidian.tasks.ingest.settings import IngestSettings

FEED = Feed("http://x.example/feed")


def rss(*items: str, head: str = "") -> bytes:
    return f'<?xml version="1.0"?>{head}<rss version="2.0"><channel>{"".join(items)}</channel></rss>'.encode()


def item(link: str, more: str = "") -> str:
    return f"<item><link>{link}</link>{more}</item>"


# The list of feeds


def test_a_list_of_feeds_has_addresses_and_what_is_said_of_them(tmp_path: Path) -> None:
    path = tmp_path / "feeds.csv"
    path.write_text(
        "\ufeffoutlet,url,note\n Daily ,https://a.example/rss#x,mine\n,http://b.example/\nLater,https://a.example/rss,\n"
    )
    assert read_feed_list(path) == [Feed("https://a.example/rss", "Daily"), Feed("http://b.example/")]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "no column 'url'"),
        ("http://a.example/\n", "has a column 'http://a.example/'"),
        ("url,outlets\nhttp://a.example/,X\n", "has a column 'outlets'"),
        ("url\n", "lists no feed"),
        ("url\nftp://a.example/\n", "line 2: only http and https"),
        ("url,outlet\n,X\n", "line 2: only http and https"),
        ("url\nhttp://user:secret@a.example/\n", "line 2: the address at a.example holds a user name"),
        ("url,outlet\nhttp://a.example/,Daily, The\n", "line 2, has more fields"),
        ("url\n\udcff\n", "no CSV file in UTF-8"),
        (f"url\nhttp://a.example/{'x' * 200_000}\n", "no CSV file"),
    ],
)
def test_a_list_that_cannot_be_read_is_refused_with_its_line(tmp_path: Path, text: str, complaint: str) -> None:
    path = tmp_path / "feeds.csv"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(BadFeedList, match=complaint):
        read_feed_list(path)


# Links


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("/a", "https://x.example/a"),
        ("b?q=1#top", "https://x.example/news/b?q=1"),
        ("//y.example/c", "https://y.example/c"),
        (" http://Y.example:80/d ", "http://y.example/d"),
        ("http://xn--a/", "http://xn--a/"),
        ("https://bücher.example/ö w", "https://xn--bcher-kva.example/%C3%B6%20w"),
    ],
)
def test_links_become_whole_addresses(link: str, url: str) -> None:
    assert read_link(link, "https://x.example/news/feed") == url


@pytest.mark.parametrize(
    "link",
    [
        "",
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "gopher://x.example/",
        "http://",
        "http:///etc",
        "http://x.example:0/",
        "http://x.example:65536/",
        "http://x.example:port/",
        "http://[::1",
        "http://me@x.example/",
        "http://x.example/\x00",
        "http://x\u0000.example/",
        f"http://x.example/{'a' * 9_000}",
        f"http://{'a' * 300}.example/" * 40,
    ],
)
def test_other_links_are_refused(link: str) -> None:
    with pytest.raises(FetchFailed, match="bad_url"):
        read_link(link)


def test_an_origin_is_scheme_host_and_port() -> None:
    assert origin_of("https://X.example:443/a?b") == "https://x.example"
    assert origin_of("http://x.example:81/a") == "http://x.example:81"


# Feeds


def test_entries_have_address_and_date_in_the_order_of_the_feed() -> None:
    date = "<pubDate>Mon, 19 Jun 2023 10:00:00 GMT</pubDate>"
    body = rss(item("/2", date), item("mailto:x@y"), "<item/>", item("/1"), item("/2#again"))
    expected = [Entry("http://x.example/2", "Mon, 19 Jun 2023 10:00:00 GMT"), Entry("http://x.example/1")]
    assert read_entries(body, FEED.url, 9) == expected
    assert read_entries(body, FEED.url, 1) == expected[:1]


def test_atom_is_read_too() -> None:
    body = (
        b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><link rel="alternate" href="/1"/>'
        b"<updated>2023-06-19T10:00:00Z</updated></entry></feed>"
    )
    assert read_entries(body, FEED.url, 9) == [Entry("http://x.example/1", "2023-06-19T10:00:00Z")]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\0" * 100,
        b"<html><p>News.</p></html>",
        b"{}",
        b"<" * 10_000,
        b"<!DOCTYPE x [" * 1_000,
        b"\xff\xfe",
        rss(item("/1", "<title>&#99999999999;</title>")),
        rss(item("/1", "<title>&#55296;</title>")),
        b"<?xml encoding='\xff'?><rss>",
    ],
)
def test_what_is_no_feed_is_refused(body: bytes) -> None:
    with pytest.raises(FetchFailed, match="not_a_feed"):
        read_entries(body, FEED.url, 9)


@pytest.mark.parametrize(
    "body",
    [
        rss(item("/1"))[:-20],
        rss(item("/1"), "<item><title>&nbsp; &bogus; <b></title>"),
        rss(item("/1"), "\x01\x02"),
        b"\n\n junk before " + rss(item("/1")),
        rss(item("/1"), "caf\xe9").replace("é".encode(), b"\xe9"),
        rss(item("/1"), "<a>" * 20_000),
    ],
)
def test_the_whole_entries_of_a_broken_feed_are_read(body: bytes) -> None:
    assert read_entries(body, FEED.url, 9) == [Entry("http://x.example/1")]


def test_a_feed_however_odd_gives_entries_or_is_refused() -> None:
    random = Random(19)
    whole = rss(item("/1", "<title>T</title><pubDate>Mon, 19 Jun 2023 10:00:00 GMT</pubDate>"), item("/2"))
    spare = (
        b"<",
        b"&",
        b"&#99999999999;",
        b"&#55296;",
        b"]]>",
        b"<![CDATA[",
        b"\0",
        b"\xff",
        b"encoding='\xff'",
        b"<a:b>",
    )
    for _ in range(300):
        body = bytearray(whole)
        for _ in range(random.randint(1, 6)):
            at = random.randrange(len(body))
            body[at : at + random.choice((0, 1, 30))] = random.choice(spare)
        with suppress(FetchFailed):
            entries = read_entries(bytes(body), FEED.url, 9)
            assert all(entry.url.startswith("http") for entry in entries)


def test_entities_neither_explode_nor_read_files(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("http://x.example/secret")
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<!DOCTYPE x [<!ENTITY l0 "lol">{levels}<!ENTITY f SYSTEM "{secret.as_uri()}">]>'
    entries = read_entries(rss(item("/1", "<title>&l9;</title>"), item("&f;"), item("/&l9;"), head=head), FEED.url, 9)
    assert entries[0] == Entry("http://x.example/1")
    assert all("secret" not in entry.url and len(entry.url) < 100 for entry in entries)


# Addresses and certificates


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"),
        *("255.255.255.255", "224.0.0.1", "192.0.2.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::127.0.0.1", "2002:7f00:1::", "2001:db8::1"),
        *("64:ff9b:1::7f00:1", "::127.0.0.1", "::1.1.1.1", "::ffff:0:7f00:1", "::ffff:0:101:101", "fec0::1"),
        *("168.63.129.16", "::ffff:168.63.129.16", "64:ff9b::168.63.129.16", "192.88.99.1", "5f00::1", "3fff::1"),
    ],
)
def test_addresses_that_the_internet_cannot_reach(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "93.184.216.34", "2606:4700::1111", "::ffff:1.1.1.1"])
def test_addresses_that_the_internet_can_reach(address: str) -> None:
    assert is_public(address)


class OnePage(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = rss(item("/page")) if self.path == "/feed" else b"<p>News.</p>"
        self.send_response(404 if self.path == "/robots.txt" else 200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


class QuietServer(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """A client that does not like the certificate hangs up."""


def certify(folder: Path, *names: str) -> Path:
    """A certificate that signs itself, for some host names, with its key in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "test")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(n) for n in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "certificate.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return path


@pytest.fixture
def tls_port(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A server whose certificate is for localhost and is believed."""
    path = certify(tmp_path, "localhost")
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    trusted_authorities.cache_clear()
    server = QuietServer(("127.0.0.1", 0), OnePage)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield server.server_port
    server.shutdown()
    server.server_close()
    thread.join()
    trusted_authorities.cache_clear()


def test_certificates_are_checked_against_the_name_of_the_host(tls_port: int, tmp_path: Path) -> None:
    settings = FetchSettings(allow_private=True, delay_seconds=0, backoff_seconds=0, tries=1)
    good, bad = (Feed(f"https://{host}:{tls_port}/feed") for host in ("localhost", "127.0.0.1"))
    assert fetch_feeds([good], tmp_path / "good", settings).pages_new == 1
    (failure,) = fetch_feeds([bad], tmp_path / "bad", settings).failures
    assert failure.reason == "unreachable"
    assert "certificate" in failure.detail


# Retry-After and settings


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("7", 7),
        (" 0 ", 0),
        ("-5", None),
        ("1.5", None),
        ("soon", None),
        ("", None),
        ("٣", None),
        ("9" * 5_000, 1e29),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ("Thu, 99 Jan 99999 00:00:00 GMT", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(value: str, seconds: float | None) -> None:
    headers = [(b"retry-after", value.encode())]
    assert read_retry_after(httpx.Response(503, headers=headers)) == seconds


@pytest.mark.parametrize("agent", ["", " ", "Ünal/1", "a\r\nX: y", "a\n"])
def test_a_user_agent_is_one_line_of_ascii(agent: str) -> None:
    with pytest.raises(ValidationError):
        FetchSettings(user_agent=agent)


def test_the_documentation_names_every_setting_as_it_is() -> None:
    text = (Path(__file__).parents[2] / "docs" / "fetch.md").read_text(encoding="utf-8")
    rows = [line.split(" | ") for line in text.splitlines() if line.startswith("| `")]
    documented = {row[0].strip("| `"): row[2].removesuffix(" |") for row in rows}
    assert documented == {name: field.description for name, field in FetchSettings.model_fields.items()}


# Memory and files


def test_the_state_knows_what_is_left(tmp_path: Path) -> None:
    state = FetchState(tmp_path)
    other = Feed("http://y.example/feed")
    state.add_entries(FEED, [Entry(f"http://x.example/{n}") for n in range(4)], '"e"', None)
    state.add_entries(other, [Entry("http://y.example/1"), Entry("http://x.example/0")], None, None)
    pages = state.pending([FEED])
    state.mark_fetched([(pages[0].url, "http://x.example/moved")])
    state.mark_failed(pages[1], FetchFailed("http_404", ""), 3)
    state.mark_failed(pages[2], FetchFailed("timeout", ""), 2)
    assert [p.url for p in state.pending([FEED])] == ["http://x.example/2", "http://x.example/3"]
    state.mark_failed(pages[2], FetchFailed("timeout", ""), 2)
    state.close()
    again = FetchState(tmp_path)
    assert [p.url for p in again.pending([FEED])] == ["http://x.example/3"]
    assert [p.url for p in again.pending([other])] == ["http://y.example/1"]
    assert (again.is_fetched("http://x.example/moved#x"), again.is_fetched("http://x.example/1")) == (True, False)
    assert again.validators(FEED.url) == {"If-None-Match": '"e"'}
    again.close()


def test_a_wait_is_forgotten_when_it_is_over(tmp_path: Path) -> None:
    state = FetchState(tmp_path)
    state.note_waits({"a": 60, "b": -1})
    assert list(state.waiting_hosts()) == ["a"]
    state.close()


def test_a_state_that_is_none_says_so(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"no database" * 100)
    with pytest.raises(StateDamaged, match="remove it"):
        FetchState(tmp_path)


def test_declared_words_cannot_break_out_of_their_field() -> None:
    written = write_declared({"outlet": "A\r\nWARC-Type: x\x85\u2028y", "section": None, "published": " \n"})
    assert written == {"Quotidian-Outlet": "A WARC-Type: x y"}
    assert read_declared(written.get) == {"outlet": "A WARC-Type: x y"}


def answer(url: str, body: bytes = b"<p>News.</p>") -> Answer:
    return Answer(url, 200, "OK", httpx.Headers([(b"Content-Type", b"text/html"), (b"X-Odd", b'\xff"; a\xe9')]), body)


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from warcio.warcwriter import WARCWriter

    safe: list[tuple[str, str]] = []
    warcs = WarcFolder(tmp_path, FetchSettings(pages_a_file=2), safe.extend)
    pages = [Page(f"http://x.example/{n}", FEED.url) for n in range(4)]
    for page in pages[:3]:
        warcs.save(page, answer(page.url))
    assert [path.name for path in warcs.files] == [p.name for p in tmp_path.glob("[!.]*")]
    assert [url for url, _ in safe] == [page.url for page in pages[:2]]

    def fill_disk(self: WARCWriter, record: object) -> None:
        self.out.write(b"torn")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(WARCWriter, "write_record", fill_disk)
    with pytest.raises(OSError, match="No space"):
        warcs.save(pages[3], answer(pages[3].url))
    warcs.end_file()
    assert [p.name for p in tmp_path.iterdir()] == [path.name for path in warcs.files]
    assert len(safe) == 2


def test_an_interrupted_fetch_keeps_what_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from quotidian.tasks.ingest.fetch import feeds as module

    async def visit(self: object, url: str, *_: object, **__: object) -> Answer:
        if url == "http://x.example/2":
            raise KeyboardInterrupt
        return answer(url, rss(*(item(f"/{n}") for n in range(4))))

    monkeypatch.setattr(module.Visitor, "visit", visit)
    with pytest.raises(KeyboardInterrupt):
        fetch_feeds([FEED], tmp_path, FetchSettings())
    assert len(list(tmp_path.glob("fetch-*.warc.gz"))) == 1
    state = FetchState(tmp_path)
    assert [page.url for page in state.pending([FEED])] == ["http://x.example/2", "http://x.example/3"]
    state.close()


def test_a_page_that_is_fetched_is_one_that_run_takes() -> None:
    assert FetchSettings().max_page_bytes <= IngestSettings().max_record_bytes
