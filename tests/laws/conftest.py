"""Real runs of the whole pipeline in this process, so that the model is loaded once."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from here_pool import HerePool

from quotidian.flows.pipeline import Result, pipeline
from quotidian.flows.process.progress import Progress
from quotidian.flows.running.engine import Inline
from quotidian.flows.running.time_limit import TimeLimit
from quotidian.flows.settings import Settings
from quotidian.tasks.publish.snapshot import hash_file

Days = tuple[date | None, date | None]
Run = Callable[..., Result]


@pytest.fixture(scope="session")
def run_here() -> Run:
    """run_here(data, *sources): one run of the pipeline with default settings, for all days."""

    def run(data: Path, *sources: Path, days: Days = (None, None), workers: int = 1, **settings: object) -> Result:
        known = Settings(data=data, corrections=data / "corrections", workers=workers, **settings)
        limit = TimeLimit(data / "work", known.article_seconds)
        return pipeline([str(s) for s in sources], known, days, Inline(HerePool(workers), Progress(quiet=True), limit))

    return run


@pytest.fixture(scope="session")
def seeds_run(run_here: Run, seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """All seeds at once: data folder and result."""
    data = tmp_path_factory.mktemp("seeds")
    return data, run_here(data, seeds)


def hash_tables(snapshot: Path) -> dict[str, str]:
    """sha256 of every table file of a snapshot."""
    return {p.relative_to(snapshot).as_posix(): hash_file(p) for p in sorted(snapshot.rglob("*.parquet"))}


@pytest.fixture(scope="session")
def table_hashes() -> Callable[[Path], dict[str, str]]:
    return hash_tables
