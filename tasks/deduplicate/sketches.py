"""Rows of the work store: a sketch for each body. Workers import this, and none of what links articles."""

from pathlib import Path

import polars as pl

from quotidian.tasks.extract.index import Versions
from quotidian.tasks.extract.work import extract_folder
from quotidian.tasks.tables.batches import Parts, cut_batches
from quotidian.tasks.tables.versions import room_version
from quotidian.tasks.tables.work import WorkFolder

from .sketch import SKETCH_SCHEMA, sketch_article

LIBRARIES = ("rapidfuzz", "rensa", "scipy", "numpy")
SCHEMA = pl.Schema({"body_hash": pl.String, **SKETCH_SCHEMA})


def sketch_version() -> str:
    """Version of the sketches: code, facts and libraries of the room."""
    return room_version("deduplicate", LIBRARIES)


def sketch_folder(data: Path) -> WorkFolder:
    """The work folder of the sketches; its rows have `SCHEMA`, key body_hash."""
    return WorkFolder(data / "work" / "sketch" / sketch_version(), SCHEMA, "body_hash")


def pending_sketches(data: Path, versions: Versions, workers: int) -> list[Parts]:
    """Batches of extracted bodies that have no sketch yet."""
    bodies = extract_folder(data, versions.extract).locate(size=pl.col("body").str.len_chars().cast(pl.Int64))
    done = sketch_folder(data).keys()
    return cut_batches(bodies.filter(~pl.col("body_hash").is_in(done.implode())), "body_hash", workers)


def read_effects(links: Path) -> list[dict]:
    """What each line of the corrections did, from a folder of links: file, line, has_effect, detail."""
    return pl.read_parquet(links / "effects.parquet").to_dicts()


def sketch_bodies(parts: Parts) -> list[dict]:
    """Work rows of the bodies of a batch, from files of the extract room."""
    columns = ("body_hash", "body", "entities")
    frames = [pl.scan_parquet(f).filter(pl.col("body_hash").is_in(ids)).select(columns).collect() for f, ids in parts]
    rows = pl.concat(frames).unique("body_hash").sort("body_hash").iter_rows()
    return [
        {"body_hash": key, **sketch_article(body, None, [e["name"] for e in entities])} for key, body, entities in rows
    ]
