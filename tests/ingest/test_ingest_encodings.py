"""Bytes are what they look like, whatever is said of them."""

import json

import pytest

from quotidian.tasks.ingest.encodings import decode_page, find_wide_encoding, read_western

WORDS = "The café’s owner paid €4 million for it, José said."


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
def test_wide_letters_are_told_without_a_mark(encoding: str) -> None:
    payload = WORDS.encode(encoding)
    assert payload.decode(find_wide_encoding(payload)) == WORDS


@pytest.mark.parametrize("payload", [b"", b"abc", bytes(40), WORDS.encode(), b"\x00a\x01\x02\x03" * 9])
def test_other_bytes_are_not_wide(payload: bytes) -> None:
    assert find_wide_encoding(payload) is None


@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.csv", "a.txt"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_files_in_other_encodings_are_read(read_file, text_of, name: str, encoding: str) -> None:
    record = json.dumps({"text": WORDS}, ensure_ascii=False)
    content = {
        "a.jsonl": f"{record}\n{record}\n",
        "a.json": f"[{record}]",
        "a.csv": f'id,text\n1,"{WORDS}"\n',
        "a.txt": WORDS,
    }
    assert {text_of(input_) for input_ in read_file(name, content[name].encode(encoding))} == {WORDS}


@pytest.mark.parametrize(
    ("payload", "text"),
    [
        ("José paid €4".encode("cp1252"), "José paid €4"),
        ("“No”".encode("cp1252"), "“No”"),
        (b"text \xff", ""),
        (b"\x81\x8d", ""),
        (b"a\xc3 b \xa4", ""),
    ],
    ids=["letters", "marks", "alone", "none", "currency"],
)
def test_what_looks_western_is(payload: bytes, text: str) -> None:
    assert read_western(payload) == text


def test_a_page_that_says_utf_8_and_is_not() -> None:
    page = f'<html><head><meta charset="utf-8"></head><body><p>{WORDS}</p></body></html>'
    assert WORDS in decode_page(page.encode("cp1252"), None)
    assert WORDS in decode_page(page.encode("cp1252"), "utf-8")
