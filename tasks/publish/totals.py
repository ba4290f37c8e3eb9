"""Tables that count over all articles: entities, their aliases, statements, stories, rejects."""

from collections.abc import Iterable
from pathlib import Path

import polars as pl

from quotidian.tasks.deduplicate.archive_links import ArchiveLinks
from quotidian.tasks.extract.index import state_inputs
from quotidian.tasks.tables.catalog import TABLES

from .assemble import shape_rows
from .table_files import file_path, read_hashes

COUNT = pl.len().cast(pl.Int64)


def count_totals(
    snapshot: Path, index: pl.DataFrame, archive: ArchiveLinks, rejects: pl.DataFrame
) -> dict[str, pl.DataFrame]:
    """Rows of all tables that have no day, from the files of those that have: linked ones and new ones alike."""
    mentions, quotes = scan_days(snapshot, "mentions"), scan_days(snapshot, "quotes")
    aliases = count_aliases(mentions)
    said = read_quotes(quotes, index)
    speakers = read_speakers(scan_days(snapshot, "quote_speakers"), said)
    groups = archive.articles.select("article_id", "origin_id", "story_id")
    titles = name_stories(archive.stories, read_openings(snapshot, archive.stories, index))
    return {
        "copies": shape_rows(archive.copies, "copies"),
        "entities": count_entities(archive.entities, count_mentions(mentions, index), speakers, aliases),
        "entity_aliases": aliases,
        "entity_candidates": shape_rows(archive.candidates, "entity_candidates"),
        "entity_ids": shape_rows(archive.ids, "entity_ids"),
        "statements": count_statements(said, groups),
        "statement_variants": shape_rows(archive.variants, "statement_variants"),
        "conflicts": shape_rows(archive.conflicts, "conflicts"),
        "changes": shape_rows(archive.changes, "changes"),
        "quote_changes": shape_rows(archive.quote_changes, "quote_changes"),
        "stories": count_stories(titles, index, groups),
        "rejects": rejects,
    }


def scan_days(snapshot: Path, table: str, portions: Iterable[str] | None = None) -> pl.LazyFrame:
    """Rows of a table by day, of all portions where none are named."""
    files = sorted((snapshot / table).rglob("*.parquet"))
    if portions is not None:
        files = [snapshot / file_path(TABLES[table], portion) for portion in portions]
    types = {name: column.dtype for name, column in TABLES[table].schema.columns().items()}
    return pl.scan_parquet(files, hive_partitioning=False) if files else pl.LazyFrame(schema=types)


def count_mentions(mentions: pl.LazyFrame, index: pl.DataFrame) -> pl.DataFrame:
    """entity_id, article_id, mention_count, day."""
    linked = mentions.filter(pl.col("entity_id").is_not_null())
    counts = linked.group_by("entity_id", "article_id").agg(COUNT.alias("mention_count"))
    return counts.collect(engine="streaming").join(days_of(index), on="article_id")


def read_quotes(quotes: pl.LazyFrame, index: pl.DataFrame) -> pl.DataFrame:
    """Quotations with their words and day, without the rest."""
    columns = ("quote_id", "article_id", "statement_id", "speaker_entity_id", "is_said", "content")
    return quotes.select(columns).collect().join(days_of(index), on="article_id")


def read_speakers(speakers: pl.LazyFrame, quotes: pl.DataFrame) -> pl.DataFrame:
    """entity_id, quote_id of those who said a quotation, each once; quotations are told apart by 64 bits, which takes a third of the time."""
    known = speakers.filter(pl.col("entity_id").is_not_null() & (pl.col("how") != "represented"))
    rows = known.select("entity_id", "quote_id").collect()
    said = quotes.filter("is_said")["quote_id"].hash()
    is_first = pl.struct("entity_id", "quote_id").hash().is_first_distinct()
    return rows.filter(pl.col("quote_id").hash().is_in(said.implode()) & is_first)


def days_of(index: pl.DataFrame) -> pl.DataFrame:
    """article_id, day."""
    return index.select("article_id", day="published_date")


def read_openings(snapshot: Path, stories: pl.DataFrame, index: pl.DataFrame) -> pl.DataFrame:
    """article_id, text: the first sentence of the central articles without a headline; only their portions are read."""
    untitled = stories.filter(pl.col("title").is_null()).select(article_id="central_article_id")
    portions = index.join(untitled, on="article_id", how="semi")["portion"].unique().sort()
    first = scan_days(snapshot, "sentences", portions).filter(pl.col("sentence_index") == 0)
    return first.select("article_id", "text").join(untitled.lazy(), on="article_id", how="semi").collect()


