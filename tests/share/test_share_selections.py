"""Answers as files: the same rows back, nothing that a spreadsheet runs, and the limits of Excel."""

import csv
import io
import json
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from quotidian.tasks.share import excel
from quotidian.tasks.share.excel import BeyondExcel
from quotidian.tasks.share.queries import Answer, QueryRefused, run_query
from quotidian.tasks.share.reading import open_snapshot
from quotidian.tasks.share.selections import STREAMS, format_of, write_selection
from quotidian.tasks.store.errors import UsageError

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠SUM(A1)"]
EVERY = """SELECT 1 AS whole, 2.5::DOUBLE AS part, 'it''s, “so”' AS words, true AS yes, DATE '2023-06-19' AS day,
    TIMESTAMPTZ '2023-06-19 10:00:00Z' AS moment, sum(3) AS total, [1, 2] AS list, {'a': 'b'} AS struct,
    INTERVAL 1 DAY AS span, NULL AS nothing, 'nan'::DOUBLE AS none, -4 AS negative"""


def texts(*values: str) -> Answer:
    batch = pa.RecordBatch.from_pydict({"words": list(values)})
    return Answer(batch.schema, iter([batch]))


def write(snapshot: Path, sql: str, path: Path) -> Path:
    with open_snapshot(snapshot) as database:
        write_selection(run_query(database, sql), path, path.suffix[1:], lambda rows: None)
    return path


def stream(answer: Answer, format_: str, **options: bool) -> bytes:
    target = io.BytesIO()
    STREAMS[format_](answer, target, lambda rows: None, **options)
    return target.getvalue()


def test_csv_holds_every_type(snapshot: Path, tmp_path: Path) -> None:
    with write(snapshot, EVERY, tmp_path / "a.csv").open(newline="", encoding="utf-8") as file:
        (row,) = csv.DictReader(file)
    assert row["words"] == "it's, “so”"
    assert (row["whole"], row["part"], row["total"], row["negative"]) == ("1", "2.5", "3", "-4")
    assert (row["list"], row["struct"], row["nothing"]) == ("[1, 2]", '{"a": "b"}', "")
    assert row["moment"].startswith("2023-06-19 10:00:00")


def test_json_holds_every_type(snapshot: Path, tmp_path: Path) -> None:
    (row,) = json.loads(write(snapshot, EVERY, tmp_path / "a.json").read_text(encoding="utf-8"))
    assert (row["whole"], row["total"], row["list"], row["struct"]) == (1, 3, [1, 2], {"a": "b"})
    assert (row["day"], row["nothing"], row["none"]) == ("2023-06-19", None, None)
    assert row["moment"] == "2023-06-19T10:00:00+00:00"


def test_excel_holds_every_type(snapshot: Path, tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(write(snapshot, EVERY, tmp_path / "a.xlsx")).active
    row = {head.value: cell.value for head, cell in zip(*sheet.iter_rows(), strict=True)}
    assert (row["whole"], row["part"], row["words"], row["yes"], row["total"]) == (1, 2.5, "it's, “so”", True, 3)
    assert (row["day"], row["moment"]) == (datetime(2023, 6, 19), datetime(2023, 6, 19, 10))
    assert (row["list"], row["nothing"], row["none"]) == ("[1, 2]", None, None)
    assert sheet.freeze_panes == "A2"


def test_parquet_holds_the_rows_of_the_table(snapshot: Path, tmp_path: Path) -> None:
    sql = "SELECT * EXCLUDE (day) FROM quotes ORDER BY quote_id"
    rows = pq.read_table(write(snapshot, sql, tmp_path / "a.parquet"))
    assert rows.num_rows == 15
    assert "large_string" not in str(rows.schema)


@pytest.mark.parametrize("format_", ["csv", "json"])
def test_no_rows_are_a_whole_file(snapshot: Path, tmp_path: Path, format_: str) -> None:
    text = write(snapshot, "SELECT 1 AS a WHERE false", tmp_path / f"a.{format_}").read_text()
    assert text.strip() == {"csv": '"a"', "json": "[]"}[format_]


def test_csv_guards_what_a_spreadsheet_would_run() -> None:
    rows = list(csv.reader(io.StringIO(stream(texts(*FORMULAS, "a=1", ""), "csv").decode(), newline="")))
    assert [cell for (cell,) in rows[1:]] == [*(f"'{text}" for text in FORMULAS), "a=1", ""]


def test_raw_csv_is_exact() -> None:
    rows = list(csv.reader(io.StringIO(stream(texts(*FORMULAS), "csv", raw=True).decode(), newline="")))
    assert [cell for (cell,) in rows[1:]] == FORMULAS


def test_excel_keeps_formulas_and_links_as_text() -> None:
    written = stream(texts("=1+1", "http://example.org", '=HYPERLINK("http://x")', "007"), "xlsx")
    cells = [row[0] for row in openpyxl.load_workbook(io.BytesIO(written)).active.iter_rows(min_row=2)]
    assert [cell.data_type for cell in cells] == ["s"] * 4
    assert [cell.value for cell in cells][-1] == "007"
    assert not any(cell.hyperlink for cell in cells)


def test_old_dates_and_long_numbers_stay_text_in_excel(snapshot: Path, tmp_path: Path) -> None:
    sql = f"SELECT DATE '1815-06-18' AS day, {2**60} AS number"
    sheet = openpyxl.load_workbook(write(snapshot, sql, tmp_path / "a.xlsx")).active
    assert [cell.value for cell in sheet[2]] == [date(1815, 6, 18).isoformat(), str(2**60)]


def test_excel_refuses_a_text_that_it_cannot_hold(tmp_path: Path) -> None:
    with pytest.raises(BeyondExcel, match=r"words has 32,768 in row 2.*left\(words, 32767\)"):
        write_selection(texts("a", "b" * 32_768), tmp_path / "a.xlsx", "xlsx", lambda rows: None)
    assert list(tmp_path.iterdir()) == []


def test_excel_refuses_more_rows_than_it_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excel, "MAX_ROWS", 3)
    with pytest.raises(BeyondExcel, match="select fewer"):
        write_selection(texts("a", "b", "c"), tmp_path / "a.xlsx", "xlsx", lambda rows: None)


def test_a_failing_answer_leaves_the_file_before(snapshot: Path, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("before")
    with pytest.raises(QueryRefused):
        write(snapshot, "SELECT CASE WHEN i > 50000 THEN error('late') END FROM range(100000) t(i)", tmp_path / "a.csv")
    assert [path.read_text() for path in tmp_path.iterdir()] == ["before"]


def test_an_unknown_ending_is_refused() -> None:
    with pytest.raises(UsageError, match=r"use \.csv, \.json, \.parquet, \.xlsx"):
        format_of(Path("a.doc"))
