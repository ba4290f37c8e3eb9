"""Reading takes no longer than its bytes ask for: four times as much of a shape takes at most six times as long."""

import gzip
import io
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from growth import outgrows

from quotidian.tasks.ingest.pages import fragment_text, page_text
from quotidian.tasks.ingest.settings import IngestSettings
from quotidian.tasks.ingest.sources import read_sources

pytestmark = pytest.mark.scale
FLOOR = 0.6
"""Seconds of processor time that are too few to judge by."""
Shape = Callable[[int], bytes]


def assert_grows_with_size(run: Callable[[int], object], count: int) -> None:
    run(20)  # what is imported on the way
    assert not outgrows(run, 4 * count, FLOOR)


def write_feed(inner: str) -> bytes:
    return f"<rss version='2.0'><channel><title>News</title>{inner}</channel></rss>".encode()


def write_attributes(count: int, mark: str = "") -> str:
    return " ".join(f"a{n}={mark}1{mark}" for n in range(count))


def write_pax(count: int, record: bytes) -> bytes:
    """Tar headers that say nothing in 60 kB each."""
    entry = tarfile.TarInfo("a.txt")
    entry.type, entry.size = tarfile.XHDTYPE, 60_000
    payload = record * (60_000 // len(record))
    return (entry.tobuf() + payload.ljust(60_416, b"\x00")) * count + tarfile.TarInfo("b.txt").tobuf() + bytes(1024)


def write_record(head: bytes) -> bytes:
    fields = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: %d\r\n\r\n"
    return fields % len(head) + head


FILES: dict[str, tuple[str, int, Shape]] = {
    "json, bad elements": ("a.json", 10_000, lambda n: b"[" + b"{x}," * n + b"{}]"),
    "json, bad objects": ("a.json", 10_000, lambda n: b"{x}" * n),
    "json, good elements behind a bad one": ("a.json", 5_000, lambda n: b'[{x},{"text":"a"}' + b',{"text":"a"}' * n),
    "json, open brackets": ("a.json", 400_000, lambda n: b"[" * n),
    "json, open objects": ("a.json", 100_000, lambda n: b'{"a":' * n),
    "json, open quotation marks": ("a.json", 200_000, lambda n: b'["' * n),
    "json, backslashes": ("a.json", 1_000_000, lambda n: b'[{"' + b"\\" * n),
    "json, blanks": ("a.json", 400_000, lambda n: b"[" + b" " * n + b"]"),
    "json, wrapped records": ("a.json", 5_000, lambda n: b'{"articles":[' + b"{}," * n + b"{}]}"),
    "json lines, rejected": ("a.jsonl", 5_000, lambda n: b"{}\n" * n),
    "csv, rows": ("a.csv", 3_000, lambda n: b"text,title\n" + b"a,b\n" * n),
    "csv, cells": ("a.csv", 400_000, lambda n: b"text,title\n" + b"," * n),
    "csv, columns": (
        "a.csv",
        10_000,
        lambda n: ",".join(["text", *map(str, range(n))]).encode() + b"\na" + b",a" * n,
    ),
    "csv, quotation marks": ("a.csv", 400_000, lambda n: b"text,title\n" + b'"' * n),
    "feed, items": ("a.rss", 1_000, lambda n: write_feed("<item/>" * n)),
    "feed, open items": ("a.rss", 1_000, lambda n: write_feed("<item>" * n)),
    "feed, attributes": ("a.rss", 4_000, lambda n: write_feed(f"<item {write_attributes(n, chr(39))}/>")),
    "feed, attributes in a title": (
        "a.rss",
        8_000,
        lambda n: write_feed(f"<item><title>&lt;a z='>' {write_attributes(n)}&gt;x</title></item>"),
    ),
    "feed, no XML": ("a.rss", 100_000, lambda n: write_feed("<item><title>" + "&" * n)),
    "feed, categories": (
        "a.rss",
        8_000,
        lambda n: write_feed("<item>" + "".join(f"<category>{k}</category>" for k in range(n)) + "</item>"),
    ),
    "feed, depth": ("a.rss", 2_000, lambda n: write_feed("<a>" * n)),
    "feed, entities": ("a.rss", 50_000, lambda n: write_feed("<item><title>" + "&x;" * n)),
    "tar, digits in headers": ("a.tar", 30, lambda n: write_pax(n, b"1")),
    "tar, records in headers": ("a.tar", 30, lambda n: write_pax(n, b"7 a=bc\n")),
    "tar, records of no length": ("a.tar", 30, lambda n: write_pax(n, b"1 a=bc\n")),
    "tar, entries": ("a.tar", 500, lambda n: tarfile.TarInfo("a.txt").tobuf() * n + bytes(1024)),
    "gzip, members": ("a.gz", 20_000, lambda n: gzip.compress(b"", mtime=0) * n),
    "warc, fields": ("a.warc", 20_000, lambda n: b"WARC/1.0\r\n" + b"A: b\r\n" * n + b"\r\n"),
    "warc, records": ("a.warc", 10_000, lambda n: b"WARC/1.0\r\nContent-Length: 0\r\n\r\n\r\n\r\n" * n),
    "warc, fields of the server": (
        "a.warc",
        25_000,
        lambda n: write_record(b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * n + b"\r\n"),
    ),
}
PAGES: dict[str, tuple[int, Callable[[int], str]]] = {
    "spans in a paragraph": (10_000, lambda n: "<p>" + "<span>a </span>" * n),
    "open spans": (16_000, lambda n: "<p>" + "<span>a " * n),
    "open paragraphs": (16_000, lambda n: "<p>a " * n),
    "paragraphs": (10_000, lambda n: "<p>a</p>" * n),
    "bold words": (10_000, lambda n: "<p>" + "<b>a</b>" * n),
    "links": (10_000, lambda n: "<p>" + "<a href=x>a</a> " * n),
    "breaks": (16_000, lambda n: "<p>" + "a<br>" * n),
    "cells": (16_000, lambda n: "<table><tr>" + "<td>a" * n),
    "items": (16_000, lambda n: "<ul>" + "<li>a" * n),
    "divisions in divisions": (16_000, lambda n: "<div>" * n + "a"),
    "comments": (16_000, lambda n: "<!--a-->" * n),
    "open comments": (16_000, lambda n: "<!--" * n),
    "closing tags": (16_000, lambda n: "</p>" * n),
    "attributes": (10_000, lambda n: f"<p {write_attributes(n)}>a"),
    "attributes behind a quoted bracket": (10_000, lambda n: f"<p z='>' {write_attributes(n)}>a"),
    "attributes behind another tag": (10_000, lambda n: f"<p z='<' {write_attributes(n)}>a"),
    "open quotation marks": (20_000, lambda n: "<a b='" * n),
    "signs": (200_000, lambda n: "<" * n),
    "entities": (100_000, lambda n: "&amp;" * n),
    "blanks": (400_000, lambda n: "<p>a" + " " * n + "b"),
    "one word": (400_000, lambda n: "<p>" + "a" * n),
    "sentences": (100_000, lambda n: "<p>" + "a. " * n),
}


@pytest.mark.parametrize("shape", FILES)
def test_files(tmp_path: Path, shape: str) -> None:
    name, count, build = FILES[shape]

    def run(number: int) -> None:
        (tmp_path / name).write_bytes(build(number))
        for input_ in read_sources([tmp_path / name], IngestSettings(max_record_bytes=2**30)):
            input_.row()

    assert_grows_with_size(run, count)


@pytest.mark.parametrize("read", [page_text, fragment_text], ids=["page", "fragment"])
@pytest.mark.parametrize("shape", PAGES)
def test_pages(shape: str, read: Callable[[str], str]) -> None:
    count, build = PAGES[shape]
    assert_grows_with_size(lambda number: read(f"<html><body>{build(number)}</body></html>"), count)


def test_a_zip_whose_entries_share_their_bytes(make_zip, tmp_path: Path) -> None:
    payload = make_zip({"a.txt": b"News."})
    start, end = payload.index(b"PK\x01\x02"), payload.index(b"PK\x05\x06")

    def run(number: int) -> None:
        directory = payload[start:end] * number
        file = io.BytesIO(payload[:start] + directory + payload[end : end + 12])
        file.seek(0, io.SEEK_END)
        file.write(len(directory).to_bytes(4, "little") + start.to_bytes(4, "little") + bytes(2))
        (tmp_path / "a.zip").write_bytes(file.getvalue())
        for input_ in read_sources([tmp_path / "a.zip"], IngestSettings()):
            input_.row()

    assert_grows_with_size(run, 2_000)
