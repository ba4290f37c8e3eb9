"""`quotidian status`: what is archived, pending, published and rejected, by day."""

import json as json_
import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import polars as pl
from cyclopts import Parameter
from rich.table import Table

from quotidian.flows.commands.flags import Data, Json
from quotidian.flows.commands.ledger import print_gaps, print_ledger, read_ledger
from quotidian.flows.commands.published import note_reading
from quotidian.flows.process.terminal import open_console
from quotidian.flows.running.versions import versions_of
from quotidian.flows.settings import Settings, load_settings
from quotidian.flows.storage.lock import is_held
from quotidian.flows.storage.mirror import refresh_data
from quotidian.tasks.publish.forget import read_journal
from quotidian.tasks.publish.inputs import list_inputs
from quotidian.tasks.publish.snapshot import current_snapshot

STATES = ("archived", "pending", "published", "rejected")


def status(
    *,
    ledger: Annotated[
        bool, Parameter(negative="", help="By day and outlet, with gaps, as the table ledger has it.")
    ] = False,
    data: Data = None,
    json: Json = False,
) -> int:
    """Show what is archived, pending, published and rejected, by day."""
    return show_status(data, json, ledger)


def show_status(data: str | None, json: bool, ledger: bool = False) -> int:
    """Print the state of every day, and why inputs were rejected; with `ledger`, the ledger instead of the days."""
    settings = load_settings(data=data)
    refresh_data(settings.place, "archive", "work")
    note_reading(current_snapshot(settings.place.published))
    if ledger:
        return show_ledger(settings, json)
    inputs = list_inputs(settings.place.folder, versions_of(settings))
    days, reasons = count_days(inputs), count_reasons(inputs)
    snapshot = current_snapshot(settings.place.published)
    if json:
        values = {
            "snapshot": str(snapshot) if snapshot else None,
            "running": is_held(settings.place.folder),
            "days": days.to_dicts(),
            "rejects": reasons.to_dicts(),
            "gaps": read_ledger(snapshot).filter("is_gap").to_dicts(),
        }
        sys.stdout.write(json_.dumps(values, indent=1, default=str) + "\n")
    else:
        print_status(settings, snapshot, days, reasons)
    return 0


def show_ledger(settings: Settings, json: bool) -> int:
    """Print the ledger of the current snapshot."""
    ledger = read_ledger(current_snapshot(settings.place.published))
    if json:
        sys.stdout.write(json_.dumps(ledger.to_dicts(), indent=1, default=str, ensure_ascii=False) + "\n")
    else:
        print_ledger(ledger)
    return 0


def count_days(inputs: pl.DataFrame) -> pl.DataFrame:
    """One row for each day: archived, pending, published, rejected; the day is null where none is known."""
    rejected = pl.col("reason").is_not_null()
    return (
        inputs.group_by("day")
        .agg(
            archived=pl.len(),
            pending=(~rejected & ~(pl.col("is_extracted") & pl.col("is_published"))).sum(),
            published=(~rejected & pl.col("is_published")).sum(),
            rejected=rejected.sum(),
        )
        .sort("day", nulls_last=True)
    )


def count_reasons(inputs: pl.DataFrame) -> pl.DataFrame:
    """Rejected inputs by reason."""
    rejected = inputs.filter(pl.col("reason").is_not_null())
    return rejected.group_by("reason").agg(inputs=pl.len()).sort("reason")


def print_status(settings: Settings, snapshot: Path | None, days: pl.DataFrame, reasons: pl.DataFrame) -> None:
    """The same for people."""
    console = open_console()
    table = Table("day", *STATES, box=None, pad_edge=False)
    for row in days.iter_rows(named=True):
        table.add_row(name_day(row["day"]), *(str(row[state]) for state in STATES))
    table.add_row("all days", *(str(days[state].sum()) for state in STATES), style="bold")
    console.print(table)
    if reasons.height:
        console.print("\nRejected: " + ", ".join(f"{n} {reason}" for reason, n in reasons.rows()))
    print_gaps(read_ledger(snapshot))
    console.print(f"\nCurrent snapshot: {snapshot or 'none yet'}", soft_wrap=True)
    if read_journal(settings.place.folder) is not None:
        console.print("A take-down was stopped on its way: run `quotidian forget` to finish it.")
    if is_held(settings.place.folder):
        console.print("A run is at work on this data folder.")


def name_day(day: date | None) -> str:
    return "no date" if day is None else day.isoformat()
