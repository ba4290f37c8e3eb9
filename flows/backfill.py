"""A range of days, day by day: what a schedule missed, or an archive of years."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from rich.console import Console
from rich.table import Table

from quotidian.tasks.tables.errors import QuotidianError, UsageError

from .lock import DataLocked
from .run import Report


class BadRange(UsageError):
    """The days or the source of a backfill make no sense."""


class DaysFailed(QuotidianError):
    """Some days of a backfill failed; the others are published."""


@dataclass(frozen=True)
class Day:
    """What became of one day: completed, missing (no source), or failed."""

    day: date
    source: str
    state: str
    inputs_new: int = 0
    detail: str = ""


def list_days(first: date, last: date) -> Iterator[date]:
    """Each day from first to last; raises BadRange where there is none."""
    if last < first:
        raise BadRange(f"--to {last} lies before --from {first}: name the earlier day first.")
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def backfill_days(source: str, first: date, last: date, run: Callable[[list[str]], Report]) -> list[Day]:
    """Run each day's source; a day that fails is noted and the next one follows. Finished work is never redone."""
    if "{date}" not in source:
        raise BadRange(f"The source {source} does not say where the day stands: write {{date}} into it.")
    return [backfill_day(day, source.replace("{date}", day.isoformat()), run) for day in list_days(first, last)]


def backfill_day(day: date, source: str, run: Callable[[list[str]], Report]) -> Day:
    """Run the source of one day."""
    if not Path(source).exists():
        return Day(day, source, "missing")
    try:
        report = run([source])
    except DataLocked:
        raise
    except (QuotidianError, OSError) as error:
        return Day(day, source, "failed", detail=str(error))
    return Day(day, source, "completed", report.result.new)


def print_days(days: list[Day]) -> None:
    """A line for each day, and their sum."""
    table = Table("day", "state", "new", "source", box=None, pad_edge=False)
    for day in days:
        table.add_row(str(day.day), day.state, str(day.inputs_new), day.detail or day.source)
    console = Console(highlight=False, markup=False)
    console.print(table)
    states = [day.state for day in days]
    counts = ", ".join(f"{states.count(state)} {state}" for state in ("completed", "missing", "failed"))
    console.print(f"\n{len(days)} days: {counts}.")
