"""Where names begin: behind the mark of a source, whatever the source is."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest

from quotidian.tasks.ingest.fingerprint import fingerprint_source
from quotidian.tasks.ingest.naming import find_lead, mark_before, split_mark
from quotidian.tasks.ingest.places import SourceMissing, list_places
from quotidian.tasks.ingest.settings import IngestSettings
from quotidian.tasks.ingest.sources import read_sources

FILES = (
    "2023-06-18/post/a.txt",
    "2023-06-18/b.txt",
    "2023-06-19/post/a.txt",
    "2023-06-19/.late/c.txt",
    "2023-06-20.txt",
)


def names(source: object) -> list[str]:
    return [place.name for place in list_places(str(source))]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"News of {name}.")
    return tmp_path


@pytest.fixture
def store(tree: Path) -> Iterator[str]:
    """The same tree in a store."""
    memory = fsspec.filesystem("memory")
    for name in FILES:
        memory.pipe_file(f"/news/{name}", (tree / name).read_bytes())
    yield "memory://news"
    memory.rm("/news", recursive=True)


SOURCES = [
    ("/./2023-06-18", ["2023-06-18/b.txt", "2023-06-18/post/a.txt"]),
    ("/./2023-06-18/", ["2023-06-18/b.txt", "2023-06-18/post/a.txt"]),
    ("/2023-06-18/./", ["b.txt", "post/a.txt"]),
    ("/./2023-06-18/post", ["2023-06-18/post/a.txt"]),
    ("/2023-06-18/./post", ["post/a.txt"]),
    ("/./2023-06-18/b.txt", ["2023-06-18/b.txt"]),
    ("/./2023-06-20.txt", ["2023-06-20.txt"]),
    ("/2023-06-20.txt/./", ["2023-06-20.txt"]),
    ("/./2023-06-18/*/*.txt", ["2023-06-18/post/a.txt"]),
    ("/./2023-06-18/**/a.txt", ["2023-06-18/post/a.txt"]),
    ("/*/./post/a.txt", ["2023-06-18/post/a.txt", "2023-06-19/post/a.txt"]),
    ("/./2023-06-19/", ["2023-06-19/post/a.txt"]),
    ("/./2023-06-19/.late", ["2023-06-19/.late/c.txt"]),
]


@pytest.mark.parametrize(("source", "found"), SOURCES)
def test_names_begin_behind_the_mark(tree: Path, source: str, found: list[str]) -> None:
    assert names(f"{tree}{source}") == found
    assert names(f"file://{tree}{source}") == found


@pytest.mark.parametrize(("source", "found"), SOURCES)
def test_in_stores_too(store: str, source: str, found: list[str]) -> None:
    assert names(f"{store}{source}") == found


def test_a_part_of_a_folder_is_part_of_its_inputs(tree: Path) -> None:
    (tree / "2023-06-18" / "lines.jsonl").write_text('{"text": "One."}\n{"text": "Two."}\n{}\n')
    with zipfile.ZipFile(tree / "2023-06-18" / "pack.zip", "w") as pack:
        pack.writestr("in/a.txt", "Packed news.")
    whole, part = (
        {i.input_id: i.source for i in read_sources([source], IngestSettings())}
        for source in (str(tree), f"{tree}/./2023-06-18/")
    )
    assert len(part) == 6
    assert part.items() <= whole.items()


def test_below_the_present_folder_and_the_root(tree: Path, monkeypatch) -> None:
    monkeypatch.chdir(tree)
    assert names("././2023-06-18/post") == ["2023-06-18/post/a.txt"]
    assert names("./2023-06-18/post") == ["a.txt"]
    assert names("/./" + f"{tree}/2023-06-20.txt".lstrip("/")) == [f"{tree}/2023-06-20.txt".lstrip("/")]


def test_in_a_chain_the_mark_belongs_to_one_address(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as pack:
        pack.writestr("in/2023-06-18/a.txt", "News.")
    (tmp_path / "2023").mkdir()
    (tmp_path / "2023" / "all.zip").write_bytes(packed.getvalue())
    assert names(f"zip://in/::file://{tmp_path}/./2023/all.zip") == ["2023-06-18/a.txt"]
    assert names(f"zip://in/./2023-06-18::file://{tmp_path}/2023/all.zip") == ["2023-06-18/a.txt"]
    assert names(f"simplecache::file://{tmp_path}/./2023/all.zip") == ["2023/all.zip"]


@pytest.mark.parametrize(
    ("source", "marked"),
    [
        ("landing/DAY", "landing/./DAY"),
        ("landing/DAY/post/*.txt", "landing/./DAY/post/*.txt"),
        ("landing/post-DAY.jsonl", "landing/./post-DAY.jsonl"),
        ("DAY/", "././DAY/"),
        ("./DAY", "././DAY"),
        ("/DAY", "/./DAY"),
        ("s3://news/DAY/", "s3://news/./DAY/"),
        ("s3://news-DAY/a", "s3://./news-DAY/a"),
        ("landing/DAY/./", "landing/DAY/./"),
        ("/news/./landing/DAY", "/news/./landing/DAY"),
    ],
)
def test_where_the_mark_is_put(source: str, marked: str) -> None:
    assert mark_before(source, source.index("DAY")) == marked


def test_a_source_is_split_at_its_first_mark() -> None:
    assert split_mark("a/b") == ("a/b", "")
    assert split_mark("./a") == ("./a", "")
    assert split_mark("a/./b/./c") == ("a/b/./c", "b/./c")


def test_a_lead_never_reaches_below_the_root() -> None:
    assert find_lead(["a", "b"], ["a", "b"], ["b"]) == "b/"
    assert find_lead(["a"], ["a", "*", "b"], ["b"]) == ""
    assert find_lead(["x"], ["x"], ["a", "b"]) == ""


def test_a_mark_is_no_change_of_files_and_errors_leave_it_out(tree: Path) -> None:
    assert fingerprint_source(f"{tree}/./2023-06-18") == fingerprint_source(f"{tree}/2023-06-18")
    assert fingerprint_source(f"file://{tree}/./2023-06-18") == fingerprint_source(f"file://{tree}/2023-06-18")
    for source in ("/./2023-06-21", "/./2023-06-21/*.txt"):
        with pytest.raises(SourceMissing, match=f"^{tree}/2023-06-21"):
            list_places(f"{tree}{source}")
