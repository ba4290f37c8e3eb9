"""What became of each archived input: rejected, pending, published, and under which day."""

from pathlib import Path

import polars as pl

from quotidian.tasks.clean.work import clean_folder
from quotidian.tasks.extract.index import Versions, judge_inputs, state_inputs

from .snapshot import current_snapshot


def list_inputs(data: Path, versions: Versions) -> pl.DataFrame:
    """One row for each archived input: day, reason of its rejection, and whether it is published or pending.

    The day of what the present version of the room has not cleaned yet is the one under which it is published.
    """
    states = state_inputs(data, judge_inputs(data, versions))
    published = published_inputs(current_snapshot(data / "published"))
    cleaned = clean_folder(data, versions.clean).scan("input_id", "published_date").collect()
    cleaned = cleaned.with_columns(is_cleaned=pl.lit(True))
    joined = states.join(published, on="input_id", how="left").join(cleaned, on="input_id", how="left")
    is_cleaned = pl.col("is_cleaned").fill_null(False)
    is_done = pl.col("clean_version").eq_missing(versions.clean) & pl.col("extractor_version").eq_missing(
        versions.extract
    )
    is_final = (pl.col("step") == "ingest") | is_done | (is_cleaned & (pl.col("step") == "clean"))
    return joined.select(
        "input_id",
        day=pl.when(is_cleaned).then("published_date").otherwise("published_day"),
        reason=pl.when(is_final).then("reason"),
        is_published=pl.col("is_published").fill_null(False),
        is_extracted=is_done,
    )


def published_inputs(snapshot: Path | None) -> pl.DataFrame:
    """input_id and published_day of the published articles."""
    if snapshot is None:
        return pl.DataFrame(schema={"input_id": pl.String, "published_day": pl.Date, "is_published": pl.Boolean})
    columns = ["input_id", "published_date"]
    articles = pl.read_parquet(f"{snapshot}/articles/**/*.parquet", columns=columns, hive_partitioning=False)
    return articles.rename({"published_date": "published_day"}).with_columns(is_published=pl.lit(True))
