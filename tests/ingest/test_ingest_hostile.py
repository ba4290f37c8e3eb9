"""What a file claims is not believed, and what is no file is not opened."""

import io
import os
import struct
import tarfile
import threading
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from quotidian.tasks.ingest.archive import Input, append_new, archive_folder
from quotidian.tasks.ingest.parquet_pages import list_page_sizes, read_page_header
from quotidian.tasks.ingest.places import list_places
from quotidian.tasks.ingest.settings import IngestSettings
from quotidian.tasks.ingest.sources import read_sources


def read_folder(folder: object, **settings: object) -> list[Input]:
    return list(read_sources([str(folder)], IngestSettings(**settings)))


def name_reasons(inputs: list[Input]) -> dict[str, str | None]:
    return {input_.source: input_.reject_reason for input_ in inputs}


@pytest.fixture
def landing(tmp_path: Path) -> Path:
    """A folder with a file, and beside it what its links lead to."""
    (tmp_path / "landing" / "in").mkdir(parents=True)
    (tmp_path / "landing" / "a.txt").write_text("News.")
    (tmp_path / "landing" / ".env").write_text("SECRET=1")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "secret.txt").write_text("A password.")
    return tmp_path / "landing"


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("../elsewhere/secret.txt", "link_outside"),
        ("/etc/passwd", "link_outside"),
        ("in/../../elsewhere/secret.txt", "link_outside"),
        (".env", "link_outside"),
        ("../elsewhere", "link_outside"),
        ("in", "no_file"),
        ("/dev/zero", "link_outside"),
        ("gone.txt", "unreadable"),
        ("b.txt", "unreadable"),
        ("a.txt", None),
    ],
)
def test_links(landing: Path, target: str, reason: str | None) -> None:
    (landing / "b.txt").symlink_to(target)
    inputs = read_folder(landing)
    assert name_reasons(inputs) == {"a.txt": None, "b.txt": reason}
    assert not any(b"password" in input_.payload or b"SECRET" in input_.payload for input_ in inputs)


def test_links_that_a_glob_goes_through(landing: Path) -> None:
    (landing / "post").symlink_to("../elsewhere")
    assert name_reasons(read_folder(f"{landing}/*/*.txt")) == {"post/secret.txt": "link_outside"}
    assert name_reasons(read_folder(f"{landing}/*")) == {"a.txt": None, "post/secret.txt": "link_outside"}


def test_what_is_named_itself_is_followed(landing: Path, tmp_path: Path) -> None:
    (tmp_path / "to_file").symlink_to("elsewhere/secret.txt")
    (tmp_path / "to_folder").symlink_to("landing")
    assert name_reasons(read_folder(tmp_path / "to_file")) == {"to_file": None}
    assert name_reasons(read_folder(tmp_path / "to_folder")) == {"a.txt": None}


def test_a_pipe_in_a_folder_is_not_opened_and_one_that_is_named_is_read(landing: Path) -> None:
    os.mkfifo(landing / "in" / "pipe")
    assert name_reasons(read_folder(landing)) == {"a.txt": None, "in/pipe": "no_file"}
    writer = threading.Thread(target=(landing / "in" / "pipe").write_text, args=["News."])
    writer.start()
    assert name_reasons(read_folder(landing / "in" / "pipe")) == {"pipe": None}
    writer.join()


def test_a_file_that_becomes_a_link_or_a_pipe_before_it_is_read(landing: Path) -> None:
    (first,) = list_places(str(landing))
    (landing / "a.txt").unlink()
    (landing / "a.txt").symlink_to("../elsewhere/secret.txt")
    with pytest.raises(OSError, match="symbolic"):
        first.open()
    (landing / "a.txt").unlink()
    os.mkfifo(landing / "a.txt")
    with pytest.raises(OSError, match="no file any more"):
        first.open()


