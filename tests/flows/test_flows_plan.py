"""What a run says before it starts."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from quotidian.flows.run import record_types
from quotidian.flows.running.plan import Plan, describe_plan, name_length, read_rate
from quotidian.tasks.tables.catalog import RUNS
from quotidian.tasks.tables.parquet import arrow_schema, write_frame

START = datetime(2026, 1, 1, tzinfo=UTC)


def write_run(folder: Path, number: int, chars: int | None, seconds: float) -> None:
    row = {
        "run_id": f"run{number}",
        "started_at": START,
        "ended_at": START + timedelta(seconds=seconds),
        "engine": "inline",
        "state": "completed",
        "parameters": "{}",
        "extract_chars": chars,
    }
    row |= {f"{room}_seconds": 0.0 for room in ("ingest", "clean", "deduplicate", "publish")}
    rows = pl.DataFrame([row | {"extract_seconds": seconds}], schema=record_types(), orient="row")
    write_frame(rows, arrow_schema(RUNS), folder / f"run{number}.parquet")


def test_the_rate_is_that_of_the_last_runs_that_extracted(tmp_path: Path) -> None:
    write_run(tmp_path, 0, 9_000, 1)
    for number in range(1, 6):
        write_run(tmp_path, number, 1_000, 2)
    write_run(tmp_path, 6, 0, 1)
    write_run(tmp_path, 7, None, 60)
    assert read_rate(tmp_path) == 500


def test_no_run_no_rate(tmp_path: Path) -> None:
    assert read_rate(tmp_path) is None
    pl.DataFrame({"run_id": ["of an earlier release"]}).write_parquet(tmp_path / "old.parquet")
    assert read_rate(tmp_path) is None


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        (Plan(1, 0, 1, None), "To extract: 1 article (1 new)."),
        (Plan(1_200, 0, 1, None), "To extract: 1,200 articles (1,200 new)."),
        (
            Plan(0, 3, 1, 600.0),
            "To extract: 3 articles (3 that another version made); about 10 min at the rate of former runs.",
        ),
        (
            Plan(2, 1, 1, 0.2),
            "To extract: 3 articles (2 new, 1 that another version made); about 1 s at the rate of former runs.",
        ),
    ],
)
def test_a_plan_reads_as_a_sentence(plan, words) -> None:
    assert describe_plan(plan) == words


def test_lengths_are_for_people() -> None:
    assert [name_length(s) for s in (0, 42, 150, 9_000)] == ["1 s", "42 s", "2 min", "2.5 h"]
