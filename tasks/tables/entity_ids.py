"""Table entity_ids: what an entity is called in registers outside."""

import dataframely as dy

from . import columns as c
from .table import ENTITY, Table

ID_BASES = ("name", "size", "country", "correction")


class EntityIds(dy.Schema):
    """One row for each id that an entity has in a register outside: countries, towns, and what corrections give."""

    entity_id = c.entity_id(primary_key=True)
    scheme = c.text(
        "The register: iso_3166 (two letters; XK for Kosovo), wikidata, geonames, or external for an id from canonical_names.csv that is none of these.",
        shared=True,
        primary_key=True,
    )
    id = c.text("The id there.", shared=True, primary_key=True)
    basis = c.choice(
        ID_BASES,
        "What tells it: the name, which only one country or listed town bears; the size of a town, by far the largest of its name; the countries and states that the articles name; or canonical_names.csv.",
    )
    latitude = c.degrees("Where the town lies: degrees north of the equator; null for all else.", 90, nullable=True)
    longitude = c.degrees("Where the town lies: degrees east of Greenwich; null for all else.", 180, nullable=True)


ENTITY_IDS = Table("entity_ids", EntityIds, ("entity_id", "scheme", "id"), foreign_keys={"entity_id": ENTITY})
