"""Packed files and archives of them, which may be broken or hostile."""

import gzip
import io
import tarfile
import tracemalloc
import zipfile

import pyarrow as pa
import pytest


def pack(kind: str, payload: bytes) -> bytes:
    return gzip.compress(payload) if kind == "gz" else pa.compress(payload, codec="zstd", asbytes=True)


@pytest.mark.parametrize("kind", ["gz", "zst"])
@pytest.mark.parametrize(
    ("name", "payload", "count"),
    [
        ("a.txt", b"News.", 1),
        ("a.html", b"<html><body><p>News.</p></body></html>", 1),
        ("a.jsonl", b'{"text": "One."}\n{"text": "Two."}\n', 2),
        ("a.csv", b"text,title\nOne.,T\nTwo.,T\n", 2),
        ("a.json", b'[{"text": "One."}]', 1),
    ],
)
def test_packed_files_are_what_they_hold(read_file, kind: str, name: str, payload: bytes, count: int) -> None:
    packed, plain = read_file(f"{name}.{kind}", pack(kind, payload)), read_file(name, payload)
    assert len(packed) == count
    assert [(i.payload, i.media_type, i.position) for i in packed] == [
        (i.payload, i.media_type, i.position) for i in plain
    ]


@pytest.mark.parametrize("mode", ["zip", "w", "w:gz"])
def test_entries_are_read_in_their_order(read_file, make_zip, make_tar, page, mode: str) -> None:
    entries = {
        "b/page.html": page.encode(),
        "a.jsonl.gz": gzip.compress(b'{"text": "One."}\n{"text": "Two."}'),
        ".hidden": b"no",
        "__MACOSX/a": b"no",
        "./c.txt": b"News.",
    }
    inputs = read_file("all", make_zip(entries) if mode == "zip" else make_tar(entries, mode))
    assert [i.source for i in inputs] == ["all/b/page.html", "all/a.jsonl.gz", "all/a.jsonl.gz", "all/c.txt"]
    assert not any(i.reject_reason for i in inputs)


def test_rows_inside_archives(read_file, make_zip, make_parquet) -> None:
    inner = make_zip({"a.parquet": make_parquet(text=["One.", "Two."]), "b.csv": b"text,t\nThree.,x\n"})
    assert [i.source for i in read_file("a.zip", inner)] == ["a.zip/a.parquet", "a.zip/a.parquet", "a.zip/b.csv"]


@pytest.mark.parametrize("name", ["/etc/a.txt", "../a.txt", "a/../../b.txt", "C:\\a.txt", "..\\a.txt"])
@pytest.mark.parametrize("mode", ["zip", "w"])
def test_names_that_climb_are_rejected(read_file, make_zip, make_tar, name: str, mode: str) -> None:
    entries = {name: b"News.", "good.txt": b"News."}
    bad, good = read_file("a", make_zip(entries) if mode == "zip" else make_tar(entries))
    assert (bad.reject_reason, good.reject_reason, good.source) == ("unsafe_name", None, "a/good.txt")


def test_links_and_devices_are_rejected(read_file) -> None:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE):
            entry = tarfile.TarInfo(f"entry{kind.decode()}")
            entry.type, entry.linkname = kind, "/etc/passwd"
            archive.addfile(entry)
    assert [i.reject_reason for i in read_file("a.tar", file.getvalue())] == ["no_file"] * 3


def test_archives_in_archives(read_file, make_zip, make_tar) -> None:
    one = make_zip({"a.txt": b"News."})
    two = make_tar({"one.zip": one}, "w:gz")
    three = make_zip({"two.tar.gz": two, "b.txt": b"News."})
    assert [i.reject_reason for i in read_file("two.tar.gz", two)] == [None]
    inputs = read_file("three.zip", three)
    assert [(i.source, i.reject_reason) for i in inputs] == [
        ("three.zip/two.tar.gz/one.zip", "nested_archive"),
        ("three.zip/b.txt", None),
    ]
    assert read_file("three.zip", three, max_archive_depth=3)[0].reject_reason is None


def test_packed_in_packed(read_file) -> None:
    payload = b"News."
    for _ in range(4):
        payload = gzip.compress(payload)
    assert [i.reject_reason for i in read_file("a.gz", payload)] == ["nested_archive"]
    assert [i.reject_reason for i in read_file("a.gz", payload, max_archive_depth=3)] == [None]


def test_an_entry_with_a_password_is_rejected(read_file, make_zip) -> None:
    payload = bytearray(make_zip({"a.txt": b"News.", "b.txt": b"News."}))
    payload[payload.index(b"PK\x01\x02") + 8] |= 1
    assert [i.reject_reason for i in read_file("a.zip", bytes(payload))] == ["encrypted", None]


