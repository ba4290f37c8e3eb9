"""What runs write to a log, for machines."""

import json
from pathlib import Path


def read_log(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_each_line_is_an_object_with_the_id_of_its_run(quotidian, seeds: Path, tmp_path: Path) -> None:
    first = json.loads(quotidian("run", seeds, "--inline", "--json", "--log", "logs/runs.jsonl").stdout)
    second = json.loads(quotidian("run", seeds, "--inline", "--json", QUOTIDIAN_LOG="logs/runs.jsonl").stdout)
    lines = read_log(tmp_path / "logs" / "runs.jsonl")
    assert [line["message"] for line in lines if line["run_id"] == first["run_id"]] == [
        "run started",
        "batch done",
        "to extract",
        *["batch done"] * 2,
        "run completed",
    ]
    assert [line["message"] for line in lines if line["run_id"] == second["run_id"]] == ["run started", "run completed"]
    batch = lines[3]
    assert (batch["room"], batch["articles"], len(batch["first_key"])) == ("extract", 5, 32)
    assert batch["seconds"] > 0
    assert lines[0]["parameters"]["sources"] == [str(seeds)]
    assert lines[5]["rows"]["articles"] == 5


def test_a_failure_is_logged_with_its_reason(quotidian, tmp_path: Path) -> None:
    quotidian("run", "nowhere", "--data", "d", "--log", "log", code=2)
    assert not (tmp_path / "log").exists()
    (tmp_path / "a.txt").write_text("Ann Smith said it was over.")
    (tmp_path / "corrections").mkdir()
    (tmp_path / "corrections" / "not_copies.csv").write_text("article\n1\n")
    quotidian("run", "a.txt", "--inline", "--log", "log", code=2)
    last = read_log(tmp_path / "log")[-1]
    assert (last["level"], last["message"]) == ("ERROR", "run failed")
    assert "not_copies.csv lacks the column" in last["exc_info"]


def test_a_log_that_cannot_be_written_is_said(quotidian, seeds: Path) -> None:
    done = quotidian("run", seeds, "--inline", "--log", "/proc/none/log", code=1)
    assert done.stderr.startswith("quotidian: /proc/none")
