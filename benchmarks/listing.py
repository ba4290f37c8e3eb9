"""Measures how long it takes to tell which articles are finished, with the listings of the work store and from its files.

    listing.py [ARTICLES ...]     default 100000 300000; invented rows of archive, clean and extract, 300 a file

Each is asked once without any listing, once as the listings are made, and once from them; seconds of the processor.
"""

import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from unittest.mock import patch

import polars as pl

from quotidian.tasks.clean.work import clean_folder
from quotidian.tasks.extract.index import Versions, judge_inputs, judge_listed
from quotidian.tasks.extract.work import extract_folder
from quotidian.tasks.ingest.archive import archive_folder
from quotidian.tasks.store.work import WorkFolder, hash_bytes

BATCH_ARTICLES = 300
VERSIONS = Versions("made", "made")


def write_batch(data: Path, first: int, last: int) -> None:
    """Rows of some articles in each room."""
    numbers = range(first, last)
    ids, bodies = ([hash_bytes(f"{kind} {number}".encode()) for number in numbers] for kind in ("input", "body"))
    known = pl.DataFrame(
        {
            "input_id": ids,
            "body_hash": bodies,
            "source": "invented",
            "arrival": [f"{first:09d}"] * len(numbers),
            "url": [f"https://news.example/stories/{number}/a-headline-of-some-words" for number in numbers],
            "title": [f"A headline of some words, number {number}" for number in numbers],
            "body": [f"{number} " + "words of the article " * 150 for number in numbers],
            "published_date": [date(2024, 1, 1) + timedelta(days=number // 1_000) for number in numbers],
        }
    )
    for folder in (archive_folder(data), clean_folder(data, "made"), extract_folder(data, "made")):
        missing = (pl.lit(None, kind).alias(name) for name, kind in folder.schema.items() if name not in known.columns)
        folder.write(known.with_columns(missing))


def time_judging(data: Path) -> float:
    """Processor seconds of one answer that is not remembered."""
    judge_listed.cache_clear()
    start = time.process_time()
    judge_inputs(data, VERSIONS)
    return time.process_time() - start


def open_files(folder: WorkFolder, files: list[Path], _: set[str]) -> pl.LazyFrame:
    """All rows of all files, from these."""
    return folder.open(files, include_file_paths="file")


def run(count: int) -> None:
    """Print what it takes for an archive of some size."""
    with tempfile.TemporaryDirectory() as name:
        data = Path(name)
        for first in range(0, count, BATCH_ARTICLES):
            write_batch(data, first, min(first + BATCH_ARTICLES, count))
        with patch.object(WorkFolder, "open_named", open_files):
            files = min(time_judging(data) for _ in range(2))
        made = time_judging(data)
        listed = min(time_judging(data) for _ in range(2))
        size = sum(path.stat().st_size for path in data.rglob(".*.listing"))
    print(
        f"{count:8d} files {files:.2f} s, listings made {made:.2f} s, listings {listed:.2f} s, {size / 1e6:.1f} MB",
        flush=True,
    )


if __name__ == "__main__":
    for size in map(int, sys.argv[1:] or ("100000", "300000")):
        run(size)
