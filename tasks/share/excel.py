"""Excel files for a selection, within the limits of Excel."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Any, BinaryIO

from quotidian.tasks.store.errors import UsageError

from .cells import flatten_batch, plain_value
from .extras import import_extra
from .queries import Answer

MAX_ROWS, MAX_COLUMNS, MAX_CHARS = 1_048_576, 16_384, 32_767
"""Microsoft, "Excel specifications and limits": rows and columns of a sheet, characters of a cell."""
FIRST_YEAR = 1900  # earlier dates are text in Excel
EXACT_INTEGER = 2**53  # larger whole numbers lose digits in Excel and stay text
WIDTHS = (8, 60)
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}


class BeyondExcel(UsageError):
    """A selection is too large for Excel."""


def write_sheets(answers: dict[str, Answer], target: BinaryIO, report: Callable[[str, int], None]) -> None:
    """Write one sheet for each answer, by name. Texts stay texts: nothing becomes a formula or a link.

    Raises BeyondExcel where rows, columns or a text pass what Excel holds.
    """
    xlsxwriter = import_extra("xlsxwriter", "excel")
    with xlsxwriter.Workbook(target, OPTIONS) as book:
        head, moment = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        for name, answer in answers.items():
            fill_sheet(book.add_worksheet(name), answer, head, moment, partial(report, name))


def fill_sheet(sheet: Any, answer: Answer, head: Any, moment: Any, report: Callable[[int], None]) -> None:
    """Names in bold, kept in view and filterable, then the rows."""
    names = answer.schema.names
    if len(names) > MAX_COLUMNS:
        raise BeyondExcel(f"Excel holds {MAX_COLUMNS:,} columns and the selection has {len(names):,}: name fewer.")
    for column, name in enumerate(names):
        sheet.write_string(0, column, name, head)
        sheet.set_column(column, column, min(max(len(name) + 4, WIDTHS[0]), WIDTHS[1]))
    sheet.freeze_panes(1, 0)
    row = 0
    for batch in answer.batches:
        for values in zip(*(column.to_pylist() for column in flatten_batch(batch).columns), strict=True):
            row += 1
            fill_row(sheet, row, names, values, moment)
        report(batch.num_rows)
    sheet.autofilter(0, 0, row, len(names) - 1)


def fill_row(sheet: Any, row: int, names: list[str], values: tuple, moment: Any) -> None:
    """One row; raises BeyondExcel where it does not fit."""
    if row >= MAX_ROWS:
        raise BeyondExcel(
            f"Excel holds {MAX_ROWS:,} rows and the selection has more: select fewer, or write .csv or .parquet."
        )
    for column, value in enumerate(values):
        if isinstance(value, str) and len(value) > MAX_CHARS:
            raise BeyondExcel(
                f"Excel holds {MAX_CHARS:,} characters in a cell and {names[column]} has {len(value):,} in row {row:,}: "
                f"leave the column out, cut it with left({names[column]}, {MAX_CHARS}), or write .csv or .parquet."
            )
        fill_cell(sheet, row, column, value, moment)


def fill_cell(sheet: Any, row: int, column: int, value: Any, moment: Any) -> None:
    """One value in its own type."""
    match value:
        case None:
            return
        case bool():
            sheet.write_boolean(row, column, value)
        case datetime() if value.year >= FIRST_YEAR:
            sheet.write_datetime(row, column, value.replace(tzinfo=None), moment)
        case date() if value.year >= FIRST_YEAR:
            sheet.write_datetime(row, column, value)
        case _:
            write_plain(sheet, row, column, plain_value(value))


def write_plain(sheet: Any, row: int, column: int, value: Any) -> None:
    """A number that Excel can hold as it is, else text."""
    if isinstance(value, int | float) and abs(value) <= EXACT_INTEGER:
        sheet.write_number(row, column, value)
    elif value is not None:
        sheet.write_string(row, column, str(value))
