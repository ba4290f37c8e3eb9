"""From what the user names (files, folders, globs, addresses) to inputs, one at a time, in the order of their names."""

import gzip
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from .archive import Input, reject_input
from .archives import read_tar, read_unpacked, read_zip
from .csv_rows import read_csv
from .feeds import read_feed
from .json_documents import read_json
from .kinds import SNIFF_BYTES, sniff_kind
from .page_size import is_too_large
from .parquet_rows import read_parquet
from .places import Place, list_places
from .raw_text import HTML
from .recoded import recode
from .records import read_json_lines
from .reject_limit import RejectLimit
from .settings import IngestSettings
from .streams import Budget, SourceBroken, Unpacked, make_seekable, open_counted, peek, read_whole
from .warc import read_warc

PACKED_ENDINGS = (".gz", ".gzip", ".zst", ".zstd")
# Told bytes read, and bytes in all.
Report = Callable[[int, int | None], None]
RECORD_READERS: dict[str, Callable[[io.BufferedReader, str, IngestSettings], Iterator[Input]]] = {
    "jsonl": read_json_lines,
    "json": read_json,
    "csv": read_csv,
    "feed": read_feed,
    "warc": read_warc,
}
NO_ARTICLE = {
    "binary": "the file holds bytes that no text has",
    "xml": "the file is XML, but neither a feed nor a page",
}


@dataclass(frozen=True)
class Reading:
    """What holds for all that is read of one file: settings, how much it may unpack to, and the archives around."""

    settings: IngestSettings
    budget: Budget
    depth: int = 0
    is_packed: bool = False


def read_sources(
    sources: Sequence[str | Path], settings: IngestSettings, report: Report = lambda done, total: None
) -> Iterator[Input]:
    """All inputs of the sources. Raises SourceMissing or SourceClosed before the first where a source cannot be listed.

    `report` is told after each input how many bytes of the files were read, and how many there are where all sizes are known.
    """
    places = [place for source in sources for place in list_places(str(source))]
    total, before = sum_sizes(places), 0
    for place in places:
        done, limit = 0, RejectLimit(place.name, settings.max_rejects)
        for done, input_ in read_place(place, settings):
            report(before + done, total)
            if limit.admit(input_):
                yield input_
        yield from limit.tell_rest()
        before += done if place.size is None else place.size
        report(before, total)


def sum_sizes(places: list[Place]) -> int | None:
    """Bytes of all files; None where one's are not known."""
    sizes = [place.size for place in places]
    return None if None in sizes else sum(sizes)


def read_place(place: Place, settings: IngestSettings) -> Iterator[tuple[int, Input]]:
    """The inputs of one file, each with how many bytes of it were read so far; where it breaks, a reject is the last."""
    done = 0
    if place.refusal:
        yield done, reject_input(place.name, *place.refusal)
        return
    try:
        with place.open() as file:
            stream, budget = open_counted(file, place.name, settings)
            for number, input_ in enumerate(read_stream(stream, place.name, Reading(settings, budget)), start=1):
                done = budget.read
                budget.count_input(number)
                yield done, input_
    except SourceBroken as error:
        yield done, reject_input(place.name, error.reason, error.detail)
    except OSError as error:
        yield done, reject_input(place.name, "unreadable", error.strerror or type(error).__name__)


def read_stream(file: io.BufferedReader, name: str, reading: Reading) -> Iterator[Input]:
    """The inputs of a file or entry; where it breaks, what came before stays and the rest is one reject."""
    try:
        head, file = peek(file, SNIFF_BYTES)
        kind = sniff_kind(head, strip_packing(name), reading.settings)
        yield from read_kind(kind, file, head, name, reading)
    except SourceBroken as error:
        if error.name != name:
            raise  # what is packed around it broke
        yield reject_input(name, error.reason, error.detail)


def strip_packing(name: str) -> str:
    """The name without the ending that packing added."""
    lower = name.lower()
    return next((name[: -len(ending)] for ending in PACKED_ENDINGS if lower.endswith(ending)), name)


def read_kind(kind: str, file: io.BufferedReader, head: bytes, name: str, reading: Reading) -> Iterator[Input]:
    """The inputs of a stream of a known kind."""
    if kind in ("gzip", "zstd"):
        yield from read_packed(kind, file, name, reading)
    elif kind in ("zip", "tar"):
        yield from read_archive(kind, file, name, reading)
    elif kind == "parquet":
        with make_seekable(file) as seekable:
            yield from read_parquet(seekable, name, reading.settings, reading.budget)
    elif kind in RECORD_READERS:
        yield from RECORD_READERS[kind](recode(file, head, kind), name, reading.settings)
    elif kind in NO_ARTICLE:
        yield reject_input(name, kind, NO_ARTICLE[kind], head)
    else:
        yield read_text(file, name, HTML if kind == "html" else "text/plain", reading.settings)


def read_packed(kind: str, file: io.BufferedReader, name: str, reading: Reading) -> Iterator[Input]:
    """The inputs of what a gzip or zstd stream unpacks to; one packed in another counts as an archive in an archive."""
    depth = reading.depth + reading.is_packed
    if depth > reading.settings.max_archive_depth:
        yield reject_input(name, "nested_archive", f"packed more than {depth} times")
        return
    unpacked = Unpacked(open_packed(kind, file), name, reading.budget)
    inner = replace(reading, depth=depth, is_packed=True)
    yield from read_unpacked(unpacked, name, lambda stream, own: read_stream(stream, own, inner))


def open_packed(kind: str, file: io.BufferedReader) -> Callable[[int], bytes]:
    """A function that reads unpacked bytes."""
    if kind == "gzip":
        return gzip.GzipFile(fileobj=file).read1
    import pyarrow as pa

    return pa.CompressedInputStream(pa.PythonFile(file, mode="r"), "zstd").read


def read_archive(kind: str, file: io.BufferedReader, name: str, reading: Reading) -> Iterator[Input]:
    """The inputs of the entries of an archive."""
    inner = replace(reading, depth=reading.depth + 1, is_packed=False)
    if inner.depth > reading.settings.max_archive_depth:
        yield reject_input(name, "nested_archive", f"an archive inside {reading.depth} others")
    elif kind == "zip":
        with make_seekable(file) as seekable:
            yield from read_zip(seekable, name, reading.budget, lambda stream, own: read_stream(stream, own, inner))
    else:
        yield from read_tar(file, name, reading.budget, lambda stream, own: read_stream(stream, own, inner))


def read_text(file: io.BufferedReader, name: str, media_type: str, settings: IngestSettings) -> Input:
    """The input of a file that is one article."""
    limit = settings.max_record_bytes
    payload = read_whole(file, max(limit, settings.max_page_bytes) if media_type == HTML else limit)
    if is_too_large(payload, media_type, settings):
        return reject_input(name, "too_large", f"more than {limit} bytes", payload)
    if not payload.strip():
        return reject_input(name, "empty", "the file holds no text", payload)
    return Input(name, payload, media_type)
