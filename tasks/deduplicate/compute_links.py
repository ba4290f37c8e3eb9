"""The links that hold across all articles, computed from the work store."""

from pathlib import Path

import polars as pl

from .archive_links import LINK_SCHEMAS, ArchiveLinks
from .copies.credits import name_source
from .corrections import Corrections, correct_speakers
from .entities.earlier import RESTS_ON, mark_articles
from .entities.entities import EntityLinks, link_entities
from .entities.linked_names import sort_names
from .entities.listed import match_lists
from .entities.outside_ids import add_listed, identify_entities
from .entities.remembered import keep_told, recall_told
from .entities.set_apart import place_by_quote
from .entities.sexes import state_sexes
from .entities.towns import find_towns
from .kept import Kept
from .link_articles import link_articles
from .settings import DeduplicateSettings
from .sketches import Sketches, StoredSketches, read_names, read_sayings, read_sketches
from .statements.changes import find_changes
from .statements.conflicts import find_conflicts
from .statements.opposed import gather_sayings
from .statements.revisions import find_quote_changes, list_revised
from .statements.statements import link_statements
from .units import HERE, Workers


def compute_links(
    data: Path,
    index: pl.DataFrame,
    settings: DeduplicateSettings,
    corrections: Corrections,
    knowledge: Path | None,
    kept: Kept,
    workers: Workers = HERE,
) -> ArchiveLinks:
    """Copies and stories, then entities, then statements: each needs the ones before."""
    if index.is_empty():
        return ArchiveLinks(**{name: pl.DataFrame(schema=schema) for name, schema in LINK_SCHEMAS.items()})
    sketches = StoredSketches(data)
    names = sort_names(read_names(data, index))
    articles = link_articles(gather_facts(data, index, names), sketches, settings, corrections, kept, workers)
    quotes = read_sayings(data, index)
    corrections = place_by_quote(corrections, quotes)
    recall_told(kept)
    marked = articles.articles.join(mark_articles(index.select(RESTS_ON)), on="article_id", maintain_order="left")
    entities = link_entities(names, marked, corrections, kept)
    quotes = name_speakers(quotes, entities.links)
    groups = dict(articles.articles.select("article_id", "copy_group").iter_rows())
    quotes, speaker_effects = correct_speakers(quotes, entities.links, names, corrections, groups)
    ids, listed = gather_ids(knowledge, entities, names, index, marked, kept)
    sexes = state_sexes(names, entities.links)
    keep_told(kept)
    del names  # of a large archive half a gigabyte
    statements = link_statements(quotes, articles.articles, corrections, settings, kept, workers)
    quotes = quotes.hstack(statements.links.select("statement_id"))
    ambiguous = entities.entities.filter("is_ambiguous")["entity_id"]
    revised = find_quote_changes(quotes, index, read_revised(sketches, index), ambiguous)
    said = gather_sayings(quotes, articles.articles, index)
    quotes = quotes.select(
        "quote_id", "article_id", "speaker_entity_id", "statement_id"
    )  # of their words one copy is enough
    conflicts = find_conflicts(said, kept, workers)
    changes = find_changes(said, ambiguous, kept, workers)
    return ArchiveLinks(
        articles.articles,
        articles.copies,
        articles.stories,
        entities.entities.join(sexes, on="entity_id", how="left", maintain_order="left"),
        entities.candidates,
        ids,
        entities.links,
        quotes,
        statements.variants,
        conflicts,
        changes,
        revised,
        pl.concat([articles.effects, entities.effects, speaker_effects, statements.effects]).sort("file", "line"),
        listed,
    )


def gather_facts(data: Path, index: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    """What is known of each article beside its words: the index, whom it credits, and the people it names."""
    credited = read_sketches(data, index, "credited").drop("body_hash")
    credited = credited.join(name_sources(index), on="article_id", how="left").select(
        "article_id", pl.concat_list("credited", pl.col("sources").fill_null([])).list.unique().list.sort()
    )
    return index.join(credited, on="article_id", how="left").join(list_people(names), on="article_id", how="left")


def name_sources(index: pl.DataFrame) -> pl.DataFrame:
    """article_id, sources: whom credits that were taken out of a text name, as `name_source` writes them; of articles with such credits."""
    told = index.select("article_id", written=pl.col("sources").str.split("\n")).drop_nulls().explode("written")
    named = told.select(pl.col("written").unique()).with_columns(
        sources=pl.col("written").map_elements(name_source, pl.String)
    )
    return told.join(named, on="written").group_by("article_id").agg("sources")


def gather_ids(
    knowledge: Path | None,
    entities: EntityLinks,
    names: pl.DataFrame,
    index: pl.DataFrame,
    articles: pl.DataFrame,
    kept: Kept,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """What entities are called in registers outside, and what each line of the lists did."""
    towns = find_towns(names, entities.links, entities.entities, articles, kept)
    ids = identify_entities(entities.entities, towns)
    taken = frozenset(ids.select("entity_id", "scheme").iter_rows())
    listed, effects = match_lists(knowledge, entities.entities, names, entities.links, index, taken)
    return add_listed(ids, listed), effects


def read_revised(sketches: Sketches, index: pl.DataFrame) -> pl.DataFrame:
    """body_hash and words of the bodies that an address had one after the other."""
    revised = list_revised(index)
    wanted = pl.concat([revised["earlier_hash"], revised["body_hash"]]).unique()
    own = index.select("body_hash", made_by="extractor_version").unique()
    located = sketches.locate(own.filter(pl.col("body_hash").is_in(wanted.implode())))
    return sketches.read(located).select("body_hash", "words")


def list_people(names: pl.DataFrame) -> pl.DataFrame:
    """article_id, people: the names of people in each article, sorted."""
    people = names.filter(pl.col("type") == "PERSON")
    return people.group_by("article_id").agg(people=pl.col("name").unique().sort())


def name_speakers(quotes: pl.DataFrame, links: pl.DataFrame) -> pl.DataFrame:
    """Quotations with the speaker_entity_id that holds across articles, sorted by quote_id."""
    speakers = links.rename({"entity_index": "speaker_entity_index", "entity_id": "speaker_entity_id"})
    own = ["article_id", "speaker_entity_index"]
    named = quotes.select(own).join(speakers, on=own, how="left", maintain_order="left")
    rows = quotes.drop("speaker_entity_index").with_columns(named["speaker_entity_id"])
    return rows[quotes["quote_id"].arg_sort()]
