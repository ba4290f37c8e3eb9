"""The first screen: the words that most articles of the newest day repeat, who is quoted more than before, who copied whom."""

from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from .articles import anchor_quote, look_up
from .choose import Choice, label_articles, scan_articles
from .source import Source

DAYS_BEFORE = 7
"""Days that the newest day is held against: a week has each weekday once."""
VOICES, PAIRS, CARRIERS = 8, 6, 6
LEAST_SURE = 0.8
"""Confidence that a statement needs to lead the first page, where a wrong name would hurt most."""
LEAST_WORDS = 5
"""Fewer words ("Yes, of course") are repeated by chance and say nothing on a first page."""


@dataclass(frozen=True)
class Front:
    """What the first screen shows.

    day      the newest day with an article; None where no article has a date: then all articles count
    days_before   days before it that the snapshot has articles of, at most DAYS_BEFORE
    lead     the statement that most independent articles of the day carry; None where nobody named said enough words
    voices   entity_id, name, today, before: statements on the day, and on an average day before
    pairs    copier, original, count, story_id: who took how many texts from whom, where the order is known
    unordered   pairs of articles that share a text, where nothing tells which was first
    """

    day: date | None
    days_before: int
    lead: dict | None
    voices: list[dict]
    pairs: list[dict]
    unordered: int


def read_front(source: Source, choice: Choice) -> Front:
    """The first screen of a snapshot."""
    day = source.scan("articles", "published_date").max().collect().item()
    spoken = read_spoken(source, day)
    days_before = spoken.filter(pl.col("published_date") < day)["published_date"].n_unique() if day else 0
    pairs, unordered = count_pairs(source)
    return Front(
        day=day,
        days_before=days_before,
        lead=find_lead(source, spoken.filter(pl.col("is_today")), choice),
        voices=count_voices(source, spoken, days_before),
        pairs=pairs,
        unordered=unordered,
    )


def read_spoken(source: Source, day: date | None) -> pl.DataFrame:
    """Quotations of the newest day and the days before it, a row for each who says one, with `is_today` and `is_joint`."""
    articles = source.scan("articles", "article_id", "published_date", origin=pl.coalesce("origin_id", "copy_group"))
    if day is not None:
        articles = articles.filter(pl.col("published_date").is_between(day - timedelta(days=DAYS_BEFORE), day))
    quotes = source.scan("quotes", "quote_id", "article_id", "content", "kind", "statement_id", "is_said", "confidence")
    speaking = source.scan_speaking().select("quote_id", speaker_entity_id="entity_id")
    said = quotes.filter("is_said").join(speaking, on="quote_id").with_columns(is_joint=pl.len().over("quote_id") > 1)
    is_today = pl.lit(True) if day is None else pl.col("published_date") == day
    return (
        said.join(articles, on="article_id")
        .with_columns(is_today=is_today)
        .sort("quote_id", "speaker_entity_id")
        .collect()
    )


def find_lead(source: Source, today: pl.DataFrame, choice: Choice) -> dict | None:
    """The statement of the most independent texts of the day, its longest direct wording, and who carries it.

    Only direct speech of one speaker can lead: a first page shows nobody words that are a reporter's summary, or half another's.
    """
    is_sure = (pl.col("kind") == "direct") & (pl.col("confidence") >= LEAST_SURE) & ~pl.col("is_joint")
    direct = today.filter(is_sure & (pl.col("content").str.split(" ").list.len() >= LEAST_WORDS))
    if direct.is_empty():
        return None
    counted = today.group_by("statement_id").agg(
        texts=pl.col("origin").n_unique(), articles=pl.col("article_id").n_unique()
    )
    ranked = direct.join(counted, on="statement_id").with_columns(chars=pl.col("content").str.len_chars())
    order = ["texts", "articles", "chars", "quote_id"]
    lead = ranked.sort(order, descending=[True, True, True, False]).row(0, named=True)
    first = today.filter(pl.col("statement_id") == lead["statement_id"]).unique(
        "article_id", keep="first", maintain_order=True
    )
    carriers = label_articles(
        source, scan_articles(source).join(first.lazy().select("article_id"), on="article_id", how="semi").collect()
    )
    anchors = dict(first.select("article_id", "quote_id").iter_rows())
    rows = carriers.sort("article_id").to_dicts()
    entity = lead["speaker_entity_id"]
    name = look_up(source, "entities", "entity_id", "name", {entity})[entity]
    stories = set(choice.stories["story_id"])
    story = next((row["story_id"] for row in rows if row["article_id"] == lead["article_id"]), None)
    return lead | {
        "name": name,
        "story_id": story if story in stories else None,
        "carriers": [row | {"anchor": anchor_quote(anchors[row["article_id"]])} for row in rows[:CARRIERS]],
    }


def count_voices(source: Source, spoken: pl.DataFrame, days_before: int) -> list[dict]:
    """Who made most statements on the day, and how many a day before; the same words in copies count once a day."""
    per_day = spoken.unique(["speaker_entity_id", "statement_id", "published_date"], maintain_order=True)
    counted = per_day.group_by(entity_id="speaker_entity_id").agg(
        today=pl.col("is_today").sum(), past=(~pl.col("is_today")).sum()
    )
    ranked = counted.filter(pl.col("today") > 0).sort("today", "past", "entity_id", descending=[True, False, False])
    names = look_up(source, "entities", "entity_id", "name", set(ranked["entity_id"].head(VOICES)))
    return [
        row | {"name": names[row["entity_id"]], "before": row["past"] / days_before if days_before else None}
        for row in ranked.head(VOICES).iter_rows(named=True)
    ]


def count_pairs(source: Source) -> tuple[list[dict], int]:
    """Who took texts from whom, most first, and how many copies have an unknown order or a common source."""
    rows = source.scan("copies", "article_id", "original_id", "relation", "order_basis")
    known = (pl.col("order_basis") != "unknown") & ~pl.col("relation").is_in(["common_source", "revision"])
    unordered = rows.filter(~known & (pl.col("relation") != "revision")).select(pl.len()).collect().item()
    outlets = source.scan("articles", "article_id", "outlet", "agency", "story_id")
    named = outlets.with_columns(who=pl.coalesce("outlet", "agency"))
    copier = named.select("article_id", "story_id", copier="who")
    original = named.select(original_id="article_id", original="who")
    joined = rows.filter(known).join(copier, on="article_id").join(original, on="original_id")
    between = joined.filter(pl.col("copier") != pl.col("original"))
    counted = between.group_by("copier", "original").agg(count=pl.len(), story_id=pl.col("story_id").min())
    return counted.sort("count", "copier", "original", descending=[True, False, False]).head(
        PAIRS
    ).collect().to_dicts(), unordered
