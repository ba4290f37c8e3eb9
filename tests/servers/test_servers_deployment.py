"""The deployments of prefect.yaml on a real Prefect server with a real worker, and a real news site, all on loopback.

They are in one file, since server and worker, started once for a file, take longer than any run.
"""

import json
import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Queue
from threading import Thread

import polars as pl
import pytest
from pages import find_blocks, read_lines, read_page

pytestmark = pytest.mark.server
ALERTS = ("python -c", "prefect automation")
PAGES = 24  # of the news site in conftest.py
SETTINGS = json.dumps({"fetch": {"allow_private": True, "delay_seconds": 0, "backoff_seconds": 0, "tries": 1}})


LINES = read_lines("docs/schedule.md")
STEPS = LINES[LINES.index("prefect worker start --pool quotidian") + 1 :]


@pytest.fixture(scope="module")
def steps(office) -> dict[str, dict]:
    """The page's commands behind the worker, each of which ends well, with the parameters of the latest run after each."""
    done = {}
    for line in STEPS:
        if not line.startswith(ALERTS):
            office.follow(line)
            runs = pl.read_parquet(f"{office.folder}/data/published/runs/*.parquet").sort("started_at")
            done[line] = runs.row(-1, named=True) | json.loads(runs["parameters"][-1])
    return done


def test_the_commands_of_the_page_complete_and_write_the_tables(office, steps: dict[str, dict]) -> None:
    assert len(steps) == 6
    daily = steps["prefect deployment run quotidian/daily --watch"]
    assert (daily["sources"], daily["state"], daily["articles"]) == (["landing"], "completed", 5)
    assert any(re.fullmatch(r"landing, \d{4}-\d\d-\d\d", run["name"]) for run in office.ask("flow_runs"))
    assert {tag for run in office.ask("flow_runs") for tag in run["tags"]} >= {"quotidian"}
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
        "quotidian-speakers",
        "quotidian-rejects",
        "quotidian-slowest",
        "quotidian-quality",
    }
    (quality, *_) = (json.loads(a["data"]) for a in office.ask("artifacts") if a["key"] == "quotidian-quality")
    values = {row["what"]: row["value"] for row in quality}
    assert 0.5 < values["mean confidence of quotations"] < 1
    assert values["articles flagged machine_translated"] >= 1


def test_the_rooms_of_a_run_are_joined_by_arrows(office, steps: dict[str, dict]) -> None:
    tasks = {task["id"]: task for task in office.ask("task_runs")}
    before = {
        task["name"]: {tasks[one["id"]]["name"] for one in task["task_inputs"].get("wait_for", [])}
        for task in sorted(tasks.values(), key=lambda task: task["start_time"], reverse=True)
    }
    assert before["archive_sources"] == set()
    assert before["clean_batch 1 of 1"] == {"archive_sources"}
    assert before["extract_batch 1 of 1"] == {"clean_batch 1 of 1"}
    assert before["publish_snapshot"] == {"link_archive"}


def test_the_command_is_recorded_by_the_server(office, steps: dict[str, dict]) -> None:
    runs = [run for run in office.ask("flow_runs") if run["deployment_id"] is None]
    assert len([run for run in runs if run["state_type"] == "COMPLETED"]) >= len(
        [line for line in steps if line.startswith("quotidian run")]
    )


def test_a_backfill_runs_each_day_and_notes_those_without_source(office, steps: dict[str, dict]) -> None:
    assert days_of(office) == [["missing", "completed"]]
    (line,) = (line for line in STEPS if "quotidian-backfill/backfill" in line)
    office.follow(line)
    office.follow(f"{line} --param redo=extract --param workers=1")
    assert days_of(office)[1:] == [["missing", "skipped"], ["missing", "completed"]]


def days_of(office) -> list[list[str]]:
    """What became of the days of each backfill so far."""
    tables = [a for a in office.ask("artifacts") if a["key"] == "quotidian-backfill"]
    return [[row["state"] for row in json.loads(table["data"])] for table in sorted(tables, key=lambda a: a["created"])]


def test_a_scheduled_run_takes_its_day_from_the_schedule(steps: dict[str, dict]) -> None:
    (line,) = (line for line in STEPS if "--start-at" in line)
    assert steps[line]["sources"] == ["landing/./2023-06-19"]


def test_the_landing_folder_and_its_days_bring_in_each_text_once(steps: dict[str, dict]) -> None:
    assert [run["inputs_seen"] for run in steps.values()] == [5] * 6
    assert sum(run["inputs_new"] for run in steps.values()) == 5


def test_the_daily_deployment_is_scheduled_once_a_day(office) -> None:
    deployments = {d["name"]: d for d in office.ask("deployments")}
    assert [s["schedule"]["cron"] for s in deployments["daily"]["schedules"]] == ["15 5 * * *"]
    assert deployments["backfill"]["schedules"] == []
    pool = office.ask("work_pools")[0]
    assert (pool["type"], pool["concurrency_limit"]) == ("process", 1)


class Alerts(BaseHTTPRequestHandler):
    """Takes what a webhook sends."""

    got: Queue[str] = Queue()

    def do_POST(self) -> None:
        self.got.put(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def alerts(office) -> Iterator[Queue]:
    """The webhook and the automation of the page, with an address that answers."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Alerts)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    block, automation = (line for line in STEPS if line.startswith(ALERTS))
    found = office.follow(block.replace("https://alerts.example", f"http://127.0.0.1:{server.server_port}"))
    (page,) = (one.text for one in find_blocks(read_page("docs/schedule.md")) if one.language == "yaml")
    (office.folder / "alert.yaml").write_text(page.replace("THE-ID", found.split()[-1]))
    office.follow(automation)
    yield Alerts.got
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("wrong", ["nosuch=1", "workers=none"])
def test_wrong_parameters_are_refused_at_once(office, wrong: str) -> None:
    said = office.prefect("deployment", "run", "quotidian/daily", "--param", wrong, code=1)
    assert wrong.split("=")[0] in said


def test_a_run_that_fails_is_told(office, alerts: Queue) -> None:
    own = ("--param", 'sources=["nowhere"]', "--param", "data=wrong")
    office.prefect("deployment", "run", "quotidian/daily", *own, "--watch", code=1)
    told = json.loads(alerts.get(timeout=600))["text"]
    assert " of quotidian ended as Failed: " in told
    assert "nowhere does not exist" in told


def test_a_malformed_day_fails_the_run_before_anything_is_written(office, alerts: Queue) -> None:
    wrong = ("--param", "from_day=noon", "--param", "data=malformed")
    office.prefect("deployment", "run", "quotidian/daily", *wrong, "--watch", code=1)
    assert not (office.folder / "malformed").exists()
    assert "invalid parameters:\n - from_day" in json.loads(alerts.get(timeout=600))["text"]


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
    failed = [run["state"]["message"] for run in office.ask("flow_runs") if run["state_type"] == "FAILED"]
    assert any("All 1 feeds failed, the first by unreachable" in message for message in failed)
    assert read_articles(feeds).equals(articles)


def test_the_deployment_waits_until_somebody_lists_feeds(office) -> None:
    deployments = {deployment["name"]: deployment for deployment in office.ask("deployments")}
    (schedule,) = deployments["feeds"]["schedules"]
    assert (schedule["schedule"]["cron"], schedule["active"]) == ("40 * * * *", False)
    assert deployments["feeds"]["parameters"] == {"feeds": "feeds.csv", "to": "landing/feeds"}
