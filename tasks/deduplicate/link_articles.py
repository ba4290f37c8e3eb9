"""Links between articles: which are copies of one another, and which report one event."""

from collections import Counter
from typing import NamedTuple

import numpy as np
import polars as pl

from quotidian.tasks.store.page_address import page_addresses
from quotidian.tasks.tables.kinds import ARTICLE_COPY_KINDS

from .copies.copies import find_copies
from .copies.groups import group_texts
from .copies.hang import Hung, hang_copies
from .copies.origins import find_origins
from .copies.recall import shelve_texts
from .copies.text_parts import Shelf
from .corrections import NO_CORRECTIONS, Corrections, effects_frame
from .ids import make_id
from .kept import COPY_SCHEMA, Kept
from .settings import DeduplicateSettings
from .sketches import GivenSketches, Sketches
from .stories.components import find_stories
from .stories.reports import REPORTED, read_reports
from .stories.stories import ToldStories, name_stories
from .units import HERE, Workers

FACTS = {
    "published_at": pl.Datetime("us", "UTC"),
    "captured_at": pl.Datetime("us", "UTC"),
    **dict.fromkeys(("url", "outlet", "agency", "title", "extractor_version"), pl.String),
    "credited": pl.List(pl.String),
    "people": pl.List(pl.String),
}
"""What may be known of an article beside its day: what tells who was first."""


class ArticleLinks(NamedTuple):
    """What `link_articles` finds; every frame is sorted by its key."""

    articles: pl.DataFrame
    """article_id, copy_group, copy_kind, copy_score, origin_id, story_id, age_rank (place among all articles, earliest
    first): one row for every article."""
    copies: pl.DataFrame
    """article_id, original_id, relation, order_basis, kind, jaccard, containment, containment_reverse, cosine,
    aligned_share: one row for every article but one of each copy group."""
    stories: pl.DataFrame
    """story_id, title (of the most central article, null where it has none), central_article_id."""
    effects: pl.DataFrame
    """file, line, has_effect, detail: what each line of not_copies.csv did."""


def link_articles(
    articles: pl.DataFrame,
    sketches: pl.DataFrame | Sketches,
    settings: DeduplicateSettings,
    corrections: Corrections = NO_CORRECTIONS,
    kept: Kept | None = None,
    workers: Workers = HERE,
) -> ArticleLinks:
    """Find copies and stories among all articles.

    `articles` has article_id, body_hash, published_date (nullable) and those of FACTS that are known; `sketches` body_hash
    and the columns of SKETCH_SCHEMA, one row for each body; where they are read when asked for, those of bodies that are new are. The earliest of a story is that of the earliest
    published_date, undated last, then of published_at, then of the smallest article_id; it names the story. What was `kept`
    before is not computed again; without it everything is. What takes long is worked on by `workers`.
    """
    kept = kept or Kept()
    articles = complete_facts(articles)
    bodies = articles.select("body_hash", made_by=pl.col("extractor_version").fill_null(""))
    given = GivenSketches(sketches) if isinstance(sketches, pl.DataFrame) else sketches
    shelved = shelve_texts(bodies, given, settings.min_words, kept, workers)
    shelf, corpus = shelved.shelf, shelved.shelf.corpus
    pairs = find_copies(shelved, settings, kept, workers)
    placed = place_articles(articles, shelved.texts)
    groups = group_texts(corpus, pairs, rank_texts(placed, len(corpus)), settings)
    grouped, effects = part_copies(group_articles(placed, groups, corpus.sizes), corrections)
    hung = hang_copies(grouped, articles, shelf, pairs, settings, kept, workers)
    told = tell_stories(placed, hung.first, shelf, settings, kept, workers)
    rows = placed["row"].to_numpy()
    ranks = invert(rows)
    first, story = rows[hung.first][ranks], told.story[ranks]
    own = articles["article_id"]
    groups, kinds = own.gather(first), tell_kinds(hung, ranks)
    origins = groups.clone().scatter(*find_origins(articles, story, first))
    linked = (own, groups, *kinds, origins, told.ids["story_id"].gather(story), pl.Series(ranks, dtype=pl.UInt32))
    return ArticleLinks(
        pl.DataFrame(dict(zip(LINKED, linked, strict=True))),
        name_copies(hung.copies, own, rows),
        name_stories(told, articles, rows),
        effects_frame(effects),
    )


LINKED = ("article_id", "copy_group", "copy_kind", "copy_score", "origin_id", "story_id", "age_rank")


def complete_facts(articles: pl.DataFrame) -> pl.DataFrame:
    """Articles with a null for what is not known of any, sorted by their ids, with their row; `url` is that of their page."""
    known = articles if articles["article_id"].is_sorted() else articles.sort("article_id")
    missing = (pl.lit(None, t).alias(name) for name, t in FACTS.items() if name not in articles.columns)
    told = known.with_columns(missing).with_row_index("row")
    return told.with_columns(page_addresses(told["url"])) if told["url"].count() else told


def invert(order: np.ndarray) -> np.ndarray:
    """Where each row stands in an order."""
    places = np.empty(len(order), np.int64)
    places[order] = np.arange(len(order))
    return places


