"""Ids in registers outside: countries whose name means nothing else, and what corrections give."""

import polars as pl
import pytest

from quotidian.tasks.deduplicate.entities.outside_ids import identify_entities, read_country_ids
from quotidian.tasks.deduplicate.entities.towns import TOWN
from quotidian.tasks.extract.names.countries import name_countries

NAMED = ["entity_id", "name", "type", "external_id"]


def identify(name: str, type_: str, external: str | None = None) -> list[tuple[str, str, str]]:
    towns = pl.DataFrame(schema=TOWN)
    entities = pl.DataFrame([("e", name, type_, external)], schema=dict.fromkeys(NAMED, pl.String), orient="row")
    return identify_entities(entities, towns).select("scheme", "id", "basis").rows()


NORWAY = [("geonames", "3144096", "name"), ("iso_3166", "NO", "name"), ("wikidata", "Q20", "name")]


@pytest.mark.parametrize(
    ("entity", "rows"),
    [
        (("Norway", "GPE"), NORWAY),
        (("Norway", "PERSON"), []),
        (("Oslo", "GPE"), []),
        (("Georgia", "GPE"), []),
        (("England", "GPE"), []),
        (("Norwegians", "GPE"), []),
        (("Norway", "GPE", "Q1"), [*NORWAY[:2], ("wikidata", "Q1", "correction")]),
        (("Ann Smith", "PERSON", "db-7"), [("external", "db-7", "correction")]),
    ],
    ids=["country", "person", "town", "state too", "part", "people", "corrected", "external"],
)
def test_only_a_sure_name_or_a_correction_gives_an_id(entity, rows):
    assert identify(*entity) == rows


def test_a_town_has_its_place_and_a_country_is_none() -> None:
    entities = pl.DataFrame([("a", "Oslo", "GPE", None), ("b", "Norway", "GPE", None)], NAMED, orient="row")
    towns = pl.DataFrame([(e, "7", "size", 59.9, 10.7) for e in "ab"], TOWN, orient="row")
    ids = identify_entities(entities, towns)
    assert ids.filter(entity_id="a").rows() == [("a", "geonames", "7", "size", 59.9, 10.7, None)]
    assert ids.filter(entity_id="b").select("scheme", "id", "basis").rows() == NORWAY


def test_every_country_has_ids_of_its_own():
    ids = read_country_ids()
    assert set(ids) == set(name_countries())
    assert len({one.wikidata for one in ids.values()}) == len({one.geonames for one in ids.values()}) == len(ids)
