"""Plain lists for the terminal: aligned columns without lines, of which only the last is wrapped."""

from collections.abc import Iterable

from rich.table import Table

from quotidian.flows.process.terminal import open_console


def print_list(headers: Iterable[str], rows: Iterable[Iterable[object]], total: Iterable[object] | None = None) -> None:
    """Print rows below their headers, and a bold line that sums them up. Numbers stand to the right."""
    *names, last = headers
    lines = [list(row) for row in rows]
    table = Table(box=None, pad_edge=False)
    for place, name in enumerate(names):
        is_number = bool(lines) and all(isinstance(line[place], int) for line in lines)
        table.add_column(name, no_wrap=True, justify="right" if is_number else "left")
    table.add_column(last, overflow="fold")
    for line in lines:
        table.add_row(*map(write_cell, line))
    if total is not None:
        table.add_row(*map(write_cell, total), style="bold")
    open_console().print(table)


def write_cell(value: object) -> str:
    """A value as people read it; nothing for None."""
    if value is None:
        return ""
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


def print_line(words: str) -> None:
    """One line, however long."""
    open_console().print(words, soft_wrap=True)
