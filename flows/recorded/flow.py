"""The flow recorded by Prefect: each call of a door is a task, and the run leaves artifacts."""

import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from datetime import UTC, date
from typing import Annotated, Any, Literal

from prefect import flow, get_run_logger, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.exceptions import MissingContextError
from prefect.futures import PrefectFuture, as_completed
from prefect.runtime import flow_run
from prefect.states import State
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import Field

from quotidian.flows.backfill.dates import fill_date, has_date
from quotidian.flows.backfill.days import Backfill, Day, DaysFailed, backfill_days
from quotidian.flows.process.log import LOGGER, describe_record
from quotidian.flows.recorded.artifacts import leave_artifacts
from quotidian.flows.run import Report, execute
from quotidian.flows.running.engine import Timed
from quotidian.flows.running.stopwatch import room_of
from quotidian.flows.settings import Settings, load_settings
from quotidian.tasks.ingest.places import SourceClosed
from quotidian.tasks.store.passwords import hide_users

RETRIES = 2
RETRY_SECONDS = 1
HEALING = (OSError, MemoryError, BrokenProcessPool, SourceClosed)
"""What may go away by itself: disks and networks, want of memory. A wrong setting or an error of the code comes again."""
THREADS = 8
"""Threads that wait for worker processes; they cost nothing, so there are enough for any machine."""
ARROWS = 20
"""Batches of a room, the last ones, that the next room's point to: all to all would be millions of arrows in a large run."""
NAMED_SOURCES = 3
"""Sources that stand in the name of a flow run; further ones are counted."""


class Recorded(Timed):
    """Runs each call of a door as a Prefect task. Batches wait in threads for the same worker pool that
    `Inline` uses, so that workers need not import Prefect."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.before: list[State | PrefectFuture] = []
        """Task runs of the door before, to which those of the next point: the arrows of the run's graph."""

    def call(self, door: Callable, *args: Any) -> Any:
        with self.timed(door):
            one = as_task(door, door, name=door.__name__, run_name=door.__name__)
            state = one(args, wait_for=self.before, return_state=True)
            self.before = [state]
            return state.result()

    def map(self, door: Callable, batches: Sequence[Any], *args: Any) -> list[Any]:
        name, total = door.__name__, len(batches)
        self.progress.start(room_of(door), total)
        with self.timed(door):
            tasks = [
                as_task(door, self._in_worker(door), name=name, run_name=f"{name} {number} of {total}")
                for number in range(1, total + 1)
            ]
            futures = [
                one.submit((batch, *args), wait_for=self.before) for one, batch in zip(tasks, batches, strict=True)
            ]
            self.before = futures[-ARROWS:] or self.before
            for _ in as_completed(futures):
                self.progress.advance(room_of(door))
        return [future.result() for future in futures]

    def _in_worker(self, door: Callable) -> Callable:
        return lambda batch, *args: self.rescue(door, args).run_batch(batch)


def as_task(door: Callable, run: Callable, *, name: str, run_name: str) -> Any:
    """A Prefect task that takes the arguments of a door as one tuple. Results are paths: nothing is cached.

    No tags: a task that has some asks the server for concurrency slots first, up to 2 s each time.
    """

    @task(
        name=name,
        description=(door.__doc__ or "").strip(),
        task_run_name=run_name,
        retries=RETRIES,
        retry_delay_seconds=RETRY_SECONDS,
        retry_condition_fn=may_heal,
        cache_policy=NO_CACHE,
        persist_result=False,
    )
    def door_task(args: tuple) -> Any:
        return run(*args)

    return door_task


def may_heal(task: Any, task_run: Any, state: State) -> bool:
    """Whether a failed task run is worth another try: Prefect asks with the exception as data of the state."""
    return isinstance(state.data, HEALING)


class PrefectLog(logging.Handler):
    """Passes what is logged on to the log of the flow or task run that it happens in."""

    def emit(self, record: logging.LogRecord) -> None:
        with suppress(MissingContextError):
            get_run_logger().log(record.levelno, describe_record(record))


