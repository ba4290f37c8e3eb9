"""Table quote_speakers: everybody who says a quotation."""

import dataframely as dy

from . import columns as c
from .table import ENTITY, Table

HOW_SPEAKING = ("named", "pronoun", "role", "represented")


class QuoteSpeakers(dy.Schema):
    """One row for each of those who say a quotation together; a quotation with a speaker has at least one."""

    quote_id = c.quote_id(primary_key=True)
    rank = c.count("Place in the words for the speaker; 1 is the speaker of quotes.", "place from 1", primary_key=True)
    entity_id = c.entity_id("Who speaks, the same across articles.", nullable=True)
    mention_id = c.mention_id("The mention that names or means it.", nullable=True)
    start = c.offset("Where its own words start; null where only a correction names it.", nullable=True)
    end = c.offset("Where they end.", nullable=True)
    text = c.text("body[start:end].", shared=True, nullable=True)
    how = c.choice(
        HOW_SPEAKING,
        "Whether the words name it, a pronoun or a role means it, or people in office speak for it, who have the row before (the ministers of Peru and Chile).",
    )
    day = c.day()
    span_is_ordered = c.slice_rule()


QUOTE_SPEAKERS = Table(
    "quote_speakers",
    QuoteSpeakers,
    ("quote_id", "rank"),
    by_day=True,
    foreign_keys={
        "quote_id": ("quotes", "quote_id"),
        "entity_id": ENTITY,
        "mention_id": ("mentions", "mention_id"),
    },
)
