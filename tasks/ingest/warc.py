"""Web archives (WARC 1.0 and 1.1): the pages that a crawler saved."""

import logging
import re
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from typing import IO, Any

from .addresses import absolute_url
from .archive import Input, reject_input
from .fetch.declared import read_declared
from .kinds import SNIFF_BYTES, has_controls
from .page_size import is_too_large
from .raw_text import HTML
from .records import replace_surrogates
from .settings import IngestSettings
from .streams import SourceBroken, describe

PACKINGS = ("", "identity", "gzip", "x-gzip", "deflate", "zstd")
GZIP, ZSTD = b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd"
ZLIB = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")
# It has no mark: only what the header says to be packed so, and is no text, is.
BROTLI = "br"
CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]{1,8})(?:[ \t]*;[^\r\n]{0,200})?[ \t]*\r\n")
# A server that packs what was packed already does so once.
MAX_PACKINGS = 2
PAGES = ("text/html", "application/xhtml+xml")
MAX_HEADER_BYTES = 1_000_000
"""Bytes of the fields of a record, or of what the server sent before the page; Chromium reads 256 kB of them."""
CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)


def read_warc(file: IO[bytes], name: str, settings: IngestSettings) -> Iterator[Input]:
    """One input for each response or resource that holds a page; other records are none. Raises SourceBroken."""
    from warcio.exceptions import ArchiveLoadFailed

    number = 0
    try:
        for number, record in enumerate(iterate_records(file), start=1):
            if is_page(record):
                yield read_page(record, name, number, settings)
                check_whole(record, name, number)
    except (ArchiveLoadFailed, ValueError, AttributeError, KeyError, IndexError, TypeError) as error:
        raise SourceBroken(name, "damaged", f"behind record {number}: {describe(error)}") from None


def iterate_records(file: IO[bytes]) -> Any:
    """The records as warcio reads them, without what it says to the terminal of odd ones."""
    from warcio.archiveiterator import ArchiveIterator

    logging.getLogger("warcio").setLevel(logging.CRITICAL + 1)
    records = ArchiveIterator(file)
    records.INC_RECORD = ""
    loader = records.loader
    for parser in (loader.warc_parser, loader.http_parser, loader.http_req_parser, loader.arc_parser):
        parser.parse = partial(parse_header, parser.parse)
    return records


def parse_header(parse: Callable[..., Any], stream: Any, first_line: Any = None) -> Any:
    """The fields of a header as warcio reads them; raises ValueError where they are more than a header's worth."""
    return parse(HeaderLines(stream), first_line)


class HeaderLines:
    """The lines of one header; raises ValueError behind `MAX_HEADER_BYTES`."""

    def __init__(self, stream: Any) -> None:
        self.stream, self.left = stream, MAX_HEADER_BYTES

    def readline(self) -> Any:
        line = self.stream.readline()
        self.left -= len(line)
        if self.left < 0:
            raise ValueError(f"a header has more than {MAX_HEADER_BYTES} bytes")
        return line


def is_page(record: Any) -> bool:
    """Whether a record is the successful answer of a server that holds a page in HTML, or such a page without an answer."""
    if record.rec_type not in ("response", "resource") or (record.rec_type == "response" and not record.http_headers):
        return False
    media_type = read_field(record, "Content-Type").split(";")[0].strip().lower()
    is_whole = record.http_headers is None or record.http_headers.get_statuscode() == "200"
    return is_whole and media_type in PAGES


def read_field(record: Any, name: str) -> str:
    """What the server's answer says, or where there is none what the record does; empty for nothing."""
    headers = record.rec_headers if record.http_headers is None else record.http_headers
    return headers.get_header(name) or ""


