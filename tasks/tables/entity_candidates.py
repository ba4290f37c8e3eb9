"""Table entity_candidates: whom a name may mean that the texts leave open."""

import dataframely as dy

from . import columns as c
from .table import ENTITY, Table


class EntityCandidates(dy.Schema):
    """One row for each entity that an ambiguous name may mean: entities where is_ambiguous is true have rows here."""

    entity_id = c.entity_id("The ambiguous entity: a name in one story.", primary_key=True)
    candidate_id = c.entity_id("An entity that it may be.", primary_key=True)
    probability = c.share(
        "How likely it is, from how often, in which story and with which title each candidate is named."
    )


ENTITY_CANDIDATES = Table(
    "entity_candidates",
    EntityCandidates,
    ("entity_id", "candidate_id"),
    foreign_keys={"entity_id": ENTITY, "candidate_id": ENTITY},
)
