"""An answer as a file: CSV, JSON, Parquet or Excel, by the end of the file's name."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from quotidian.tasks.store.errors import UsageError
from quotidian.tasks.store.file_format import FORMAT, plain_type
from quotidian.tasks.store.files import write_aside
from quotidian.tasks.tables.catalog import TABLES

from .cells import flatten_batch, guard_text, is_text, plain_value
from .definitions import explain_column
from .excel import write_sheets
from .queries import Answer

Report = Callable[[int], None]
"""Is told how many more rows are written."""


def write_csv(answer: Answer, target: BinaryIO, report: Report, raw: bool = False) -> None:
    """CSV in UTF-8 under a line of names. Texts that a spreadsheet would run as formulas are guarded unless `raw`."""
    shape = guard_batch if not raw else flatten_batch
    first = shape(empty_batch(answer.schema))
    with pa.csv.CSVWriter(target, first.schema) as writer:
        for batch in answer.batches:
            writer.write_batch(shape(batch).cast(first.schema))
            report(batch.num_rows)


def empty_batch(schema: pa.Schema) -> pa.RecordBatch:
    """No rows with these columns."""
    return pa.RecordBatch.from_arrays([pa.array([], field.type) for field in schema], names=schema.names)


def guard_batch(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Flat rows with every text guarded, names of columns too."""
    flat = flatten_batch(batch)
    columns = [guard_text(column) if is_text(column.type) else column for column in flat.columns]
    return pa.RecordBatch.from_arrays(columns, names=guard_text(pa.array(flat.schema.names)).to_pylist())


def write_json(answer: Answer, target: BinaryIO, report: Report) -> None:
    """A JSON array with one object on a line for each row."""
    separator = b"[\n"
    for batch in answer.batches:
        for row in batch.to_pylist():
            line = json.dumps({name: plain_value(value) for name, value in row.items()}, ensure_ascii=False)
            target.write(separator + line.encode())
            separator = b",\n"
        report(batch.num_rows)
    target.write(b"[]\n" if separator == b"[\n" else b"\n]\n")


def write_parquet(answer: Answer, target: BinaryIO, report: Report) -> None:
    """Parquet with plain types."""
    schema = pa.schema([pa.field(field.name, plain_type(field.type)) for field in answer.schema])
    with pq.ParquetWriter(target, schema, compression=FORMAT["compression"], version=FORMAT["version"]) as writer:
        for batch in answer.batches:
            writer.write_batch(batch.cast(schema))
            report(batch.num_rows)


def write_excel(answer: Answer, target: BinaryIO, report: Report) -> None:
    """An Excel file with one sheet."""
    write_sheets({"answer": answer}, target, lambda sheet, rows: report(rows))


STREAMS = {"csv": write_csv, "json": write_json, "parquet": write_parquet, "xlsx": write_excel}
"""Formats by the end of a file's name."""


def format_of(path: Path, *others: str) -> str:
    """The format that the name of a file asks for; raises UsageError for none, naming the endings and `others`."""
    name = path.suffix.lower().removeprefix(".")
    if name not in STREAMS:
        endings = (*(f".{known}" for known in STREAMS), *others)
        raise UsageError(f"{path} has no known ending: use {', '.join(endings)}.")
    return name


def write_selection(answer: Answer, path: Path, format_: str, report: Report, raw: bool = False) -> None:
    """Write an answer into a file that appears when it is whole."""
    options = {"raw": raw} if format_ == "csv" else {}
    with write_aside(path) as aside, aside.open("wb") as target:
        STREAMS[format_](answer, target, report, **options)


def write_tables(
    answers: dict[str, Answer], path: Path, format_: str, report: Callable[[str, int], None], raw: bool = False
) -> None:
    """Write tables by name: Excel takes several as sheets, with their columns explained; the others take one."""
    if format_ == "xlsx":
        with write_aside(path) as aside, aside.open("wb") as target:
            write_sheets(answers | {"columns": explain_columns(list(answers))}, target, report)
        return
    ((name, answer),) = answers.items()
    write_selection(answer, path, format_, lambda rows: report(name, rows), raw)


def explain_columns(tables: list[str]) -> Answer:
    """One row for each column of the tables: table, column, meaning with its unit."""
    rows = [
        {"table": name, "column": column, "meaning": explain_column(declared)}
        for name in tables
        if name in TABLES
        for column, declared in TABLES[name].schema.columns().items()
    ]
    batch = pa.RecordBatch.from_pylist(rows)
    return Answer(batch.schema, iter([batch]))
