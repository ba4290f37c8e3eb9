"""What a run is about to do, said before it starts: how many articles, why, and how long."""

import logging
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

import polars as pl

from quotidian.tasks.extract.index import Versions, judge_inputs

log = logging.getLogger(__name__)
RUNS = 5
"""Former runs whose rate counts: enough to even out, few enough to follow a change of machine or model."""


@dataclass(frozen=True)
class Plan:
    """What is pending in the extract room: articles that are new, articles that another version made before, characters
    of their bodies, and seconds at the rate of former runs (None where there is none)."""

    new: int
    redone: int
    chars: int
    seconds: float | None


def plan_extraction(data: Path, versions: Versions, pending: pl.DataFrame) -> Plan:
    """The plan for pending bodies (see `locate_pending`)."""
    inputs = pending.explode("input_ids", empty_as_null=False)["input_ids"]
    if inputs.is_empty():
        return Plan(0, 0, 0, 0.0)
    made = judge_inputs(data, versions).filter(pl.col("extractor_version").is_not_null())["input_id"]
    redone = inputs.is_in(made.implode()).sum()
    chars = pending["size"].sum()
    rate = read_rate(data / "published" / "runs")
    return Plan(len(inputs) - redone, redone, chars, chars / rate if rate else None)


def read_rate(runs: Path) -> float | None:
    """Characters a second that the last runs extracted, None where no run tells."""
    columns = ("extract_chars", "extract_seconds")
    rows = []
    for path in sorted(runs.glob("*.parquet"), reverse=True):
        if len(rows) == RUNS:
            break
        if set(columns) <= pl.read_parquet_schema(path).keys():
            rows += [row for row in pl.read_parquet(path, columns=columns).rows() if row[0]]
    seconds = sum(row[1] for row in rows)
    return sum(row[0] for row in rows) / seconds if seconds else None


def tell_plan(plan: Plan) -> None:
    """Say what is pending, unless nothing is: in the log, and on stderr where a person looks at it."""
    if not plan.new + plan.redone:
        return
    log.info("to extract", extra=asdict(plan))
    if sys.stderr.isatty():
        sys.stderr.write(f"{describe_plan(plan)}\n")
        sys.stderr.flush()


def describe_plan(plan: Plan) -> str:
    """The plan in one sentence."""
    reasons = [f"{plan.new:,} new"] if plan.new else []
    reasons += [f"{plan.redone:,} that another version made"] if plan.redone else []
    length = f"; about {name_length(plan.seconds)} at the rate of former runs" if plan.seconds is not None else ""
    return f"To extract: {count_articles(plan.new + plan.redone)} ({', '.join(reasons)}){length}."


def count_articles(number: int) -> str:
    """1 article, 2 articles."""
    return f"{number:,} article{'s' * (number != 1)}"


def name_length(seconds: float) -> str:
    """Seconds, minutes or hours, whichever reads best."""
    if seconds < 100:
        return f"{max(1, round(seconds))} s"
    if seconds < 6_000:
        return f"{round(seconds / 60)} min"
    return f"{seconds / 3600:.1f} h"
