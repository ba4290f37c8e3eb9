"""Ids of entities in registers outside: countries by name, towns, what corrections give, and what lists know."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import polars as pl

from quotidian.tasks.extract.names.countries import fold_place, read_countries
from quotidian.tasks.store.facts import read_facts

COUNTRY_TYPES = ("GPE", "LOC")
WIKIDATA = re.compile(r"Q[1-9]\d*")
IDS = dict.fromkeys(("entity_id", "scheme", "id", "basis"), pl.String) | dict.fromkeys(
    ("latitude", "longitude", "score"), pl.Float64
)

NOWHERE = (None, None, None)
"""No coordinates, no score."""


class CountryIds(NamedTuple):
    """Ids of a country, and its names that may mean something else (folded)."""

    wikidata: str
    geonames: str
    not_sure: frozenset[str]


@cache
def read_country_ids() -> dict[str, CountryIds]:
    """ISO 3166 code -> ids of the country, from `seeds/country_ids.csv`."""
    return {
        row["country"]: CountryIds(
            row["wikidata"], row["geonames"], frozenset(map(fold_place, filter(None, row["not_sure"].split(";"))))
        )
        for row in read_facts("country_ids")
    }


def identify_entities(entities: pl.DataFrame, towns: pl.DataFrame) -> pl.DataFrame:
    """Columns of IDS of the entities that have ids outside, sorted by key.

    entities: entity_id, name, type, external_id; towns: those of `find_towns`. An id from corrections stands for that of the
    name in its register; a country is no town.
    """
    rows: list[tuple] = []
    known = {row["entity_id"]: row for row in towns.iter_rows(named=True)}
    is_place = pl.col("type").is_in(COUNTRY_TYPES) | pl.col("entity_id").is_in(towns["entity_id"].implode())
    asked = entities.filter(is_place | pl.col("external_id").is_not_null())
    for entity, name, type_, external in asked.select("entity_id", "name", "type", "external_id").iter_rows():
        found = dict(find_country_ids(name)) if type_ in COUNTRY_TYPES else {}
        told = {name_scheme(external): external} if external else {}
        rows += [(entity, scheme, id_, "name", *NOWHERE) for scheme, id_ in found.items() if scheme not in told]
        rows += [(entity, scheme, id_, "correction", *NOWHERE) for scheme, id_ in told.items()]
        town = known.get(entity)
        if town and not found:
            rows.append(
                (entity, "geonames", town["geonames"], town["basis"], town["latitude"], town["longitude"], None)
            )
    return pl.DataFrame(rows, schema=IDS, orient="row").sort("entity_id", "scheme", "id")


def add_listed(ids: pl.DataFrame, listed: pl.DataFrame) -> pl.DataFrame:
    """Ids with those of `match_lists`, sorted by key."""
    told = listed.with_columns(basis=pl.lit("list"))
    return pl.concat([ids, told], how="diagonal").select(*IDS).sort("entity_id", "scheme", "id")


def find_country_ids(name: str) -> Iterator[tuple[str, str]]:
    """(scheme, id) of the country that a name means, if it can mean nothing else ("Georgia" is also a state)."""
    folded = fold_place(name)
    code, kind = read_countries().get(folded, ("", ""))
    ids = read_country_ids().get(code)
    if kind == "name" and ids and folded not in ids.not_sure:
        yield from (("iso_3166", code), ("wikidata", ids.wikidata), ("geonames", ids.geonames))


def name_scheme(external: str) -> str:
    """The register of an id that a correction gives."""
    return "wikidata" if WIKIDATA.fullmatch(external) else "external"
