"""Bars on the terminal: bytes for ingest, steps for all else."""

import io

import pytest
from rich.console import Console

from quotidian.flows.process.progress import Progress, new_display


@pytest.mark.parametrize(
    ("unit", "total", "words"),
    [("bytes", 8_000_000, "2.0/8.0 MB"), ("", 8_000_000, "2000000/8000000"), ("", None, "2000000/?")],
)
def test_amounts_are_shown_in_their_unit(unit: str, total: int | None, words: str) -> None:
    display, console = new_display(), Console(file=io.StringIO(), width=100)
    display.add_task("ingest", total=total, completed=2_000_000, unit=unit)
    console.print(display.get_renderable())
    assert words in console.file.getvalue()


def test_a_room_has_one_bar_at_a_time(capsys) -> None:
    progress = Progress(quiet=False)
    progress.start("deduplicate", 4)
    progress.advance("deduplicate", 4)
    progress.start("deduplicate", 9)
    assert [(task.completed, task.total) for task in progress._display.tasks] == [(0, 9)]
    progress.stop()


def test_a_bar_starts_with_its_first_report_and_nothing_is_shown_without_a_terminal(capsys) -> None:
    progress = Progress()
    progress.show("ingest", "bytes")(1, 2)
    progress.stop()
    assert capsys.readouterr().err == ""
