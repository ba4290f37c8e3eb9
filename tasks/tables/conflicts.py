"""Table conflicts: what independent articles of one story say of one thing, and what cannot both be so."""

import dataframely as dy

from . import columns as c
from .kinds import CONFLICT_KINDS
from .table import ENTITY, QUANTITY, QUOTE, STATEMENT, Table


class Conflicts(dy.Schema):
    """One row for each two quotations of one story, from outlets independent of each other, that cannot both be so.

    The first of the two is of the earlier article. Several pairs that conflict in the same figures, or two statements in
    several quotations, have one row: that of the earliest.
    """

    conflict_id = c.text("The conflict: a hash of its kind, quotations and quantities.", shared=True, primary_key=True)
    story_id = c.story_id()
    kind = c.choice(
        CONFLICT_KINDS,
        "figure: another figure of the same thing; negated: the one says it and the other that it is not so; denied: a speaker denies it.",
    )
    counted = c.counted()
    unit = c.unit()
    quote_id = c.quote_id()
    statement_id = c.statement_id()
    speaker_entity_id = c.entity_id("Who says the earlier one, the same across articles.", nullable=True)
    outlet = c.outlet("Who published the earlier one.")
    published_date = c.published_date("Day on which the earlier one was published.", nullable=True)
    quantity_id = c.quantity_id("The quantity of the earlier one in which the two differ.", nullable=True)
    value = c.amount("Its number; of a range the lower end.", nullable=True)
    value_high = c.amount("The upper end of its range.", nullable=True)
    exactness = c.exactness("How exact the earlier one says that its number is.", nullable=True)
    other_quote_id = c.quote_id("The quotation of the other one.")
    other_statement_id = c.statement_id("The statement that the other one belongs to.")
    other_speaker_entity_id = c.entity_id("Who says the other one, the same across articles.", nullable=True)
    other_outlet = c.outlet("Who published the other one.")
    other_published_date = c.published_date("Day on which the other one was published.", nullable=True)
    other_quantity_id = c.quantity_id("The quantity of the other one in which the two differ.", nullable=True)
    other_value = c.amount("Its number; of a range the lower end.", nullable=True)
    other_value_high = c.amount("The upper end of its range.", nullable=True)
    other_exactness = c.exactness("How exact the other one says that its number is.", nullable=True)
    score = c.agreement()


CONFLICTS = Table(
    "conflicts",
    Conflicts,
    ("conflict_id",),
    foreign_keys={
        "story_id": ("stories", "story_id"),
        "quote_id": QUOTE,
        "other_quote_id": QUOTE,
        "statement_id": STATEMENT,
        "other_statement_id": STATEMENT,
        "speaker_entity_id": ENTITY,
        "other_speaker_entity_id": ENTITY,
        "quantity_id": QUANTITY,
        "other_quantity_id": QUANTITY,
    },
)
