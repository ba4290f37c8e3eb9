"""Starting runs from the command line: what can be awaited side by side is started first."""

import json as json_
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from quotidian.flows.backfill.dates import fill_sources
from quotidian.flows.commands.flags import DaskAddress, Data, Inline, Json, Where, Workers
from quotidian.flows.process.garbage import skip_last_search
from quotidian.flows.running.pool import start_early
from quotidian.flows.settings import Settings, guess_name, load_settings
from quotidian.tasks.ingest.places import may_hold_news
from quotidian.tasks.store.errors import UsageError

if TYPE_CHECKING:
    from quotidian.flows.run import Report

Days = tuple[date | None, date | None]


def run(
    sources: Annotated[
        list[str],
        Parameter(
            help="Files, folders, globs or addresses (s3://…) of articles in any format; - for standard input.",
            negative="",
            allow_leading_hyphen=True,
        ),
    ],
    /,
    *,
    data: Data = None,
    inline: Inline = False,
    workers: Workers = None,
    engine: Where = None,
    dask_address: DaskAddress = None,
    from_: Annotated[
        date | None, Parameter(name="--from", help="First day to work on (YYYY-MM-DD), by published date.")
    ] = None,
    to: Annotated[date | None, Parameter(help="Last day to work on (YYYY-MM-DD).")] = None,
    day: Annotated[
        str | None, Parameter(name="--date", help="Day for {date} in SOURCES: YYYY-MM-DD, or today (UTC).")
    ] = None,
    wait: Annotated[float | None, Parameter(help="Seconds to wait for another run on the same data folder.")] = None,
    log: Annotated[Path | None, Parameter(help="File to which the run appends what it does, as JSON lines.")] = None,
    json: Json = False,
) -> int:
    """Archive what is new in SOURCES, finish what is pending, and publish the tables."""
    flags = {
        "data": data,
        "workers": workers,
        "wait_seconds": wait,
        "engine": engine,
        "dask_address": dask_address,
        "log": log,
    }
    return run_pipeline(sources, day, inline, (from_, to), json, **flags)


def run_pipeline(sources: list[str], day: str | None, inline: bool, days: Days, json: bool, **flags: object) -> int:
    """`quotidian run`; `day` stands for {date} in the sources, `flags` are settings given on the command line, None where not."""
    require_flags(sources)
    require_order(*days)
    sources, settings = fill_sources(sources, day), load_settings(**flags)
    is_news = settings.engine == "local" and has_news(sources, settings)
    report = choose_run(inline, settings, is_news)(sources, days)

    from quotidian.flows.commands.summary import print_summary, report_values

    if json:
        sys.stdout.write(json_.dumps(report_values(report), indent=1, default=str) + "\n")
    else:
        print_summary(report, settings.ingest)
    skip_last_search()
    return 0


def require_flags(sources: list[str]) -> None:
    """Raise UsageError for a source that looks like a flag and is no file: a flag that was misspelt."""
    for source in sources:
        if source.startswith("-") and source != "-" and not Path(source).exists():
            raise UsageError(
                f"There is no flag {source}{guess_name(source.split('=')[0], list_flags())}; see `quotidian run --help`."
            )


def list_flags() -> list[str]:
    """Names of the flags of `quotidian run`."""
    from quotidian.flows.commands.app import app

    return [name for argument in app["run"].assemble_argument_collection() for name in argument.names]


def require_order(first: date | None, last: date | None) -> None:
    """Raise UsageError where the first day comes after the last."""
    if first and last and first > last:
        raise UsageError(f"--from {first} is after --to {last}: turn them around.")


def has_news(sources: list[str], settings: Settings) -> bool:
    """Whether a file of the sources is younger than what is published; raises SourceMissing.

    Only a hint that workers will be needed soon: what is new is told by content.
    """
    published = settings.place.published / "current" / "manifest.json"
    since = published.stat().st_mtime if published.exists() else 0
    news = [may_hold_news(source, since) for source in sources]  # all are looked at: one may be missing
    return any(news)


def choose_run(inline: bool, settings: Settings, is_news: bool = False) -> Callable[[list[str], Days], "Report"]:
    """The function that runs sources for some days, inline or recorded; `is_news`: workers will be needed soon."""
    run = run_inline if inline else run_recorded
    return lambda sources, days: run(sources, settings, days, is_news)


def run_inline(sources: list[str], settings: Settings, days: Days, is_news: bool = False) -> "Report":
    """Run the flow body without Prefect."""
    if is_news:
        expect_news(settings)
    from quotidian.flows.run import execute
    from quotidian.flows.running.engine import Inline

    return execute(sources, settings, days, Inline, "inline")


def run_recorded(sources: list[str], settings: Settings, days: Days, is_news: bool = False) -> "Report":
    """Run the flow against the configured Prefect server, else a temporary one."""
    from quotidian.flows.recorded.server import starting_server

    with starting_server():
        if is_news:
            expect_news(settings)
        from quotidian.flows.recorded.flow import quotidian

    return quotidian(sources, from_day=days[0], to_day=days[1], settings=settings.model_dump(mode="json"))


def expect_news(settings: Settings) -> None:
    """Start a worker, and import scipy while it loads its model."""
    start_early(settings.workers, settings.extract.model)
    from quotidian.tasks.deduplicate import compute_links as work  # noqa: F401
