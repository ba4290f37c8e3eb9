"""Table quote_entities: whom the words of a quotation are about."""

import dataframely as dy

from . import columns as c
from .table import ENTITY, Table

HOW_NAMED = ("named", "pronoun", "role")


class QuoteEntities(dy.Schema):
    """One row for each mention that stands in the words of a quotation, not in what interrupts them: whom they are about."""

    quote_id = c.quote_id(primary_key=True)
    entity_id = c.entity_id("Who or what the words name.")
    mention_id = c.mention_id("The mention, which lies in one of the quote_parts.", primary_key=True)
    how = c.choice(HOW_NAMED, "Whether the words name it, or a pronoun or role means it.")
    day = c.day()


QUOTE_ENTITIES = Table(
    "quote_entities",
    QuoteEntities,
    ("quote_id", "mention_id"),
    by_day=True,
    foreign_keys={
        "quote_id": ("quotes", "quote_id"),
        "entity_id": ENTITY,
        "mention_id": ("mentions", "mention_id"),
    },
)
