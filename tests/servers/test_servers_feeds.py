"""The deployment that chains fetch and run, on a real Prefect server with a real worker and a real news site."""

import json
from pathlib import Path

import polars as pl
import pytest

pytestmark = pytest.mark.server
PAGES = 24  # of the news site in conftest.py
SETTINGS = json.dumps({"fetch": {"allow_private": True, "delay_seconds": 0, "backoff_seconds": 0, "tries": 1}})


def run_feeds(office, feeds: Path, code: int = 0) -> str:
    """Run the deployment once with its data beside the list of feeds; return what the command prints."""
    parameters = {"feeds": feeds, "to": feeds.parent / "landing", "data": feeds.parent / "data", "workers": 1}
    words = [f"{name}={json.dumps(value, default=str)}" for name, value in parameters.items()]
    flags = [part for word in (*words, f"settings={SETTINGS}") for part in ("--param", word)]
    return office.prefect("deployment", "run", "quotidian-fetch/feeds", *flags, "--watch", code=code)


def read_articles(feeds: Path) -> pl.DataFrame:
    return pl.read_parquet(f"{feeds.parent}/data/published/current/articles/**/*.parquet", hive_partitioning=False)


def count_fetched(office) -> list[dict[str, str]]:
    """What each run of the deployment fetched, the latest last."""
    tables = [a for a in office.ask("artifacts") if a["key"] == "quotidian-fetch"]
    rows = [json.loads(table["data"]) for table in sorted(tables, key=lambda table: table["created"])]
    return [{row["what"]: row["count"] for row in table} for table in rows]


def test_feeds_are_fetched_and_run_again_and_again(office, feeds: Path) -> None:
    run_feeds(office, feeds)
    articles = read_articles(feeds)
    assert (articles.height, set(articles["outlet"])) == (PAGES, {"Harbour Post"})
    assert count_fetched(office)[-1]["new pages"].startswith(f"{PAGES}, ")
    flows = {run["name"] for run in office.ask("task_runs")}
    assert {"archive_sources", "publish_snapshot"} <= flows

    run_feeds(office, feeds)
    assert count_fetched(office)[-1]["new pages"] == "0"
    assert read_articles(feeds).equals(articles)

    feeds.write_text("url\nhttp://127.0.0.1:9/feed\n")
    run_feeds(office, feeds, code=1)
    failed = next(run for run in office.ask("flow_runs") if run["state_type"] == "FAILED")
    assert "All 1 feeds failed, the first by unreachable" in failed["state"]["message"]
    assert read_articles(feeds).equals(articles)


def test_the_deployment_waits_until_somebody_lists_feeds(office) -> None:
    deployments = {deployment["name"]: deployment for deployment in office.ask("deployments")}
    (schedule,) = deployments["feeds"]["schedules"]
    assert (schedule["schedule"]["cron"], schedule["active"]) == ("40 * * * *", False)
    assert deployments["feeds"]["parameters"] == {"feeds": "feeds.csv", "to": "landing/feeds"}
