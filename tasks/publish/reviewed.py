"""What people said of the least sure rows of this archive: `reviewed.csv` among the corrections, which `quotidian review import` keeps.

Columns task, item, is_right (yes or no: whether the tables had it right when it was asked), reviewed_date (YYYY-MM-DD), and any further ones.
"""

from dataclasses import dataclass
from datetime import date
from math import sqrt
from pathlib import Path
from statistics import NormalDist

import polars as pl

from quotidian.tasks.deduplicate.corrections import open_rows, read_text
from quotidian.tasks.store.errors import UsageError
from quotidian.tasks.tables.quality import Quality

from .quality import quality_types

FILE = "reviewed.csv"
COLUMNS = ("task", "item", "is_right", "reviewed_date")
Z = NormalDist().inv_cdf(0.975)
"""Normal deviate of a two-sided interval of 95 %."""


class ReviewedError(UsageError):
    """A line of the reviewed rows cannot be read."""


@dataclass(frozen=True)
class Judged:
    """What a task of the review judges, as the table quality says it."""

    step: str
    table_columns: str
    question: str
    item: str


TASKS = {
    "speakers": Judged(
        "extract", "quotes.speaker_text quotes.speaker_entity_id", "is the speaker of a quotation right?", "quotations"
    ),
    "entities": Judged("deduplicate", "mentions.entity_id", "is right whom a bare name means?", "names"),
    "copies": Judged("deduplicate", "articles.copy_group copies.original_id", "are the two texts copies?", "pairs"),
    "junk": Judged("clean", "articles.body edits.score", "is a line that was taken away junk?", "lines"),
}


def read_reviewed(corrections: Path) -> pl.DataFrame:
    """Rows of quality, one for each task that people reviewed; of an item that stands twice the last line counts. Raises ReviewedError."""
    path = corrections / FILE
    if not path.is_file():
        return pl.DataFrame(schema=quality_types())
    reader = open_rows(read_text(path, ReviewedError))
    missing = {*COLUMNS} - {*(reader.fieldnames or ())}
    if missing:
        raise ReviewedError(f"{FILE} lacks the column {min(missing)}: add it to the first line.")
    lines = [read_line(reader.line_num, row) for row in reader]
    rows = [count_task(task, {item: line for kind, item, *line in lines if kind == task}) for task in TASKS]
    return pl.DataFrame([row for row in rows if row], schema=quality_types())


def read_line(line: int, row: dict) -> tuple[str, str, bool, date]:
    """One line of the file."""
    task, item, is_right, day = ((row[name] or "").strip() for name in COLUMNS)
    if task not in TASKS or not item or is_right not in ("yes", "no"):
        raise ReviewedError(f"{FILE} line {line} needs a task ({', '.join(TASKS)}), an item, and yes or no.")
    try:
        return task, item, is_right == "yes", date.fromisoformat(day)
    except ValueError:
        raise ReviewedError(f"{FILE} line {line} needs a day YYYY-MM-DD.") from None


def count_task(task: str, judged: dict[str, list]) -> dict | None:
    """The row of quality of one task; None where nobody reviewed any."""
    if not judged:
        return None
    right, what = sum(is_right for is_right, _ in judged.values()), TASKS[task]
    low, high = wilson_interval(right, len(judged))
    return dict.fromkeys(Quality.column_names()) | {
        "measure": f"reviewed_{task}",
        "step": what.step,
        "table_columns": what.table_columns,
        "question": f"Of the rows that people of this archive reviewed, the least sure first: {what.question}",
        "metric": "share",
        "score": right / len(judged),
        "score_low": low,
        "score_high": high,
        "gold": "answers of people to `quotidian review`",
        "gold_articles": len({item.split(":")[0] for item in judged}),
        "gold_items": len(judged),
        "gold_item": what.item,
        "measured_date": max(day for _, day in judged.values()),
        "measured_with": "the tables as they were when it was asked",
    }


def wilson_interval(right: int, count: int) -> tuple[float, float]:
    """The interval of 95 % for a share (Wilson, JASA 22, 1927), which holds for few rows and for shares near 0 and 1, too."""
    share, square = right / count, Z * Z / count
    middle = share + square / 2
    width = Z * sqrt(share * (1 - share) / count + square / count / 4)
    low, high = ((middle - width) / (1 + square), (middle + width) / (1 + square))
    return max(low, 0.0), min(high, 1.0)
