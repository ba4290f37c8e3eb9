"""The commands of compose.yaml as they stand, in one folder and at a port of their own.

What a container engine does is done here by replacing names: services are this machine, /news is the folder, and the file that the
image has in /opt is that of the project. The server keeps its runs in SQLite: the PostgreSQL that tests have lacks the extension
pg_trgm, which Prefect needs. What runs behind `docker compose exec worker` comes from the page.
"""

from pathlib import Path

import polars as pl
import pytest
import yaml
from pages import read_lines

pytestmark = pytest.mark.server
ROOT = Path(__file__).parents[2]
SERVICES = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]
PAGE = "docs/docker.md"
INSIDE = "docker compose exec worker "
SET_FOLDER = "prefect.deployments.steps.set_working_directory"
DATABASE = "postgresql+asyncpg://prefect:${PREFECT_DATABASE_PASSWORD}@database/prefect"


@pytest.fixture(scope="module")
def names(bare_office) -> dict[str, str]:
    """What a name of compose.yaml is on this machine."""
    return {
        DATABASE: f"sqlite+aiosqlite:///{bare_office.folder}/prefect.db",
        "server:4200": f"127.0.0.1:{bare_office.port}",
        "127.0.0.1:4200": f"127.0.0.1:{bare_office.port}",
        "0.0.0.0": "127.0.0.1",
        "/opt/quotidian/prefect.yaml": str(ROOT / "prefect.yaml"),
    }


@pytest.fixture(scope="module")
def running(bare_office, names: dict[str, str]):
    """The office with server, deployments and worker."""

    def place(text: str) -> str:
        for name, here in names.items():
            text = text.replace(name, here)
        return text

    own = bare_office.environment
    for name in ("server", "deploy", "worker"):
        service = SERVICES[name]
        bare_office.environment = own | {key: place(value) for key, value in service["environment"].items()}
        words = [place(word) for word in service["command"]]
        if name == "deploy":
            bare_office.run(words, 0)
        else:
            assert words[0] == "prefect"
            bare_office.environment["PREFECT_SERVER_API_PORT"] = str(bare_office.port)
            bare_office.running.append(bare_office.start(*words[1:]))
        if name == "server":
            bare_office.await_api()
            bare_office.run([place(word) for word in service["healthcheck"]["test"][1:]], 0)
    return bare_office


def test_what_the_page_says_runs_in_the_worker(running) -> None:
    lines = [line.removeprefix(INSIDE) for line in read_lines(PAGE) if line.startswith(INSIDE)]
    assert len(lines) == 4
    for line in lines:
        running.run(["bash", "-c", line], 0)
    assert (running.folder / "news.duckdb").exists()
    (run,) = pl.read_parquet(f"{running.folder}/data/published/runs/*.parquet").to_dicts()
    assert (run["state"], run["articles"], run["engine"]) == ("completed", 5, "recorded")


def test_deployments_work_in_the_folder_of_the_volume(running) -> None:
    (deployment,) = [one for one in running.ask("deployments") if one["name"] == "daily"]
    assert deployment["pull_steps"] == [{SET_FOLDER: {"directory": str(running.folder)}}]
