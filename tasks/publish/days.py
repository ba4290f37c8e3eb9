"""Publishing some days at a time, so that memory follows the chunk and not the archive."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polars as pl

from quotidian.tasks.clean.work import clean_folder
from quotidian.tasks.deduplicate.work import ArchiveLinks
from quotidian.tasks.extract.work import extract_folder
from quotidian.tasks.tables.catalog import TABLES

from .assemble import Links, assemble_tables
from .memory import Groups
from .snapshot import FileEntry, day_folder, write_rows

ANY = "any"
"""No version: files are named one by one."""
CHUNK_ARTICLES = 5_000  # rows of about 300 MB


def cut_days(index: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Parts of the index with whole days, undated first, of about CHUNK_ARTICLES."""
    days = index.group_by("published_date").agg(pl.len().alias("articles")).sort("published_date", nulls_last=False)
    before = pl.col("articles").cum_sum() - pl.col("articles")
    numbered = days.select("published_date", chunk=before // CHUNK_ARTICLES)
    parts = index.join(numbered, on="published_date", nulls_equal=True).sort("chunk", "article_id")
    for _, part in parts.group_by("chunk", maintain_order=True):
        yield part.drop("chunk")


def assemble_chunk(data: Path, chunk: pl.DataFrame, archive: ArchiveLinks) -> dict[str, pl.DataFrame]:
    """Rows of the tables by day for the articles of `chunk`, each read from the file that the index names."""
    cleaned = clean_folder(data, ANY).read(chunk.select("input_id", file="clean_file"))
    own = ("input_id", "article_id", "revision", "is_latest", "clean_version", "extractor_version")
    articles = cleaned.join(chunk.select(own), on="input_id")
    bodies = chunk.select("body_hash", file="extract_file").unique("body_hash", keep="any")
    annotations = extract_folder(data, ANY).read(bodies)
    ids = chunk.select("article_id")
    links = Links(
        archive.articles.join(ids, on="article_id", how="semi"),
        archive.entity_links.join(ids, on="article_id", how="semi"),
        archive.quotes.join(ids, on="article_id", how="semi").drop("article_id"),
    )
    return assemble_tables(articles, annotations, links)


def write_days(building: Path, before: Path | None, tables: dict[str, pl.DataFrame]) -> Groups:
    """Write one file for each table and day that has articles; an empty one where there is no article at all."""
    days = tables["articles"]["day"].unique().sort().to_list() or [None]
    return {day_folder(day): write_day(building, before, tables, day) for day in days}


def write_day(
    building: Path, before: Path | None, tables: dict[str, pl.DataFrame], day: date | None
) -> list[FileEntry]:
    """Write the files of one day."""
    of_day = pl.col("day").eq_missing(pl.lit(day))
    return [write_rows(building, before, TABLES[name], day, rows.filter(of_day)) for name, rows in tables.items()]
