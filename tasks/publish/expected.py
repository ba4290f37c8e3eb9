"""How many articles a source said there would be: `expected_articles.csv` among the corrections.

Columns published_date (YYYY-MM-DD), outlet, expected_count, and any further ones. People keep it by hand or write it
from the delivery notes of a supplier.
"""

from datetime import date
from pathlib import Path

import polars as pl

from quotidian.tasks.deduplicate.corrections import open_rows
from quotidian.tasks.store.errors import UsageError

FILE = "expected_articles.csv"
SCHEMA = {"published_date": pl.Date, "outlet": pl.String, "expected_count": pl.Int64}


class ExpectationError(UsageError):
    """A line of the expected articles cannot be read."""


def read_expected(corrections: Path) -> pl.DataFrame:
    """published_date, outlet, expected_count; a day and outlet that stand twice are summed. Raises ExpectationError."""
    path = corrections / FILE
    if not path.is_file():
        return pl.DataFrame(schema=SCHEMA)
    reader = open_rows(path.read_text(encoding="utf-8-sig"))
    missing = SCHEMA.keys() - set(reader.fieldnames or ())
    if missing:
        raise ExpectationError(f"{FILE} lacks the column {min(missing)}: add it to the first line.")
    rows = [read_line(reader.line_num, row) for row in reader]
    frame = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    return frame.group_by("published_date", "outlet").agg(pl.col("expected_count").sum())


def read_line(line: int, row: dict) -> tuple[date, str, int]:
    """One line of the file."""
    try:
        day, count = date.fromisoformat((row["published_date"] or "").strip()), int(row["expected_count"] or "")
    except ValueError:
        raise ExpectationError(f"{FILE} line {line} needs a day YYYY-MM-DD and a number of articles.") from None
    if count < 0 or not (row["outlet"] or "").strip():
        raise ExpectationError(f"{FILE} line {line} needs an outlet and a number that is not negative.")
    return day, row["outlet"].strip(), count
