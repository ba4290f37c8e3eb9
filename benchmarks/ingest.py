"""Bytes per second of each reader of the ingest room, beside the bare library that it uses.

    python benchmarks/ingest.py [MEGABYTES]

Sources are made of the sample articles, cut and mixed with a fixed seed, in a temporary folder. `source` is their
size on disk; a reader's rate is in bytes of unpacked articles, as is the library's, so that the two can be compared.
Readers hash and describe each input, which the bare libraries do not. `pages` is what clean pays for a page's text.
"""

import csv
import gzip
import io
import json
import random
import resource
import sys
import tarfile
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

import quotidian.seeds
from quotidian.tasks.ingest.pages import page_text
from quotidian.tasks.ingest.settings import IngestSettings
from quotidian.tasks.ingest.sources import read_sources

PARAGRAPHS_AN_ARTICLE = 12
Build = Callable[[Path, list[str]], None]
Bare = Callable[[Path], object]


def make_articles(megabytes: float) -> list[str]:
    """Texts of about 3 KB whose paragraphs come from the sample articles."""
    rng = random.Random(1)
    folder = Path(quotidian.seeds.__file__).parent / "articles"
    lines = [
        line for path in sorted(folder.glob("*.txt")) for line in path.read_text("utf-8").splitlines() if line.strip()
    ]
    articles, size = [], 0
    while size < megabytes * 1e6:
        articles.append("\n".join(rng.sample(lines, PARAGRAPHS_AN_ARTICLE)))
        size += len(articles[-1].encode())
    return articles


def make_page(text: str) -> str:
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in text.splitlines())
    menu = "".join(f"<li><a href='/{n}'>Section {n}</a></li>" for n in range(40))
    return f"<!DOCTYPE html><html><head><title>News</title></head><body><ul>{menu}</ul><article>{paragraphs}</article></body></html>"


def write_lines(path: Path, texts: list[str]) -> None:
    path.write_text("".join(json.dumps({"id": n, "text": text}) + "\n" for n, text in enumerate(texts)))


def write_array(path: Path, texts: list[str]) -> None:
    path.write_text(json.dumps([{"id": n, "text": text} for n, text in enumerate(texts)]))


def write_csv(path: Path, texts: list[str]) -> None:
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([("id", "text"), *enumerate(texts)])


def write_parquet(path: Path, texts: list[str]) -> None:
    pq.write_table(pa.table({"id": range(len(texts)), "text": texts}), path)


def write_gzip(path: Path, texts: list[str]) -> None:
    write_lines(path, texts)
    path.write_bytes(gzip.compress(path.read_bytes(), 6))


def write_zstd(path: Path, texts: list[str]) -> None:
    write_lines(path, texts)
    path.write_bytes(pa.compress(path.read_bytes(), codec="zstd", asbytes=True))


def write_zip(path: Path, texts: list[str]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, text in enumerate(texts):
            archive.writestr(f"{number}.txt", text)


def write_tar(path: Path, texts: list[str]) -> None:
    with tarfile.open(path, "w:gz", compresslevel=6) as archive:
        for number, text in enumerate(texts):
            entry = tarfile.TarInfo(f"{number}.txt")
            entry.size = len(text.encode())
            archive.addfile(entry, io.BytesIO(text.encode()))


def write_warc(path: Path, texts: list[str]) -> None:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=path.suffix == ".gz")
        for number, text in enumerate(texts):
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], "HTTP/1.1")
            page = io.BytesIO(make_page(text).encode())
            address = f"https://example.com/{number}"
            writer.write_record(writer.create_warc_record(address, "response", payload=page, http_headers=headers))


def write_feed(path: Path, texts: list[str]) -> None:
    items = "".join(
        f"<item><title>{n}</title><content:encoded>{escape(escape(t))}</content:encoded></item>"
        for n, t in enumerate(texts)
    )
    head = '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
    path.write_text(f"{head}{items}</channel></rss>")


def read_lines_bare(path: Path) -> None:
    with path.open("rb") as file:
        for line in file:
            json.loads(line)


def read_csv_bare(path: Path) -> None:
    csv.field_size_limit(2**30)
    with path.open(newline="") as file:
        for _ in csv.reader(file):
            pass


def read_parquet_bare(path: Path) -> None:
    for batch in pq.ParquetFile(path).iter_batches(64, use_threads=False):
        batch.to_pylist()


