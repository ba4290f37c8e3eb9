"""Links between articles: which are copies of one another, and which report one event."""

from collections import Counter
from typing import NamedTuple

import numpy as np
import polars as pl

from .copies.copies import find_copies
from .copies.groups import group_texts
from .copies.hang import hang_copies
from .copies.origins import find_origins
from .copies.recall import shelve_texts
from .copies.text_parts import Shelf
from .corrections import NO_CORRECTIONS, Corrections, effects_frame
from .ids import make_id
from .kept import Kept
from .settings import DeduplicateSettings
from .sketches import GivenSketches, Sketches
from .stories.components import find_stories
from .stories.reports import REPORTED, read_reports
from .stories.stories import name_stories
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
    copies, firsts = hang_copies(grouped, shelf, pairs, settings, kept, workers)
    told = tell_stories(name_firsts(grouped, firsts), shelf, settings, kept, workers)
    own = told.select("row", "is_known", *BEFORE_COPIES)  # what else is known of articles is not moved about
    named = name_copy_kinds(own, copies).join(find_origins(told), on="age_rank", how="left", maintain_order="left")
    linked = named.with_columns(pl.col("origin_id").fill_null(pl.col("copy_group")))
    return ArticleLinks(
        linked.sort("row").select(LINKED),
        copies.drop("age_rank", "score").sort("article_id"),
        name_stories(told),
        effects_frame(effects),
    )


LINKED = ("article_id", "copy_group", "copy_kind", "copy_score", "origin_id", "story_id", "age_rank")
BEFORE_COPIES = ("article_id", "copy_group", "story_id", "age_rank")
"""Those of LINKED that are known before copies are looked up."""


def complete_facts(articles: pl.DataFrame) -> pl.DataFrame:
    """Articles with a null for what is not known of any, sorted by their ids, with their row."""
    known = articles if articles["article_id"].is_sorted() else articles.sort("article_id")
    missing = (pl.lit(None, t).alias(name) for name, t in FACTS.items() if name not in articles.columns)
    return known.with_columns(missing).with_row_index("row")


def name_copy_kinds(told: pl.DataFrame, copies: pl.DataFrame) -> pl.DataFrame:
    """Articles with copy_kind and copy_score, those of their row of copies."""
    is_revision = pl.col("relation") == "revision"
    first = pl.when("is_known").then(pl.lit("original")).otherwise(pl.lit("unordered"))
    own = copies.select("age_rank", "relation", "kind", "score")
    return told.join(own, on="age_rank", how="left", maintain_order="left").with_columns(
        copy_kind=pl.when(is_revision).then(pl.lit("revision")).otherwise(pl.coalesce("kind", first)),
        copy_score=pl.col("score").fill_null(1.0),
    )


def place_articles(articles: pl.DataFrame, texts: np.ndarray) -> pl.DataFrame:
    """Articles, which are sorted by their ids, earliest first, with `text`, their row of the corpus."""
    days, moments = (articles[name].to_physical().cast(pl.Int64) for name in ("published_date", "published_at"))
    last = np.iinfo(np.int64).max
    order = np.lexsort((moments.fill_null(last).to_numpy(), days.fill_null(last).to_numpy()))
    placed = articles.with_columns(text=pl.Series(texts, dtype=pl.Int64))
    return placed[order].with_row_index("age_rank")


def rank_texts(placed: pl.DataFrame, count: int) -> np.ndarray:
    """The age of each text, that of its earliest article."""
    ranks = np.empty(count, np.int64)
    ranks[placed["text"].to_numpy()[::-1]] = np.arange(placed.height)[::-1]
    return ranks


def name_firsts(grouped: pl.DataFrame, firsts: pl.DataFrame) -> pl.DataFrame:
    """Adds copy_group, the first article of the group, and is_known, whether it is known to be that; who is alone is the first."""
    places = place_groups(firsts, grouped)
    names = pl.concat([firsts["copy_group"], grouped["article_id"]])
    rows = np.where(places < 0, np.arange(len(firsts), len(names)), places)
    is_known = np.append(firsts["is_known"].to_numpy(), True)[places]
    return grouped.with_columns(copy_group=names.gather(rows), is_known=pl.Series(is_known, dtype=pl.Boolean))


def place_groups(named: pl.DataFrame, grouped: pl.DataFrame) -> np.ndarray:
    """The row of `named`, which has a group once, of the group of each article; -1 where there is none."""
    groups, own = named["group"].to_numpy(), grouped["group"].to_numpy()
    places = np.full(max(groups.max(initial=-1), own.max(initial=-1)) + 1, -1)
    places[groups] = np.arange(len(groups))
    return places[own]


def group_articles(placed: pl.DataFrame, groups: np.ndarray, sizes: np.ndarray) -> pl.DataFrame:
    """Adds `group`, that of the article's text; an article without content words is in a group of its own."""
    texts, ranks = placed["text"].to_numpy(), placed["age_rank"].to_numpy().astype(np.int64)
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


def find_originals(grouped: pl.DataFrame) -> pl.DataFrame:
    """The first of each copy group, earliest first, with what is asked of it."""
    own = grouped.select("group", "copy_group", *REPORTED)
    return own.filter(pl.col("article_id") == pl.col("copy_group"))


def tell_stories(
    grouped: pl.DataFrame, shelf: Shelf, settings: DeduplicateSettings, kept: Kept, workers: Workers
) -> pl.DataFrame:
    """Adds story, story_id and central to articles; the copies of an article are in its story."""
    originals = find_originals(grouped)
    reports = read_reports(originals, shelf)
    story, central = find_stories(reports, settings, kept, workers)
    is_first = story == np.arange(len(story))
    ids = make_story_ids(originals["article_id"].filter(is_first), reports.codes[is_first], kept)
    story, rows = np.cumsum(is_first)[story] - 1, place_groups(originals, grouped)
    own = pl.Series(story[rows], dtype=pl.Int64)
    return grouped.with_columns(story=own, story_id=ids.gather(own), central=pl.Series(central[rows]))


def make_story_ids(firsts: pl.Series, codes: np.ndarray, kept: Kept) -> pl.Series:
    """The ids of stories by their first articles, whose `codes` are kept with them: to hash is slow."""
    before, columns = kept.recall("story_ids"), {"first": codes, "article_id": firsts}
    named = pl.DataFrame(columns).join(before, on="first", how="left", maintain_order="left")
    ids, new = named["story_id"], named["story_id"].is_null().arg_true()
    ids = ids.scatter(new, [make_id("st_", article) for article in firsts.gather(new)])
    kept.after["story_ids"] = named.select("first", story_id=ids)
    return ids