def read_page(record: Any, name: str, number: int, settings: IngestSettings) -> Input:
    """The input of a page, under the address that it was fetched from."""
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    declared: dict[str, str | None] = read_fields(record)
    declared |= {"url": absolute_url(replace_surrogates(address.strip("<> "))), "media_type": HTML}
    declared["captured"] = replace_surrogates(record.rec_headers.get_header("WARC-Date") or "") or None
    charset = CHARSET.search(read_field(record, "Content-Type"))
    if charset:
        declared["media_type"] = f"{HTML}; charset={charset.group(1).lower()}"
    limit = max(settings.max_record_bytes, settings.max_page_bytes)
    packing = read_field(record, "Content-Encoding").strip().lower()
    payload = unpack(join_chunks(record.content_stream().read(limit + 1)), limit)
    if packing == BROTLI and has_odd_bytes(payload):
        payload = unpack_stream(payload, "brotli", limit) or payload
    problem = find_problem(payload, settings)
    if problem and problem[0] == "binary" and packing not in PACKINGS:
        problem = "unknown_packing", f"is packed with {packing[:40]}, which is not read"
    if problem:
        return reject_input(name, problem[0], f"record {number} {problem[1]}", payload, number, **declared)
    return Input(name, payload, position=number, **declared)


def unpack(payload: bytes, limit: int) -> bytes:
    """A page's bytes, unpacked where they are packed, whatever its header says: headers name packings that are gone, or none.

    At most one byte more than `limit`; what breaks off gives what there is.
    """
    for _ in range(MAX_PACKINGS):
        if payload.startswith(GZIP):
            payload = unpack_gzip(payload, limit)
        elif payload.startswith(ZSTD):
            payload = unpack_stream(payload, "zstd", limit) or payload[len(ZSTD) :]
        elif payload.startswith(ZLIB):
            payload = unpack_zlib(payload, limit)
        else:
            break
    return payload


def join_chunks(payload: bytes) -> bytes:
    """The bytes without the sizes of chunks between them, where a crawler left those; as they are where they hold none."""
    parts, place = [], 0
    while size := CHUNK_SIZE.match(payload, place):
        count, start = int(size[1], 16), size.end()
        parts.append(payload[start : start + count])
        place = start + count
        if not count or payload[place : place + 2] != b"\r\n":
            break
        place += 2
    is_whole = bool(parts) and (not parts[-1] or place >= len(payload))
    return b"".join(parts) if is_whole else payload


def unpack_gzip(payload: bytes, limit: int) -> bytes:
    """What gzip bytes unpack to."""
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(payload, limit + 1)
    except zlib.error:
        return payload[len(GZIP) :]


def unpack_zlib(payload: bytes, limit: int) -> bytes:
    """What zlib bytes unpack to; those that only begin like them as they are."""
    try:
        return zlib.decompressobj().decompress(payload, limit + 1)
    except zlib.error:
        return payload


def unpack_stream(payload: bytes, packing: str, limit: int) -> bytes:
    """What bytes unpack to that Arrow can unpack; nothing where it cannot."""
    import pyarrow as pa

    try:
        return pa.CompressedInputStream(pa.BufferReader(payload), packing).read(limit + 1)
    except (pa.ArrowException, OSError):
        return b""


def read_fields(record: Any) -> dict[str, str]:
    """What `quotidian fetch` wrote into the record's header: outlet, section and date by the feed."""
    return {name: replace_surrogates(value) for name, value in read_declared(record.rec_headers.get_header).items()}


def find_problem(payload: bytes, settings: IngestSettings) -> tuple[str, str] | None:
    """Why a page's bytes cannot become an article, as reason and detail; None where they can."""
    if is_too_large(payload, HTML, settings):
        return "too_large", f"has more than {settings.max_record_bytes} bytes"
    if not payload.strip():
        return "empty", "holds no page"
    if has_odd_bytes(payload):
        return "binary", "holds bytes that no text has"
    return None


def has_odd_bytes(payload: bytes) -> bool:
    """Whether a page's bytes are no text; NUL can stand in wide encodings."""
    return has_controls(payload[:SNIFF_BYTES].replace(b"\x00", b""))


def check_whole(record: Any, name: str, number: int) -> None:
    """Raise SourceBroken where a record ends before the length that it declares."""
    while record.raw_stream.read(SNIFF_BYTES):
        pass
    if getattr(record.raw_stream, "limit", 0) > 0:
        raise SourceBroken(name, "damaged", f"record {number} is {record.raw_stream.limit} bytes short")