def tell_kinds(hung: Hung, ranks: np.ndarray) -> tuple[pl.Series, pl.Series]:
    """copy_kind and copy_score of the articles of some ranks: those of their row of copies."""
    copies = hung.copies.select("relation", pl.col("kind").cast(pl.String))
    is_revision = copies["relation"] == "revision"
    codes = np.where(hung.is_known, *(ARTICLE_COPY_KINDS.index(kind) for kind in ("original", "unordered")))
    scores, copied = np.ones(len(ranks)), hung.copies["age_rank"].to_numpy()
    told = copies.select(
        pl.when(is_revision).then(pl.lit("revision")).otherwise("kind").cast(pl.Enum(ARTICLE_COPY_KINDS))
    )
    codes[copied] = told.to_series().to_physical().to_numpy()
    scores[copied] = hung.copies["score"].to_numpy()
    return pl.Series(ARTICLE_COPY_KINDS).gather(codes[ranks]), pl.Series(scores[ranks])


def name_copies(copies: pl.DataFrame, ids: pl.Series, rows: np.ndarray) -> pl.DataFrame:
    """The copies with the ids of articles, sorted by them, which stand in `rows` earliest first."""
    own, originals = (rows[copies[name].to_numpy()] for name in ("age_rank", "original_rank"))
    order = np.argsort(own)
    told = copies.select(*COPY_SCHEMA).drop("score")[order].with_columns(pl.col(pl.Enum).cast(pl.String))
    named = {"article_id": ids.gather(own[order]), "original_id": ids.gather(originals[order])}
    return pl.DataFrame(named).hstack(told)


def place_articles(articles: pl.DataFrame, texts: np.ndarray) -> pl.DataFrame:
    """Articles, which are sorted by their ids, earliest first: row, what stories are told from, and `text`, their row of the corpus."""
    days, moments = (articles[name].to_physical().cast(pl.Int64) for name in ("published_date", "published_at"))
    last = np.iinfo(np.int64).max
    order = np.lexsort((moments.fill_null(last).to_numpy(), days.fill_null(last).to_numpy()))
    placed = articles.with_columns(text=pl.Series(texts, dtype=pl.Int64)).select("row", *REPORTED)
    return placed[order]


def rank_texts(placed: pl.DataFrame, count: int) -> np.ndarray:
    """The age of each text, that of its earliest article."""
    ranks = np.empty(count, np.int64)
    ranks[placed["text"].to_numpy()[::-1]] = np.arange(placed.height)[::-1]
    return ranks


def group_articles(placed: pl.DataFrame, groups: np.ndarray, sizes: np.ndarray) -> pl.DataFrame:
    """Adds `group`, that of the article's text; an article without content words is in a group of its own."""
    texts, ranks = placed["text"].to_numpy(), np.arange(placed.height)
    return placed.with_columns(group=pl.Series(np.where(sizes[texts] > 0, groups[texts], len(groups) + ranks)))


def part_copies(placed: pl.DataFrame, corrections: Corrections) -> tuple[pl.DataFrame, list]:
    """Takes articles that people said are no copies out of their group; also returns what each line did."""
    if not corrections.not_copies:
        return placed, []
    groups = dict(placed.select("article_id", "group").iter_rows())
    unused = max(groups.values(), default=-1) + 1
    sizes = Counter(groups.values())
    effects = []
    for line in corrections.not_copies:
        article, original = line.values["article_id"], line.values["original_id"]
        is_joined = sizes[groups.get(article)] > 1 and (not original or groups.get(original) == groups.get(article))
        if is_joined:
            sizes[groups[article]] -= 1
            groups[article] = unused + len(effects)
            sizes[groups[article]] = 1
        effects.append(line.effect(is_joined, "stands alone" if is_joined else "was no copy of it"))
    return placed.with_columns(group=pl.Series([groups[a] for a in placed["article_id"]], dtype=pl.Int64)), effects


def tell_stories(
    placed: pl.DataFrame, first: np.ndarray, shelf: Shelf, settings: DeduplicateSettings, kept: Kept, workers: Workers
) -> ToldStories:
    """The stories of articles, earliest first; the copies of an article, which is the `first` of its group, are in its story."""
    is_original = first == np.arange(len(first))
    originals = placed[np.flatnonzero(is_original)]
    reports = read_reports(originals, shelf)
    story, central = find_stories(reports, settings, kept, workers)
    is_first = story == np.arange(len(story))
    ids = make_story_ids(originals["article_id"].filter(is_first), reports.codes[is_first], kept)
    own = (np.cumsum(is_original) - 1)[first]
    return ToldStories((np.cumsum(is_first) - 1)[story][own], central[own], ids)


def make_story_ids(firsts: pl.Series, codes: np.ndarray, kept: Kept) -> pl.DataFrame:
    """story_id of stories, by their first articles, and the number that it spells; the `codes` of these are kept with them: to hash is slow."""
    before = kept.recall("story_ids")
    named = pl.DataFrame({"first": codes}).join(before, on="first", how="left", maintain_order="left")
    new = named["story_id"].is_null().arg_true()
    ids = [make_id("st_", article) for article in firsts.gather(new)]
    numbers = pl.Series([int(name[3:], 16) for name in ids], dtype=pl.UInt64)
    named = named.with_columns(
        named["number"].scatter(new, numbers), named["story_id"].scatter(new, pl.Series(ids, dtype=pl.String))
    )
    kept.after["story_ids"] = named
    return named
