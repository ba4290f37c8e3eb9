"""What a stream of bytes is, by its first bytes; the name only decides where they leave it open."""

import codecs
import csv
import json
import re

from .encodings import find_wide_encoding
from .records import fold_field
from .settings import IngestSettings

SNIFF_BYTES = 65_536
ODD_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\r\f\b\x1b")
MAX_CONTROL_SHARE = 0.02
MAGIC = {
    b"\x1f\x8b\x08": "gzip",
    b"\x28\xb5\x2f\xfd": "zstd",
    b"PK\x03\x04": "zip",
    b"PK\x05\x06": "zip",
    b"PAR1": "parquet",
    b"WARC/": "warc",
}
TAR_MARK, TAR_PLACE = b"ustar", 257
ENDINGS = {
    **dict.fromkeys((".jsonl", ".ndjson"), "jsonl"),
    ".json": "json",
    **dict.fromkeys((".csv", ".tsv"), "csv"),
    **dict.fromkeys((".html", ".htm", ".xhtml"), "html"),
}
# The tags that tell a page by the WHATWG MIME Sniffing Standard (section 7.1), and those of articles and sections.
HTML_START = re.compile(
    rb"<(?:!doctype\s+html|html|head|script|iframe|h[1-6]|div|font|table|a|style|title|b|body|br|p|article|section|main|meta)[\s>/]",
    re.IGNORECASE,
)
FEED_ROOT = re.compile(rb"<(?:rss|(?:\w+:)?feed|rdf:RDF)[\s>]")
XML_NOISE = re.compile(rb"\s+|<!--.*?-->|<\?.*?\?>", re.DOTALL)
JSON_START = re.compile(rb"\{\s*[\"}]|\[\s*[{\]]")
COLUMN_NAME = re.compile(r"[\w.:-]{0,60}")
DELIMITERS = ",\t;|"


def sniff_kind(head: bytes, name: str, settings: IngestSettings) -> str:
    """gzip, zstd, zip, tar, parquet, warc, jsonl, json, csv, feed, html, xml (of no known kind), text or binary."""
    for magic, kind in MAGIC.items():
        if head.startswith(magic):
            return kind
    if head[TAR_PLACE:].startswith(TAR_MARK):
        return "tar"
    named = next((kind for ending, kind in ENDINGS.items() if name.lower().endswith(ending)), None)
    if named in ("jsonl", "csv"):
        return named
    if wide := find_wide_encoding(head):
        text = head.decode(wide, "replace").removeprefix("\ufeff")
        kind = sniff_text(text.encode("utf-8", "replace"), named, settings)
        return kind if kind in ("html", "feed", "csv", "json", "jsonl") else "text"
    if has_controls(head):
        return "binary"
    return sniff_text(head.removeprefix(codecs.BOM_UTF8), named, settings)


def sniff_text(head: bytes, named: str | None, settings: IngestSettings) -> str:
    """What a head without odd controls holds."""
    start = head.lstrip()
    if named == "json" or JSON_START.match(start):
        return "jsonl" if named != "json" and has_json_lines(start) else "json"
    if start.startswith(b"<"):
        return sniff_markup(start, named)
    if named == "html":
        return "html"
    return "csv" if has_table(head, settings) else "text"


def sniff_markup(start: bytes, named: str | None) -> str:
    """What a head that starts with < holds."""
    rest = skip_noise(start)
    doctype = re.match(rb"<!doctype\s+(\S+)", rest, re.IGNORECASE)
    if named == "html" or HTML_START.match(rest):
        return "html"
    if FEED_ROOT.match(rest) or (doctype and FEED_ROOT.search(rest)):
        return "feed"
    if rest.startswith(b"<!") or not rest:
        return "html" if re.search(rb"<(?:html|body)[\s>]", rest, re.IGNORECASE) else "xml"
    return "xml" if start.startswith(b"<?xml") else "text"


def skip_noise(start: bytes) -> bytes:
    """The head behind blanks, comments and processing instructions."""
    place = 0
    while match := XML_NOISE.match(start, place):
        place = match.end()
    return start[place:]


def has_controls(head: bytes) -> bool:
    """Whether the bytes hold more control characters than a text does."""
    controls = len(head) - len(head.translate(None, ODD_CONTROLS))
    return b"\x00" in head or controls > MAX_CONTROL_SHARE * len(head)


def has_json_lines(start: bytes) -> bool:
    """Whether the first line is a whole object with something behind it."""
    line, _, rest = start.partition(b"\n")
    if not rest.strip():
        return False
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def has_table(head: bytes, settings: IngestSettings) -> bool:
    """Whether the first line names columns, one of them with texts, and another line follows."""
    line, _, rest = head.decode("utf-8", "replace").partition("\n")
    if not rest.strip() or len(line) > 2_000:
        return False
    names = split_header(line)
    known = {fold_field(name) for name in names} & {fold_field(field) for field in settings.text_fields}
    return len(names) > 1 and bool(known) and all(COLUMN_NAME.fullmatch(name) for name in names)


def split_header(line: str) -> list[str]:
    """The columns that a first line names; none where it is no row."""
    try:
        return next(csv.reader([line.strip("\r\n")], delimiter=find_delimiter(line)), [])
    except csv.Error:
        return []


def find_delimiter(line: str) -> str:
    """The delimiter that cuts a first line into most columns."""
    return max(DELIMITERS, key=line.count)
