"""What a file is, is told by its bytes; its ending decides only what they leave open."""

import gzip

import pytest

from quotidian.tasks.ingest.kinds import sniff_kind
from quotidian.tasks.ingest.settings import IngestSettings


@pytest.mark.parametrize(
    ("head", "name", "kind"),
    [
        (gzip.compress(b"x", mtime=0), "a", "gzip"),
        (b"\x28\xb5\x2f\xfd\x00", "a.txt", "zstd"),
        (b"PK\x03\x04...", "a.txt", "zip"),
        (b"PAR1....", "a", "parquet"),
        (b"WARC/1.0\r\n", "a", "warc"),
        (b"a.txt" + bytes(252) + b"ustar\x0000", "a", "tar"),
        (b"<!DOCTYPE html><html>", "a.txt", "html"),
        (b"\xef\xbb\xbf \n<!-- made by hand --><HTML lang=en>", "a", "html"),
        (b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN" "x"><html>', "a", "html"),
        ("<!doctype html><p>Naïve".encode("utf-16"), "a", "html"),
        (b"Just words.", "a.html", "html"),
        (b"<p>One paragraph</p>", "a", "html"),
        (b'<?xml version="1.0"?>\n<rss version="2.0"><channel>', "a.txt", "feed"),
        (b'<feed xmlns="http://www.w3.org/2005/Atom">', "a", "feed"),
        (b'<rdf:RDF xmlns="http://purl.org/rss/1.0/">', "a", "feed"),
        (b'<!DOCTYPE rss [<!ENTITY a "b">]><rss>', "a", "feed"),
        (b'<?xml version="1.0"?><urlset/>', "a", "xml"),
        (b"<b>Fire</b> destroyed a house.", "a", "html"),
        (b"<The band> plays on.", "a", "text"),
        (b'{"text": "One."}\n{"text": "Two."}\n', "a", "jsonl"),
        (b'{"text": "One."}', "a", "json"),
        (b'{\n  "text": "One."\n}', "a.txt", "json"),
        (b'[{"text": "One."}]', "a", "json"),
        (b"[Editor's note: this story was changed.]", "a", "text"),
        (b"{Curly} words", "a", "text"),
        (b"no json", "a.json", "json"),
        (b"anything", "a.NDJSON", "jsonl"),
        (b"anything", "a.csv", "csv"),
        (b"title,text\nHead,Words.", "a", "csv"),
        (b"url;Title;BODY\nu;Head;Words.", "a", "csv"),
        (b'"title"\t"text"\nHead\tWords.', "a", "csv"),
        (b"Body, soul, and text\nare what he wrote about.", "a", "text"),
        (b"Text of the speech, as delivered\nGood evening.", "a", "text"),
        (b"text,title", "a", "text"),
        (b"\x7fELF\x00\x00", "a.txt", "binary"),
        (b"", "a", "text"),
    ],
)
def test_kind_by_content(head: bytes, name: str, kind: str) -> None:
    assert sniff_kind(head, name, IngestSettings()) == kind
