"""`quotidian report`: the current snapshot as a folder of pages."""

import json as json_
import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from pydantic import ValidationError
from rich.text import Text

from quotidian.flows.commands.flags import Data, Json
from quotidian.flows.commands.published import require_snapshot
from quotidian.flows.process.progress import Progress
from quotidian.flows.process.terminal import open_console
from quotidian.flows.settings import SettingsError
from quotidian.tasks.publish.forget import REPORT
from quotidian.tasks.report.settings import ReportSettings
from quotidian.tasks.report.site import Site, build_site


def report(
    *,
    to: Annotated[Path | None, Parameter(help="Folder of the pages (default: report in the data folder).")] = None,
    data: Data = None,
    stories: Annotated[int | None, Parameter(help="Stories with a page, at most.")] = None,
    speakers: Annotated[int | None, Parameter(help="Speakers with a page, at most.")] = None,
    articles: Annotated[int | None, Parameter(help="Articles with a page, at most.")] = None,
    json: Json = False,
) -> int:
    """Write the current snapshot as pages to look at: stories, speakers, articles, copies, quality, search."""
    return write_report(to, data, {"stories": stories, "speakers": speakers, "articles": articles}, json)


def write_report(to: Path | None, data: str | None, limits: dict[str, int | None], json: bool) -> int:
    """Write the pages and say where they are."""
    settings, snapshot = require_snapshot(data)
    folder = to or settings.place.folder / REPORT
    progress = Progress(quiet=True if json else None)
    try:
        site = build_site(snapshot, folder.absolute(), limit_report(settings.report, limits), progress.show("report"))
    finally:
        progress.stop()
    if json:
        sys.stdout.write(json_.dumps(report_values(site), indent=1) + "\n")
    else:
        print_site(site)
    return 0


def limit_report(settings: ReportSettings, limits: dict[str, int | None]) -> ReportSettings:
    """The settings with the limits that were given; raises SettingsError in one sentence."""
    given = {name: limit for name, limit in limits.items() if limit is not None}
    try:
        return ReportSettings(**settings.model_dump() | given)
    except ValidationError as error:
        first = error.errors()[0]
        raise SettingsError(f"--{first['loc'][0]} cannot be used: {first['msg']}.") from None


def report_values(site: Site) -> dict:
    """The report as plain values, for --json."""
    return {
        "folder": str(site.folder),
        "snapshot": site.snapshot,
        "pages": site.pages,
        "rows": site.available,
        "bytes": site.bytes,
        "files": site.files,
        "changed": site.changed,
    }


def print_site(site: Site) -> None:
    """Pages, what the limits left out, size, and where to start."""
    console = open_console(soft_wrap=True)
    counted = ", ".join(f"{name} {count:,}" for name, count in site.pages.items())
    console.print(f"Pages: {counted} ({site.bytes / 1e6:.1f} MB) of snapshot {site.snapshot}.")
    if site.changed < site.files:
        console.print(f"{site.changed:,} of {site.files:,} files are new or changed.")
    for name in ("stories", "articles"):
        if site.pages[name] < site.available[name]:
            console.print(
                f"{site.available[name] - site.pages[name]:,} {name} have no page: --{name} raises the limit."
            )
    console.print(Text(f"Open {site.folder / 'index.html'}"))
