"""Files, folders, globs, standard input, and addresses of stores."""

import gzip
import io
from pathlib import Path

import fsspec
import pytest

from quotidian.tasks.ingest.places import SourceClosed, SourceMissing, list_places, may_hold_news
from quotidian.tasks.ingest.settings import IngestSettings
from quotidian.tasks.ingest.sources import read_sources


def names(source: object) -> list[str]:
    return [place.name for place in list_places(str(source))]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in ("a/1.txt", "a/2.html", "a/b/3.txt", "a/.hidden/4.txt", "c/5.txt", ".d/6.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("News.")
    return tmp_path


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("*/*.txt", ["a/1.txt", "c/5.txt"]),
        ("**/*.txt", ["a/1.txt", "a/b/3.txt", "c/5.txt"]),
        ("a/[12].*", ["1.txt", "2.html"]),
        ("?", ["a/1.txt", "a/2.html", "a/b/3.txt", "c/5.txt"]),
        ("a*", ["a/1.txt", "a/2.html", "a/b/3.txt"]),
    ],
)
def test_globs(tree: Path, pattern: str, found: list[str]) -> None:
    assert names(tree / pattern) == found


def test_a_name_with_a_wildcard_that_exists_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "what?.txt").write_text("News.")
    assert names(tmp_path / "what?.txt") == ["what?.txt"]


@pytest.mark.parametrize("source", ["{}/nowhere", "{}/*.pdf", "file://{}/nowhere", "memory://nowhere/*.txt"])
def test_what_is_not_there_is_said(tmp_path: Path, source: str) -> None:
    with pytest.raises(SourceMissing, match=r"name a file|name files"):
        list_places(source.format(tmp_path))


def test_an_unknown_store_is_said() -> None:
    with pytest.raises(SourceClosed, match="nosuch"):
        list_places("nosuch://bucket/a")


def test_standard_input_is_read_by_content(monkeypatch) -> None:
    stdin = io.TextIOWrapper(io.BytesIO(b'{"text": "One."}\n{"text": "Two."}\n'))
    monkeypatch.setattr("sys.stdin", stdin)
    inputs = list(read_sources(["-"], IngestSettings()))
    assert [(i.source, i.position, i.reject_reason) for i in inputs] == [("stdin", 1, None), ("stdin", 2, None)]
    assert not stdin.buffer.closed


@pytest.mark.parametrize("make", ["make_zip", "make_parquet"])
def test_a_pipe_that_cannot_be_turned_back(monkeypatch, request, make: str) -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: object) -> int:
            raise io.UnsupportedOperation

    make = request.getfixturevalue(make)
    payload = make({"a.txt": b"News."}) if "zip" in repr(make) else make(text=["News."])
    monkeypatch.setattr("sys.stdin", type("Stdin", (), {"buffer": Pipe(payload)}))
    (input_,) = read_sources(["-"], IngestSettings())
    assert input_.reject_reason is None


@pytest.fixture
def store():
    store = fsspec.filesystem("memory")
    for name in ("news/a/1.txt", "news/a/2.jsonl", "news/b/.hidden", "news/b/3.txt"):
        store.pipe_file(f"/{name}", b'{"text": "News."}')
    yield
    store.rm("/news", recursive=True)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("memory://news", ["a/1.txt", "a/2.jsonl", "b/3.txt"]),
        ("memory://news/a/", ["1.txt", "2.jsonl"]),
        ("memory://news/a/1.txt", ["1.txt"]),
        ("memory://news/*/*.txt", ["a/1.txt", "b/3.txt"]),
    ],
)
def test_stores(store, source: str, found: list[str]) -> None:
    assert names(source) == found
    assert all(i.reject_reason is None for i in read_sources([source], IngestSettings()))


def test_a_store_that_fails_ends_the_run_and_rejects_nothing(store, monkeypatch) -> None:
    def fail(*_: object) -> bytes:
        raise RuntimeError("line\nlost")

    monkeypatch.setattr("fsspec.implementations.memory.MemoryFile.read", fail)
    with pytest.raises(SourceClosed, match=r"1\.txt cannot be read: line lost"):
        list(read_sources(["memory://news/a"], IngestSettings()))


def test_a_file_by_its_address_is_the_same_input(tree: Path) -> None:
    by_path, by_address = (list(read_sources([s], IngestSettings())) for s in (str(tree), f"file://{tree}"))
    assert [i.input_id for i in by_path] == [i.input_id for i in by_address]


def test_news_is_younger_or_not_told(tree: Path) -> None:
    assert may_hold_news(str(tree), 0)
    assert not may_hold_news(f"{tree}/**/*.txt", 1e11)
    assert may_hold_news("-", 1e11)
    assert may_hold_news("s3://bucket/a", 1e11)
    with pytest.raises(SourceMissing):
        may_hold_news(str(tree / "nowhere"), 0)


def read_reported(*sources: object) -> list[tuple[int, int | None]]:
    """What is reported while sources are read: bytes done and in all."""
    reports: list[tuple[int, int | None]] = []
    list(read_sources([str(s) for s in sources], IngestSettings(), lambda done, total: reports.append((done, total))))
    return reports


def test_progress_is_told_in_bytes_of_the_files_as_they_lie(tmp_path: Path) -> None:
    lines = b'{"text": "%s"}\n' % (b"News. " * 100)
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(lines * 2_000, 0))
    (tmp_path / "b.txt").write_bytes(b"News.")
    (tmp_path / "c.zip").write_bytes(b"PK\x03\x04 damaged")
    (tmp_path / "d.txt").symlink_to("nowhere")
    size = sum(path.stat().st_size for path in tmp_path.iterdir() if path.exists())
    reports = read_reported(tmp_path)
    done = [done for done, _ in reports]
    assert {total for _, total in reports} == {size}
    assert done == sorted(done)
    assert done[-1] == size
    assert len(set(done)) > 10


def test_a_store_that_knows_sizes_tells_them(tmp_path: Path) -> None:
    with fsspec.open("memory://sized/a/1.txt", "wb") as file:
        file.write(b"News.")
    assert read_reported("memory://sized/a") == [(5, 5), (5, 5)]
    assert read_reported("memory://sized/*/1.txt")[-1] == (5, 5)


def test_standard_input_has_no_size(monkeypatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"News.")))
    assert read_reported("-") == [(5, None), (5, None)]
