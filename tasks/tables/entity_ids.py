"""Table entity_ids: what an entity is called in registers outside."""

import dataframely as dy

from . import columns as c
from .table import ENTITY, Table

ID_BASES = ("name", "correction")


class EntityIds(dy.Schema):
    """One row for each id that an entity has in a register outside: countries today, and what corrections give."""

    entity_id = c.entity_id(primary_key=True)
    scheme = c.text(
        "The register: iso_3166 (two letters; XK for Kosovo), wikidata, geonames, or external for an id from canonical_names.csv that is none of these.",
        shared=True,
        primary_key=True,
    )
    id = c.text("The id there.", shared=True, primary_key=True)
    basis = c.choice(ID_BASES, "What tells it: the name, which only a country bears, or canonical_names.csv.")


ENTITY_IDS = Table("entity_ids", EntityIds, ("entity_id", "scheme", "id"), foreign_keys={"entity_id": ENTITY})
