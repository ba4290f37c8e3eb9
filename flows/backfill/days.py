"""A range of days, day by day: what a schedule missed, or an archive of years."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from quotidian.flows.backfill.dates import fill_date, has_date, list_days
from quotidian.flows.backfill.records import describe_versions, judge_record, read_records, write_record
from quotidian.flows.backfill.redo import drop_day
from quotidian.flows.process.listing import print_line, print_list
from quotidian.flows.run import Report
from quotidian.flows.settings import Settings
from quotidian.flows.storage.lock import DataLocked
from quotidian.tasks.ingest.fingerprint import fingerprint_source
from quotidian.tasks.ingest.places import SourceMissing
from quotidian.tasks.store.errors import QuotidianError, UsageError

ENDS = ("completed", "skipped", "missing", "failed")


class BadSource(UsageError):
    """The source of a backfill does not say where the day stands."""


class DaysFailed(QuotidianError):
    """Some days of a backfill failed; the others are published."""


@dataclass(frozen=True)
class Day:
    """What became of one day: completed, skipped (finished before), missing (no source), or failed."""

    day: date
    source: str
    state: str
    inputs_seen: int = 0
    inputs_new: int = 0
    detail: str = ""


@dataclass(frozen=True)
class Backfill:
    """A backfill: days of a source, run one by one.

    run    runs the pipeline on sources
    force  run days again that are finished
    redo   drop the finished results of this room first, for the articles of each day
    """

    source: str
    settings: Settings
    run: Callable[[list[str]], Report]
    force: bool = False
    redo: Literal["clean", "extract"] | None = None


def backfill_days(
    backfill: Backfill, first: date, last: date, report: Callable[[Day], None] = lambda day: None
) -> list[Day]:
    """Run each day from first to last. A day that fails is recorded and the next one follows; finished ones are skipped.

    Raises BadSource, BadDay, and DataLocked where another run holds the data folder.
    """
    require_date(backfill.source)
    days, dates = [], list(list_days(first, last))
    records, versions = read_records(backfill.settings, backfill.source), describe_versions(backfill.settings)
    for day in dates:
        days.append(backfill_day(backfill, day, records.get(day), versions))
        report(days[-1])
    return days


def require_date(source: str) -> None:
    """Raise BadSource where the source names no place for the day."""
    if not has_date(source):
        raise BadSource(f"The source {source} does not say where the day stands: write {{date}} into it.")


def backfill_day(backfill: Backfill, day: date, record: dict | None, versions: str) -> Day:
    """Run one day unless it is finished, and record how it ended."""
    source, facts = fill_date(backfill.source, day), {}
    try:
        facts |= stamp_source(source)
        is_finished = judge_record(record, facts["fingerprint"], versions) == "finished"
        if is_finished and not backfill.force and backfill.redo is None:
            return Day(day, source, "skipped", record["inputs_seen"])
        ended = run_day(backfill, day, [source], facts)
    except SourceMissing as error:
        ended = without_source(backfill, Day(day, source, "missing", detail=str(error)), record, facts)
    except DataLocked:
        raise
    except KeyboardInterrupt:
        record_day(backfill, Day(day, source, "interrupted", detail="stopped with Ctrl-C"), facts)
        raise
    except (
        Exception
    ) as error:  # whatever stops one day must not stop the others; it is recorded, and the exit code tells
        ended = Day(day, source, "failed", detail=describe_error(error))
    if ended.state != "skipped":
        record_day(backfill, ended, facts)
    return ended


def without_source(backfill: Backfill, missing: Day, record: dict | None, facts: dict) -> Day:
    """A day whose files are gone: it stays finished if it was, and what is archived of it can be made again."""
    if backfill.redo is not None and drop_day(backfill.settings, missing.day, [], backfill.redo):
        return run_day(backfill, missing.day, [], facts)
    was_finished = record is not None and record["state"] == "completed"
    return replace(missing, state="skipped", inputs_seen=record["inputs_seen"]) if was_finished else missing


def stamp_source(source: str) -> dict:
    """What is recorded of the files of a day."""
    files, fingerprint = fingerprint_source(source)
    return {"file_count": files, "fingerprint": fingerprint}


def run_day(backfill: Backfill, day: date, sources: list[str], facts: dict) -> Day:
    """Drop what is to be made again, and run; adds to `facts` what is recorded of the run."""
    if backfill.redo is not None:
        drop_day(backfill.settings, day, sources, backfill.redo)
    report = backfill.run(sources)
    seen, new = report.result.seen, report.result.new
    facts |= {"inputs_seen": seen, "inputs_new": new, "run_id": report.run_id}
    return Day(day, " ".join(sources), "completed", seen, new)


def record_day(backfill: Backfill, ended: Day, facts: dict) -> None:
    """Write down how a day ended."""
    outcome = {"state": ended.state, "error": ended.detail or None}
    write_record(backfill.settings, backfill.source, ended.day, **outcome, **facts)


def describe_error(error: Exception) -> str:
    """The sentence of a known error, else its kind and words."""
    return str(error) if isinstance(error, QuotidianError) else f"{type(error).__name__}: {error}"


def print_days(days: list[Day]) -> None:
    """A line for each day, what stopped the failed ones, and their sum."""
    rows = [(str(day.day), day.state, day.inputs_seen, day.inputs_new, day.source) for day in days]
    print_list(("day", "state", "inputs", "new", "source"), rows)
    failed = [day for day in days if day.state == "failed"]
    for day in failed:
        print_line(f"{day.day} failed: {day.detail}")
    print_line(f"\n{count_states(days)}")
    if failed:
        print_line("The same command runs the failed days again and skips the finished ones.")


def count_states(days: list[Day]) -> str:
    """How many days ended how."""
    states = [day.state for day in days]
    return f"{len(days)} day{'s' * (len(days) != 1)}: {', '.join(f'{states.count(state)} {state}' for state in ENDS)}."
