"""Which stories, speakers and articles get a page, and in which order they are listed."""

import hashlib
from dataclasses import dataclass

import polars as pl

from quotidian.tasks.tables.kinds import COPY_KINDS

from .settings import ReportSettings
from .source import Source

LABEL_CHARS = 160
REPORTER = pl.coalesce("outlet", "agency")


@dataclass(frozen=True)
class Choice:
    """What has a page.

    stories   rows of stories, those with most independent articles first
    speakers  rows of entities that are quoted, the most quoted first, then people who are only mentioned
    articles  article_id, day_folder, label and what lists show of an article, story by story
    outlets   outlet, key, articles, copies, first_date, last_date; those with most articles first
    """

    stories: pl.DataFrame
    speakers: pl.DataFrame
    articles: pl.DataFrame
    outlets: pl.DataFrame


def choose_pages(source: Source, settings: ReportSettings) -> Choice:
    """The stories, speakers and articles that get a page."""
    ranked = rank_stories(source)
    articles = choose_articles(source, ranked, settings.articles)
    speakers = choose_speakers(source, settings.speakers)
    return Choice(ranked.head(settings.stories), speakers, articles, choose_outlets(source, settings.outlets))


def rank_stories(source: Source) -> pl.DataFrame:
    """All stories: most independent articles first, then most articles, then the newest."""
    columns = ("story_id", "title", "article_count", "outlet_count", "independent_count", "first_date", "last_date")
    return (
        source.scan("stories", *columns)
        .sort(
            "independent_count",
            "article_count",
            "last_date",
            "story_id",
            descending=[True, True, True, False],
            nulls_last=True,
        )
        .with_row_index("rank")
        .collect()
    )


def choose_speakers(source: Source, limit: int) -> pl.DataFrame:
    """Rows of entities that speak or are people, the most quoted first."""
    columns = ("entity_id", "name", "type", "alias_count", "article_count", "mention_count", "quote_count")
    wanted = (pl.col("quote_count") > 0) | (pl.col("type") == "PERSON")
    order = ("quote_count", "article_count", "mention_count", "entity_id")
    rows = source.scan("entities", *columns, "first_date", "last_date").filter(wanted)
    return rows.sort(order, descending=[True, True, True, False]).head(limit).collect()


def name_outlet(outlet: str) -> str:
    """The file name of the page of an outlet, whose name may hold anything: 16 digits of its SHA-256."""
    return hashlib.sha256(outlet.encode()).hexdigest()[:16]


def choose_outlets(source: Source, limit: int) -> pl.DataFrame:
    """Outlets with most articles: outlet, key, articles, copies, first_date, last_date."""
    rows = source.scan("articles", "outlet", "copy_kind", "published_date").filter(pl.col("outlet").is_not_null())
    counted = rows.group_by("outlet").agg(
        articles=pl.len(),
        copies=pl.col("copy_kind").is_in(COPY_KINDS).sum(),
        first_date=pl.col("published_date").min(),
        last_date=pl.col("published_date").max(),
    )
    largest = counted.sort("articles", "outlet", descending=[True, False]).head(limit).collect()
    return largest.with_columns(key=pl.col("outlet").map_elements(name_outlet, return_dtype=pl.String))


def choose_articles(source: Source, ranked: pl.DataFrame, limit: int) -> pl.DataFrame:
    """What lists show of the articles of the first stories, in the order of the stories and within one by day."""
    articles = (
        scan_articles(source)
        .join(ranked.lazy().select("story_id", "rank"), on="story_id")
        .sort("rank", "published_date", "article_id", nulls_last=True)
        .head(limit)
        .collect()
    )
    return label_articles(source, articles)


def scan_articles(source: Source) -> pl.LazyFrame:
    """What lists show of every article."""
    columns = (
        "article_id",
        "source",
        "outlet",
        "agency",
        "title",
        "published_date",
        "published_at",
        "word_count",
        "quote_count",
    )
    linked = ("copy_group", "copy_kind", "copy_score", "story_id", "removed_chars", "body_chars")
    return source.scan_with_day("articles", *columns, *linked)


def label_articles(source: Source, articles: pl.DataFrame) -> pl.DataFrame:
    """Articles with `label`: the headline, else the first sentence; and `reporter`: outlet or agency, where known."""
    first = source.scan("sentences", "article_id", "sentence_index", "text").filter(pl.col("sentence_index") == 0)
    untitled = articles.lazy().filter(pl.col("title").is_null()).select("article_id")
    openings = first.join(untitled, on="article_id", how="semi").select("article_id", opening="text").collect()
    labelled = articles.join(openings, on="article_id", how="left", maintain_order="left")
    words = [pl.col(name).str.strip_chars() for name in ("title", "opening", "source")]
    label = pl.coalesce(pl.when(text != "").then(text) for text in words)
    return labelled.with_columns(label=shorten(label), reporter=REPORTER).drop("opening")


def shorten(text: pl.Expr, limit: int = LABEL_CHARS) -> pl.Expr:
    """One line of at most `limit` characters, cut at a blank, with an ellipsis where it was cut."""
    line = text.str.replace_all(r"\s+", " ")
    cut = line.str.slice(0, limit).str.replace(r"\s\S*$", "") + " …"
    return pl.when(line.str.len_chars() > limit).then(cut).otherwise(line)
