"""What a recorded run tries again, and what it does not."""

import sqlite3
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from quotidian.tasks.deduplicate.corrections import CorrectionError
from quotidian.tasks.ingest.places import SourceClosed, SourceMissing


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize(
    ("error", "again"),
    [
        (OSError("no space left"), True),
        (ConnectionResetError(), True),
        (MemoryError(), True),
        (BrokenProcessPool(), True),
        (SourceClosed("s3://news cannot be listed."), True),
        (SourceMissing("there is no landing."), False),
        (CorrectionError("line 3"), False),
        (ZeroDivisionError(), False),
    ],
    ids=lambda value: type(value).__name__,
)
def test_only_what_may_heal_is_tried_again(error: Exception, again: bool) -> None:
    from prefect.states import Failed

    from quotidian.flows.recorded.flow import may_heal

    assert may_heal(None, None, Failed(data=error)) is again


@pytest.mark.server
def test_a_mistake_of_the_user_is_told_before_any_work(quotidian_process, seeds: Path, tmp_path: Path) -> None:
    (tmp_path / "corrections").mkdir()
    (tmp_path / "corrections" / "unknown.csv").write_text("a,b\n")
    source = next(seeds.iterdir())
    failed = quotidian_process("run", source, "--workers", "1", PREFECT_HOME=tmp_path / "prefect", code=2)
    assert "unknown.csv is no file of corrections" in failed.stderr
    with sqlite3.connect(tmp_path / "prefect" / "prefect.db") as database:
        runs = database.execute(
            "SELECT name, state_type, run_count FROM task_run ORDER BY expected_start_time"
        ).fetchall()
    assert runs == []


@pytest.mark.server
def test_a_disk_that_fails_is_tried_again(quotidian_process, seeds: Path, tmp_path: Path) -> None:
    (tmp_path / "data" / "work").mkdir(parents=True)
    (tmp_path / "data" / "work" / "links").write_text("a file where a folder belongs")
    source = next(seeds.iterdir())
    failed = quotidian_process("run", source, "--workers", "1", PREFECT_HOME=tmp_path / "prefect", code=1)
    assert str(tmp_path / "data" / "work" / "links") in failed.stderr
    with sqlite3.connect(tmp_path / "prefect" / "prefect.db") as database:
        runs = database.execute(
            "SELECT name, state_type, run_count FROM task_run ORDER BY expected_start_time"
        ).fetchall()
    assert runs[-1] == ("link_archive", "FAILED", 3)
