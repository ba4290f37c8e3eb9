"""The numbers of the first page: what came in, what was taken away, who speaks, who copies."""

from dataclasses import dataclass

import polars as pl

from quotidian.tasks.tables.kinds import COPY_KINDS

from .source import Source
from .sources import count_classes, count_stated

OUTLETS = 5
"""Outlets with a colour of their own; the others are one."""
SPEAKERS = 12
RULES = 12
COPIERS = 12
DAY_BINS = 62
"""Days shown one by one; longer times are shown by month."""
NO_DATE = "no date"
NO_OUTLET = "no outlet named"
OTHER_OUTLETS = "other outlets"
COUNT = pl.len().alias("count")


@dataclass(frozen=True)
class Overview:
    """Frames of the first page, each in the order in which it is shown.

    articles   period, outlet, count: articles by day, or by month where there are many days
    outlets    outlet, articles, originals, copies, copied_share
    speakers   entity_id, name, quote_count
    classes    class of the speaker and quotations
    stated     what articles call named speakers (she, he) and quotations
    kinds      kind, is_marked, count: quotations by how they are reported
    copies     copy_kind, count
    removed    kind, edits, chars: what cleaning took away
    rules      rule, kind, edits, chars: by which rule
    rejects    step, reason, count
    """

    articles: pl.DataFrame
    outlets: pl.DataFrame
    speakers: pl.DataFrame
    classes: list[tuple[str, int]]
    stated: list[tuple[str, int]]
    kinds: pl.DataFrame
    copies: pl.DataFrame
    removed: pl.DataFrame
    rules: pl.DataFrame
    rejects: pl.DataFrame
    raw_chars: int


def count_overview(source: Source) -> Overview:
    """All numbers of the first page."""
    edits = source.scan("edits", "kind", "rule", "raw_text").with_columns(chars=pl.col("raw_text").str.len_chars())
    sums = (pl.len().alias("edits"), pl.col("chars").sum())
    rejects = source.scan("rejects", "step", "reason").group_by("step", "reason").agg(COUNT)
    chars = source.scan("articles", "body_chars", "removed_chars").sum().collect().row(0)
    return Overview(
        articles=count_articles(source),
        outlets=count_outlets(source),
        speakers=rank_speakers(source),
        classes=count_classes(source),
        stated=count_stated(source),
        kinds=source.scan("quotes", "kind", "is_marked").group_by("kind", "is_marked").agg(COUNT).pipe(rank, "count"),
        copies=source.scan("articles", "copy_kind").group_by("copy_kind").agg(COUNT).pipe(rank, "count"),
        removed=edits.group_by("kind").agg(sums).pipe(rank, "chars"),
        rules=edits.group_by("rule", "kind").agg(sums).pipe(rank, "chars").head(RULES),
        rejects=rejects.pipe(rank, "count"),
        raw_chars=sum(number or 0 for number in chars),
    )


def rank(rows: pl.LazyFrame, by: str) -> pl.DataFrame:
    """Rows with the largest `by` first; equals in the order of their words."""
    frame = rows.collect()
    words = [name for name, type_ in frame.schema.items() if type_ == pl.String or type_ == pl.Boolean]
    return frame.sort(by, *words, descending=[True, *(False for _ in words)])


def count_articles(source: Source) -> pl.DataFrame:
    """Articles by day or month and outlet; periods without articles stand with 0, so that gaps are seen."""
    rows = source.scan("articles", "published_date", "outlet").group_by("published_date", "outlet").agg(COUNT).collect()
    named = rows.with_columns(pl.col("outlet").fill_null(NO_OUTLET))
    largest = named.group_by("outlet").agg(pl.col("count").sum()).sort("count", "outlet", descending=[True, False])
    shown = largest["outlet"].head(OUTLETS if largest.height > OUTLETS + 1 else OUTLETS + 1)
    grouped = named.with_columns(
        outlet=pl.when(pl.col("outlet").is_in(shown.implode())).then("outlet").otherwise(pl.lit(OTHER_OUTLETS))
    )
    days = grouped["published_date"].drop_nulls()
    pattern = "%Y-%m" if days.n_unique() and (days.max() - days.min()).days >= DAY_BINS else "%Y-%m-%d"
    period = pl.col("published_date").dt.strftime(pattern).fill_null(NO_DATE)
    counted = grouped.group_by(period.alias("period"), "outlet").agg(pl.col("count").sum())
    order = {outlet: index for index, outlet in enumerate([*shown, OTHER_OUTLETS])}
    ordered = add_gaps(counted, days, pattern).with_columns(
        rank=pl.col("outlet").replace_strict(order, return_dtype=pl.Int64)
    )
    return ordered.sort("period", "rank").drop("rank")


def add_gaps(counted: pl.DataFrame, days: pl.Series, pattern: str) -> pl.DataFrame:
    """Rows with 0 for the periods between the first and the last day that have no article."""
    if days.is_empty():
        return counted
    periods = pl.date_range(days.min(), days.max(), eager=True).dt.strftime(pattern).unique()
    missing = periods.filter(~periods.is_in(counted["period"].implode()))
    gaps = pl.DataFrame({"period": missing}).with_columns(
        outlet=pl.lit(counted["outlet"].sort()[0]), count=pl.lit(0, counted.schema["count"])
    )
    return pl.concat([counted, gaps.select(counted.columns)])


def count_outlets(source: Source) -> pl.DataFrame:
    """Articles of each outlet, and how many of them are copies."""
    is_copy = pl.col("copy_kind").is_in(COPY_KINDS)
    rows = source.scan("articles", "outlet", "copy_kind").group_by(pl.col("outlet").fill_null(NO_OUTLET))
    counted = rows.agg(articles=pl.len(), originals=(~is_copy).sum(), copies=is_copy.sum())
    shared = counted.with_columns(copied_share=pl.col("copies") / pl.col("articles"))
    return shared.collect().sort("articles", "outlet", descending=[True, False]).head(COPIERS)


def rank_speakers(source: Source) -> pl.DataFrame:
    """The most quoted."""
    rows = source.scan("entities", "entity_id", "name", "quote_count").filter(pl.col("quote_count") > 0)
    return rows.sort("quote_count", "name", "entity_id", descending=[True, False, False]).head(SPEAKERS).collect()
