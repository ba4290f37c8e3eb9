"""What became of each day of a backfill, kept beside the runs so that the next one goes on from there."""

import json
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl

from quotidian.flows.running.versions import versions_of
from quotidian.flows.settings import Settings
from quotidian.flows.storage.mirror import carry_file, refresh_data
from quotidian.tasks.store.drop import list_files
from quotidian.tasks.store.passwords import hide_users
from quotidian.tasks.store.work import hash_bytes
from quotidian.tasks.tables.catalog import BACKFILLS
from quotidian.tasks.tables.parquet import arrow_schema, write_frame


def records_folder(settings: Settings, source: str) -> Path:
    """Where the days of a source are recorded: one file a day, so that two backfills do not undo each other."""
    return settings.place.published / BACKFILLS.name / hash_bytes(source.encode())[:8]


def read_records(settings: Settings, source: str) -> dict[date, dict]:
    """The recorded rows of `backfills` of a source, by day; the latest counts."""
    refresh_data(settings.place, f"published/{BACKFILLS.name}")
    files = list_files(records_folder(settings, source))
    rows = pl.read_parquet(files).sort("ended_at").iter_rows(named=True) if files else ()
    return {row["day"]: row for row in rows}


def write_record(settings: Settings, source: str, day: date, **facts: object) -> None:
    """Write the row of a day, then remove the one before."""
    folder, ended = records_folder(settings, source), datetime.now(UTC)
    before = [path for path in list_files(folder) if path.name.startswith(f"{day}.")]
    row = {"source": hide_users(source), "day": day, "ended_at": ended, "versions": describe_versions(settings)}
    types = {name: column.dtype for name, column in BACKFILLS.schema.columns().items()}
    frame = pl.DataFrame([row | facts], schema=types, orient="row")
    path = folder / f"{day}.{ended:%Y%m%dT%H%M%S%f}.parquet"
    write_frame(frame, arrow_schema(BACKFILLS), path)
    for old in before:
        old.unlink()
    carry_file(settings.place, path, before)


def describe_versions(settings: Settings) -> str:
    """The versions of the rooms that are in force, as JSON."""
    return json.dumps(asdict(versions_of(settings)))


def judge_record(record: dict | None, fingerprint: str, versions: str) -> str:
    """What a day is before it is run: new, changed (its source did), outdated (a room did), finished, or as it ended."""
    if record is None:
        return "new"
    if record["state"] != "completed":
        return record["state"]
    if record["fingerprint"] != fingerprint:
        return "changed"
    return "finished" if record["versions"] == versions else "outdated"
