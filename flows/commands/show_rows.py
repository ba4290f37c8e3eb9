"""Rows of an answer for people: a table where it fits the terminal, else one block for each row."""

import unicodedata
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pyarrow as pa
from rich.console import Console
from rich.table import Table
from rich.text import Text

from quotidian.flows.process.terminal import count_things, open_console
from quotidian.tasks.share.cells import plain_value, spell_value
from quotidian.tasks.share.queries import Answer

CELL_CHARS = 300
MIN_COLUMN = 9  # narrower columns cannot be read
DIGITS = 4
HIDDEN = ("Cc", "Cf", "Cs")  # what could move the cursor, turn the line around, or cannot be printed
EMPTY = "·"


def print_rows(answer: Answer, limit: int, console: Console | None = None) -> None:
    """Print at most `limit` rows, and a line that says how many there are."""
    console = console or open_console()
    rows = list(islice(iterate_rows(answer), limit + 1))
    shown, is_cut = rows[:limit], len(rows) > limit
    names, types = answer.schema.names, answer.schema.types
    if fits_columns(names, shown, console.width):
        console.print(draw_table(names, types, shown))
    else:
        for number, row in enumerate(shown, 1):
            console.print(f"── {number}", style="dim")
            console.print(draw_block(names, row))
    console.print(describe_rows(len(shown), is_cut), style="dim")


def iterate_rows(answer: Answer) -> Iterator[tuple]:
    """Rows as tuples."""
    for batch in answer.batches:
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def fits_columns(names: list[str], rows: list[tuple], width: int) -> bool:
    """Whether every column gets its own width or at least MIN_COLUMN of the terminal."""
    widest = [max([len(names[i]), *(len(show_value(row[i])) for row in rows)]) for i in range(len(names))]
    return sum(min(widest_one, MIN_COLUMN) + 2 for widest_one in widest) <= width


def draw_table(names: list[str], types: list[pa.DataType], rows: list[tuple]) -> Table:
    """A table with numbers on the right."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name, type_ in zip(names, types, strict=True):
        is_number = pa.types.is_integer(type_) or pa.types.is_floating(type_) or pa.types.is_decimal(type_)
        table.add_column(Text(tame_text(name)), justify="right" if is_number else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(show_value(value)) for value in row))
    return table


def draw_block(names: list[str], row: tuple) -> Table:
    """One row with a line for each column."""
    block = Table.grid(padding=(0, 2, 0, 0))
    block.add_column(style="bold", no_wrap=True)
    block.add_column(overflow="fold")
    for name, value in zip(names, row, strict=True):
        block.add_row(Text(tame_text(name)), Text(show_value(value)))
    return block


def describe_rows(count: int, is_cut: bool) -> str:
    """How many rows there are."""
    if is_cut:
        return f"The first {count:,} rows; --rows shows more, --format and --to give all."
    return count_things(count, "row")


def show_value(value: Any) -> str:
    """One value on one line, cut where it is long."""
    if value is None:
        return EMPTY
    if isinstance(value, float):
        return f"{value:.{DIGITS}g}" if abs(value) < 1 else f"{value:,.2f}".rstrip("0").rstrip(".")
    text = tame_text(spell_value(plain_value(value)))
    return text if len(text) <= CELL_CHARS else text[:CELL_CHARS] + " …"


def tame_text(text: str) -> str:
    """The text on one line without characters that act on a terminal."""
    line = " ".join(text.split())
    return "".join("\N{REPLACEMENT CHARACTER}" if unicodedata.category(c) in HIDDEN else c for c in line)
