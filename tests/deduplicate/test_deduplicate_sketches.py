from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from quotidian.tasks.deduplicate.sketches import (
    SCHEMA,
    read_names,
    read_sayings,
    sketch_bodies,
    sketch_folder,
    sketch_version,
)
from quotidian.tasks.extract.flatten import flatten_entities, flatten_quotes
from quotidian.tasks.extract.work import SCHEMA as EXTRACTED
from quotidian.tasks.extract.work import extract_folder

BODY = "Dahl met Farrow. “The rudder failed”, Dahl said, “in strong wind”."


def span(text: str, after: int = 0) -> dict:
    start = BODY.index(text, after)
    return {"start": start, "end": start + len(text)}


def make_row() -> dict:
    """What extraction found in a body: two names, one quotation in two parts."""
    parts = [span("The rudder failed"), span("in strong wind")]
    mentions = [
        span(name, after) | {"type": "PERSON", "mention_kind": "name", "entity_index": index}
        for name, after, index in (("Dahl", 0, 0), ("Farrow", 0, 1), ("Dahl", 20, 0))
    ]
    quote = dict.fromkeys(EXTRACTED["quotes"].inner.to_schema()) | {
        "kind": "direct",
        "start": parts[0]["start"],
        "end": parts[1]["end"],
        "parts": parts,
        "speaker_entity_index": 0,
        "is_said": True,
    }
    entities = [{"name": name, "type": "PERSON"} for name in ("Dahl", "Farrow")]
    return {
        "body_hash": "b1",
        "body": BODY,
        "sentences": [],
        "mentions": mentions,
        "entities": entities,
        "quotes": [quote],
    }


@pytest.fixture
def sketched(tmp_path: Path):
    """A data folder with the sketches of two bodies, one of them empty, and the rows that they were made from."""
    empty = {"body_hash": "b2", "body": "", "sentences": [], "mentions": [], "entities": [], "quotes": []}
    extracted = extract_folder(tmp_path, "x")
    file = extracted.write([make_row(), empty])
    sketch_folder(tmp_path, "x").write(sketch_bodies([(str(file), ["b1", "b2"])]))
    return tmp_path, extracted.scan().collect()


def test_a_sketch_holds_the_names_and_quotations_of_every_article_with_the_body(sketched):
    data, extracted = sketched
    articles = pl.DataFrame({"article_id": ["a", "c", "d"], "body_hash": ["b1", "b1", "b2"]})
    versioned = articles.with_columns(extractor_version=pl.lit("x"))
    nested = articles.join(extracted, on="body_hash").drop("body_hash")
    names = read_names(data, versioned).sort("article_id", "entity_index")
    assert_frame_equal(names, flatten_entities(nested), check_column_order=False)
    said = read_sayings(data, versioned).sort("quote_id")
    quotes = flatten_quotes(nested).sort("quote_id")
    assert said["quote_id"].to_list() == quotes["quote_id"].to_list()
    assert said["text"].to_list() == ["The rudder failed … in strong wind"] * 2
    assert said["speaker_entity_index"].to_list() == [0, 0]


def test_no_sketches_give_no_names(tmp_path: Path):
    articles = pl.DataFrame(schema=dict.fromkeys(("article_id", "body_hash", "extractor_version"), pl.String))
    assert sketch_folder(tmp_path, "x").scan().collect().schema == SCHEMA
    assert read_names(tmp_path, articles).is_empty()
    assert read_sayings(tmp_path, articles).is_empty()


def test_another_extraction_has_sketches_of_its_own():
    assert sketch_version("one") != sketch_version("other")
