"""`quotidian learn-junk`: lines that come back in the articles of an outlet, for people to accept."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import polars as pl
from cyclopts import Parameter

from quotidian.flows.commands.flags import Data
from quotidian.flows.process.progress import Progress
from quotidian.flows.settings import Settings, load_settings
from quotidian.flows.storage.mirror import refresh_data
from quotidian.tasks.clean.learn import propose_junk
from quotidian.tasks.clean.work import clean_folder, clean_version
from quotidian.tasks.ingest.archive import archive_folder
from quotidian.tasks.ingest.raw_text import read_raw_text
from quotidian.tasks.store.files import write_aside


def learn_junk(
    *,
    to: Annotated[Path | None, Parameter(help="CSV file to write (default: standard output).")] = None,
    min_count: Annotated[int, Parameter(help="Articles of an outlet that a line must stand in.")] = 5,
    data: Data = None,
) -> int:
    """Propose lines that come back in the articles of an outlet, for people to accept as junk."""
    return propose_lines(to, min_count, data)


def propose_lines(to: Path | None, min_count: int, data: str | None) -> int:
    """Write the proposals as CSV to a file, or to standard output."""
    settings, progress = load_settings(data=data), Progress()
    refresh_data(settings.place, "archive", "work")
    try:
        found = propose_junk(read_outlets(settings, progress), min_count)
    finally:
        progress.stop()
    if to is None:
        sys.stdout.write(found.write_csv())
        return 0
    with write_aside(to) as aside:
        found.write_csv(aside)
    sys.stdout.write(f"{found.height} lines proposed in {to}: move those that are junk to seeds/junk_phrases.csv.\n")
    return 0


def read_outlets(settings: Settings, progress: Progress) -> Iterator[tuple[str | None, str]]:
    """Outlet (else the host of the URL) and raw text of every article that was cleaned, file by file."""
    cleaned = clean_folder(settings.place.folder, clean_version(settings.clean, settings.ingest))
    columns = ("input_id", "outlet", "url", "reject_reason")
    known = cleaned.scan(*columns).filter(pl.col("reject_reason").is_null()).drop("reject_reason").collect()
    archive = archive_folder(settings.place.folder)
    progress.start("learn", known.height)
    for _, located in archive.locate().join(known, on="input_id").sort("file").group_by("file", maintain_order=True):
        rows = archive.read(located).select("input_id", "payload", "media_type").join(known, on="input_id")
        for row in rows.sort("input_id").iter_rows(named=True):
            progress.advance("learn")
            host = urlsplit(row["url"] or "").hostname
            yield row["outlet"] or host, read_raw_text(row["payload"], row["media_type"], settings.ingest)
