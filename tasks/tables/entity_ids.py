"""Table entity_ids: what an entity is called in registers outside."""

import dataframely as dy

from . import columns as c
from .table import ENTITY, Table

ID_BASES = ("name", "size", "country", "correction", "list")


class EntityIds(dy.Schema):
    """One row for each id that an entity has in a register outside: countries, towns, what corrections give, and what lists of knowledge know."""

    entity_id = c.entity_id(primary_key=True)
    scheme = c.text(
        "The register: iso_3166 (two letters; XK for Kosovo), wikidata, geonames, external for an id from canonical_names.csv that is none of these, or the name of a list of knowledge.",
        shared=True,
        primary_key=True,
    )
    id = c.text("The id there.", shared=True, primary_key=True)
    basis = c.choice(
        ID_BASES,
        "What tells it: the name, which only one country or listed town bears; the size of a town, by far the largest of its name; the countries and states that the articles name; canonical_names.csv; or a list of knowledge, with a score.",
    )
    latitude = c.degrees("Where the town lies: degrees north of the equator; null for all else.", 90, nullable=True)
    longitude = c.degrees("Where the town lies: degrees east of Greenwich; null for all else.", 180, nullable=True)
    score = c.share(
        "How well the entity fits its line of a list: name, type, countries and days; a judgement, not a probability. Null for all else.",
        nullable=True,
    )


ENTITY_IDS = Table("entity_ids", EntityIds, ("entity_id", "scheme", "id"), foreign_keys={"entity_id": ENTITY})