def test_a_folder_that_cannot_be_listed_is_said(landing: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scan = os.scandir

    def refuse(path: object) -> object:
        if str(path).endswith("in"):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr("os.scandir", refuse)
    assert name_reasons(read_folder(landing)) == {"a.txt": None, "in": "unreadable"}


def make_entry(kind: bytes, size: int, payload: bytes = b"") -> bytes:
    entry = tarfile.TarInfo("a.txt")
    entry.type, entry.size = kind, size
    return entry.tobuf(tarfile.GNU_FORMAT) + payload


@pytest.mark.parametrize("kind", [tarfile.REGTYPE, tarfile.CONTTYPE, tarfile.XHDTYPE, tarfile.GNUTYPE_LONGNAME, b"Z"])
@pytest.mark.parametrize("size", [2**62, 2**33, 5_000, -5])
def test_a_size_that_a_tar_claims(read_file, kind: bytes, size: int) -> None:
    inputs = read_file("a.tar", make_entry(kind, size, b"a" * 512))
    assert [input_.reject_reason for input_ in inputs][-1] == "damaged"
    assert len(inputs) <= 2


def test_names_and_sizes_of_all_kinds_of_tar(read_file) -> None:
    for format_ in (tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT):
        file = io.BytesIO()
        with tarfile.open(fileobj=file, mode="w", format=format_) as archive:
            for name in ("n" * 90 + "/" + "é" * 40 + ".txt", "short.txt"):
                entry = tarfile.TarInfo(name)
                entry.size = 700
                archive.addfile(entry, io.BytesIO(b"News and " * 77 + b"more..."))
        inputs = read_file("a.tar", file.getvalue())
        assert [i.source for i in inputs] == ["a.tar/" + "n" * 90 + "/" + "é" * 40 + ".txt", "a.tar/short.txt"]
        assert [len(i.payload) for i in inputs] == [700, 700]


def test_what_is_behind_a_header_that_is_none_is_said(read_file, make_tar) -> None:
    whole = make_tar({"a.txt": b"News."})[:1024]
    inputs = read_file("a.tar", whole + b"x" * 512 + whole)
    assert [(i.source, i.reject_reason) for i in inputs] == [("a.tar/a.txt", None), ("a.tar", "damaged")]


def test_a_link_in_a_zip_is_no_article(read_file) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        entry = zipfile.ZipInfo("a.txt")
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
        archive.writestr("b.txt", "News.", zipfile.ZIP_BZIP2)
    assert name_reasons(read_file("a.zip", file.getvalue())) == {
        "a.zip/a.txt": "no_file",
        "a.zip/b.txt": "unknown_packing",
    }


def test_a_directory_larger_than_its_zip(read_file, make_zip) -> None:
    from quotidian.tasks.ingest import archives

    whole = make_zip({"a.txt": b"News."})
    start, end = whole.index(b"PK\x01\x02"), whole.index(b"PK\x05\x06")
    directory = whole[start:end] * (2 * archives.FREE_DIRECTORY_BYTES // (end - start))
    foot = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 65535, 65535, len(directory), start, 0)
    import gzip

    inputs = read_file("a.zip.gz", gzip.compress(whole[:start] + directory + foot))
    assert [input_.reject_reason for input_ in inputs] == ["damaged"]


def test_rejects_of_a_file_are_limited_and_the_rest_is_counted(read_file) -> None:
    lines = b'{}\n{"text": "News."}\nno json\n' * 5
    inputs = read_file("a.jsonl", lines, max_rejects=3)
    assert [i.reject_reason for i in inputs if i.reject_reason] == ["no_text", "not_json", "no_text", "more_rejects"]
    assert inputs[-1].reject_detail == "rejected besides: 3 no_text, 4 not_json"
    assert sum(not i.reject_reason for i in inputs) == 5


def test_a_packed_file_of_more_records_than_bytes(read_file) -> None:
    import gzip

    inputs = read_file("a.jsonl.gz", gzip.compress(b'{"text":"a"}\n' * 30_000), max_rejects=1)
    assert inputs[-1].reject_reason == "compression_ratio"
    assert 10_000 < len(inputs) < 15_000


def test_the_archive_is_written_by_rows_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotidian.tasks.ingest.archive.FILE_ROWS", 10)
    folder = archive_folder(tmp_path)
    assert append_new(folder, (Input("a", b"%d" % n, position=n) for n in range(25))) == (25, 25)
    assert len(folder.files()) == 3


def test_a_file_that_takes_too_long_gives_what_it_gave(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "News."}\n' * 50)
    (tmp_path / "b.txt").write_text("News.")
    moments = iter([0.0] * 5 + [1e9] * 10_000)
    inputs = []
    for input_ in read_sources([str(tmp_path)], IngestSettings()):
        inputs.append(input_)
        if len(inputs) == 20:
            monkeypatch.setattr("quotidian.tasks.ingest.streams.time.thread_time", lambda: next(moments))
        if input_.reject_reason:
            monkeypatch.undo()
    reasons = [(i.source, i.reject_reason) for i in inputs]
    assert reasons[-2:] == [("a.jsonl", "took_too_long"), ("b.txt", None)]
    assert len(inputs) < 52


def write_parquet(table: pa.Table, **options: object) -> bytes:
    file = io.BytesIO()
    pq.write_table(table, file, **{"compression": "zstd", **options})
    return file.getvalue()


def repeat(word: str, count: int) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array([0] * count, pa.int32()), pa.array([word]))


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        (lambda: write_parquet(pa.table({"text": repeat("a" * 50_000_000, 64)})), "compression_ratio"),
        (lambda: write_parquet(pa.table({"text": ["a" * 50_000_000]}), use_dictionary=False), "compression_ratio"),
        (lambda: write_parquet(pa.table({"text": repeat("a" * 1_900_000, 2_000)})), "compression_ratio"),
        (lambda: write_parquet(pa.table({"text": ["News."] * 9_000_000})), "compression_ratio"),
        (
            lambda: write_parquet(pa.table({"text": pa.ListArray.from_arrays([0, 100], repeat("a" * 900_000, 100))})),
            "too_large",
        ),
        (
            lambda: write_parquet(
                pa.table(
                    {
                        "text": pa.ListArray.from_arrays(
                            [0, 100], pa.StructArray.from_arrays([repeat("a" * 900_000, 100)], ["name"])
                        )
                    }
                )
            ),
            "too_large",
        ),
    ],
    ids=["dictionary", "page", "values", "rows", "list", "list of objects"],
)
def test_a_parquet_file_that_unpacks_to_too_much(read_file, payload, reason: str) -> None:
    inputs = read_file("a.parquet", payload(), max_rejects=5)
    assert inputs[-1].reject_reason == reason
    assert sum(len(i.payload) for i in inputs) < 20_000_000


