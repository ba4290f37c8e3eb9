"""Lines put into the files of corrections, beside those that are there."""

import csv
from pathlib import Path
from typing import NamedTuple

from quotidian.tasks.deduplicate.corrections import COLUMNS, SEPARATORS, open_rows
from quotidian.tasks.store.files import write_aside

from .agreement import Verdict
from .reviews import REVIEWS, spell_line

KEYS = {
    "not_copies": ("article_id",),
    **{review.file: review.keys for review in REVIEWS.values() if review.file != "not_copies"},
}
"""Columns of which one value can have one answer."""


class Placed(NamedTuple):
    """What became of the verdicts: lines by file that are new, how many were there, and those that another line contradicts."""

    new: dict[str, list[dict[str, str]]]
    known: int
    contradicted: list[str]


def place_lines(folder: Path, verdicts: list[Verdict]) -> Placed:
    """Compare the lines of verdicts with those of the folder, which a person's line always wins against."""
    new: dict[str, list[dict[str, str]]] = {}
    known, contradicted = 0, []
    held = {review.file: read_held(folder / f"{review.file}.csv", review.file) for review in REVIEWS.values()}
    for verdict in verdicts:
        file = REVIEWS[verdict.row["task"]].file
        line = spell_line(verdict.row, verdict.answer) if verdict.answer else None
        if line is None:
            continue
        key = tuple(line[name] for name in KEYS[file])
        there = held[file].setdefault(key, line)
        if there is line:
            new.setdefault(file, []).append(line)
        elif all(there.get(name, "") == value for name, value in line.items()):
            known += 1
        else:
            contradicted.append(f"{file}.csv: {', '.join(key)}")
    return Placed(new, known, contradicted)


def read_held(path: Path, file: str) -> dict[tuple[str, ...], dict[str, str]]:
    """The lines of a file by what they answer."""
    rows = open_rows(path.read_text(encoding="utf-8-sig")) if path.is_file() else ()
    lines = [{name: (row.get(name) or "").strip() for name in COLUMNS[file]} for row in rows]
    return {tuple(line[name] for name in KEYS[file]): line for line in lines}


def add_lines(path: Path, lines: list[dict[str, str]]) -> None:
    """Add lines to a file of corrections, in its columns and with its separator; a column that it lacks is added, too."""
    text = path.read_text(encoding="utf-8-sig") if path.is_file() else ""
    rows = open_rows(text)
    needed = [name for name in COLUMNS[path.stem] if any(line.get(name) for line in lines) or name in lines[0]]
    names = list(dict.fromkeys([*rows.fieldnames, *needed]))
    header = text.partition("\n")[0]
    separator = max(SEPARATORS, key=lambda mark: (header.count(mark), -SEPARATORS.index(mark)))
    with write_aside(path) as aside, aside.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, names, restval="", delimiter=separator, lineterminator="\n")
        writer.writeheader()
        writer.writerows([*rows, *lines])