@contextmanager
def logging_to_prefect() -> Iterator[None]:
    """Show what is logged within on the page of the flow run."""
    handler = PrefectLog()
    LOGGER.addHandler(handler)
    try:
        yield
    finally:
        LOGGER.removeHandler(handler)


def fill_scheduled(sources: list[str]) -> list[str]:
    """The sources for the day on which this flow run was to start."""
    if not any(map(has_date, sources)):
        return sources
    day = flow_run.scheduled_start_time.astimezone(UTC).date()
    return [fill_date(source, day) for source in sources]


def combine_settings(settings: dict[str, Any] | None, **flags: Any) -> Settings:
    """Settings as a deployment gives them: its parameters (None: not given) go before `settings`."""
    return load_settings(**((settings or {}) | {name: value for name, value in flags.items() if value is not None}))


def name_run() -> str:
    """The name of a flow run, by which people find it: its sources and its days, such as `landing, 2023-06-19`."""
    given = flow_run.parameters
    sources = given.get("sources") or [given.get("source", "")]
    scheduled = flow_run.scheduled_start_time.astimezone(UTC).date()
    days = [str(day) for day in dict.fromkeys((given.get("from_day"), given.get("to_day"))) if day]
    words = ", ".join(hide_users(source) for source in sources[:NAMED_SOURCES])
    more = f" and {len(sources) - NAMED_SOURCES} more" if len(sources) > NAMED_SOURCES else ""
    return f"{words}{more}, {' to '.join(days) or scheduled}"


@flow(
    name="quotidian",
    flow_run_name=name_run,
    description="Scraped English news in, Parquet tables of articles, sentences, entities and quotes out.",
    task_runner=ThreadPoolTaskRunner(max_workers=THREADS),
    validate_parameters=True,
    persist_result=False,
)
def quotidian(
    sources: list[str],
    data: str | None = None,
    workers: Annotated[int, Field(ge=1, le=256)] | None = None,
    from_day: date | None = None,
    to_day: date | None = None,
    wait_seconds: Annotated[float, Field(ge=0)] | None = None,
    settings: dict[str, Any] | None = None,
) -> Report:
    """Archive, clean, extract, deduplicate and publish what is new in `sources`; return what was done.

    `{date}` in a source is the day (UTC) for which the run was scheduled, however late it starts.
    `settings` holds any further setting by its name in `quotidian.toml`, such as {"extract": {"model": "..."}}.
    """
    flags = {"data": data, "workers": workers, "wait_seconds": wait_seconds}
    known = combine_settings(settings, **flags)
    with logging_to_prefect():
        report = execute(fill_scheduled(sources), known, (from_day, to_day), Recorded, "recorded")
    leave_artifacts(report)
    return report


@flow(
    name="quotidian-backfill",
    flow_run_name=name_run,
    description="Run the pipeline day by day over a range of days.",
    validate_parameters=True,
    persist_result=False,
)
def quotidian_backfill(
    source: str,
    from_day: date,
    to_day: date,
    force: bool = False,
    redo: Literal["clean", "extract"] | None = None,
    data: str | None = None,
    workers: Annotated[int, Field(ge=1, le=256)] | None = None,
    wait_seconds: Annotated[float, Field(ge=0)] | None = None,
    settings: dict[str, Any] | None = None,
) -> list[Day]:
    """Run each day's `source` ({date} stands for the day) as a flow run of its own; fail at the end if one failed.

    Days that are finished are skipped unless `force` is true; `redo` makes what a room made of each day again.
    """
    flags = {"data": data, "workers": workers, "wait_seconds": wait_seconds}
    known = combine_settings(settings, **flags)
    values = known.model_dump(mode="json")
    backfill = Backfill(source, known, lambda sources: quotidian(sources, settings=values), force, redo)
    days = backfill_days(backfill, from_day, to_day)
    rows = [{"day": str(day.day), "state": day.state, "new": day.inputs_new, "detail": day.detail} for day in days]
    create_table_artifact(rows, key="quotidian-backfill", description="What became of each day.")
    failed = [str(day.day) for day in days if day.state == "failed"]
    if failed:
        raise DaysFailed(f"{len(failed)} of {len(days)} days failed: {', '.join(failed)}; run the backfill again.")
    return days
