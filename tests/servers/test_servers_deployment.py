"""The deployments of prefect.yaml on a real Prefect server with a real worker, all on loopback."""

import json

import polars as pl
import pytest

pytestmark = pytest.mark.server


def test_a_run_with_parameters_completes_and_writes_the_tables(office) -> None:
    office.prefect("deployment", "run", "quotidian/daily", "--param", "data=daily", "--param", "workers=1", "--watch")
    articles = pl.read_parquet(f"{office.folder}/daily/published/current/articles/**/*.parquet")
    assert articles.height == 5
    names = {task["name"] for task in office.ask("task_runs")}
    assert {
        "archive_sources",
        "clean_batch 1 of 1",
        "extract_batch 1 of 1",
        "link_archive",
        "publish_snapshot",
    } <= names
    assert {a["key"] for a in office.ask("artifacts")} >= {
        "quotidian-tables",
        "quotidian-rooms",
        "quotidian-snapshot",
        "quotidian-rejects",
        "quotidian-slowest",
    }


def test_a_backfill_runs_each_day_and_notes_those_without_source(office) -> None:
    days = ("--param", "from_day=2023-06-18", "--param", "to_day=2023-06-19")
    office.prefect("deployment", "run", "quotidian-backfill/backfill", *days, "--param", "data=filled", "--watch")
    assert pl.read_parquet(f"{office.folder}/filled/published/current/articles/**/*.parquet").height == 5
    assert days_of(office) == [["missing", "completed"]]
    office.prefect("deployment", "run", "quotidian-backfill/backfill", *days, "--param", "data=filled", "--watch")
    assert days_of(office) == [["missing", "completed"], ["missing", "skipped"]]
    again = (*days, "--param", "data=filled", "--param", "redo=extract")
    office.prefect("deployment", "run", "quotidian-backfill/backfill", *again, "--watch")
    assert ["missing", "completed"] in days_of(office)[1:]


def days_of(office) -> list[list[str]]:
    """What became of the days of each backfill so far."""
    tables = [a for a in office.ask("artifacts") if a["key"] == "quotidian-backfill"]
    return [[row["state"] for row in json.loads(table["data"])] for table in sorted(tables, key=lambda a: a["created"])]


def test_a_scheduled_run_takes_its_day_from_the_schedule(office) -> None:
    own = ("--param", 'sources=["landing/{date}"]', "--param", "data=scheduled", "--start-at", "2023-06-19T05:15:00Z")
    office.prefect("deployment", "run", "quotidian/daily", *own, "--watch")
    assert pl.read_parquet(f"{office.folder}/scheduled/published/current/articles/**/*.parquet").height == 5


def test_the_daily_deployment_is_scheduled_once_a_day(office) -> None:
    deployments = {d["name"]: d for d in office.ask("deployments")}
    assert [s["schedule"]["cron"] for s in deployments["daily"]["schedules"]] == ["15 5 * * *"]
    assert deployments["backfill"]["schedules"] == []
    pool = office.ask("work_pools")[0]
    assert (pool["type"], pool["concurrency_limit"]) == ("process", 1)


def test_unknown_parameters_are_refused_at_once(office) -> None:
    assert "nosuch" in office.prefect("deployment", "run", "quotidian/daily", "--param", "nosuch=1", code=1)


def test_malformed_parameters_fail_the_run(office) -> None:
    wrong = ("--param", "workers=none", "--param", "data=wrong")
    office.prefect("deployment", "run", "quotidian/daily", *wrong, "--watch", code=1)
    assert not (office.folder / "wrong").exists()
