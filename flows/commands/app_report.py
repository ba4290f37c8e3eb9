"""The command that makes pages to look at."""

from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from quotidian.flows.commands.flags import Data, Json


def register(app: App) -> None:
    """Add the command to the app."""
    app.command(report)


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
    from quotidian.flows.commands.report import write_report

    return write_report(to, data, {"stories": stories, "speakers": speakers, "articles": articles}, json)
