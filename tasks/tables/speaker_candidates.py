"""Table speaker_candidates: who may say a quotation, and how likely each is."""

import dataframely as dy

from . import columns as c
from .table import ENTITY, Table


class SpeakerCandidates(dy.Schema):
    """One row for each of those who may be the speaker of a quotation: the one named, or all among whom a pronoun was weighed."""

    quote_id = c.quote_id(primary_key=True)
    rank = c.count("Place by probability; 1 is the likeliest.", "place from 1", primary_key=True)
    entity_id = c.entity_id("Who may speak; null where only words describe him.", nullable=True)
    mention_id = c.mention_id("The mention that names him.", nullable=True)
    start = c.offset(
        "Where the words that name him start: the speaker's own, or of a pronoun the nearest name before it; null where only a correction names him.",
        nullable=True,
    )
    end = c.offset("Where they end.", nullable=True)
    text = c.text("body[start:end].", shared=True, nullable=True)
    probability = c.share(
        "How often a speaker found in this way was the right one on annotated news (docs/figures.md). What the rows of a quotation "
        "lack to 1 is somebody else; quotes has a speaker_entity_id where one candidate is far likelier than the others."
    )
    day = c.day()
    span_is_ordered = c.slice_rule()


SPEAKER_CANDIDATES = Table(
    "speaker_candidates",
    SpeakerCandidates,
    ("quote_id", "rank"),
    by_day=True,
    foreign_keys={
        "quote_id": ("quotes", "quote_id"),
        "entity_id": ENTITY,
        "mention_id": ("mentions", "mention_id"),
    },
)
