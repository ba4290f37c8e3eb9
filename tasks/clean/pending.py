"""What the room has yet to do."""

from pathlib import Path

import polars as pl

from quotidian.tasks.ingest.archive import archive_folder
from quotidian.tasks.store.batches import Parts, cut_batches

from .work import clean_folder


def pending_inputs(data: Path, clean: str, workers: int) -> list[Parts]:
    """Batches of archived inputs that are not cleaned yet."""
    size = pl.col("payload").bin.size().cast(pl.Int64).fill_null(0)
    archive = archive_folder(data)
    archived = archive.locate(is_accepted=pl.col("reject_reason").is_null(), arrival="arrival")
    done = clean_folder(data, clean).scan("input_id", "arrival").collect()
    pending = archived.filter("is_accepted").join(done, on=["input_id", "arrival"], how="anti", nulls_equal=True)
    return cut_batches(archive.measure(pending, size=size), "input_id", workers)
