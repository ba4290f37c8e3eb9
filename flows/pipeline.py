"""The flow: ingest -> clean -> extract -> deduplicate -> publish."""

from dataclasses import asdict, dataclass
from datetime import date

import polars as pl

from quotidian.tasks.clean.pending import pending_inputs
from quotidian.tasks.clean.task import clean_batch
from quotidian.tasks.deduplicate.sketches import deduplicate_version, pending_sketches, read_effects, read_listed
from quotidian.tasks.deduplicate.task import link_archive, sketch_batch
from quotidian.tasks.extract.index import Versions, locate_pending
from quotidian.tasks.extract.task import extract_batch
from quotidian.tasks.ingest.task import archive_sources
from quotidian.tasks.publish.task import Published, publish_snapshot
from quotidian.tasks.store.batches import cut_batches
from quotidian.tasks.store.history import record_versions

from .running.engine import Engine
from .running.plan import Plan, plan_extraction, tell_plan
from .running.versions import versions_of
from .settings import Settings


@dataclass(frozen=True)
class Result:
    """What one run did: inputs seen and new, batches mapped by room, what was to extract, what corrections and lists did, what was
    published."""

    seen: int
    new: int
    batches: dict[str, int]
    plan: Plan
    corrections: list[dict]
    knowledge: list[dict]
    versions: Versions
    published: Published


def pipeline(sources: list[str], settings: Settings, days: tuple[date | None, date | None], engine: Engine) -> Result:
    """Archive what is new in the sources, finish what is pending, publish everything that is finished.

    `days` limits extraction to articles published from its first to its last day (None: no limit; undated
    articles pass only without limits). What was finished before stays published: an article that another version made
    stands as that version made it until it is redone.
    """
    data, workers = settings.place.folder, engine.pool.workers
    versions = versions_of(settings)

    seen, new = engine.call(archive_sources, sources, data, settings.ingest, engine.progress.show("ingest", "bytes"))
    record_versions(data, asdict(versions))
    inputs = pending_inputs(data, versions.clean, workers)
    engine.map(clean_batch, inputs, data, versions.clean, settings.clean, settings.ingest)
    pending = locate_pending(data, versions, within(days))
    plan = plan_extraction(data, versions, pending)
    tell_plan(plan)
    bodies = cut_batches(pending, "body_hash", workers)
    engine.map(extract_batch, bodies, data, versions.extract, settings.extract)
    sketches = pending_sketches(data, versions, workers)
    engine.map(sketch_batch, sketches, data, deduplicate_version())
    known = (settings.corrections, settings.deduplicate)
    spread = engine.spread if workers > 1 or settings.engine == "dask" else None  # one more process here gains nothing
    linked = (settings.deduplicate, settings.corrections, settings.knowledge)
    links = engine.call(link_archive, data, versions, *linked, spread)
    show = engine.progress.show("publish")
    published = engine.call(publish_snapshot, data, versions, links, *known, show, settings.knowledge)

    batches = {"clean": len(inputs), "extract": len(bodies), "deduplicate": len(sketches)}
    return Result(seen, new, batches, plan, read_effects(links), read_listed(links), versions, published)


def within(days: tuple[date | None, date | None]) -> pl.Expr:
    """A filter on published_date."""
    first, last = days
    limits = [pl.lit(True)]
    if first is not None:
        limits.append(pl.col("published_date") >= first)
    if last is not None:
        limits.append(pl.col("published_date") <= last)
    return pl.all_horizontal(limits)
