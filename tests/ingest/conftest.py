"""What several tests of formats share: texts, pages, and reading a file as the pipeline does."""

import io
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from quotidian.tasks.ingest.archive import Input
from quotidian.tasks.ingest.raw_text import read_article, read_raw_text
from quotidian.tasks.ingest.settings import IngestSettings
from quotidian.tasks.ingest.sources import read_sources

SENTENCE = "The mayor said on Monday that the bridge would open in May, and thanked all who had worked on it."
Read = Callable[..., list[Input]]


@pytest.fixture(scope="session")
def sentence() -> str:
    return SENTENCE


@pytest.fixture(scope="session")
def page() -> str:
    """A small news page with the furniture of a big one."""
    paragraphs = "".join(f"<p>{SENTENCE} It was the {n}. of its kind.</p>" for n in range(1, 9))
    return (
        "<!DOCTYPE html><html><head><title>Bridge opens | The Daily</title></head><body><nav><a href='/'>Home</a></nav>"
        f"<article><h1>Bridge opens</h1>{paragraphs}</article><footer>Copyright 2023 The Daily</footer></body></html>"
    )


@pytest.fixture
def read_file(tmp_path: Path) -> Read:
    """read_file(name, payload, **settings): the inputs of one file."""

    def read(name: str, payload: bytes | str, **settings: object) -> list[Input]:
        path = tmp_path / name
        path.write_bytes(payload if isinstance(payload, bytes) else payload.encode())
        return list(read_sources([path], IngestSettings(**settings)))

    return read


@pytest.fixture(scope="session")
def text_of() -> Callable[[Input], str]:
    """The raw text of an input, as cleaning will start from it."""
    return lambda input_: read_raw_text(input_.payload, input_.media_type, IngestSettings())


@pytest.fixture(scope="session")
def make_zip() -> Callable[[dict[str, bytes]], bytes]:
    def make(entries: dict[str, bytes]) -> bytes:
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, payload in entries.items():
                archive.writestr(name, payload)
        return file.getvalue()

    return make


@pytest.fixture(scope="session")
def make_tar() -> Callable[..., bytes]:
    def make(entries: dict[str, bytes], mode: str = "w") -> bytes:
        file = io.BytesIO()
        with tarfile.open(fileobj=file, mode=mode) as archive:
            for name, payload in entries.items():
                entry = tarfile.TarInfo(name)
                entry.size = len(payload)
                archive.addfile(entry, io.BytesIO(payload))
        return file.getvalue()

    return make


@pytest.fixture(scope="session")
def make_parquet() -> Callable[..., bytes]:
    def make(**columns: list) -> bytes:
        file = io.BytesIO()
        pq.write_table(pa.table(columns), file)
        return file.getvalue()

    return make


@pytest.fixture(scope="session")
def make_record() -> Callable[..., bytes]:
    """make_record(url, body, type, status, headers): one WARC record as bytes."""

    def make(
        url: str,
        body: bytes,
        media_type: str = "text/html; charset=utf-8",
        status: str = "200 OK",
        headers: str = "",
        fields: str = "",
        kind: str = "response",
    ) -> bytes:
        block = f"HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\n{headers}\r\n".encode() + body
        head = (
            f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2023-06-19T10:00:00Z\r\n"
            "WARC-Record-ID: <urn:uuid:12345678-0000-4000-8000-000000000000>\r\n"
            f"Content-Type: application/http; msgtype=response\r\n{fields}Content-Length: {len(block)}\r\n\r\n"
        )
        return head.encode() + block + b"\r\n\r\n"

    return make


@pytest.fixture
def told_by() -> Callable[..., str | None]:
    """told_by(input, field, **settings): the first value that a record has for a field."""

    def find(input_: Input, field: str, **settings: object) -> str | None:
        article = read_article(input_.payload, input_.media_type, IngestSettings(**settings))
        return next((fact.value for fact in article.metadata if fact.field == field), None)

    return find
