"""Floors of the room that compares articles, on the sample articles and on an invented archive.

A change that lowers a score fails here; a floor is lowered on purpose only.
"""

import importlib.util
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from quotidian.tasks.deduplicate.entities.entities import link_entities
from quotidian.tasks.deduplicate.link_articles import link_articles
from quotidian.tasks.deduplicate.settings import DeduplicateSettings
from quotidian.tasks.deduplicate.sketch import SKETCH_SCHEMA, sketch_article, sketch_quotes
from quotidian.tasks.deduplicate.statements.statements import link_statements
from quotidian.tasks.extract.annotate import annotate_text, load_model
from quotidian.tasks.extract.settings import ExtractSettings

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
ARTICLES = {"article_id": pl.String, "body_hash": pl.String, "published_date": pl.Date, "title": pl.String}
QUOTES = {
    "quote_id": pl.String,
    "article_id": pl.String,
    "text": pl.String,
    "is_said": pl.Boolean,
    "speaker_entity_id": pl.String,
}


def link_bodies(bodies: dict[str, str], dates: dict[str, date | None]):
    """Links of bodies by article_id."""
    articles = pl.DataFrame([(key, key, dates[key], None) for key in bodies], schema=ARTICLES, orient="row")
    sketches = [{"body_hash": key, **sketch_article(body, None, [])} for key, body in bodies.items()]
    frame = pl.DataFrame(sketches, schema={"body_hash": pl.String, **SKETCH_SCHEMA})
    return link_articles(articles, frame, DeduplicateSettings())


@pytest.fixture(scope="module")
def sample(seeds: Path) -> dict:
    """The five sample articles with what was found in them, linked."""
    settings = ExtractSettings()
    bodies = {path.stem: path.read_text(encoding="utf-8") for path in sorted(seeds.glob("*.txt"))}
    found = {key: annotate_text(body, load_model(settings.model), settings) for key, body in bodies.items()}
    links = link_bodies(bodies, dict.fromkeys(bodies))
    local = pl.DataFrame([row for key in bodies for row in local_rows(key, bodies[key], found[key])])
    entities = link_entities(local, links.articles)
    ids = {(article, index): entity for article, index, entity in entities.links.iter_rows()}
    quotes = [row for key in bodies for row in quote_rows(key, bodies[key], found[key], ids)]
    quotes = pl.DataFrame(quotes, schema=QUOTES, orient="row")
    statements = link_statements(quotes.hstack(sketch_quotes(quotes["text"])), links.articles)
    said = quotes.join(statements.links, on="quote_id").join(
        entities.entities.select(speaker_entity_id="entity_id", speaker="name"), on="speaker_entity_id", how="left"
    )
    return {"articles": links.articles, "entities": entities.entities, "said": said}


def local_rows(article: str, body: str, found) -> list[dict]:
    """Local entities of one article."""
    forms = [[body[m.start : m.end] for m in found.mentions if m.entity_index == i] for i in range(len(found.entities))]
    return [
        {
            "article_id": article,
            "entity_index": index,
            "name": entity.name,
            "type": entity.type,
            "mention_count": len(used),
            "aliases": sorted(set(used)),
        }
        for index, (entity, used) in enumerate(zip(found.entities, forms, strict=True))
    ]


def quote_rows(article: str, body: str, found, ids: dict) -> list[tuple]:
    """Quotations of one article."""
    return [
        (
            f"{article}:q{quote.start}-{quote.end}",
            article,
            " ".join(body[start:end] for start, end in quote.parts),
            quote.is_said,
            ids.get((article, quote.speaker_entity_index)),
        )
        for quote in found.quotes
    ]


def test_the_samples_are_one_story_and_five_originals(sample):
    assert sample["articles"]["story_id"].n_unique() == 1
    assert set(sample["articles"]["copy_kind"]) == {"original"}


@pytest.mark.parametrize("name", ["Xi Jinping", "Wang Yi", "Qin Gang", "Joe Biden", "China", "United States"])
def test_the_samples_name_them_once(sample, name):
    surname = name.split()[0] if name in ("Xi Jinping", "Wang Yi", "Qin Gang") else name.split()[-1]
    names = sample["entities"].filter(pl.col("name").str.contains(rf"\b{surname}\b"))["name"].to_list()
    assert [n for n in names if n in (name, surname)] == [name]


@pytest.mark.parametrize(
    ("speaker", "words"),
    [
        ("Wang Yi", "dialogue or confrontation"),
        ("Wang Yi", "downward spiral"),
        ("Wang Yi", "lift"),
    ],
)
def test_what_several_samples_carry_is_one_statement(sample, speaker, words):
    said = sample["said"].filter((pl.col("speaker") == speaker) & pl.col("text").str.contains(words))
    assert said["article_id"].n_unique() > 1
    assert said["statement_id"].n_unique() == 1


def load_benchmark(name: str):
    """A module of the folder `benchmarks`, which is no package."""
    spec = importlib.util.spec_from_file_location(name, BENCHMARKS / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def count_pairs(groups: list) -> int:
    return sum(size * (size - 1) // 2 for size in Counter(groups).values())


def test_an_invented_archive():
    made = list(load_benchmark("synthetic").make_articles(1_500, seed=3, copy_share=0.2, daily=50))
    bodies = {f"{article.number:05d}": article.body for article in made}
    links = link_bodies(bodies, {f"{article.number:05d}": article.published_date for article in made})
    gold = [article.number if article.copy_of is None else article.copy_of for article in made]
    found = links.articles["copy_group"].to_list()
    both = count_pairs(list(zip(gold, found, strict=True)))
    assert count_pairs(found) - both == 0
    assert both / count_pairs(gold) >= 0.99
    events, stories = [article.event for article in made], links.articles["story_id"].to_list()
    assert count_pairs(list(zip(events, stories, strict=True))) / max(count_pairs(events), count_pairs(stories)) >= 0.95
