"""Tables that count over all articles: entities, their aliases, statements, stories, rejects."""

from pathlib import Path

import polars as pl

from quotidian.tasks.clean.work import clean_folder
from quotidian.tasks.deduplicate.work import ArchiveLinks
from quotidian.tasks.extract.index import Versions
from quotidian.tasks.ingest.archive import archive_folder

from .assemble import shape_rows

COUNT = pl.len().cast(pl.Int64)


class Seen:
    """What the tables by day leave to be counted: slim rows, added chunk by chunk."""

    def __init__(self) -> None:
        self.mentions: list[pl.DataFrame] = []
        self.aliases: list[pl.DataFrame] = []
        self.quotes: list[pl.DataFrame] = []
        self.openings: list[pl.DataFrame] = []

    def add(self, tables: dict[str, pl.DataFrame]) -> None:
        """Keep of a chunk: mentions by entity and article, forms by entity, quotations with their words, first sentences."""
        linked = tables["mentions"].filter(pl.col("entity_id").is_not_null())
        names = linked.filter(pl.col("mention_kind") == "name").rename({"text": "alias"})
        self.mentions.append(linked.group_by("entity_id", "article_id", "day").agg(COUNT.alias("mention_count")))
        self.aliases.append(names.group_by("entity_id", "alias").agg(COUNT.alias("mention_count")))
        self.openings.append(tables["sentences"].filter(pl.col("sentence_index") == 0).select("article_id", "text"))
        columns = ["quote_id", "article_id", "statement_id", "speaker_entity_id", "is_said", "content", "day"]
        self.quotes.append(tables["quotes"].select(columns))


def count_totals(
    index: pl.DataFrame, archive: ArchiveLinks, rejects: pl.DataFrame, seen: Seen
) -> dict[str, pl.DataFrame]:
    """Rows of all tables that have no day."""
    aliases, quotes = count_aliases(pl.concat(seen.aliases)), pl.concat(seen.quotes)
    groups = archive.articles.select("article_id", "copy_group", "story_id")
    return {
        "copies": shape_rows(archive.copies, "copies"),
        "entities": count_entities(archive.entities, pl.concat(seen.mentions), quotes, aliases),
        "entity_aliases": aliases,
        "statements": count_statements(quotes, groups),
        "statement_variants": shape_rows(archive.variants, "statement_variants"),
        "stories": count_stories(name_stories(archive.stories, pl.concat(seen.openings)), index, groups),
        "rejects": rejects,
    }


def count_entities(
    entities: pl.DataFrame, mentions: pl.DataFrame, quotes: pl.DataFrame, aliases: pl.DataFrame
) -> pl.DataFrame:
    """Rows of entities.

    entities: entity_id, name, type; mentions: entity_id, article_id, day, mention_count; quotes:
    speaker_entity_id, is_said; aliases: rows of entity_aliases.
    """
    seen = mentions.group_by("entity_id").agg(
        pl.col("article_id").n_unique().cast(pl.Int64).alias("article_count"),
        pl.col("mention_count").sum(),
        pl.col("day").min().alias("first_date"),
        pl.col("day").max().alias("last_date"),
    )
    said = quotes.filter("is_said").group_by(entity_id="speaker_entity_id").agg(COUNT.alias("quote_count"))
    forms = aliases.group_by("entity_id").agg(COUNT.alias("alias_count"))
    joined = entities.join(seen, on="entity_id")
    for counts in (said, forms):
        joined = joined.join(counts, on="entity_id", how="left")
    return shape_rows(joined.with_columns(pl.col("quote_count", "alias_count").fill_null(0)), "entities")


def count_aliases(aliases: pl.DataFrame) -> pl.DataFrame:
    """Rows of entity_aliases, from entity_id, alias and mention_count of parts of the archive."""
    return shape_rows(aliases.group_by("entity_id", "alias").agg(pl.col("mention_count").sum()), "entity_aliases")


def count_statements(quotes: pl.DataFrame, groups: pl.DataFrame) -> pl.DataFrame:
    """Rows of statements.

    quotes: statement_id, quote_id, article_id, content, speaker_entity_id, day; groups: article_id, copy_group.
    """
    joined = quotes.join(groups, on="article_id").with_columns(length=pl.col("content").str.len_chars())
    longest = joined.sort("statement_id", "length", "quote_id", descending=[False, True, False])
    rows = longest.group_by("statement_id", maintain_order=True).agg(
        pl.col("content").first().alias("text"),
        pl.col("speaker_entity_id").drop_nulls().first(),
        COUNT.alias("quote_count"),
        pl.col("article_id").n_unique().cast(pl.Int64).alias("article_count"),
        pl.col("copy_group").n_unique().cast(pl.Int64).alias("independent_count"),
        pl.col("day").min().alias("first_date"),
    )
    return shape_rows(rows, "statements")


def name_stories(stories: pl.DataFrame, openings: pl.DataFrame) -> pl.DataFrame:
    """story_id, title: where the central article has no headline, its first sentence (openings: article_id, text)."""
    joined = stories.join(openings, left_on="central_article_id", right_on="article_id", how="left")
    return joined.select("story_id", title=pl.coalesce("title", "text"))


def count_stories(stories: pl.DataFrame, articles: pl.DataFrame, groups: pl.DataFrame) -> pl.DataFrame:
    """Rows of stories.

    stories: story_id, title; articles: the index of articles; groups: article_id, story_id, copy_group.
    """
    joined = articles.join(groups, on="article_id")
    rows = joined.group_by("story_id").agg(
        COUNT.alias("article_count"),
        pl.col("outlet").drop_nulls().n_unique().cast(pl.Int64).alias("outlet_count"),
        pl.col("copy_group").n_unique().cast(pl.Int64).alias("independent_count"),
        pl.col("published_date").min().alias("first_date"),
        pl.col("published_date").max().alias("last_date"),
    )
    return shape_rows(stories.join(rows, on="story_id"), "stories")


def list_rejects(data: Path, versions: Versions) -> pl.DataFrame:
    """Rows of rejects: inputs that ingest or clean could not make an article of."""
    columns = ("input_id", "source", "reject_reason", "reject_detail")
    archive = archive_folder(data).scan(*columns)
    cleaned = clean_folder(data, versions.clean).scan(*columns).join(archive, on="input_id", how="semi")
    frames = [
        rows.filter(pl.col("reject_reason").is_not_null()).select(
            "input_id",
            "source",
            step=pl.lit(step),
            reason="reject_reason",
            detail=pl.col("reject_detail").fill_null(""),
        )
        for step, rows in (("ingest", archive), ("clean", cleaned))
    ]
    return shape_rows(pl.concat(frames).collect(), "rejects")