def test_a_broken_entry_is_rejected_alone(read_file, make_zip) -> None:
    payload = make_zip({"a.txt": b"The mayor said so. " * 50, "b.txt": b"News."})
    broken = payload[:45] + b"\xff\xff\xff" + payload[48:]
    assert [i.reject_reason for i in read_file("a.zip", broken)] == ["damaged", None]


def noise(seed: int) -> bytes:
    """Words that do not pack well."""
    import random

    rng = random.Random(seed)
    return " ".join("".join(rng.choices("abcdefghij", k=6)) for _ in range(3_000)).encode()


@pytest.mark.parametrize(("kind", "whole"), [("w", 2), ("w:gz", 2), ("zip", 0)])
def test_what_comes_before_a_cut_is_kept(read_file, make_zip, make_tar, kind: str, whole: int) -> None:
    entries = {f"{n}.txt": noise(n) for n in range(3)}
    payload = make_zip(entries) if kind == "zip" else make_tar(entries, kind)
    cut = payload[: len(payload) * 5 // 6] if kind != "w" else payload[:50_000]
    inputs = read_file("a", cut)
    assert [i.reject_reason for i in inputs] == [None] * whole + ["damaged"]


@pytest.mark.parametrize("kind", ["gz", "zst"])
def test_lines_before_a_cut_are_kept(read_file, kind: str) -> None:
    lines = b"".join(b'{"text": "%s"}\n' % noise(n) for n in range(40))
    packed = pack(kind, lines)
    inputs = read_file(f"a.jsonl.{kind}", packed[: len(packed) // 2])
    assert [i.reject_reason for i in inputs[:5]] == [None] * 5
    assert [i.reject_reason for i in inputs if i.reject_reason] == ["damaged"]


@pytest.mark.parametrize("kind", ["gz", "zst"])
def test_a_text_that_was_cut_is_no_article(read_file, kind: str) -> None:
    assert [i.reject_reason for i in read_file(f"a.txt.{kind}", pack(kind, noise(1))[:-500])] == ["damaged"]


def test_what_unpacks_to_too_much_is_rejected(read_file, make_zip) -> None:
    line = b'{"text": "' + b"x" * 1_000_000 + b'"}\n'
    for name, payload in (("a.jsonl.gz", gzip.compress(line * 40)), ("a.zip", make_zip({"a.jsonl": line * 40}))):
        inputs = read_file(name, payload)
        assert inputs[-1].reject_reason == "compression_ratio"
        assert 5 < len(inputs) < 40
        assert len(read_file(name, payload, max_compression_ratio=2_000)) == 40


def test_entries_that_share_their_bytes_are_counted_each(read_file) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.jsonl", b'{"text": "' + b"x" * 1_000_000 + b'"}\n')
        first = archive.infolist()[0]
        for number in range(40):
            entry = zipfile.ZipInfo(f"{number}.jsonl")
            for field in ("compress_type", "CRC", "compress_size", "file_size", "header_offset", "flag_bits"):
                setattr(entry, field, getattr(first, field))
            archive.filelist.append(entry)
    inputs = read_file("a.zip", file.getvalue())
    assert {i.reject_reason for i in inputs[1:]} <= {"compression_ratio", "damaged", None}
    assert sum(len(i.payload) for i in inputs if not i.reject_reason) < 12_000_000


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.tar.gz", "a.csv", "a.json"])
def test_memory_does_not_grow_with_the_file(tmp_path, make_tar, name: str) -> None:
    from quotidian.tasks.ingest.settings import IngestSettings
    from quotidian.tasks.ingest.sources import read_sources

    def build(count: int) -> bytes:
        rows = [noise(n) for n in range(8)] * (count // 8)
        if name == "a.tar.gz":
            return make_tar({f"{n}.txt": row for n, row in enumerate(rows)}, "w:gz")
        if name == "a.csv":
            return b"text,title\n" + b"".join(row + b",T\n" for row in rows)
        lines = [b'{"text": "%s"}' % row for row in rows]
        return b"[" + b",".join(lines) + b"]" if name == "a.json" else gzip.compress(b"\n".join(lines))

    def measure(count: int) -> int:
        (tmp_path / name).write_bytes(build(count))
        tracemalloc.start()
        for _ in read_sources([tmp_path / name], IngestSettings()):
            pass
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    measure(8)  # what is imported on the way
    assert measure(400) < measure(80) + 500_000
