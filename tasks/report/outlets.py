"""The page of an outlet: whom it quotes, whose texts it has and who has its texts, and its articles."""

from collections.abc import Iterator

import polars as pl

from .choose import Choice, label_articles, scan_articles
from .source import Source

QUOTED = 15
PARTNERS = 15


def describe_outlets(source: Source, outlets: pl.DataFrame, choice: Choice, limit: int) -> Iterator[dict]:
    """What the page of each outlet shows; lists end after `limit` rows."""
    quoted, kinds = count_quoted(source), count_kinds(source)
    took, gave = count_partners(source, "copier", "original"), count_partners(source, "original", "copier")
    newest = read_newest(source, outlets, limit)
    for outlet in outlets.iter_rows(named=True):
        key = outlet["outlet"]
        yield {
            "outlet": outlet,
            "quoted": quoted.get(key, []),
            "kinds": kinds.get(key, []),
            "took": took.get(key, []),
            "gave": gave.get(key, []),
            "articles": newest.get(key, []),
            "speakers": set(choice.speakers["entity_id"]),
            "paged": set(choice.articles["article_id"]),
        }


def group_rows(rows: pl.DataFrame, key: str) -> dict[str, list[dict]]:
    """Rows by a column, in their order."""
    return {name: part.to_dicts() for (name,), part in rows.group_by(key, maintain_order=True)}


def scan_said(source: Source) -> pl.LazyFrame:
    """Quotations of articles with an outlet."""
    outlets = source.scan("articles", "article_id", "outlet").filter(pl.col("outlet").is_not_null())
    quotes = source.scan("quotes", "article_id", "kind", "is_said", "statement_id", "quote_id")
    return quotes.filter("is_said").join(outlets, on="article_id")


def count_quoted(source: Source) -> dict[str, list[dict]]:
    """Whom each outlet quotes most; the same statement in several of its articles counts once."""
    names = source.scan("entities", "entity_id", "name")
    spoken = scan_said(source).join(source.scan_speaking(), on="quote_id")
    counted = spoken.group_by("outlet", "entity_id").agg(count=pl.col("statement_id").n_unique())
    rows = counted.join(names, on="entity_id").sort("outlet", "count", "entity_id", descending=[False, True, False])
    return group_rows(rows.group_by("outlet", maintain_order=True).head(QUOTED).collect(), "outlet")


def count_kinds(source: Source) -> dict[str, list[dict]]:
    """Direct, mixed and indirect quotations of each outlet."""
    counted = scan_said(source).group_by("outlet", "kind").agg(count=pl.len())
    return group_rows(counted.sort("outlet", "count", "kind", descending=[False, True, False]).collect(), "outlet")


def count_partners(source: Source, own: str, other: str) -> dict[str, list[dict]]:
    """Of each outlet as `own` (copier or original), the outlets on the other side of its copies whose order is known."""
    rows = source.scan("copies", "article_id", "original_id", "relation", "order_basis").filter(
        (pl.col("order_basis") != "unknown") & ~pl.col("relation").is_in(["common_source", "revision"])
    )
    copier = source.scan("articles", "article_id", copier="outlet")
    original = source.scan("articles", original_id="article_id", original=pl.coalesce("outlet", "agency"))
    joined = rows.join(copier, on="article_id").join(original, on="original_id").drop_nulls(["copier", "original"])
    between = joined.filter(pl.col("copier") != pl.col("original"))
    counted = between.group_by(own, who=other).agg(count=pl.len())
    ordered = counted.sort(own, "count", "who", descending=[False, True, False])
    return group_rows(ordered.group_by(own, maintain_order=True).head(PARTNERS).collect(), own)


def read_newest(source: Source, outlets: pl.DataFrame, limit: int) -> dict[str, list[dict]]:
    """The newest articles of each outlet."""
    rows = scan_articles(source).join(outlets.lazy().select("outlet"), on="outlet", how="semi")
    order = rows.sort("outlet", "published_date", "article_id", descending=[False, True, False], nulls_last=True)
    listed = label_articles(source, order.group_by("outlet", maintain_order=True).head(limit).collect())
    ordered = listed.sort("outlet", "published_date", "article_id", descending=[False, True, False], nulls_last=True)
    return group_rows(ordered, "outlet")
