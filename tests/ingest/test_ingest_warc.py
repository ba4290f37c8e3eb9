"""Web archives: each successful answer with a page is an input."""

import gzip
import zlib

import pyarrow as pa
import pytest


def test_pages_are_inputs_and_the_rest_is_passed_over(read_file, make_record, page, text_of, sentence) -> None:
    records = [
        make_record("https://X.com/a?utm_source=b", page.encode()),
        make_record("https://x.com/i.png", b"\x89PNG", "image/png"),
        make_record("https://x.com/gone", page.encode(), status="404 Not Found"),
        make_record("https://x.com/a", page.encode(), kind="request"),
        make_record("https://x.com/x", page.encode(), "application/xhtml+xml"),
    ]
    first, second = read_file("a.warc", b"".join(records))
    assert (first.url, first.position, first.media_type) == ("https://x.com/a", 1, "text/html; charset=utf-8")
    assert (second.url, second.position) == ("https://x.com/x", 5)
    assert text_of(first).startswith(f"Bridge opens\n{sentence}")


@pytest.mark.parametrize("packing", ["gzip", "deflate"])
def test_packed_bodies_are_unpacked(read_file, make_record, page, packing: str) -> None:
    packed = {"gzip": gzip.compress, "deflate": zlib.compress}[packing](page.encode())
    (input_,) = read_file("a.warc", make_record("https://x.com/a", packed, headers=f"Content-Encoding: {packing}\r\n"))
    assert input_.payload == page.encode()


def test_bodies_of_unknown_packing_are_rejected(read_file, make_record) -> None:
    packed = b"\x1b\x2f\x00\xf8\x8d\x14\x01\x02\x9e\x05\x06"
    (input_,) = read_file("a.warc", make_record("https://x.com/a", packed, headers="Content-Encoding: br\r\n"))
    assert (input_.reject_reason, input_.url) == ("unknown_packing", "https://x.com/a")


@pytest.mark.parametrize("named", ["br", "zstd", "x-gzip", "none", "gzip, br", "utf-8"])
def test_the_bytes_say_how_a_body_is_packed(read_file, make_record, page, named: str) -> None:
    headers = f"Content-Encoding: {named}\r\n"
    for body in (page.encode(), gzip.compress(page.encode())):
        (input_,) = read_file("a.warc", make_record("https://x.com/a", body, headers=headers))
        assert (input_.reject_reason, input_.payload) == (None, page.encode())


@pytest.mark.parametrize("named", ["", "gzip"])
def test_a_body_that_is_packed_otherwise_than_its_header_says(read_file, make_record, page, named: str) -> None:
    headers = f"Content-Encoding: {named}\r\n" if named else ""
    (input_,) = read_file("a.warc", make_record("https://x.com/a", zlib.compress(page.encode()), headers=headers))
    assert input_.payload == page.encode()


def test_a_body_in_brotli_is_read(read_file, make_record, page) -> None:
    packed = pa.compress(page.encode(), "brotli", asbytes=True)
    (input_,) = read_file("a.warc", make_record("https://x.com/a", packed, headers="Content-Encoding: br\r\n"))
    assert input_.payload == page.encode()


@pytest.mark.parametrize("headers", ["", "Transfer-Encoding: Chunked\r\n", "Transfer-Encoding: gzip, chunked\r\n"])
def test_sizes_of_chunks_are_no_text(read_file, make_record, page, headers: str) -> None:
    body = gzip.compress(page.encode()) if "gzip" in headers else page.encode()
    chunks = b"".join(b"%X;a=1\r\n%s\r\n" % (len(part), part) for part in (body[:100], body[100:])) + b"0\r\n\r\n"
    (input_,) = read_file("a.warc", make_record("https://x.com/a", chunks, headers=headers))
    assert input_.payload == page.encode()


def test_a_packed_body_unpacks_to_no_more_than_a_page_may_have(read_file, make_record) -> None:
    body = gzip.compress(b"<p>" + b"x" * 5_000_000)
    (input_,) = read_file("a.warc", make_record("https://x.com/a", body, headers="Content-Encoding: x-gzip\r\n"))
    assert input_.reject_reason == "too_large"


