"""What the sources of a run left out, or said under names that nobody reads."""

import json
import re
from collections import Counter
from pathlib import Path

import polars as pl

from quotidian.tasks.ingest.archive import archive_folder
from quotidian.tasks.ingest.records import JSON, fold_field
from quotidian.tasks.ingest.settings import IngestSettings

FACTS = {"published_date": "date", "outlet": "outlet", "title": "title"}
DATED = re.compile(r"\d{4}.?\d\d.?\d\d|\d\d?.\w{2,9}.\d{4}|\d{10,13}")
"""A value with a day in it, or seconds since 1970."""
NEWEST_FILES, RECORDS = 5, 1_000
"""Files of the archive, and records in them, that are looked at for names of fields."""
MAX_CHARS = 40
SHOWN = 5


def describe_missing(snapshot: Path, settings: IngestSettings) -> list[str]:
    """How many articles have no date, outlet or title, and the fields of their records that may hold a date; nothing where all do."""
    articles = pl.scan_parquet(f"{snapshot}/articles/**/*.parquet", hive_partitioning=False)
    counted = articles.select(pl.len().alias("all"), *(pl.col(name).null_count() for name in FACTS)).collect()
    found = counted.to_dicts()[0]
    missing = [f"the {word} of {found[name]:,}" for name, word in FACTS.items() if found[name]]
    if not missing:
        return []
    lines = [f"Not known, of {found['all']:,} article{'s' * (found['all'] > 1)}: {', '.join(missing)}."]
    fields = count_dated_fields(snapshot, articles, settings) if found["published_date"] else Counter()
    if fields:
        named = ", ".join(f"{name} ({number:,})" for name, number in fields.most_common(SHOWN))
        lines.append(
            f"Fields that may hold their dates and are not read: {named}; name them in ingest.published_fields."
        )
    return lines


def count_dated_fields(snapshot: Path, articles: pl.LazyFrame, settings: IngestSettings) -> Counter[str]:
    """Fields that no setting names and that hold something like a day, in the newest records of articles without a date."""
    archive = archive_folder(snapshot.parents[2])
    newest = sorted(archive.files(), key=lambda file: (file.stat().st_mtime, file.name))[-NEWEST_FILES:]
    undated = articles.filter(pl.col("published_date").is_null()).select("input_id")
    records = archive.open(newest).filter(pl.col("media_type") == JSON)
    asked = records.select("input_id").join(undated, on="input_id", how="semi").head(RECORDS).collect()["input_id"]
    payloads = (
        records.filter(pl.col("input_id").is_in(asked.implode())).select("payload")
        if len(asked)
        else pl.LazyFrame({"payload": []})
    )
    known = {fold_field(field) for name, fields in settings if name.endswith("_fields") for field in fields}
    counted = Counter[str]()
    for payload in payloads.collect()["payload"]:
        counted.update(
            name for name, value in json.loads(payload).items() if fold_field(name) not in known and is_dated(value)
        )
    return Counter(dict(sorted(counted.items())))


def is_dated(value: object) -> bool:
    """Whether a value is short and has a day in it."""
    return isinstance(value, str | int) and len(str(value)) <= MAX_CHARS and bool(DATED.search(str(value)))