def count_entities(
    entities: pl.DataFrame, mentions: pl.DataFrame, speakers: pl.DataFrame, aliases: pl.DataFrame
) -> pl.DataFrame:
    """Rows of entities.

    entities: entity_id, name, type, external_id, country, is_ambiguous; mentions: entity_id, article_id, day, mention_count; speakers:
    entity_id, quote_id; aliases: rows of entity_aliases.
    """
    seen = mentions.group_by("entity_id").agg(
        pl.col("article_id").n_unique().cast(pl.Int64).alias("article_count"),
        pl.col("mention_count").sum(),
        pl.col("day").min().alias("first_date"),
        pl.col("day").max().alias("last_date"),
    )
    said = speakers.group_by("entity_id").agg(COUNT.alias("quote_count"))
    forms = aliases.group_by("entity_id").agg(COUNT.alias("alias_count"))
    joined = entities.join(seen, on="entity_id")
    for counts in (said, forms):
        joined = joined.join(counts, on="entity_id", how="left")
    return shape_rows(joined.with_columns(pl.col("quote_count", "alias_count").fill_null(0)), "entities")


def count_aliases(mentions: pl.LazyFrame) -> pl.DataFrame:
    """Rows of entity_aliases, from rows of mentions."""
    named = mentions.filter(pl.col("entity_id").is_not_null() & (pl.col("mention_kind") == "name"))
    counts = named.group_by("entity_id", alias="text").agg(COUNT.alias("mention_count"))
    return shape_rows(counts.collect(engine="streaming"), "entity_aliases")


def count_statements(quotes: pl.DataFrame, groups: pl.DataFrame) -> pl.DataFrame:
    """Rows of statements.

    quotes: statement_id, quote_id, article_id, content, speaker_entity_id, day; groups: article_id, origin_id. Most statements have one quotation,
    which is told without sorting; hashes stand for ids where any order will do, since those of as many texts take several times as long to sort.
    """
    joined = quotes.join(groups, on="article_id").with_columns(code=pl.col("statement_id").hash())
    joined = joined.with_columns(is_alone=~pl.col("code").is_duplicated(), length=pl.col("content").str.len_chars())
    several = joined.filter(~pl.col("is_alone"))
    longest = several.sort("code", "length", "quote_id", descending=[False, True, False])
    rows = longest.group_by("statement_id", maintain_order=True).agg(
        pl.col("content").first().alias("text"),
        pl.col("speaker_entity_id").drop_nulls().first(),
        COUNT.alias("quote_count"),
        pl.col("article_id").n_unique().cast(pl.Int64).alias("article_count"),
        pl.col("origin_id").n_unique().cast(pl.Int64).alias("independent_count"),
        pl.col("day").min().alias("first_date"),
    )
    counts = dict.fromkeys(("quote_count", "article_count", "independent_count"), pl.lit(1, pl.Int64))
    alone = joined.filter("is_alone").select(
        "statement_id", "speaker_entity_id", text="content", **counts, first_date="day"
    )
    both = pl.concat([rows, alone.select(rows.columns)])
    return shape_rows(both.sort(read_hashes(both["statement_id"])), "statements")


def name_stories(stories: pl.DataFrame, openings: pl.DataFrame) -> pl.DataFrame:
    """story_id, title: where the central article has no headline, its first sentence (openings: article_id, text)."""
    joined = stories.join(openings, left_on="central_article_id", right_on="article_id", how="left")
    return joined.select("story_id", title=pl.coalesce("title", "text"))


def count_stories(stories: pl.DataFrame, articles: pl.DataFrame, groups: pl.DataFrame) -> pl.DataFrame:
    """Rows of stories.

    stories: story_id, title; articles: the index of articles; groups: article_id, story_id, origin_id.
    """
    joined = articles.join(groups, on="article_id")
    rows = joined.group_by("story_id").agg(
        COUNT.alias("article_count"),
        pl.col("outlet").drop_nulls().n_unique().cast(pl.Int64).alias("outlet_count"),
        pl.col("origin_id").n_unique().cast(pl.Int64).alias("independent_count"),
        pl.col("published_date").min().alias("first_date"),
        pl.col("published_date").max().alias("last_date"),
    )
    return shape_rows(stories.join(rows, on="story_id"), "stories")


def list_rejects(data: Path, judged: pl.DataFrame) -> pl.DataFrame:
    """Rows of rejects: inputs that ingest, clean or extract could not make an article of (judged: see `judge_inputs`)."""
    return shape_rows(state_inputs(data, judged).filter(pl.col("reason").is_not_null()), "rejects")
