"""Where an answer goes: the terminal, standard output for scripts, or a file."""

import sys
from pathlib import Path

from quotidian.flows.commands.show_rows import print_rows
from quotidian.flows.process.progress import Progress
from quotidian.flows.process.terminal import count_things
from quotidian.tasks.share.queries import Answer
from quotidian.tasks.share.selections import STREAMS, format_of, write_selection
from quotidian.tasks.store.errors import UsageError

TABLE = "table"


def choose_format(format_: str | None, to: Path | None) -> str:
    """The format asked for, else that of the file, else a table to read."""
    if format_ is None:
        return format_of(to) if to else TABLE
    if format_ not in (*STREAMS, TABLE):
        raise UsageError(f"There is no format {format_}: use {', '.join((TABLE, *STREAMS))}.")
    if format_ == TABLE and to:
        raise UsageError("A table is for the terminal: give --to a file that ends in .csv, .json, .parquet or .xlsx.")
    return format_


def deliver_answer(answer: Answer, format_: str, to: Path | None, rows: int, raw: bool) -> None:
    """Print the answer, or write it into a file and say how many rows it has."""
    if format_ == TABLE:
        print_rows(answer, rows)
    elif to is None:
        stream_answer(answer, format_, raw)
    else:
        written = count_written(answer, to, format_, raw)
        sys.stdout.write(f"{count_things(written, 'row')} in {to}\n")


def stream_answer(answer: Answer, format_: str, raw: bool) -> None:
    """Write CSV, JSON or Parquet to standard output."""
    if format_ in ("parquet", "xlsx") and sys.stdout.isatty():
        raise UsageError(f"A terminal cannot show {format_}: write it with --to FILE.{format_}.")
    options = {"raw": raw} if format_ == "csv" else {}
    STREAMS[format_](answer, sys.stdout.buffer, lambda rows: None, **options)
    sys.stdout.buffer.flush()


def count_written(answer: Answer, to: Path, format_: str, raw: bool) -> int:
    """Write the file with a progress bar; return its rows."""
    progress, written = Progress(), 0

    def report(rows: int) -> None:
        nonlocal written
        written += rows
        progress.advance("rows", rows)

    progress.start("rows", None)
    try:
        write_selection(answer, to, format_, report, raw)
    finally:
        progress.stop()
    return written
