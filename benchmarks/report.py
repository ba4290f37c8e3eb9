"""Time, memory and size of the report by size of archive.

    report.py [ARTICLES ...]     default 2000 20000

The archives are invented: the five samples again and again, each time with other ids, another day, outlet and story, the same
people. Each report is written by a process of its own, once with the default limits and once with a page for everything.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import polars as pl

from quotidian.tasks.publish.portions import name_portion
from quotidian.tasks.publish.snapshot import FileEntry, finish_snapshot, start_snapshot
from quotidian.tasks.publish.table_files import write_rows
from quotidian.tasks.report.settings import ReportSettings
from quotidian.tasks.report.site import build_site
from quotidian.tasks.tables.catalog import CATALOG, TABLES

ROOT = Path(__file__).parent.parent
FIRST_DAY, DAYS, OUTLETS = date(2024, 1, 1), 200, 12
OWN = ("article_id", "input_id", "sentence_id", "mention_id", "quote_id", "first_sentence_id", "last_sentence_id")
OWN += ("speaker_mention_id", "copy_group")
"""Columns of ids that start with the article's; the first digits are replaced by the number of the repetition."""
DIGITS = 6
ACROSS = ("story_id", "statement_id")
EVERYTHING = ReportSettings(stories=10**6, speakers=10**6, articles=10**6)


def publish_samples(folder: Path) -> Path:
    """The snapshot of the samples."""
    command = [Path(sys.executable).parent / "quotidian", "run", ROOT / "seeds" / "articles", "--inline"]
    subprocess.run([*command, "--data", folder], check=True, capture_output=True)
    return (folder / "published" / "current").resolve()


def rename_rows(rows: pl.DataFrame, number: int) -> pl.DataFrame:
    """Rows with the ids of repetition `number`."""
    own = [(pl.lit(f"{number:0{DIGITS}x}") + pl.col(c).str.slice(DIGITS)).alias(c) for c in OWN if c in rows.columns]
    return rows.with_columns(own + [pl.col(c) + f"_{number}" for c in ACROSS if c in rows.columns])


def repeat_table(rows: pl.DataFrame, name: str, numbers: range) -> pl.DataFrame:
    """Rows of a table for all repetitions in `numbers`."""
    parts = [rename_rows(rows, number) for number in numbers]
    if name == "articles":
        parts = [p.with_columns(outlet=pl.lit(f"Outlet {n % OUTLETS}")) for p, n in zip(parts, numbers, strict=True)]
    return pl.concat(parts).sort(*TABLES[name].sort_by)


def write_archive(articles: int, samples: Path, published: Path) -> Path:
    """A snapshot of about so many articles."""
    rows = {t.name: pl.read_parquet(f"{samples}/{t.name}/**/*.parquet", hive_partitioning=False) for t in CATALOG}
    repetitions = max(1, articles // rows["articles"].height)
    building, entries = start_snapshot(published), []
    for offset in range(min(DAYS, repetitions)):
        day, numbers = FIRST_DAY + timedelta(days=offset), range(offset, repetitions, DAYS)
        entries += write_day(building, rows, day, numbers)
    for table in CATALOG:
        if not table.by_day:
            repeated = set(rows[table.name].columns) & {*OWN, *ACROSS}
            numbers = range(repetitions) if repeated else range(1)
            entries.append(write_rows(building, None, table, None, repeat_table(rows[table.name], table.name, numbers)))
    return finish_snapshot(published, building, entries, {"versions": {"clean": "", "extract": ""}})[0]


def write_day(building: Path, rows: dict[str, pl.DataFrame], day: date, numbers: range) -> list[FileEntry]:
    """The files of one day."""
    entries = []
    for table in CATALOG:
        if table.by_day:
            repeated = repeat_table(rows[table.name], table.name, numbers).with_columns(day=pl.lit(day))
            if table.name == "articles":
                repeated = repeated.with_columns(published_date=pl.lit(day))
            entries.append(write_rows(building, None, table, name_portion(day), repeated))
    return entries


def measure(snapshot: Path, folder: Path, limits: str) -> dict:
    """Write the report and say what it took."""
    started = time.process_time()
    site = build_site(snapshot, folder, EVERYTHING if limits == "everything" else ReportSettings())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    pages = sum(site.pages.values())
    seconds = time.process_time() - started
    return {"limits": limits, "pages": pages, "cpu_seconds": round(seconds, 1), "peak_mb": peak, "mb": site.bytes >> 20}


def main(arguments: list[str]) -> None:
    """Do what the command line says."""
    if arguments[:1] == ["measure"]:
        print(json.dumps(measure(Path(arguments[1]), Path(arguments[2]), arguments[3])))
        return
    with tempfile.TemporaryDirectory() as work:
        samples = publish_samples(Path(work) / "samples")
        sizes = [int(size) for size in arguments] or [2_000, 20_000]
        snapshots = {articles: write_archive(articles, samples, Path(work) / str(articles)) for articles in sizes}
        for limits in ("default", "everything"):
            for articles, snapshot in snapshots.items():
                command = [sys.executable, __file__, "measure", snapshot, f"{work}/pages", limits]
                done = subprocess.run(command, capture_output=True, text=True, check=True)
                print(articles, done.stdout.strip(), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
