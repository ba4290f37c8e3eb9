"""An invented archive, as linking takes it."""

import importlib.util
import sys
from pathlib import Path

import numpy as np
import polars as pl

from quotidian.tasks.deduplicate.sketch import SKETCH_SCHEMA, sketch_article

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
