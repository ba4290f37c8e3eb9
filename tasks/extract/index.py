"""Which articles are finished up to here: archived, cleaned, and their body extracted."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import polars as pl

from quotidian.tasks.clean.work import JUDGED, clean_folder
from quotidian.tasks.ingest.archive import archive_folder
from quotidian.tasks.store.history import order_versions, read_history
from quotidian.tasks.store.page_address import page_addresses

from .work import extract_folder, rejected_folder

ARTICLE_ID_DIGITS = 16  # 64 bits: two of 10 million articles collide once in 370,000 archives


@dataclass(frozen=True)
class Versions:
    """Versions of the rooms whose results are read."""

    clean: str
    extract: str


def locate_pending(data: Path, versions: Versions, days: pl.Expr) -> pl.DataFrame:
    """One row for each body that is not extracted yet: body_hash, file, size in characters, and input_ids that carry it.

    `days` filters on published_date.
    """
    clean = clean_folder(data, versions.clean)
    cleaned = clean.locate(body_hash=pl.col("body_hash"), is_wanted=pl.col("reject_reason").is_null() & days)
    done = finished_bodies(data, versions.extract)
    wanted = cleaned.filter(pl.col("is_wanted") & ~pl.col("body_hash").is_in(done.implode()))
    first = clean.measure(
        wanted.sort("body_hash", "file").unique("body_hash", keep="first", maintain_order=True),
        size=pl.col("body").str.len_chars().cast(pl.Int64),
    )
    carried = wanted.group_by("body_hash").agg(input_ids=pl.col("input_id"))
    return first.select("body_hash", "file", "size").join(carried, on="body_hash", maintain_order="left")


def judge_inputs(data: Path, versions: Versions) -> pl.DataFrame:
    """One row for each archived input that is finished: clean_file, clean_version, the columns of `JUDGED`, and, unless
    clean rejected it, extract_file (null where extract rejected it) and extractor_version.

    What is not finished in the versions asked for stands as older ones have it: a reject of the newest clean version
    that knows the input is final; else the newest one counts whose body some version extracted, and of these the newest.
    A run asks several times: what it was told last is remembered while no file comes or goes.
    """
    return judge_listed(data, versions, list_finished(data))


def list_finished(data: Path) -> tuple:
    """What tells whether anything in archive, clean or extract is another than before: versions, and files with size and time of
    change."""
    files = [
        path for room in ("archive", "work/clean", "work/extract") for path in sorted((data / room).rglob("*.parquet"))
    ]
    stats = [path.stat() for path in files]
    named = [(str(path), stat.st_size, stat.st_mtime_ns) for path, stat in zip(files, stats, strict=True)]
    return (*named, *read_history(data))


@lru_cache(maxsize=1)
def judge_listed(data: Path, versions: Versions, listed: tuple) -> pl.DataFrame:
    """What `judge_inputs` gives; `listed` is what it depends on."""
    left = archive_folder(data).scan("input_id").collect()
    waiting, judged = left.clear(), []
    for version in readable_versions(data, "clean", versions.clean):
        known = locate_cleaned(data, version).join(left, on="input_id", how="semi")
        is_rejected = pl.col("reject_reason").is_not_null()
        rejected = known.filter(is_rejected).join(waiting, on="input_id", how="anti")
        accepted = known.filter(~is_rejected).drop("reject_reason", "reject_detail")
        finished = accepted.join(locate_bodies(data, versions, accepted["body_hash"]), on="body_hash")
        judged += [finished, rejected]
        left = left.join(pl.concat([finished, rejected], how="diagonal"), on="input_id", how="anti")
        waiting = pl.concat([waiting, accepted.join(left, on="input_id", how="semi").select("input_id")])
        if left.is_empty():
            break
    return pl.concat(judged, how="diagonal")


def state_inputs(data: Path, judged: pl.DataFrame) -> pl.DataFrame:
    """One row for each archived input, as `judge_inputs` found it: input_id, source; step,
    reason and detail where ingest, clean or extract rejected it; clean_version and extractor_version that judged it, null where
    none did yet, or none needed to."""
    archived = archive_folder(data).scan("input_id", "source", "reject_reason", "reject_detail").collect()
    later = judged.drop("source").rename({"reject_reason": "later_reason", "reject_detail": "later_detail"})
    known = archived.join(later, on="input_id", how="left", maintain_order="left")
    is_extract = pl.col("extractor_version").is_not_null()
    room = pl.when(is_extract).then(pl.lit("extract")).otherwise(pl.lit("clean"))
    reason = pl.coalesce("reject_reason", "later_reason")
    step = pl.when(pl.col("reject_reason").is_not_null()).then(pl.lit("ingest")).when(reason.is_not_null()).then(room)
    detail = pl.coalesce("reject_detail", "later_detail", pl.lit(""))
    return known.select(
        *("input_id", "source", "clean_version", "extractor_version"),
        step=step,
        reason=reason,
        detail=pl.when(reason.is_not_null()).then(detail),
    )


def locate_cleaned(data: Path, version: str) -> pl.DataFrame:
    """input_id, clean_file, clean_version and `JUDGED` of everything that a version cleaned."""
    rows = clean_folder(data, version).locate(**{name: pl.col(name) for name in JUDGED})
    return rows.rename({"file": "clean_file"}).with_columns(clean_version=pl.lit(version))


def locate_bodies(data: Path, versions: Versions, wanted: pl.Series) -> pl.DataFrame:
    """body_hash, extract_file, extractor_version, reject_reason, reject_detail of the bodies wanted, each in the newest
    version that has it, or that could not extract it."""
    names = ("body_hash", "extract_file", "extractor_version", "reject_reason", "reject_detail")
    found = [pl.DataFrame(schema=dict.fromkeys(names, pl.String))]
    for version in readable_versions(data, "extract", versions.extract):
        rows = extract_folder(data, version).locate().rename({"file": "extract_file"})
        known = pl.concat([rows, rejected_folder(data, version).scan().collect()], how="diagonal")
        own = known.filter(pl.col("body_hash").is_in(wanted.implode())).with_columns(extractor_version=pl.lit(version))
        found.append(own.unique("body_hash", keep="first", maintain_order=True))
        wanted = wanted.filter(~wanted.is_in(own["body_hash"].implode()))
        if wanted.is_empty():
            break
    return pl.concat(found, how="diagonal")


def readable_versions(data: Path, room: str, current: str) -> Iterator[str]:
    """Versions of clean or extract, the current one first, whose results this release can read."""
    open_folder = {"clean": clean_folder, "extract": extract_folder}[room]
    return (v for v in order_versions(data, room, current) if v == current or open_folder(data, v).is_readable())


def finished_bodies(data: Path, extract: str) -> pl.Series:
    """body_hash of all that is extracted, or set aside because it cannot be."""
    return pl.concat([extract_folder(data, extract).keys(), rejected_folder(data, extract).keys()])


def index_articles(data: Path, versions: Versions) -> pl.DataFrame:
    """One row for each finished article, without its text, sorted by article_id: see `index_listed`. Remembered as what `judge_inputs`
    gives."""
    return index_listed(data, versions, list_finished(data))


@lru_cache(maxsize=1)
def index_listed(data: Path, versions: Versions, listed: tuple) -> pl.DataFrame:
    """The articles among judged inputs, sorted by article_id; `listed` is what they depend on.

    article_id, input_id, clean_file, clean_version, body_hash, extract_file, extractor_version, url, outlet, title,
    agency, published_date, published_at, captured_at, word_count, sources, revision, is_latest.
    """
    judged = judge_listed(data, versions, listed)
    accepted = judged.filter(pl.col("reject_reason").is_null()).drop("source", "reject_reason", "reject_detail")
    named = accepted.with_columns(article_id=pl.col("input_id").str.head(ARTICLE_ID_DIGITS))
    return number_revisions(named).sort("article_id")


def number_revisions(articles: pl.DataFrame) -> pl.DataFrame:
    """Add revision (earlier texts of the same page, by date, then when a crawler saw it, then id) and is_latest."""
    order = ("published_at", "published_date", "captured_at", "article_id")
    ordered = articles.sort(*order, nulls_last=False)
    alone, page = pl.col("url").is_null(), page_addresses(ordered["url"])
    place = pl.int_range(pl.len(), dtype=pl.Int32).over(page)
    last = pl.len().over(page) - 1
    return ordered.with_columns(revision=pl.when(alone).then(0).otherwise(place), is_latest=alone | (place == last))
