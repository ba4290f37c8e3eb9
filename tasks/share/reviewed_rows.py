"""What reviews say of the tables: how many rows were right, by task, and the lines of `reviewed.csv` that keep it."""

import csv
import io
from datetime import date
from pathlib import Path
from typing import NamedTuple

from quotidian.tasks.deduplicate.corrections import open_rows
from quotidian.tasks.publish.reviewed import COLUMNS, FILE, wilson_interval
from quotidian.tasks.store.files import write_aside

from .agreement import Verdict


class Right(NamedTuple):
    """Of the decided rows of a task those that the tables have right, and the share with its interval of 95 %."""

    rows: int
    right: int
    share: float
    low: float
    high: float


def count_right(verdicts: list[Verdict]) -> dict[str, Right]:
    """Task -> how many of its decided rows are right as the tables have them."""
    judged: dict[str, list[bool]] = {}
    for verdict in verdicts:
        if verdict.answer:
            judged.setdefault(verdict.row["task"], []).append(verdict.answer == verdict.row["held"])
    return {
        task: Right(len(rows), sum(rows), sum(rows) / len(rows), *wilson_interval(sum(rows), len(rows)))
        for task, rows in sorted(judged.items())
    }


def note_reviewed(folder: Path, verdicts: list[Verdict], day: date, is_written: bool) -> int:
    """Add decided rows that are not noted yet to `reviewed.csv`; how many. What was noted first stays: later answers may follow a correction."""
    path = folder / FILE
    text = path.read_text(encoding="utf-8-sig") if path.is_file() else f"{','.join(COLUMNS)}\n"
    rows = list(open_rows(text))
    known = {(row.get("task"), row.get("item")) for row in rows}
    new = [
        {"task": v.row["task"], "item": v.row["item"], "is_right": v.answer == v.row["held"], "reviewed_date": day}
        for v in verdicts
        if v.answer and (v.row["task"], v.row["item"]) not in known
    ]
    if new and is_written:
        lines = io.StringIO(newline="")
        names = open_rows(text).fieldnames
        writer = csv.DictWriter(lines, names, restval="", extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows([*rows, *(row | {"is_right": "yes" if row["is_right"] else "no"} for row in new)])
        with write_aside(path) as aside:
            aside.write_text(lines.getvalue(), encoding="utf-8", newline="")
    return len(new)
