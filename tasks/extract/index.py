"""Which articles are finished up to here: archived, cleaned, and their body extracted."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from quotidian.tasks.clean.work import clean_folder
from quotidian.tasks.ingest.archive import archive_folder
from quotidian.tasks.tables.batches import Parts, cut_batches

from .work import extract_folder

ARTICLE_ID_DIGITS = 16  # 64 bits: two of 10 million articles collide once in 370,000 archives


@dataclass(frozen=True)
class Versions:
    """Versions of the rooms whose results are read."""

    clean: str
    extract: str


def pending_inputs(data: Path, clean: str, workers: int) -> list[Parts]:
    """Batches of archived inputs that are not cleaned yet."""
    size = pl.col("payload").bin.size().cast(pl.Int64).fill_null(0)
    archived = archive_folder(data).locate(size=size, is_accepted=pl.col("reject_reason").is_null(), arrival="arrival")
    done = clean_folder(data, clean).scan("input_id", "arrival").collect()
    pending = archived.filter("is_accepted").join(done, on=["input_id", "arrival"], how="anti", nulls_equal=True)
    return cut_batches(pending, "input_id", workers)


def pending_bodies(data: Path, versions: Versions, days: pl.Expr, workers: int) -> list[Parts]:
    """Batches of bodies that are not extracted yet, each body once; `days` filters on published_date."""
    cleaned = clean_folder(data, versions.clean).locate(
        body_hash=pl.col("body_hash"),
        size=pl.col("body").str.len_chars().cast(pl.Int64),
        is_wanted=pl.col("reject_reason").is_null() & days,
    )
    wanted = cleaned.filter("is_wanted").sort("body_hash", "file")
    bodies = wanted.unique("body_hash", keep="first", maintain_order=True)
    done = extract_folder(data, versions.extract).keys()
    return cut_batches(bodies.filter(~pl.col("body_hash").is_in(done.implode())), "body_hash", workers)


def index_articles(data: Path, versions: Versions) -> pl.DataFrame:
    """One row for each finished article, without its text, sorted by article_id.

    article_id, input_id, clean_file, body_hash, extract_file, url, outlet, title, published_date, published_at,
    word_count, revision, is_latest.
    """
    columns = ["url", "outlet", "title", "published_date", "published_at", "word_count", "reject_reason", "body_hash"]
    cleaned = clean_folder(data, versions.clean).locate(**{name: pl.col(name) for name in columns})
    accepted = cleaned.filter(pl.col("reject_reason").is_null()).drop("reject_reason").rename({"file": "clean_file"})
    extracted = extract_folder(data, versions.extract).locate().rename({"file": "extract_file"})
    archived = archive_folder(data).scan("input_id").collect()
    finished = accepted.join(archived, on="input_id", how="semi").join(extracted, on="body_hash")
    named = finished.with_columns(article_id=pl.col("input_id").str.head(ARTICLE_ID_DIGITS))
    return number_revisions(named).sort("article_id")


def number_revisions(articles: pl.DataFrame) -> pl.DataFrame:
    """Add revision (earlier texts of the same URL, by date, then id) and is_latest."""
    ordered = articles.sort("published_at", "published_date", "article_id", nulls_last=False)
    alone = pl.col("url").is_null()
    place = pl.int_range(pl.len(), dtype=pl.Int32).over("url")
    last = pl.len().over("url") - 1
    return ordered.with_columns(revision=pl.when(alone).then(0).otherwise(place), is_latest=alone | (place == last))
