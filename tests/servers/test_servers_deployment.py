"""The deployments of prefect.yaml on a real Prefect server with a real worker, all on loopback."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from quotidian.flows.server import QUIET, free_port

pytestmark = pytest.mark.server
ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent


def end(process: subprocess.Popen) -> None:
    """End a process and what it started."""
    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


class Office:
    """A Prefect server, and a folder with the project's prefect.yaml and a landing folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.api = f"http://127.0.0.1:{self.port}/api"
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("QUOTIDIAN_", "PREFECT_"))}
        self.environment = clean | QUIET | {"PREFECT_HOME": str(folder / "home")}

    def start(self, *arguments: str) -> subprocess.Popen:
        environment = self.environment | ({} if "server" in arguments else {"PREFECT_API_URL": self.api})
        command = [BIN / "prefect", *arguments]
        with (self.folder / f"{arguments[0]}.log").open("wb") as log:
            return subprocess.Popen(
                command, cwd=self.folder, env=environment, stdout=log, stderr=log, start_new_session=True
            )

    def prefect(self, *arguments: str, code: int = 0) -> str:
        environment = self.environment | {"PREFECT_API_URL": self.api}
        command = [BIN / "prefect", "--no-prompt", *arguments]
        done = subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True, timeout=240)
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def ask(self, path: str) -> list[dict]:
        request = urllib.request.Request(f"{self.api}/{path}/filter", b"{}", {"Content-Type": "application/json"})
        return json.loads(urllib.request.urlopen(request, timeout=30).read())

    def await_api(self) -> None:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{self.api}/health", timeout=5)
                return
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.2)
        pytest.fail((self.folder / "server.log").read_text())


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, seeds: Path) -> Iterator[Office]:
    """Server, work pool, deployments and a worker, as docs/operate.md says."""
    folder = tmp_path_factory.mktemp("office")
    shutil.copy(ROOT / "prefect.yaml", folder)
    shutil.copytree(seeds, folder / "landing" / "2023-06-19")
    office = Office(folder)
    running = [office.start("server", "start", "--host", "127.0.0.1", "--port", str(office.port), "--no-ui")]
    try:
        office.await_api()
        office.prefect("work-pool", "create", "quotidian", "--type", "process")
        office.prefect("work-pool", "set-concurrency-limit", "quotidian", "1")
        office.prefect("deploy", "--all")
        running.append(office.start("worker", "start", "--pool", "quotidian"))
        yield office
    finally:
        for process in reversed(running):
            end(process)


def test_a_run_with_parameters_completes_and_writes_the_tables(office: Office) -> None:
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
    assert {a["key"] for a in office.ask("artifacts")} >= {"quotidian-tables", "quotidian-rooms", "quotidian-snapshot"}


def test_a_backfill_runs_each_day_and_notes_those_without_source(office: Office) -> None:
    days = ("--param", "from_day=2023-06-18", "--param", "to_day=2023-06-19")
    office.prefect("deployment", "run", "quotidian-backfill/backfill", *days, "--param", "data=filled", "--watch")
    assert pl.read_parquet(f"{office.folder}/filled/published/current/articles/**/*.parquet").height == 5
    table = next(a for a in office.ask("artifacts") if a["key"] == "quotidian-backfill")
    assert [row["state"] for row in json.loads(table["data"])] == ["missing", "completed"]


def test_the_daily_deployment_is_scheduled_once_a_day(office: Office) -> None:
    deployments = {d["name"]: d for d in office.ask("deployments")}
    assert [s["schedule"]["cron"] for s in deployments["daily"]["schedules"]] == ["15 5 * * *"]
    assert deployments["backfill"]["schedules"] == []
    pool = office.ask("work_pools")[0]
    assert (pool["type"], pool["concurrency_limit"]) == ("process", 1)


def test_unknown_parameters_are_refused_at_once(office: Office) -> None:
    assert "nosuch" in office.prefect("deployment", "run", "quotidian/daily", "--param", "nosuch=1", code=1)


def test_malformed_parameters_fail_the_run(office: Office) -> None:
    wrong = ("--param", "workers=none", "--param", "data=wrong")
    office.prefect("deployment", "run", "quotidian/daily", *wrong, "--watch", code=1)
    assert not (office.folder / "wrong").exists()
