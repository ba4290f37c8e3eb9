"""Table changes: what one speaker says on a later day of what he said before."""

import dataframely as dy

from . import columns as c
from .kinds import CHANGE_KINDS
from .table import ENTITY, QUANTITY, QUOTE, STATEMENT, Table


class Changes(dy.Schema):
    """One row for each thing that a speaker says again on a later day, in the same words or otherwise.

    Days are those of publication. Of what he said on several days before, the last stands beside it.
    """

    change_id = c.text("The change: a hash of its kind, quotations and quantities.", shared=True, primary_key=True)
    story_id = c.story_id()
    kind = c.choice(
        CHANGE_KINDS,
        "repeated: the same statement, in a later story; figure: another figure of the same thing; reversed: he says that it is not so, or is so "
        "after all; denied: he denies it, or says what he denied. Whether he said it again or is quoted again is not told.",
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
    later_quote_id = c.quote_id("The quotation of the later one.")
    later_statement_id = c.statement_id("The statement that the later one belongs to.")
    later_outlet = c.outlet("Who published the later one.")
    later_published_date = c.published_date("Day on which the later one was published.", nullable=True)
    later_quantity_id = c.quantity_id("The quantity of the later one in which the two differ.", nullable=True)
    later_value = c.amount("Its number; of a range the lower end.", nullable=True)
    later_value_high = c.amount("The upper end of its range.", nullable=True)
    later_exactness = c.exactness("How exact the later one says that its number is.", nullable=True)
    score = c.agreement()


CHANGES = Table(
    "changes",
    Changes,
    ("change_id",),
    foreign_keys={
        "story_id": ("stories", "story_id"),
        "quote_id": QUOTE,
        "later_quote_id": QUOTE,
        "statement_id": STATEMENT,
        "later_statement_id": STATEMENT,
        "speaker_entity_id": ENTITY,
        "quantity_id": QUANTITY,
        "later_quantity_id": QUANTITY,
    },
)
