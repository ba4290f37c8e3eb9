"""The room's part of the work store: its version, its folder, and what is read to fill it. Brings no library that cleans."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from quotidian.tasks.ingest.archive import RANK
from quotidian.tasks.ingest.archive import SCHEMA as ARCHIVED
from quotidian.tasks.ingest.settings import ONLY_READING, IngestSettings
from quotidian.tasks.store.set_aside import describe_set_aside
from quotidian.tasks.store.slots import type_slots
from quotidian.tasks.store.versions import room_version
from quotidian.tasks.store.work import WorkFolder

from .cleaned import Credit, Edit, Offer
from .settings import CleanSettings

LIBRARIES = ("ftfy", "py3langid", "python-dateutil", "trafilatura", "justext", "lxml", "w3lib")
SCHEMA = pl.Schema(
    {
        "input_id": pl.String,
        "source": pl.String,
        "arrival": pl.String,
        "record_id": pl.String,
        "reject_reason": pl.String,
        "reject_detail": pl.String,
        "body": pl.String,
        "body_hash": pl.String,
        **dict.fromkeys(("url", "outlet", "title", "byline", "section", "agency", "dateline_place"), pl.String),
        "sources": pl.String,
        "published_date": pl.Date,
        "published_at": pl.Datetime("us", "UTC"),
        "captured_at": pl.Datetime("us", "UTC"),
        "date_source": pl.String,
        "language": pl.String,
        "language_score": pl.Float64,
        "quality_flags": pl.String,
        "translation_rate": pl.Float64,
        "removed_chars": pl.Int64,
        "word_count": pl.Int64,
        "edits": pl.List(pl.Struct(type_slots(Edit))),
        "credits": pl.List(pl.Struct(type_slots(Credit))),
        "metadata": pl.List(pl.Struct(type_slots(Offer))),
    }
)


JUDGED = (
    *("source", "url", "outlet", "title", "agency", "published_date", "published_at", "captured_at", "word_count"),
    *("sources", "body_hash", "reject_reason", "reject_detail"),
)
"""What is asked of all that is cleaned."""


def clean_version(settings: CleanSettings, ingest: IngestSettings) -> str:
    """Version of the room: code and facts, those that read raw texts included, libraries and settings."""
    return room_version("clean", LIBRARIES, clean=settings.model_dump(), ingest=ingest.model_dump(exclude=ONLY_READING))


def clean_folder(data: Path, version: str) -> WorkFolder:
    """The work folder of a version; its rows have `SCHEMA`, key input_id; they rank as those of the archive do."""
    return WorkFolder(data / "work" / "clean" / version, SCHEMA, "input_id", RANK, JUDGED)


def refuse_inputs(parts: list[tuple[str, list[str]]], reason: str) -> Iterator[dict]:
    """Work rows of inputs that are set aside; their bytes are not read."""
    for file, ids in parts:
        rows = pl.scan_parquet(file, schema=ARCHIVED, missing_columns="insert").filter(pl.col("input_id").is_in(ids))
        kept = rows.select("input_id", "source", "arrival", "record_id").collect().sort("input_id")
        for row in kept.iter_rows(named=True):
            yield row | {"reject_reason": reason, "reject_detail": describe_set_aside(row["input_id"], reason)}


def read_inputs(parts: list[tuple[str, list[str]]]) -> Iterator[dict]:
    """Archive rows of a batch: for each archive file the ids wanted, in the order of the ids."""
    for file, ids in parts:
        yield from (
            pl.scan_parquet(file, schema=ARCHIVED, missing_columns="insert")
            .filter(pl.col("input_id").is_in(ids))
            .collect()
            .sort("input_id")
            .iter_rows(named=True)
        )
