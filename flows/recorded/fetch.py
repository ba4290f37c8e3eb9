"""The flow that fetches feeds and then runs the pipeline, for a schedule."""

from functools import partial
from pathlib import Path
from typing import Annotated, Any

from prefect import flow
from prefect.artifacts import create_table_artifact
from pydantic import Field

from quotidian.flows.commands.fetch import describe_counts, fetch_then_run
from quotidian.flows.recorded.flow import quotidian
from quotidian.flows.run import Report
from quotidian.flows.settings import load_settings
from quotidian.tasks.ingest.fetch.report import FetchReport


@flow(
    name="quotidian-fetch",
    description="Fetch what is new in a list of feeds, then run the pipeline on all that was fetched.",
    validate_parameters=True,
    persist_result=False,
)
def quotidian_fetch(
    feeds: Path,
    to: Path,
    data: str | None = None,
    workers: Annotated[int, Field(ge=1, le=256)] | None = None,
    settings: dict[str, Any] | None = None,
) -> Report:
    """Fetch the feeds of a CSV file into the folder `to` and run it; fail at the end if every feed failed."""
    known = load_settings(**(settings or {}))
    run = partial(quotidian, data=data, workers=workers, settings=settings)
    return fetch_then_run(feeds, to, known.fetch, run, leave_fetch_artifact)


def leave_fetch_artifact(report: FetchReport) -> None:
    """What was fetched, on the page of the flow run."""
    rows = [{"what": name, "count": words} for name, words in describe_counts(report).items()]
    create_table_artifact(rows, key="quotidian-fetch", description="What was fetched, and what was not.")
