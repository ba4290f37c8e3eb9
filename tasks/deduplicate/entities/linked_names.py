"""Names of articles beside the entities that they are linked to."""

import polars as pl

NAMED = ["article_id", "entity_index"]


def sort_names(names: pl.DataFrame) -> pl.DataFrame:
    """Names by article and index; what is sorted already is not sorted again."""
    article, index = map(pl.col, NAMED)
    is_after = (article > article.shift()) | ((article == article.shift()) & (index > index.shift()))
    return names if names.select(is_after.fill_null(True).all()).item() else names.sort(NAMED)


def count_names(names: pl.DataFrame) -> pl.DataFrame:
    """article_id, names: how many each article has; names are sorted by article."""
    return names.select(pl.col("article_id").rle()).unnest("article_id").select(article_id="value", names="len")


def join_entities(names: pl.DataFrame, links: pl.DataFrame) -> pl.DataFrame:
    """Names with entity_id; links: article_id, entity_index, entity_id. Nothing is looked up where both have the same rows in one
    order."""
    if names.select(NAMED).equals(links.select(NAMED)):
        return names.with_columns(links["entity_id"])
    return names.join(links, on=NAMED, maintain_order="left")
