"""Small files that claim to be, or unpack to, far more than they are: one of each kind, about 10 kB.

    python benchmarks/bombs.py

Each is archived in a process of its own, and the text of the first article read where one comes in. The table shows the bytes of the
file, what became of it, the processor seconds, and the peak of that process in MB; the first row is a file of one line, for what the
libraries take.
"""

import gzip
import io
import json
import struct
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

UNPACKED = 11_900_000
"""Bytes that a file of 10 kB may unpack to: 10 MB and 200 times its size."""


def fill(part: bytes, size: int = UNPACKED) -> bytes:
    return part * (size // len(part))


def pack(payload: bytes) -> bytes:
    return gzip.compress(payload, 9, mtime=0)


def pack_lines(part: bytes) -> Callable[[], bytes]:
    """Builds a packed file of one line again and again."""
    return lambda: pack(fill(part))


def pack_page(part: bytes, size: int = 1_900_000) -> Callable[[], bytes]:
    """Builds a packed page of one element again and again, of nearly the size that a page may have."""
    return lambda: pack(b"<html><body>" + fill(part, size) + b"</body></html>")


def make_feed(item: bytes) -> Callable[[], bytes]:
    head = b"<rss version='2.0'><channel><title>News</title>"
    return lambda: pack(head + fill(item) + b"</channel></rss>")


def make_zip(entries: int, size: int, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for number in range(entries):
            archive.writestr(f"{number}.txt", b"a" * size)
    return file.getvalue()


def make_directory() -> bytes:
    """A packed zip whose directory names its one entry again and again."""
    whole = make_zip(1, 1)
    start, end = whole.index(b"PK\x01\x02"), whole.index(b"PK\x05\x06")
    directory = fill(whole[start:end])
    return pack(
        whole[:start] + directory + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 65535, 65535, len(directory), start, 0)
    )


def make_tar(kind: bytes, size: int, payload: bytes = b"") -> bytes:
    """A tar whose one entry claims a size, with what there is of it."""
    entry = tarfile.TarInfo("a.txt")
    entry.type, entry.size = kind, size
    return entry.tobuf(tarfile.GNU_FORMAT) + payload


def make_tar_entries() -> bytes:
    return pack(b"".join(make_tar(tarfile.REGTYPE, 0) for _ in range(UNPACKED // 512)) + bytes(1024))


def make_parquet(values: pa.Array | pa.ChunkedArray, **options: object) -> bytes:
    file = io.BytesIO()
    pq.write_table(pa.table({"text": values}), file, **{"compression": "zstd", "compression_level": 19, **options})
    return file.getvalue()


def make_parquet_dictionary(size: int, rows: int) -> bytes:
    """One value of a size, which all rows repeat through a dictionary."""
    index = pa.array([0] * rows, pa.int32())
    return make_parquet(pa.DictionaryArray.from_arrays(index, pa.array(["a" * size])))


def make_parquet_lists(size: int, length: int) -> bytes:
    """One row with a list that repeats one value."""
    words = pa.DictionaryArray.from_arrays(pa.array([0] * length, pa.int32()), pa.array(["a" * size]))
    return make_parquet(pa.ListArray.from_arrays(pa.array([0, length], pa.int32()), words))


def make_parquet_deltas(size: int, rows: int) -> bytes:
    """Values that repeat the one before by its length."""
    return make_parquet(
        pa.array(["a" * size] * rows), use_dictionary=False, column_encoding={"text": "DELTA_BYTE_ARRAY"}
    )


def make_warc(length: int, body: bytes) -> bytes:
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/\r\nContent-Length: {length}\r\n\r\n"
    return pack(head.encode() + block)


def make_warc_headers() -> bytes:
    head = b"WARC/1.0\r\nWARC-Type: response\r\n" + fill(b"A: b\r\n")
    return pack(head + b"Content-Length: 0\r\n\r\n\r\n\r\n")


def make_columns() -> bytes:
    """A row of as many cells as a line may have."""
    return pack(b"text,title\n" + fill(b"," * 1_900_000 + b"\n"))


BOMBS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "one line of news": ("a.jsonl", lambda: b'{"text": "The mayor said that the bridge was open."}\n'),
    "text": ("a.txt.gz", pack_lines(b"a b ")),
    "JSON lines, rejected": ("a.jsonl.gz", pack_lines(b"{}\n")),
    "JSON lines, accepted": ("b.jsonl.gz", pack_lines(b'{"text":"a"}\n')),
    "JSON lines, lists": ("c.jsonl.gz", lambda: pack(fill(b'{"a":[' + fill(b"[],", 1_900_000) + b"0]}\n"))),
    "JSON lines, blank": ("d.jsonl.gz", pack_lines(b"\n")),
    "JSON array": ("a.json.gz", lambda: pack(b"[" + fill(b"{},") + b"{}]")),
    "JSON array, no JSON": ("b.json.gz", lambda: pack(b"[" + fill(b"{x},") + b"{}]")),
    "JSON document": ("c.json.gz", lambda: pack(b'{"articles":[' + fill(b"{},") + b"{}]}")),
    "JSON document, lists": ("d.json.gz", lambda: pack(b'{"a":[' + fill(b"[],") + b"0]}")),
    "CSV rows": ("a.csv.gz", lambda: pack(b"text,title\n" + fill(b"a,b\n"))),
    "CSV cells": ("b.csv.gz", make_columns),
    "CSV, an open quotation mark": ("c.csv.gz", lambda: pack(b'text,title\n"' + fill(b"a\n"))),
    "RSS items": ("a.rss.gz", make_feed(b"<item><title>a</title><description>b</description></item>")),
    "RSS, empty items": ("b.rss.gz", make_feed(b"<item/>")),
    "RSS, categories": ("c.rss.gz", make_feed(b"<category>a</category>")),
    "page, elements": ("a.html.gz", pack_page(b"<b>a</b>")),
    "page, paragraphs": ("b.html.gz", pack_page(b"<p>a")),
    "page, cells": ("c.html.gz", pack_page(b"<td>a")),
    "zip of texts": ("a.zip", lambda: make_zip(6, 1_900_000)),
    "zip, bzip2": ("b.zip", lambda: make_zip(1, 90_000_000, zipfile.ZIP_BZIP2)),
    "zip, LZMA": ("c.zip", lambda: make_zip(1, 60_000_000, zipfile.ZIP_LZMA)),
    "zip, a large directory": ("d.zip.gz", make_directory),
    "tar entries": ("a.tar.gz", make_tar_entries),
    "tar, a size of 2^62": ("b.tar", lambda: make_tar(tarfile.REGTYPE, 2**62, b"a" * 512)),
    "tar, a skipped size of 2^62": ("c.tar", lambda: make_tar(tarfile.CONTTYPE, 2**62, b"a" * 512)),
    "tar, a long header": ("d.tar.gz", lambda: pack(make_tar(tarfile.XHDTYPE, UNPACKED, fill(b"1")))),
    "tar, a long name": ("e.tar.gz", lambda: pack(make_tar(tarfile.GNUTYPE_LONGNAME, UNPACKED, fill(b"a")))),
    "tar, pairs in a header": (
        "f.tar.gz",
        lambda: pack(make_tar(tarfile.XHDTYPE, UNPACKED, b"".join(b"11 a%05d=b\n" % n for n in range(100_000)))),
    ),
    "Parquet, a dictionary": ("a.parquet", lambda: make_parquet_dictionary(50_000_000, 64)),
    "Parquet, a value under the limit": ("b.parquet", lambda: make_parquet_dictionary(1_900_000, 2_000)),
    "Parquet, rows": ("c.parquet", lambda: make_parquet_dictionary(1, 10_000_000)),
    "Parquet, a list": ("d.parquet", lambda: make_parquet_lists(9_000_000, 1_000)),
    "Parquet, deltas": ("e.parquet", lambda: make_parquet_deltas(9_000_000, 64)),
    "Parquet, a large page": ("f.parquet", lambda: make_parquet(pa.array(["a" * 500_000_000]), use_dictionary=False)),
    "Parquet, nulls": ("g.parquet", lambda: make_parquet(pa.array([None] * 20_000_000, pa.string()))),
    "WARC, a length of 10^18": ("a.warc.gz", lambda: make_warc(10**18, fill(b"a"))),
    "WARC, a page": ("b.warc.gz", lambda: make_warc(UNPACKED + 44, fill(b"a"))),
    "WARC, headers": ("c.warc.gz", make_warc_headers),
    "gzip, members": ("a.gz", lambda: pack(fill(gzip.compress(b"", 1, mtime=0)))),
    "zstd": ("a.txt.zst", lambda: pa.compress(fill(b"a b ", 60_000_000), codec="zstd", asbytes=True)),
}


def archive_bomb(source: Path) -> None:
    """Archive a file and print what became of it; runs in a process of its own."""
    from quotidian.tasks.ingest.archive import archive_folder
    from quotidian.tasks.ingest.raw_text import read_article
    from quotidian.tasks.ingest.settings import IngestSettings
    from quotidian.tasks.ingest.task import archive_sources

    data = source.parent / "data"
    seen, new = archive_sources([str(source)], data, IngestSettings())
    rows = archive_folder(data).scan().collect()
    for row in rows.filter(rows["reject_reason"].is_null()).head(1).to_dicts():
        read_article(row["payload"], row["media_type"], IngestSettings())
    reasons = Counter(rows["reject_reason"].fill_null("article"))
    print(
        json.dumps({"seen": seen, "new": new, "reasons": reasons, "peak": read_peak(), "seconds": time.process_time()})
    )


def read_peak() -> float:
    """The most memory that this process held, in MB. (What getrusage tells begins with that of the process that started it.)"""
    status = Path("/proc/self/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1000


def measure_bomb(name: str, payload: bytes, seconds: float = 600) -> dict:
    """What archiving a file of this name and these bytes came to; `error` where it did not end well or in time."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / name
        source.write_bytes(payload)
        command = [sys.executable, __file__, str(source)]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False)
        except subprocess.TimeoutExpired:
            return {"error": f"no end in {seconds:g} seconds"}
    return json.loads(done.stdout) if done.returncode == 0 else {"error": done.stderr.strip().splitlines()[-1:]}


def main() -> None:
    """Print the table, or archive the one file that is named."""
    if len(sys.argv) > 1 and Path(sys.argv[1]).is_file():
        archive_bomb(Path(sys.argv[1]))
        return
    print(f"{'file':34} {'bytes':>7} {'seconds':>8} {'peak MB':>8}  what became of it")
    for title, (name, build) in BOMBS.items():
        if len(sys.argv) > 1 and sys.argv[1] not in title:
            continue
        payload = build()
        found = measure_bomb(name, payload)
        if "error" in found:
            print(f"{title:34} {len(payload):7} {found['error']}", flush=True)
            continue
        became = ", ".join(f"{count} {reason}" for reason, count in sorted(found["reasons"].items()))
        print(f"{title:34} {len(payload):7} {found['seconds']:8.1f} {found['peak']:8.0f}  {became}", flush=True)


if __name__ == "__main__":
    main()
