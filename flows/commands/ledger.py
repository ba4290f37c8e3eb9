"""The ledger of the current snapshot, for `quotidian status`."""

from pathlib import Path

import polars as pl

from quotidian.flows.process.listing import print_line, print_list

COUNTS = ("expected", "received", "rejected", "published", "copies")
SHOWN_GAPS = 10


def read_ledger(snapshot: Path | None) -> pl.DataFrame:
    """Rows of ledger by day and outlet; none where nothing is published, or by a version that had no ledger."""
    files = sorted((snapshot / "ledger").glob("*.parquet")) if snapshot else []
    names = {"expected_count": "expected", "received_count": "received", "rejected_count": "rejected"}
    names |= {"article_count": "published", "copy_count": "copies"}
    types = {"published_date": pl.Date, "outlet": pl.String} | dict.fromkeys(COUNTS, pl.Int64)
    empty = pl.DataFrame(schema=types | {"is_gap": pl.Boolean})
    return pl.read_parquet(files).rename(names).select(empty.columns) if files else empty


def print_ledger(ledger: pl.DataFrame) -> None:
    """A line for each day and outlet, and their sum."""
    rows = [
        (str(row["published_date"] or "no date"), *(row[name] for name in COUNTS), name_gap(row), row["outlet"])
        for row in ledger.iter_rows(named=True)
    ]
    total = ("all days", *(int(ledger[name].sum()) for name in COUNTS), "", "")
    print_list(("day", *COUNTS, "", "outlet"), rows, total)


def name_gap(row: dict) -> str:
    """What is wrong with a day of an outlet."""
    if row["is_gap"]:
        return "gap"
    return "short" if row["expected"] is not None and row["received"] < row["expected"] else ""


def print_gaps(ledger: pl.DataFrame) -> None:
    """One line that names the latest gaps, where there are any."""
    gaps = ledger.filter("is_gap")
    if gaps.height:
        latest = gaps.sort("published_date", "outlet", descending=[True, False]).head(SHOWN_GAPS)
        named = ", ".join(f"{row['published_date']} {row['outlet']}" for row in latest.iter_rows(named=True))
        more = f" and {gaps.height - SHOWN_GAPS} more" if gaps.height > SHOWN_GAPS else ""
        print_line(f"\nGaps: {named}{more}. All days and outlets: `quotidian status --ledger`.")
