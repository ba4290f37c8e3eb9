"""`quotidian fetch`: feeds in, WARC files out; and the chain of fetch and run for a schedule."""

import json as json_
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter
from rich.table import Table

from quotidian.flows.commands.flags import Json
from quotidian.flows.process.progress import Progress
from quotidian.flows.process.terminal import open_console
from quotidian.flows.settings import load_settings
from quotidian.flows.storage.lock import lock_data
from quotidian.tasks.ingest.fetch.feed_list import read_feed_list
from quotidian.tasks.ingest.fetch.feeds import fetch_feeds
from quotidian.tasks.ingest.fetch.report import Failure, FetchReport
from quotidian.tasks.ingest.fetch.settings import FetchSettings
from quotidian.tasks.store.errors import QuotidianError

if TYPE_CHECKING:
    from quotidian.flows.run import Report

EXAMPLES = 10
"""Failures shown in full; --json has all."""


class FeedsFailed(QuotidianError):
    """No feed of the list could be had."""


def fetch(
    feeds: Annotated[Path, Parameter(help="CSV file of RSS and Atom feeds: url, outlet, section, note.")],
    /,
    *,
    to: Annotated[Path, Parameter(help="Folder for the WARC files, for `quotidian run`.")],
    wait: Annotated[float | None, Parameter(help="Seconds to wait for another fetch into the same folder.")] = None,
    json: Json = False,
) -> int:
    """Poll FEEDS and save the pages that they link and that were not fetched before."""
    return fetch_feeds_command(feeds, to, wait, json)


def fetch_feeds_command(feeds: Path, to: Path, wait: float | None, json: bool) -> int:
    """`quotidian fetch`: exit code 1 where every feed failed."""
    settings = load_settings(wait_seconds=wait)
    report = fetch_into(feeds, to, settings.fetch, settings.wait_seconds)
    if json:
        sys.stdout.write(json_.dumps(fetch_values(report), indent=1) + "\n")
    else:
        print_fetch(report, to)
    return int(report.has_failed)


def fetch_into(feeds: Path, to: Path, settings: FetchSettings, wait_seconds: float = 0) -> FetchReport:
    """Fetch what is new in the feeds of a CSV file into a folder, which is locked meanwhile. Raises DataLocked."""
    listed = read_feed_list(feeds)
    with lock_data(to, wait_seconds, f"quotidian fetch {feeds}"):
        progress = Progress()
        bars = {kind: progress.show(kind) for kind in ("feeds", "pages")}
        try:
            return fetch_feeds(listed, to, settings, lambda kind, done, total: bars[kind](done, total))
        finally:
            progress.stop()


def fetch_then_run(
    feeds: Path,
    to: Path,
    settings: FetchSettings,
    run: Callable[[list[str]], "Report"],
    note: Callable[[FetchReport], None] = lambda fetched: None,
) -> "Report":
    """Fetch, tell `note` what was fetched, then run the folder; raises FeedsFailed where every feed failed.

    The run comes even then, since pages of the time before may be waiting for it.
    """
    fetched = fetch_into(feeds, to, settings)
    note(fetched)
    report = run([str(to)])
    if fetched.has_failed:
        first = fetched.failures[0]
        raise FeedsFailed(
            f"All {fetched.feeds} feeds failed, the first by {first.reason} ({first.detail}); "
            "what was fetched before is published."
        )
    return report


def fetch_values(report: FetchReport) -> dict:
    """The report as plain values, for --json."""
    values = asdict(report) | {"files": [str(path) for path in report.files], "pages_left": report.pages_left}
    return values | {"has_failed": report.has_failed}


def print_fetch(report: FetchReport, to: Path) -> None:
    """What was fetched, what was not and why, and what to do next."""
    console = open_console()
    counts = Table(box=None, show_header=False, pad_edge=False)
    for name, words in describe_counts(report).items():
        counts.add_row(name, words)
    console.print(counts)
    for failure in report.failures[:EXAMPLES]:
        console.print(describe_failure(failure), soft_wrap=True)
    if len(report.failures) > EXAMPLES:
        console.print(f"and {len(report.failures) - EXAMPLES} more: `quotidian fetch … --json` has all.")
    for why in report.postponed_hosts.values():
        console.print(f"Left for a later fetch: {why}.", soft_wrap=True)
    if report.is_out_of_time:
        console.print("The time for one fetch was over (run_seconds): the next goes on from there.")
    if report.files:
        console.print(f"\nNext: `quotidian run {to}`.", soft_wrap=True)


def describe_counts(report: FetchReport) -> dict[str, str]:
    """Counts for people, by name."""
    megabytes = f"{report.page_bytes / 1e6:.1f} MB in {len(report.files)} files"
    shown = {
        "feeds": f"{report.feeds}: {report.feeds_changed} read, {report.feeds_unchanged} unchanged, "
        f"{report.feeds_failed} failed{describe_reasons(report, 'feed')}",
        "new pages": f"{report.pages_new}, {megabytes}" if report.pages_new else "0",
        "known pages": str(report.pages_known),
        "refused": f"{report.pages_refused} by robots.txt",
        "failed pages": f"{report.pages_failed}{describe_reasons(report, 'page')}",
        "left": str(report.pages_left),
    }
    return {name: words for name, words in shown.items() if name in ("feeds", "new pages") or words[0] != "0"}


def describe_reasons(report: FetchReport, kind: str) -> str:
    """Reasons of failure with their counts, in brackets; empty where there are none."""
    reasons = [f"{number} {reason}" for reason, number in report.count_reasons(kind) if reason != "robots"]
    return f" ({', '.join(reasons)})" if reasons else ""


def describe_failure(failure: Failure) -> str:
    """One line of a failure."""
    return f"  {failure.kind} {failure.url}: {failure.detail}"
