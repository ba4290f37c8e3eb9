"""Workers that die: replaced, and the one article that kills them found and set aside."""

import importlib
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from quotidian.flows.running.pool import WorkerPool
from quotidian.flows.running.rescue import Rescue, WorkerDied

from .conftest import BIN, CLEAN, ENGINES, LETHAL, read_published, write_articles

pytestmark = pytest.mark.fault


@pytest.fixture
def lethal_line(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess]:
    """The same where an error with its traceback is expected."""
    environment = CLEAN | {"PYTHONPATH": str(LETHAL), "LETHAL_MARK": str(tmp_path / "struck")}

    def run(*arguments: str) -> subprocess.CompletedProcess:
        line = [BIN / "quotidian", *arguments]
        return subprocess.run(line, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=600)

    return run


@pytest.mark.parametrize("flags", ENGINES.values(), ids=ENGINES)
def test_articles_that_kill_workers_are_set_aside_and_their_batch_is_finished(flags, lethal, tmp_path: Path) -> None:
    texts = {"c": "LETHAL-CLEAN, said Smith.", "e": "LETHAL-EXTRACT, said Smith.", "g": "GREEDY-EXTRACT, said Smith."}
    write_articles(tmp_path / "in.jsonl", texts)
    report = json.loads(lethal("run", "in.jsonl", "--workers", "1", "--json", *flags).stdout)
    articles, rejects = read_published(tmp_path / "data")
    assert articles == {f"a{n}" for n in range(3)}
    assert rejects == {
        "c": ("clean", "worker_died"),
        "e": ("extract", "worker_died"),
        "g": ("extract", "worker_died"),
    }
    assert report["rows"]["rejects"] == 3
    assert "3 worker_died" in lethal("status").stdout
    again = json.loads(lethal("run", "in.jsonl", "--json", "--inline").stdout)
    assert (set(again["batches"].values()), again["is_new"]) == ({0}, False)
    assert "All in order" in lethal("check").stdout


def test_a_death_that_does_not_come_back_leaves_no_trace(lethal, quotidian, tmp_path: Path) -> None:
    write_articles(tmp_path / "in.jsonl", {"o": "ONCE-EXTRACT, said Smith."})
    hit = json.loads(lethal("run", "in.jsonl", "--inline", "--json").stdout)
    assert (tmp_path / "struck").exists()
    spared = json.loads(quotidian("run", "in.jsonl", "--inline", "--json", "--data", "spared").stdout)
    assert Path(hit["snapshot"]).name == Path(spared["snapshot"]).name
    assert hit["rows"]["rejects"] == 0


def test_reproduce_shows_the_death_and_takes_the_article_back(lethal, quotidian, tmp_path: Path) -> None:
    write_articles(tmp_path / "in.jsonl", {"e": "LETHAL-EXTRACT, said Smith.", "c": "LETHAL-CLEAN, said Smith."})
    lethal("run", "in.jsonl", "--inline")
    details = pl.read_parquet(tmp_path / "data" / "published" / "current" / "rejects" / "*.parquet")["detail"]
    for detail in details:
        key = detail.split("`")[1].split()[-1]
        assert "The worker died in" in lethal("reproduce", key, code=1).stderr
        assert "the next run takes it again" in quotidian("reproduce", key).stdout
    assert "No archived input begins with nobody" in quotidian("reproduce", "nobody", code=2).stderr
    quotidian("run", "in.jsonl", "--inline")
    articles, rejects = read_published(tmp_path / "data")
    assert (len(articles), rejects) == (5, {})


@pytest.mark.parametrize("room", ["CLEAN", "EXTRACT"])
def test_an_error_of_the_code_names_the_article_and_how_to_see_it_again(room: str, lethal_line, tmp_path: Path) -> None:
    write_articles(tmp_path / "in.jsonl", {"b": f"BROKEN-{room}, said Smith."})
    failed = lethal_line("run", "in.jsonl", "--inline")
    assert failed.returncode == 1
    note = next(line for line in failed.stderr.splitlines() if line.startswith("This happened to"))
    assert ("in.jsonl" in note) == (room == "CLEAN")
    again = lethal_line("reproduce", note.split("`")[1].split()[-1])
    assert "ZeroDivisionError: a broken rule" in again.stderr
    assert again.returncode == 1


@pytest.fixture
def count_keys(monkeypatch) -> Callable:
    """A door that is deadly for one key; workers take over the path of imports."""
    monkeypatch.syspath_prepend(LETHAL)
    return importlib.import_module("deadly_doors").count_keys


def test_a_batch_of_a_room_without_rejects_fails_and_names_the_article(count_keys, tmp_path: Path) -> None:
    pool = WorkerPool(2)
    try:
        with pytest.raises(WorkerDied, match="count_keys died 3 times on k5"):
            rescue = Rescue(lambda *args: pool.submit(*args).result(), count_keys, ("k5", tmp_path), print)
            rescue.run_batch([("f", [f"k{n}" for n in range(8)])])
    finally:
        pool.close()
    tries = [path.read_text() for path in sorted(tmp_path.iterdir())]
    assert tries.count("k5") == 3
    assert tries.count("k0 k1 k2 k3") == 1


def test_a_death_strikes_its_own_batch_only(count_keys, tmp_path: Path) -> None:
    pool = WorkerPool(2)
    try:
        futures = [pool.submit(count_keys, [("f", [f"k{n}"])], "k3", tmp_path) for n in range(8)]
        assert [future.exception() is None for future in futures] == [n != 3 for n in range(8)]
    finally:
        pool.close()
