"""Tables that count over all articles: entities, their aliases, statements, stories, rejects."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from quotidian.tasks.deduplicate.archive_links import ArchiveLinks
from quotidian.tasks.extract.index import state_inputs
from quotidian.tasks.tables.catalog import TABLES

from .assemble import shape_rows
from .table_files import file_path, read_hashes

COUNT = pl.len().cast(pl.Int64)
FILES = 8
"""Files of mentions that are counted at a time: few, so that what is counted stays near the processor."""


@dataclass(frozen=True)
class Counted:
    """What is counted of the tables by day: of each entity article_count, mention_count, quote_count, first_date and last_date; rows of
    entity_aliases and of statements."""

    seen: pl.DataFrame
    aliases: pl.DataFrame
    statements: pl.DataFrame


def count_files(snapshot: Path, groups: pl.DataFrame) -> Counted:
    """What all files by day give, linked ones and new ones alike; groups: article_id, origin_id."""
    seen, aliases = count_mentions(list_days(snapshot, "mentions"))
    said = read_quotes(scan_days(snapshot, "quotes"))
    spoken = count_speakers(read_speakers(scan_days(snapshot, "quote_speakers"), said))
    return Counted(add_spoken(seen, spoken), shape_rows(aliases, "entity_aliases"), count_statements(said, groups))


def list_totals(
    snapshot: Path, index: pl.DataFrame, archive: ArchiveLinks, rejects: pl.DataFrame, counted: Counted
) -> dict[str, pl.DataFrame]:
    """Rows of all tables that have no day, but ledger and quality."""
    groups = archive.articles.select("article_id", "origin_id", "story_id")
    titles = name_stories(archive.stories, read_openings(snapshot, archive.stories, index))
    return {
        "copies": shape_rows(archive.copies, "copies"),
        "entities": count_entities(archive.entities, counted.seen, counted.aliases),
        "entity_aliases": counted.aliases,
        "entity_candidates": shape_rows(archive.candidates, "entity_candidates"),
        "entity_ids": shape_rows(archive.ids, "entity_ids"),
        "statements": counted.statements,
        "statement_variants": shape_rows(archive.variants, "statement_variants"),
        "conflicts": shape_rows(archive.conflicts, "conflicts"),
        "changes": shape_rows(archive.changes, "changes"),
        "quote_changes": shape_rows(archive.quote_changes, "quote_changes"),
        "stories": count_stories(titles, index, groups),
        "rejects": rejects,
    }


def find_portions(index: pl.DataFrame, articles: pl.DataFrame) -> pl.Series:
    """The portions, sorted, in which some articles are, by the portion of each article."""
    return index.join(articles, on="article_id", how="semi")["portion"].unique().sort()


def scan_days(snapshot: Path, table: str, portions: Iterable[str] | None = None) -> pl.LazyFrame:
    """Rows of a table by day, of all portions where none are named."""
    files = list_days(snapshot, table)
    if portions is not None:
        files = [snapshot / file_path(TABLES[table], portion) for portion in portions]
    types = {name: column.dtype for name, column in TABLES[table].schema.columns().items()}
    return pl.scan_parquet(files, hive_partitioning=False) if files else pl.LazyFrame(schema=types)


def list_days(snapshot: Path, table: str) -> list[Path]:
    """The files of a table by day."""
    return sorted((snapshot / table).rglob("*.parquet"))


def count_mentions(files: list[Path]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Of each entity article_count, mention_count, first_date, last_date, and of its aliases mention_count, from the files of mentions.

    An article lies in one file, so that what some files give is added to what others do.
    """
    starts = range(0, len(files), FILES)
    parts = [count_some(pl.scan_parquet(files[first : first + FILES], hive_partitioning=False)) for first in starts]
    return add_mentions(parts)


def add_mentions(parts: list[tuple[pl.DataFrame, pl.DataFrame]]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Sums of what `count_some` gives of several articles."""
    entities, aliases = (pl.concat(found) for found in zip(*parts, strict=True))
    seen = entities.group_by("entity_id").agg(
        pl.col("article_count", "mention_count").sum(), pl.col("first_date").min(), pl.col("last_date").max()
    )
    return seen, aliases.group_by("entity_id", "alias").agg(pl.col("mention_count").sum())


def count_some(mentions: pl.LazyFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The same of some rows of mentions, in no order; mentions of one article are told by 64 bits."""
    rows = mentions.filter(pl.col("entity_id").is_not_null())
    linked = rows.select("entity_id", "article_id", "day", "mention_kind", alias="text").collect()
    is_first = pl.struct("entity_id", "article_id").hash().is_first_distinct()
    entities = (
        linked.with_columns(article_count=is_first.cast(pl.Int64))
        .group_by("entity_id")
        .agg(
            pl.col("article_count").sum(),
            COUNT.alias("mention_count"),
            pl.col("day").min().alias("first_date"),
            pl.col("day").max().alias("last_date"),
        )
    )
    named = linked.filter(pl.col("mention_kind") == "name")
    return entities, named.group_by("entity_id", "alias").agg(COUNT.alias("mention_count"))


def read_quotes(quotes: pl.LazyFrame) -> pl.DataFrame:
    """Quotations with their words and day, without the rest."""
    columns = ("quote_id", "article_id", "statement_id", "speaker_entity_id", "is_said", "content", "day")
    return quotes.select(columns).collect()


def read_speakers(speakers: pl.LazyFrame, quotes: pl.DataFrame) -> pl.DataFrame:
    """entity_id, quote_id of those who said a quotation, each once; quotations are told apart by 64 bits, which takes a third of the time."""
    known = speakers.filter(pl.col("entity_id").is_not_null() & (pl.col("how") != "represented"))
    rows = known.select("entity_id", "quote_id").collect()
    said = quotes.filter("is_said")["quote_id"].hash()
    is_first = pl.struct("entity_id", "quote_id").hash().is_first_distinct()
    return rows.filter(pl.col("quote_id").hash().is_in(said.implode()) & is_first)


def count_speakers(speakers: pl.DataFrame) -> pl.DataFrame:
    """entity_id, quote_count, from what `read_speakers` gives."""
    return speakers.group_by("entity_id").agg(COUNT.alias("quote_count"))


def add_spoken(seen: pl.DataFrame, spoken: pl.DataFrame) -> pl.DataFrame:
    """Counts of entities with those of `count_speakers`."""
    return seen.join(spoken, on="entity_id", how="left").with_columns(pl.col("quote_count").fill_null(0))


def read_openings(snapshot: Path, stories: pl.DataFrame, index: pl.DataFrame) -> pl.DataFrame:
    """article_id, text: the first sentence of the central articles without a headline; only their portions are read."""
    untitled = stories.filter(pl.col("title").is_null()).select(article_id="central_article_id")
    portions = find_portions(index, untitled)
    first = scan_days(snapshot, "sentences", portions).filter(pl.col("sentence_index") == 0)
    return first.select("article_id", "text").join(untitled.lazy(), on="article_id", how="semi").collect()


def count_entities(entities: pl.DataFrame, seen: pl.DataFrame, aliases: pl.DataFrame) -> pl.DataFrame:
    """Rows of entities.

    entities: entity_id, name, type, external_id, country, is_ambiguous; seen and aliases: see `Counted`.
    """
    forms = aliases.group_by("entity_id").agg(COUNT.alias("alias_count"))
    joined = entities.join(seen, on="entity_id").join(forms, on="entity_id", how="left")
    return shape_rows(joined.with_columns(pl.col("alias_count").fill_null(0)), "entities")


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
