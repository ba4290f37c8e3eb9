"""The sex of people as their articles state it: by titles, words of kinship and pronouns, never by their names."""

import polars as pl

from quotidian.tasks.deduplicate.entities.linked_names import join_entities

COUNTS = ("he_count", "she_count", "they_count")
LEAST_MIXED = 0.25
"""Share of the words that tell another sex than most do, from which it is mixed: pronouns are sometimes resolved to the wrong person."""


def state_sexes(names: pl.DataFrame, links: pl.DataFrame) -> pl.DataFrame:
    """entity_id, he_count, she_count, they_count, sex_stated (he, she, they, mixed; null where no article tells).

    names: article_id, entity_index and `COUNTS` of the names of each article; links: article_id, entity_index, entity_id.
    """
    counted = (
        join_entities(names.select("article_id", "entity_index", *COUNTS), links)
        .group_by("entity_id")
        .agg(pl.col(*COUNTS).cast(pl.Int64).sum())
    )
    total, most = pl.sum_horizontal(*COUNTS), pl.max_horizontal(*COUNTS)
    usual = pl.coalesce(
        pl.when(pl.col(column) == most).then(pl.lit(column.removesuffix("_count"))) for column in COUNTS
    )
    is_mixed = total - most >= LEAST_MIXED * total
    stated = pl.when(total == 0).then(None).when(is_mixed).then(pl.lit("mixed")).otherwise(usual)
    return counted.with_columns(sex_stated=stated).sort("entity_id")
