"""`--redo`: finished results of a day are dropped, so that the next run makes them again."""

from datetime import date
from typing import Literal

import polars as pl

from quotidian.flows.settings import Settings
from quotidian.flows.storage.mirror import hold_data
from quotidian.tasks.clean.work import clean_folder, clean_version
from quotidian.tasks.extract.work import extract_folder, extract_version
from quotidian.tasks.ingest.sources import read_sources
from quotidian.tasks.store.drop import drop_rows


def drop_day(settings: Settings, day: date, sources: list[str], room: Literal["clean", "extract"]) -> int:
    """Drop what a room, in its present version, made of a day's articles; return how many results there were.

    Those are the articles published on the day, and whatever stands in the sources of the day. A body that
    other days carry too is extracted once for all of them.
    """
    version = clean_version(settings.clean, settings.ingest)
    with hold_data(settings.place, f"quotidian backfill --redo {room}"):
        rows = clean_folder(settings.place.folder, version).scan("input_id", "published_date", "body_hash")
        named = pl.Series("input_id", [i.input_id for i in read_sources(sources, settings.ingest)], dtype=pl.String)
        wanted = (pl.col("published_date") == day).fill_null(False) | pl.col("input_id").is_in(named.implode())
        found = rows.filter(wanted).collect()
        if room == "clean":
            return drop_rows(clean_folder(settings.place.folder, version).path, "input_id", found["input_id"])
        bodies = found["body_hash"].drop_nulls().unique()
        return drop_rows(
            extract_folder(settings.place.folder, extract_version(settings.extract)).path, "body_hash", bodies
        )