@pytest.mark.parametrize(
    "options", [{}, {"use_dictionary": False}, {"data_page_version": "2.0"}, {"data_page_size": 100}]
)
def test_sizes_of_pages_are_those_of_the_metadata(tmp_path: Path, options: dict) -> None:
    rows = {"text": [f"News {n} of the day." * 9 for n in range(300)], "authors": [["A", "B"]] * 300, "n": range(300)}
    file = io.BytesIO(write_parquet(pa.table(rows), **options))
    group = pq.ParquetFile(file).metadata.row_group(0)
    for chunk in map(group.column, range(3)):
        sizes = list(list_page_sizes(file, chunk))
        assert 0 < sum(sizes) <= chunk.total_uncompressed_size < sum(sizes) + 1_000 * len(sizes)


@pytest.mark.parametrize(
    "data", [b"", b"\x00", b"\x15", b"\xff" * 40, b"\x19\xf5" + b"\xff" * 5 + b"\x01", b"\x1c" * 30]
)
def test_headers_that_are_none(data: bytes) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_page_header(data)


def test_lists_and_columns_of_bytes_in_parquet(read_file, told_by) -> None:
    rows = {"text": ["News."], "authors": [["Ann Lee", "Bo Ray"]], "blob": pa.array([b"abc"], pa.binary(3))}
    (input_,) = read_file("a.parquet", write_parquet(pa.table(rows)))
    assert told_by(input_, "byline") == "Ann Lee, Bo Ray"
    assert b"blob" not in input_.payload
