"""One run: lock the data folder, run the flow body on an engine, and write down what it did."""

import json
import logging
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime

import polars as pl

from quotidian.tasks.deduplicate.corrections import read_corrections
from quotidian.tasks.deduplicate.knowledge import check_knowledge
from quotidian.tasks.publish.expected import read_expected
from quotidian.tasks.publish.forget import finish_forgetting, forget_stored
from quotidian.tasks.publish.reviewed import read_reviewed
from quotidian.tasks.store.passwords import hide_in, hide_users
from quotidian.tasks.store.versions import remembering_programs
from quotidian.tasks.tables.catalog import RUNS
from quotidian.tasks.tables.kinds import ROOMS
from quotidian.tasks.tables.parquet import arrow_schema, write_frame
from quotidian.tasks.tables.runs import Runs

from .pipeline import Result, pipeline
from .process.log import writing_log
from .process.progress import Progress
from .process.stop_signal import is_stopped
from .running.engine import Engine
from .running.pool import Pool, take_pool
from .running.rescue import SetAside
from .running.stopwatch import BatchTime
from .running.time_limit import TimeLimit
from .settings import Settings
from .storage.mirror import hold_data
from .storage.verify import Damage, mend_store

log = logging.getLogger(__name__)
PROGRAMS = ".programs.json"


@dataclass
class Report:
    """What a run did, for the summary, the record and the artifacts."""

    engine: str
    parameters: dict
    started_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    ended_at: datetime | None = None
    state: str = "completed"
    error: str | None = None
    seconds: dict[str, float] = field(default_factory=dict)
    batch_times: list[BatchTime] = field(default_factory=list)
    damage: list[Damage] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)
    result: Result | None = None

    @property
    def run_id(self) -> str:
        return f"{self.started_at:%Y%m%dT%H%M%S.%fZ}-{os.getpid()}"


def execute(
    sources: list[str],
    settings: Settings,
    days: tuple[date | None, date | None],
    make_engine: Callable[[Pool, Progress, TimeLimit], Engine],
    name: str,
) -> Report:
    """Run the pipeline and record it. What a stopped run had finished is kept, and the next one goes on."""
    if settings.place.store is None:  # workers elsewhere have other folders
        settings = settings.model_copy(update={"data": str(settings.place.folder.resolve())})
    parameters = hide_in(
        {"sources": sources, "from": days[0], "to": days[1], "settings": settings.model_dump(mode="json")}
    )
    with hold_data(settings.place, hide_users(f"quotidian run {' '.join(sources)}")):
        report, progress, pool = Report(name, parameters), Progress(), open_pool(settings)
        limit = TimeLimit(settings.place.folder / "work", settings.article_seconds)
        engine = make_engine(pool, progress, limit)
        try:
            with writing_log(settings.log, report.run_id):
                work(report, settings, sources, days, engine)
        except BaseException as error:
            report.state = "interrupted" if is_stopped(error) else "failed"
            report.error = f"{type(error).__name__}: {error}"
            if report.state == "interrupted" and isinstance(error, Exception):
                raise KeyboardInterrupt from error
            raise
        finally:
            progress.stop()
            pool.close()
            report.ended_at, report.seconds = datetime.now(UTC), dict(engine.seconds)
            report.batch_times, report.set_aside = engine.batch_times, engine.set_aside
            limit.sweep()
            write_record(report, settings)
    return report


def work(
    report: Report, settings: Settings, sources: list[str], days: tuple[date | None, date | None], engine: Engine
) -> None:
    """Mend the store and run the pipeline; log its beginning and how it ended."""
    log.info("run started", extra={"engine": report.engine, "parameters": report.parameters})
    try:
        report.damage = mend_store(settings.place.folder)
        forget_stored(settings.place.folder)  # a take-down that is under way
        for damage in report.damage:
            log.warning("a damaged file was replaced", extra=asdict(damage))
        read_corrections(settings.corrections)  # a mistake in them is said before any work
        read_expected(settings.corrections)
        read_reviewed(settings.corrections)
        check_knowledge(settings.knowledge)
        with remembering_programs(settings.place.folder / "work" / PROGRAMS):
            report.result = pipeline(sources, settings, days, engine)
        finish_forgetting(settings.place.folder)
    except BaseException as error:
        log.exception("run interrupted" if is_stopped(error) else "run failed")
        raise
    published = report.result.published
    facts = {"inputs_new": report.result.new, "rows": published.rows, "seconds": dict(engine.seconds)}
    log.info("run completed", extra=facts | {"snapshot": published.snapshot.name, "is_new": published.is_new})


def open_pool(settings: Settings) -> Pool:
    """The workers of the run: processes of this machine, or those of a Dask cluster."""
    if settings.engine == "local":
        return take_pool(settings.workers)
    from .running.dask_pool import DaskPool

    return DaskPool(settings)


def write_record(report: Report, settings: Settings) -> None:
    """Write the run's row of `runs`; a disk that is full must not hide why the run failed."""
    path = settings.place.folder / "published" / "runs" / f"{report.run_id}.parquet"
    try:
        write_frame(pl.DataFrame([record_row(report)], schema=record_types(), orient="row"), arrow_schema(RUNS), path)
    except OSError:
        if report.state == "completed":
            raise


def record_types() -> dict:
    return {name: column.dtype for name, column in Runs.columns().items()}


def record_row(report: Report) -> dict:
    """The run's row of `runs`."""
    row = {
        "run_id": report.run_id,
        "started_at": report.started_at,
        "ended_at": report.ended_at,
        "engine": report.engine,
        "state": report.state,
        "error": report.error,
        "parameters": json.dumps(report.parameters, default=str, sort_keys=True),
    }
    row |= {f"{room}_seconds": report.seconds.get(room, 0.0) for room in ROOMS}
    if report.result is None:
        return row
    result = report.result
    row |= {f"{room}_batches": number for room, number in result.batches.items()}
    row |= {"extract_chars": result.plan.chars}
    row |= {"inputs_seen": result.seen, "inputs_new": result.new, "versions": json.dumps(asdict(result.versions))}
    row |= {name: result.published.rows[name] for name in ("articles", "rejects")}
    return row | {"snapshot": result.published.snapshot.name, "is_new": result.published.is_new}