@pytest.mark.parametrize(
    "headers", ["A: b\r\n" * 200_000, "A: b\r\n " + "c\r\n " * 300_000], ids=["many", "one in many lines"]
)
def test_a_header_without_an_end_is_damage(read_file, make_record, page, headers: str) -> None:
    good = make_record("https://x.com/a", page.encode())
    first, second = read_file("a.warc", good + make_record("https://x.com/b", page.encode(), headers=headers))
    assert (first.reject_reason, second.reject_reason) == (None, "damaged")
    assert "1000000 bytes" in second.reject_detail


def test_chunked_bodies_are_joined(read_file, make_record, page) -> None:
    body = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (page[:500].encode(), page[500:].encode()))
    record = make_record("https://x.com/a", body + b"0\r\n\r\n", headers="Transfer-Encoding: chunked\r\n")
    assert read_file("a.warc", record)[0].payload == page.encode()


def test_each_record_packed_alone(read_file, make_record, page) -> None:
    records = [make_record(f"https://x.com/{n}", page.encode()) for n in range(3)]
    assert len(read_file("a.warc.gz", b"".join(map(gzip.compress, records)))) == 3


def test_the_server_tells_the_encoding(read_file, make_record, text_of) -> None:
    body = "<html><body><p>Caf\u00e9 \u201cquoted\u201d words of the story, and more of them.</p></body></html>".encode(
        "cp1252"
    )
    (input_,) = read_file("a.warc", make_record("https://x.com/a", body, "text/html; charset=ISO-8859-1"))
    assert "Caf\u00e9 \u201cquoted\u201d" in text_of(input_)


def test_what_the_feed_told_when_the_page_was_fetched(read_file, make_record, page) -> None:
    fields = "Quotidian-Outlet: The Daily\r\nQuotidian-Published: 2023-06-19T10:00:00Z\r\n"
    (input_,) = read_file("a.warc", make_record("https://x.com/a", page.encode(), fields=fields))
    assert (input_.outlet, input_.published, input_.section) == ("The Daily", "2023-06-19T10:00:00Z", None)


@pytest.mark.parametrize(
    ("body", "reason"), [(b"", "empty"), (b"\x01\x02\x03" * 100, "binary"), (b"<p>x</p>" * 1_000, "too_large")]
)
def test_pages_that_cannot_be_articles(read_file, make_record, page, body: bytes, reason: str) -> None:
    records = make_record("https://x.com/a", body) + make_record("https://x.com/b", b"<p>One.</p>")
    first, second = read_file("a.warc", records, max_record_bytes=5_000)
    assert (first.reject_reason, first.url, second.reject_reason) == (reason, "https://x.com/a", None)


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("damage", ["cut", "garbage", "length"])
def test_what_comes_before_the_damage_is_kept(read_file, make_record, page, packed: bool, damage: str) -> None:
    one, two, three = (make_record(f"https://x.com/{n}", page.encode()) for n in (1, 2, 3))
    broken = {
        "cut": two[:-500],
        "garbage": b"\r\n\r\nno record at all\r\n\r\n" + three,
        "length": two.replace(b"Content-Length: ", b"Content-Length: 9") + three,
    }[damage]
    payload = gzip.compress(one) + gzip.compress(broken) if packed else one + broken
    inputs = read_file("a.warc", payload)
    assert (inputs[0].url, inputs[0].reject_reason) == ("https://x.com/1", None)
    assert inputs[-1].reject_reason == "damaged"
    assert len([i for i in inputs if i.reject_reason]) == 1


def test_a_packed_file_that_is_cut(read_file, make_record, page) -> None:
    records = [gzip.compress(make_record(f"https://x.com/{n}", page.encode())) for n in range(3)]
    inputs = read_file("a.warc.gz", b"".join(records)[:-100])
    assert [i.reject_reason for i in inputs] == [None, None, "damaged"]


def test_a_page_without_an_answer_of_a_server_is_read(read_file, page) -> None:
    head = "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: https://x.com/a\r\nWARC-Date: 2023-06-19T10:00:00Z\r\n"
    records = [
        f"{head}Content-Type: {kind}\r\nContent-Length: {len(page.encode())}\r\n\r\n{page}\r\n\r\n"
        for kind in ("text/html", "text/css")
    ]
    (input_,) = read_file("a.warc", "".join(records).encode())
    assert (input_.url, input_.payload) == ("https://x.com/a", page.encode())