def read_gzip_bare(path: Path) -> None:
    with gzip.open(path) as file:
        for line in file:
            json.loads(line)


def read_zstd_bare(path: Path) -> None:
    with pa.input_stream(str(path), compression="zstd") as file:
        while file.read(65_536):
            pass


def read_zip_bare(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            archive.read(name)


def read_tar_bare(path: Path) -> None:
    with tarfile.open(path, "r|gz") as archive:
        for entry in archive:
            archive.extractfile(entry).read()


def read_warc_bare(path: Path) -> None:
    from warcio.archiveiterator import ArchiveIterator

    with path.open("rb") as file:
        for record in ArchiveIterator(file):
            record.content_stream().read()


def read_feed_bare(path: Path) -> None:
    import feedparser

    feedparser.parse(io.BytesIO(path.read_bytes()), sanitize_html=False, resolve_relative_uris=False)


FORMATS: dict[str, tuple[str, Build, Bare, str]] = {
    "JSON lines": ("a.jsonl", write_lines, read_lines_bare, "json"),
    "JSON array": ("a.json", write_array, lambda path: json.loads(path.read_bytes()), "json, whole"),
    "CSV": ("a.csv", write_csv, read_csv_bare, "csv"),
    "Parquet": ("a.parquet", write_parquet, read_parquet_bare, "pyarrow"),
    "JSON lines, gzip": ("a.jsonl.gz", write_gzip, read_gzip_bare, "gzip, json"),
    "JSON lines, zstd": ("a.jsonl.zst", write_zstd, read_zstd_bare, "pyarrow, unpack only"),
    "zip of texts": ("a.zip", write_zip, read_zip_bare, "zipfile"),
    "tar.gz of texts": ("a.tar.gz", write_tar, read_tar_bare, "tarfile"),
    "WARC of pages": ("a.warc", write_warc, read_warc_bare, "warcio"),
    "WARC, gzip": ("a.warc.gz", write_warc, read_warc_bare, "warcio"),
    "RSS": ("a.rss", write_feed, read_feed_bare, "feedparser"),
}


def measure(action: Callable[[], object]) -> float:
    """Seconds of processor time, the better of two rounds."""
    rounds = []
    for _ in range(2):
        start = time.process_time()
        action()
        rounds.append(time.process_time() - start)
    return min(rounds)


def consume(path: Path) -> Iterator[str]:
    for input_ in read_sources([path], IngestSettings(max_document_bytes=2**31 - 1)):
        assert input_.reject_reason is None, input_
        yield input_.input_id


def measure_format(folder: Path, name: str, texts: list[str]) -> None:
    """Print one line: the reader's rate and the library's."""
    file, build, bare, library = FORMATS[name]
    path = folder / file
    build(path, texts)
    size = sum(len(make_page(text).encode()) if "WARC" in name else len(text.encode()) for text in texts) / 1e6
    ours, theirs = measure(lambda: [*consume(path)]), measure(lambda: bare(path))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(
        f"{name:18} {path.stat().st_size / 1e6:8.1f} {size / ours:8.1f} {size / theirs:8.1f}  {library:22} {peak:6.0f}"
    )
    path.unlink()


def measure_pages(texts: list[str]) -> None:
    """Print what the text of a page costs, beside trafilatura alone."""
    from trafilatura import bare_extraction

    pages = [make_page(text) for text in texts[:500]]
    size = sum(len(page.encode()) for page in pages) / 1e6
    ours = measure(lambda: [page_text(page) for page in pages])
    theirs = measure(lambda: [bare_extraction(page, include_comments=False) for page in pages])
    print(f"{'text of pages':18} {size:8.1f} {size / ours:8.1f} {size / theirs:8.1f}  {'trafilatura':22}")


def main() -> None:
    """Print megabytes a second for each format."""
    texts = make_articles(float(sys.argv[1]) if len(sys.argv) > 1 else 20)
    print(f"{len(texts)} articles\n{'format':18} {'MB file':>8} {'MB/s':>8} {'bare':>8}  {'library':22} {'peak MB'}")
    with tempfile.TemporaryDirectory() as folder:
        for name in FORMATS:
            measure_format(Path(folder), name, texts)
    measure_pages(texts)


if __name__ == "__main__":
    main()
