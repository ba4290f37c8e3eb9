"""Which country an article is about, from the places, peoples and institutions that it names."""

import polars as pl

from quotidian.tasks.deduplicate.entities.remembered import remembered
from quotidian.tasks.extract.names.countries import find_country

LEAST_SHARE = 0.5
"""Share of an article's mentions that tell a country; below it the article is of several and tells none."""
LEAST_LEAD = 1.5
"""How many times as often as the next one the country is mentioned."""


tell_country = remembered(find_country)


def find_article_countries(local_entities: pl.DataFrame) -> pl.DataFrame:
    """article_id, country (ISO 3166; null where none is told more than any other), told (all countries that its names tell).

    `local_entities` has article_id, name and mention_count. A country counts as often as it is mentioned, with its
    people, towns and institutions.
    """
    names = local_entities["name"].unique().sort()
    codes = pl.DataFrame({"name": names, "country": pl.Series(map(tell_country, names), dtype=names.dtype)})
    told = local_entities.select("article_id", "name", "mention_count").join(codes.drop_nulls("country"), on="name")
    counts = told.group_by("article_id", "country").agg(count=pl.col("mention_count").cast(pl.Int64).sum())
    total, rank = (
        pl.col("count").sum().over("article_id"),
        pl.col("count").rank("ordinal", descending=True).over("article_id"),
    )
    ranked = counts.sort("article_id", "country").with_columns(total=total, rank=rank)
    second = ranked.filter(pl.col("rank") == 2).select("article_id", second="count")
    first = ranked.filter(pl.col("rank") == 1).join(second, on="article_id", how="left")
    leads = pl.col("count") >= LEAST_LEAD * pl.col("second").fill_null(0)
    sure = first.filter((pl.col("count") >= LEAST_SHARE * pl.col("total")) & leads)
    named = counts.group_by("article_id").agg(told=pl.col("country").sort())
    return named.join(sure.select("article_id", "country"), on="article_id", how="left").sort("article_id")
