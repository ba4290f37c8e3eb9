"""An invented archive, as linking takes it."""

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from quotidian.tasks.deduplicate import units
from quotidian.tasks.deduplicate.copies import candidates, copies, hang, lists, pair_runs, recall
from quotidian.tasks.deduplicate.kept import Kept
from quotidian.tasks.deduplicate.link_articles import link_articles
from quotidian.tasks.deduplicate.settings import DeduplicateSettings
from quotidian.tasks.deduplicate.sketch import SKETCH_SCHEMA, sketch_article
from quotidian.tasks.deduplicate.statements import opposed, pairs, statements
from quotidian.tasks.deduplicate.stories import blocks, components, undated, windows
from quotidian.tasks.deduplicate.units import Workers, do_unit

SYNTHETIC = Path(__file__).parents[2] / "benchmarks" / "synthetic.py"
Archive = tuple[pl.DataFrame, pl.DataFrame]


def make_archive() -> Archive:
    """200 invented articles of some days, 30 % of them copies, 25 of one text, some undated, some the same words as others:
    articles and sketches."""
    spec = importlib.util.spec_from_file_location("synthetic", SYNTHETIC)
    synthetic = importlib.util.module_from_spec(spec)
    sys.modules["synthetic"] = synthetic
    spec.loader.exec_module(synthetic)
    made = list(synthetic.make_articles(200, seed=11, reports=12, copy_share=0.3, daily=40))
    bodies = [made[a.number - 9].body.upper() if a.number % 23 == 9 else a.body for a in made]
    bodies[::8] = [leave_out(bodies[0], seed) for seed in range(25)]
    keys = [f"{a.number * 7919 % 1000:03d}" for a in made]
    articles = pl.DataFrame(
        {
            "article_id": keys,
            "body_hash": [f"b{key}" for key in keys],
            "published_date": [None if a.number % 17 == 3 else a.published_date for a in made],
            "outlet": [a.outlet for a in made],
        }
    )
    sketches = [{"body_hash": f"b{k}", **sketch_article(b, None, [])} for k, b in zip(keys, bodies, strict=True)]
    return articles, pl.DataFrame(sketches, schema={"body_hash": pl.String, **SKETCH_SCHEMA})


def leave_out(body: str, seed: int) -> str:
    """A text without some of its words."""
    words = np.array(body.split(" "))
    return " ".join(words[np.random.default_rng(seed).random(len(words)) > 0.15])


def cut_small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few units are enough for workers, and so small an archive has many: these bounds do not hold in other processes, and change nothing there."""
    monkeypatch.setattr(units, "LEAST_SECONDS", 0)
    monkeypatch.setattr(hang, "UNIT_ARTICLES", 20)
    monkeypatch.setattr(blocks, "UNIT_ARTICLES", 20)
    monkeypatch.setattr(windows, "WINDOW_ARTICLES", 30)
    monkeypatch.setattr(undated, "PIECE_ARTICLES", 60)
    monkeypatch.setattr(components, "PART_MEMBERS", 20)
    monkeypatch.setattr(copies, "PART_PAIRS", 50)
    monkeypatch.setattr(lists, "PART_FEATURES", 1_000)
    monkeypatch.setattr(lists, "LIST_FEATURES", 1_000)
    monkeypatch.setattr(candidates, "UNIT_FEATURES", 5_000)
    monkeypatch.setattr(pair_runs, "STRETCH_PAIRS", 200)
    monkeypatch.setattr(recall, "PART_TEXTS", 50)
    monkeypatch.setattr(pairs, "WINDOW_ROWS", 8)
    monkeypatch.setattr(statements, "UNIT_ROWS", 8)
    monkeypatch.setattr(opposed, "UNIT_PAIRS", 2)


def require_same_links(workers: Workers) -> None:
    """Raise where workers find other links, or keep other things, than this process."""
    archive = make_archive()
    here, there = (Kept(folder=workers.folder / name) for name in ("here", "there"))
    expected = link_articles(*archive, DeduplicateSettings(), kept=here)
    calls: list[int] = []

    def count(door: Callable, batches: list) -> list:
        assert door is do_unit
        calls.append(len(batches))
        return workers.spread(door, batches)

    found = link_articles(*archive, DeduplicateSettings(), kept=there, workers=Workers(workers.folder, count))
    assert min(calls) > 2
    for one, other in zip(found, expected, strict=True):
        assert_frame_equal(one, other)
    for name in here.after:
        assert_frame_equal(there.after[name], here.after[name])
