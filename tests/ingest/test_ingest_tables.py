"""CSV and Parquet: one record a row."""

import datetime as dt
import json

import pyarrow as pa
import pytest


def test_rows_have_the_names_of_the_header(read_file, text_of, told_by) -> None:
    table = 'ID,Headline,Body,Link,Authors\n7,"Fire, again","Two\nlines ""quoted""",https://x.com/a?utm_source=b,Ann\n'
    (input_,) = read_file("a.csv", table)
    assert [told_by(input_, field) for field in ("title", "byline")] == ["Fire, again", "Ann"]
    assert (input_.url, input_.record_id) == ("https://x.com/a", "7")
    assert text_of(input_) == 'Two\nlines "quoted"'


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_delimiters_and_encodings(read_file, text_of, delimiter: str, encoding: str) -> None:
    table = (
        delimiter.join(("title", "text")) + "\r\n" + delimiter.join(("Head", "Café “news” – déjà vu, être")) + "\r\n"
    )
    if delimiter == ",":
        table = table.replace("Café", '"Café').replace("être", 'être"')
    (input_,) = read_file("a.csv", table.encode(encoding))
    assert text_of(input_) == "Café “news” – déjà vu, être"


@pytest.mark.parametrize("line", ["sep=;\r\n", '"sep=;"\n', "SEP=;\n"])
def test_a_line_above_the_table_tells_the_separator(read_file, text_of, line: str) -> None:
    (input_,) = read_file("a.csv", f"{line}id;text\n7;One, two.\n")
    assert (input_.record_id, text_of(input_)) == ("7", "One, two.")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("One.\n\n,\nTwo.", [(1, None), (4, None)]),
        ("One.,a,b\nTwo.", [(1, None), (2, None)]),
        (",x\nTwo.", [(1, None), (2, None)]),
        ("x" * 3_000 + "\nTwo.", [(None, "damaged")]),
        ('One.\n"never closed\n' + "more lines\n" * 500, [(1, None), (None, "damaged")]),
        ("One.\n" + "x" * 990 + "\nThree.", [(1, None), (2, "too_large"), (3, None)]),
    ],
)
def test_rows_and_their_rejects(read_file, rows: str, expected: list) -> None:
    inputs = read_file("a.csv", "text,title\n" + rows, max_record_bytes=1_000)
    assert [(i.position, i.reject_reason) for i in inputs] == expected


def test_cells_beyond_the_header_are_kept(read_file) -> None:
    (input_,) = read_file("a.csv", "text\nOne.,more\n")
    assert json.loads(input_.payload) == {"text": "One.", "more_cells": ["more"]}


def test_parquet_rows(read_file, text_of, told_by, make_parquet) -> None:
    day, moment = dt.date(2023, 6, 19), dt.datetime(2023, 6, 19, 10, tzinfo=dt.UTC)
    payload = make_parquet(
        text=["One.", None],
        date=[day, day],
        at=[moment, None],
        authors=[["A", "B"], []],
        vector=[[0.5], [0.25]],
        blob=[b"x", b"y"],
    )
    one, two = read_file("a.bin", payload)
    assert (text_of(one), told_by(one, "published"), told_by(one, "byline")) == ("One.", "2023-06-19", "A, B")
    assert json.loads(one.payload).keys() == {"text", "date", "at", "authors"}
    assert (json.loads(two.payload).keys(), two.position) == ({"date", "authors"}, 2)


def test_texts_in_bytes_are_kept(read_file, text_of, make_parquet) -> None:
    one, two = read_file("a.parquet", make_parquet(html=["Café one.".encode(), b"\x00\xff"], title=[b"A", b"B"]))
    assert (text_of(one), json.loads(two.payload)) == ("Café one.", {"title": "B"})


def test_objects_in_parquet_are_kept(read_file, told_by, make_parquet) -> None:
    payload = make_parquet(
        text=["One."], source=[{"id": 1, "name": "The Post"}], authors=[[{"name": "A"}, {"name": "B"}]]
    )
    (one,) = read_file("a.parquet", payload)
    assert (told_by(one, "outlet"), told_by(one, "byline")) == ("The Post", "A, B")


def test_parquet_of_any_size_is_read_in_batches(read_file, monkeypatch, make_parquet) -> None:
    monkeypatch.setattr("quotidian.tasks.ingest.parquet_rows.MAX_ROWS", 3)
    assert [i.position for i in read_file("a.parquet", make_parquet(text=["Words."] * 10))] == list(range(1, 11))


@pytest.mark.parametrize("cut", [10, 200])
def test_broken_parquet_is_one_reject(read_file, make_parquet, cut: int) -> None:
    (input_,) = read_file("a.parquet", make_parquet(text=["Words."] * 10)[:-cut])
    assert input_.reject_reason == "damaged"


@pytest.mark.parametrize(
    ("value", "type_", "written"),
    [
        (2**60, pa.timestamp("ns"), "2006-07-14 23:58:24.606846976"),
        (1687168800, pa.timestamp("s", "Europe/Berlin"), "2023-06-19 12:00:00.000+0200"),
        (2**31 - 1, pa.date32(), "<value out of range: 2147483647>"),
    ],
)
def test_moments_of_any_kind(read_file, told_by, make_parquet, value: int, type_: pa.DataType, written: str) -> None:
    (input_,) = read_file("a.parquet", make_parquet(text=["Words."], date=pa.array([value], type_)))
    assert told_by(input_, "published") == written
