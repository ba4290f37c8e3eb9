"""Articles on which the work never ends: their worker is ended, the others are finished, and they are set aside."""

import json
import re
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from quotidian.flows.running.rescue import Rescue, SetAside
from quotidian.flows.running.time_limit import TimeLimit, TookTooLong
from quotidian.tasks.clean.task import clean_batch
from quotidian.tasks.store.deadline import KEY_BYTES, deadline, keeping_deadlines, read_note
from quotidian.tasks.store.errors import naming

from .conftest import ENGINES, read_published, write_articles

pytestmark = pytest.mark.fault
LIMIT = {"QUOTIDIAN_ARTICLE_SECONDS": "8"}
"""Far above the milliseconds that the healthy articles of these tests take."""


@pytest.mark.parametrize("flags", ENGINES.values(), ids=ENGINES)
def test_articles_that_never_end_are_set_aside_and_their_batch_is_finished(flags, lethal, tmp_path: Path) -> None:
    texts = {"c": "ENDLESS-CLEAN, said Smith.", "e": "ENDLESS-EXTRACT, said Smith."}
    write_articles(tmp_path / "in.jsonl", texts)
    report = json.loads(lethal("run", "in.jsonl", "--json", "--log", "run.log", *flags, **LIMIT).stdout)
    articles, rejects = read_published(tmp_path / "data")
    assert articles == {f"a{n}" for n in range(3)}
    assert rejects == {"c": ("clean", "took_too_long"), "e": ("extract", "took_too_long")}
    assert [(one["room"], one["reason"]) for one in report["set_aside"]] == [
        ("clean", "took_too_long"),
        ("extract", "took_too_long"),
    ]
    lines = [json.loads(line) for line in (tmp_path / "run.log").read_text().splitlines()]
    late = [line for line in lines if line["message"] == "an article took too long"]
    assert [len(line["articles"]) for line in late] == [1, 1]
    assert all("in strike" in line["stacks"] for line in late)
    assert not list((tmp_path / "data").rglob(".at-work-*"))
    assert "All in order" in lethal("check").stdout
    again = json.loads(lethal("run", "in.jsonl", "--json", "--inline").stdout)
    assert (set(again["batches"].values()), again["is_new"], again["set_aside"]) == ({0}, False, [])


def test_the_summary_names_them_and_reproduce_shows_where_it_hangs(lethal, quotidian, tmp_path: Path) -> None:
    write_articles(tmp_path / "in.jsonl", {"c": "ENDLESS-CLEAN, said Smith."})
    said = lethal("run", "in.jsonl", "--inline", **LIMIT).stdout
    key = re.search(r"Set aside in clean: took_too_long; `quotidian reproduce (\w+)` shows it again\.", said).group(1)
    shown = lethal("reproduce", key, code=1, **LIMIT).stderr
    assert f"The work on {key} did not end within 8 seconds" in shown
    assert "in strike" in shown
    assert "the next run takes it again" in quotidian("reproduce", key).stdout
    quotidian("run", "in.jsonl", "--inline")
    articles, rejects = read_published(tmp_path / "data")
    assert (len(articles), rejects) == (4, {})


def test_an_article_that_is_late_only_once_leaves_no_trace(lethal, quotidian, tmp_path: Path) -> None:
    write_articles(tmp_path / "in.jsonl", {"o": "SLOW-EXTRACT, said Smith."})
    hit = json.loads(lethal("run", "in.jsonl", "--inline", "--json", **LIMIT).stdout)
    assert (tmp_path / "struck").exists()
    spared = json.loads(quotidian("run", "in.jsonl", "--inline", "--json", "--data", "spared").stdout)
    assert Path(hit["snapshot"]).name == Path(spared["snapshot"]).name
    assert (hit["rows"]["rejects"], hit["set_aside"]) == (0, [])


def test_the_others_are_finished_first_and_the_late_one_runs_alone() -> None:
    ran, told = [], []

    def run(door, batch, *args):
        keys = [key for _, keys in batch for key in keys]
        ran.append(keys)
        if "k2" in keys:
            raise TookTooLong("k2", 5, "stacks")
        return len(keys)

    def sketch(batch):
        """A door whose articles cannot be set aside."""

    with pytest.raises(TookTooLong, match="The work on k2 did not end within 5 seconds"):
        Rescue(run, sketch, (), told.append).run_batch([("f", ["k1", "k2"]), ("g", ["k3"])])
    assert ran == [["k1", "k2", "k3"], ["k1", "k3"], ["k2"]]
    assert told == []


def test_what_is_set_aside_is_told(tmp_path: Path) -> None:
    def run(*_):
        raise TookTooLong("i1", 5, "stacks")

    archived = pl.DataFrame({"input_id": ["i1"], "source": ["a.txt"], "arrival": ["a.txt"], "record_id": [None]})
    archived.cast({"record_id": pl.String}).write_parquet(tmp_path / "archive.parquet")
    told = []
    (path,) = Rescue(run, clean_batch, (tmp_path, "v", None, None), told.append).run_batch(
        [(str(tmp_path / "archive.parquet"), ["i1"])]
    )
    assert told == [SetAside("i1", "clean", "took_too_long")]
    assert pl.read_parquet(path)["reject_reason"].to_list() == ["took_too_long"]


PROGRAM = """
import os, sys, threading, time
from quotidian.tasks.store.deadline import deadline, keeping_deadlines

def work(key, seconds, limit):
    file = os.open(f"{sys.argv[1]}/{key}", os.O_CREAT | os.O_WRONLY)
    with keeping_deadlines(file, limit):
        with deadline("before " + key):
            pass
        with deadline(key):
            time.sleep(seconds)

threads = [threading.Thread(target=work, args=one, daemon=True) for one in (("late", 100, 2), ("busy", 900, 800))]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
"""


def test_a_process_with_several_threads_ends_with_the_first_that_is_late(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM, tmp_path], timeout=600)
    assert done.returncode == 1
    key, stacks = read_note((tmp_path / "late").read_bytes())
    assert key == "late"
    assert "in work" in stacks
    assert read_note((tmp_path / "busy").read_bytes()) is None


def test_articles_in_time_leave_a_note_without_stacks(tmp_path: Path) -> None:
    with (tmp_path / "note").open("wb", buffering=0) as file, keeping_deadlines(file.fileno(), 60):
        with deadline("k1"):
            pass
        with naming("k2"):
            pass
    assert (tmp_path / "note").read_bytes() == b"k2".ljust(KEY_BYTES)


def test_a_note_tells_once(tmp_path: Path) -> None:
    limit, batch = TimeLimit(tmp_path, 5), [("f", ["k1"])]
    limit.name_note(clean_batch, batch).write_bytes(b"k1".ljust(KEY_BYTES) + b"Timeout")
    with pytest.raises(TookTooLong, match="k1"):
        limit.raise_late(clean_batch, batch)
    limit.raise_late(clean_batch, batch)
    assert list(tmp_path.iterdir()) == []
