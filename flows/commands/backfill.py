"""Starting a backfill from the command line."""

import json as json_
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Annotated, Any, Literal

from cyclopts import Parameter

from quotidian.flows.commands.flags import DaskAddress, Data, Inline, Json, Where, Workers
from quotidian.flows.commands.run import choose_run, require_order
from quotidian.flows.settings import load_settings


def backfill(
    source: Annotated[
        str,
        Parameter(help="Source of a day: file, folder, glob or address with {date} or {date:%Y/%m/%d} for the day."),
    ],
    *,
    from_: Annotated[date, Parameter(name="--from", help="First day (YYYY-MM-DD).")],
    to: Annotated[date, Parameter(help="Last day (YYYY-MM-DD).")],
    plan: Annotated[bool, Parameter(negative="", help="Only show what each day holds and what is left to do.")] = False,
    force: Annotated[bool, Parameter(negative="", help="Run finished days again.")] = False,
    redo: Annotated[
        Literal["clean", "extract"] | None, Parameter(help="Drop what this room made of each day, and make it again.")
    ] = None,
    data: Data = None,
    inline: Inline = False,
    workers: Workers = None,
    engine: Where = None,
    dask_address: DaskAddress = None,
    wait: Annotated[
        float | None, Parameter(help="Seconds to wait, each day, for another run on the data folder.")
    ] = None,
    json: Json = False,
) -> int:
    """Run day by day over a range of days; finished days are skipped, and one that fails does not stop the others."""
    flags = {"data": data, "workers": workers, "wait_seconds": wait, "engine": engine, "dask_address": dask_address}
    return run_backfill(source, (from_, to), inline, json, plan=plan, force=force, redo=redo, **flags)


def run_backfill(
    source: str,
    days: tuple[date, date],
    inline: bool,
    json: bool,
    *,
    plan: bool,
    force: bool,
    redo: Literal["clean", "extract"] | None,
    **flags: object,
) -> int:
    """`quotidian backfill`: exit code 1 where a day failed; `flags` are settings given on the command line, None where not."""
    require_order(*days)
    settings = load_settings(**flags)
    if plan:
        from quotidian.flows.backfill.plan import plan_days, print_plan

        return show_days(plan_days(source, *days, settings), print_plan, json)
    from quotidian.flows.backfill.days import Backfill, backfill_days, print_days

    run = choose_run(inline, settings)
    backfill = Backfill(source, settings, lambda sources: run(sources, (None, None)), force, redo)
    done = backfill_days(backfill, *days, tell_day)
    show_days(done, print_days, json)
    return int(any(day.state == "failed" for day in done))


def tell_day(day: Any) -> None:
    """A line on stderr when a day has ended, where somebody watches."""
    if sys.stderr.isatty():
        sys.stderr.write(f"{day.day} {day.state}{f', {day.inputs_new} new' if day.inputs_new else ''}\n")


def show_days(days: Sequence[Any], show: Any, json: bool) -> int:
    """Print days for people, or as JSON."""
    if json:
        sys.stdout.write(json_.dumps([asdict(day) for day in days], indent=1, default=str) + "\n")
    else:
        show(days)
    return 0
