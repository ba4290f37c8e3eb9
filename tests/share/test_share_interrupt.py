"""Ctrl-C while DuckDB is at work: real processes, and queries that would run for many minutes."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ENDLESS = {
    "joins": "SELECT count(*) FROM range(100000000) a, range(100000000) b",
    "recursion": "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 10000000000) SELECT count(*) FROM t",
    "one step that is not interrupted": "SELECT sum(length(regexp_replace(repeat('ab', 10000000) || range::VARCHAR, "
    "'(a|b)*c', 'x', 'g'))) FROM range(2048)",
}
BUSY_TICKS = 300
"""Hundredths of a second of processor time after which a command that has loaded DuckDB is within its query, on a slow machine too."""


def wait_until_busy(process: subprocess.Popen) -> None:
    """Wait until a process has worked for so long with DuckDB that its query has begun."""
    loaded = None
    for _ in range(6_000):
        assert process.poll() is None, process.communicate()
        if loaded is None and "duckdb" in Path(f"/proc/{process.pid}/maps").read_text():
            loaded = count_ticks(process.pid)
        if loaded is not None and count_ticks(process.pid) - loaded > BUSY_TICKS:
            return
        time.sleep(0.1)
    pytest.fail("the query did not start")


def count_ticks(pid: int) -> int:
    """User and system time of a process, see man 5 proc."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return int(fields[11]) + int(fields[12])


@pytest.mark.fault
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "terminate"])
@pytest.mark.parametrize("query", ENDLESS.values(), ids=ENDLESS)
def test_a_query_ends_at_a_signal(archive: Path, tmp_path: Path, query: str, number: signal.Signals) -> None:
    command = [Path(sys.executable).parent / "quotidian", "sql", query, "--data", archive]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path)
    try:
        wait_until_busy(process)
        process.send_signal(number)
        out, errors = process.communicate(timeout=600)
    finally:
        process.kill()
    assert (process.returncode, out) == (130, "")
    assert errors == "quotidian: stopped; what was finished is kept, the same command goes on from there.\n"


def test_a_question_that_ends_leaves_signals_as_they_were(archive: Path, monkeypatch, tmp_path: Path) -> None:
    from quotidian.flows.commands.sql import answer_sql

    monkeypatch.chdir(tmp_path)
    assert answer_sql("SELECT 1 AS n", "json", None, 50, False, str(archive)) == 0
    assert signal.set_wakeup_fd(-1) == -1
