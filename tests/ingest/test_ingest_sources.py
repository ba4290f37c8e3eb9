"""What the user names becomes inputs, each once and in order."""

import json
from pathlib import Path

import pytest

from quotidian.tasks.ingest.archive import Input, append_new, archive_folder
from quotidian.tasks.ingest.places import SourceMissing
from quotidian.tasks.ingest.raw_text import decode_bytes, read_raw_text
from quotidian.tasks.ingest.settings import IngestSettings
from quotidian.tasks.ingest.sources import read_sources

SETTINGS = IngestSettings(max_record_bytes=1_000)


def read(*sources: Path) -> list[Input]:
    return list(read_sources(list(sources), SETTINGS))


def test_a_folder_is_walked_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/.hidden/x.txt", ".git"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("News.")
    assert [i.source for i in read(tmp_path)] == ["a/z.txt", "b.txt"]


def test_a_file_has_the_same_id_alone_and_in_its_folder(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("News.")
    assert read(tmp_path)[0].input_id == read(tmp_path / "a.txt")[0].input_id


def test_a_missing_source_is_named_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("News.")
    with pytest.raises(SourceMissing, match="nowhere does not exist"):
        next(read_sources([tmp_path, tmp_path / "nowhere"], SETTINGS))


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        (b"", "empty"),
        (b" \n\n ", "empty"),
        (b"\x7fELF\x00\x00\x01", "binary"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "binary"),
        (b"x" * 1_001, "too_large"),
        ("naïve – “text”".encode(), None),
        ("naïve text".encode("utf-16"), None),
        (b"caf\xe9 society", None),
    ],
)
def test_a_file_is_text_or_is_rejected_with_a_reason(tmp_path: Path, payload: bytes, reason: str | None) -> None:
    (tmp_path / "a.txt").write_bytes(payload)
    (input_,) = read(tmp_path)
    assert input_.reject_reason == reason
    assert (input_.reject_detail is None) == (reason is None)


def test_what_cannot_be_read_is_rejected(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to("gone.txt")
    (input_,) = read(tmp_path)
    assert input_.reject_reason == "unreadable"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"not json", "not_json"),
        (b"[1, 2]", "not_json"),
        (b'{"text": "\xff"}', "not_json"),
        (b'{"text": "' + b"x" * 1_000 + b'"}', "too_large"),
        (b'{"a":' * 190, "not_json"),
        (b'{"text": 7}', "no_text"),
        (b'{"text": "  ", "tags": {"a": 1}}', "no_text"),
        (b'{"body": "News."}', None),
        (b'{"text": "Lone \\ud800 surrogate."}', None),
    ],
)
def test_each_line_is_a_record_or_is_rejected_with_its_number(tmp_path: Path, line: bytes, reason: str | None) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'{"text": "First."}\n\n' + line + b'\n{"text": "Last."}')
    first, middle, last = read(tmp_path)
    assert (first.reject_reason, middle.reject_reason, last.reject_reason) == (None, reason, None)
    assert reason is None or "line 3" in middle.reject_detail
    assert reason is not None or read_raw_text(middle.payload, middle.media_type, SETTINGS)


def test_json_lines_are_found_by_content_too(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text('{"text": "One."}\n{"text": "Two."}\n')
    assert len(read(tmp_path)) == 2


def test_the_same_record_at_the_same_url_is_one_input_whatever_the_file(tmp_path: Path) -> None:
    one, two = (
        Input(name, b"{}", "application/json", url="http://x/1", position=p) for name, p in (("a", 1), ("b", 9))
    )
    assert one.input_id == two.input_id


def test_archiving_again_adds_nothing(tmp_path: Path) -> None:
    folder = archive_folder(tmp_path)
    inputs = [Input("a", b"1"), Input("b", b"2"), Input("a", b"1")]
    assert append_new(folder, inputs) == (3, 2)
    files = folder.files()
    assert append_new(folder, inputs) == (3, 0)
    assert folder.files() == files


def test_what_was_rejected_comes_in_once_the_settings_allow_it(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": "News. " * 300}))
    folder = archive_folder(tmp_path)
    assert append_new(folder, read(tmp_path / "a.jsonl")) == (1, 1)
    assert append_new(folder, read_sources([tmp_path / "a.jsonl"], IngestSettings())) == (1, 1)
    assert folder.scan().collect()["reject_reason"].to_list().count(None) == 1


@pytest.mark.parametrize(
    ("payload", "text"),
    [
        ("“Hi” – é".encode(), "“Hi” – é"),
        (b"\xef\xbb\xbfHi", "Hi"),
        ("Hi é".encode("utf-16"), "Hi é"),
        (b"one bad \xff byte", "one bad \ufffd byte"),
        (
            "The café’s owner was “très fâché” – déjà vu. ".encode("cp1252"),
            "The café’s owner was “très fâché” – déjà vu. ",
        ),
    ],
)
def test_bytes_become_text(payload: bytes, text: str) -> None:
    assert decode_bytes(payload) == text
