"""A snapshot in the terms of others: W3C Web Annotations and FollowTheMoney."""

import json
import re
from pathlib import Path

import polars as pl
import pytest

from quotidian.tasks.share.annotations import describe_quotation, write_annotations
from quotidian.tasks.share.followthemoney import describe_entity, describe_mention, write_followthemoney

QUOTE = {
    **{"quote_id": "a:q3-9", "article_id": "a", "url": None, "start": 3, "end": 9, "text": "It was", "kind": "direct"},
    **{"is_said": True, "speaker_text": None, "speakers": None, "prefix": "“", "suffix": ","},
}


def read(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def table(snapshot: Path, name: str) -> pl.DataFrame:
    return pl.read_parquet(f"{snapshot}/{name}/**/*.parquet", hive_partitioning=False)


@pytest.fixture(scope="module")
def annotations(snapshot: Path, tmp_path_factory: pytest.TempPathFactory) -> list[dict]:
    path = tmp_path_factory.mktemp("lines") / "a.annotations.jsonl"
    write_annotations(snapshot, path, lambda name, rows: None)
    return read(path)


@pytest.fixture(scope="module")
def entities(snapshot: Path, tmp_path_factory: pytest.TempPathFactory) -> list[dict]:
    path = tmp_path_factory.mktemp("lines") / "a.ftm.json"
    write_followthemoney(snapshot, path, lambda name, rows: None)
    return read(path)


def test_every_quotation_is_an_annotation_of_its_place(snapshot: Path, annotations: list[dict]):
    bodies = dict(table(snapshot, "articles").select("article_id", "body").iter_rows())
    quotes = table(snapshot, "quotes")
    assert len(annotations) == quotes.height
    for one in annotations:
        words, place = one["target"]["selector"]
        body = bodies[one["target"]["state"]["cached"].rpartition(":")[2]]
        assert words["exact"] == body[place["start"] : place["end"]]
        assert words["prefix"] + words["exact"] + words["suffix"] in body
        assert one["type"] == "Annotation"
        assert one["@context"] == "http://www.w3.org/ns/anno.jsonld"


def test_its_body_says_who_speaks(annotations: list[dict]):
    said = {
        one["target"]["selector"][0]["exact"]: [b.get("value") or b["source"] for b in one["body"]]
        for one in annotations
    }
    (winter,) = {tuple(told) for words, told in said.items() if "before the winter" in words}
    assert winter[0] == "Tom Brown"
    assert re.fullmatch(r"urn:quotidian:entity:e_\w+", winter[1])
    assert winter[2:] == ("direct",)


@pytest.mark.parametrize(
    ("row", "bodies", "motivation"),
    [
        ({}, ["direct"], "classifying"),
        ({"speaker_text": "officials", "is_said": False}, ["officials", "direct", "not said"], "classifying"),
        (
            {"speakers": [{"id": "e_1", "name": "Ann", "wikidata": "Q1"}], "speaker_text": "she"},
            ["Ann", "urn:quotidian:entity:e_1", "http://www.wikidata.org/entity/Q1", "direct"],
            "identifying",
        ),
    ],
    ids=["nobody", "unnamed", "named"],
)
def test_bodies_are_names_and_addresses(row, bodies, motivation):
    one = describe_quotation(QUOTE | row)
    assert [body.get("value") or body["source"] for body in one["body"]] == bodies
    assert one["motivation"] == motivation
    assert one["target"]["source"] == "urn:quotidian:article:a"


def test_people_organisations_and_mentions_point_to_each_other(snapshot: Path, entities: list[dict]):
    schemas = {one["id"]: one["schema"] for one in entities}
    assert len(schemas) == len(entities)
    assert all(re.fullmatch(r"quotidian-[0-9a-z-]+", key) for key in schemas)
    known = table(snapshot, "entities").filter(pl.col("type").is_in(["PERSON", "ORG"]) & ~pl.col("is_ambiguous"))
    names = {one["properties"]["name"][0] for one in entities if one["schema"] in ("Person", "Organization")}
    assert names == {*known["name"]}
    mentions = [one["properties"] for one in entities if one["schema"] == "Mention"]
    assert mentions
    for one in mentions:
        assert schemas[one["document"][0]] == "Article"
        assert schemas[one["resolved"][0]] == one["detectedSchema"][0]


def test_a_form_of_one_word_is_a_weak_alias():
    row = {"entity_id": "e_1", "type": "ORG", "name": "Kent Builders", "country": "GB", "ids": ["Q7"]}
    one = describe_entity(row | {"aliases": ["Builders", "Kent  Builders", "Kent\nBuilders Ltd"]})
    assert one["properties"] == {
        "name": ["Kent Builders"],
        "alias": ["Kent Builders Ltd"],
        "weakAlias": ["Builders"],
        "country": ["gb"],
        "wikidataId": ["Q7"],
    }


def test_whom_an_ambiguous_name_means_stays_open():
    row = {"article_id": "a", "entity_id": "e_1", "type": "PERSON", "names": ["Smith"], "is_ambiguous": True}
    assert "resolved" not in describe_mention(row)["properties"]


def test_the_command_writes_both(quotidian, archive: Path, tmp_path: Path):
    assert "rows of snapshot" in quotidian("export", "said.annotations.jsonl", "--data", archive).stdout
    rows = json.loads(quotidian("export", "who.ftm.json", "--json", "--data", archive).stdout)["rows"]
    assert rows == {"entities": len(read(tmp_path / "who.ftm.json"))}
    assert (
        "leave --table and --sql out"
        in quotidian("export", "a.ftm.json", "--table", "quotes", "--data", archive, code=2).stderr
    )
