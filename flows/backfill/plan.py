"""`quotidian backfill --plan`: what each day holds and what is left to do, without doing it."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from quotidian.flows.backfill.dates import fill_date, list_days
from quotidian.flows.backfill.days import require_date
from quotidian.flows.backfill.records import describe_versions, judge_record, read_records
from quotidian.flows.process.listing import print_line, print_list
from quotidian.flows.process.progress import Progress
from quotidian.flows.running.versions import versions_of
from quotidian.flows.settings import Settings
from quotidian.flows.storage.mirror import refresh_data
from quotidian.tasks.ingest.fingerprint import fingerprint_source
from quotidian.tasks.ingest.forget import read_forgotten, refuse_forgotten
from quotidian.tasks.ingest.places import SourceClosed, SourceMissing
from quotidian.tasks.ingest.sources import read_sources
from quotidian.tasks.publish.inputs import list_inputs

COUNTS = ("files", "inputs", "archived", "pending", "published", "rejected")
IDLE = ("finished", "missing", "closed")


@dataclass(frozen=True)
class PlannedDay:
    """One day of a plan.

    `state` is new, changed, outdated, failed or interrupted (it would be run), finished (it would be skipped), missing or
    closed (its source cannot be listed). Of the inputs in its source, each is pending, published or rejected.
    """

    day: date
    source: str
    state: str
    files: int = 0
    inputs: int = 0
    archived: int = 0
    pending: int = 0
    published: int = 0
    rejected: int = 0
    detail: str = ""


def plan_days(source: str, first: date, last: date, settings: Settings) -> list[PlannedDay]:
    """Read the sources of all days and compare their inputs with the archive. Nothing is written."""
    require_date(source)
    dates, progress = list(list_days(first, last)), Progress()
    refresh_data(settings.place, "archive", "work")
    records, versions, known = (
        read_records(settings, source),
        describe_versions(settings),
        list_inputs(settings.place.folder, versions_of(settings)),
    )
    progress.start("plan", len(dates))
    try:
        days = []
        for day in dates:
            days.append(plan_day(fill_date(source, day), day, records.get(day), versions, known, settings))
            progress.advance("plan")
    finally:
        progress.stop()
    return days


def plan_day(
    source: str, day: date, record: dict | None, versions: str, known: pl.DataFrame, settings: Settings
) -> PlannedDay:
    """The plan of one day; `known` has the archived inputs and what became of them."""
    try:
        files, fingerprint = fingerprint_source(source)
        read = refuse_forgotten(read_sources([source], settings.ingest), read_forgotten(settings.place.folder))
        inputs = [input_.input_id for input_ in read]
    except SourceMissing as error:
        was_finished = record is not None and record["state"] == "completed"
        return PlannedDay(day, source, "finished" if was_finished else "missing", detail=str(error))
    except SourceClosed as error:
        return PlannedDay(day, source, "closed", detail=str(error))
    return PlannedDay(day, source, judge_record(record, fingerprint, versions), files, **count_inputs(inputs, known))


def count_inputs(inputs: list[str], known: pl.DataFrame) -> dict[str, int]:
    """How many of the inputs are archived, pending, published and rejected."""
    distinct = pl.DataFrame({"input_id": inputs}, schema={"input_id": pl.String}).unique()
    found = distinct.join(known, on="input_id")
    rejected = found.filter(pl.col("reason").is_not_null()).height
    published = found.filter(pl.col("reason").is_null() & pl.col("is_published") & pl.col("is_extracted")).height
    counts = {"inputs": distinct.height, "archived": found.height, "published": published, "rejected": rejected}
    return counts | {"pending": distinct.height - published - rejected}


def print_plan(days: list[PlannedDay]) -> None:
    """A line for each day, and their sum."""
    rows = [(str(d.day), d.state, *(getattr(d, name) for name in COUNTS), d.source) for d in days]
    total = ("all days", "", *(sum(getattr(day, name) for day in days) for name in COUNTS), "")
    print_list(("day", "state", *COUNTS, "source"), rows, total)
    for day in days:
        if day.state == "closed":
            print_line(f"{day.day}: {day.detail}")
    idle = sum(day.state in IDLE for day in days)
    print_line(
        f"\n{len(days)} day{'s' * (len(days) != 1)}: {len(days) - idle} to run, {idle} finished or without a source."
    )
