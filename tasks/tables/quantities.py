"""Table quantities: numbers that count or measure something."""

import dataframely as dy

from . import columns as c
from .table import ARTICLE, SENTENCE, Table


class Quantities(dy.Schema):
    """One row for each number in a body that counts or measures something; of a range, one for both its ends.

    quote_id is the innermost quotation whose words it is, null where the article itself says it.
    """

    quantity_id = c.quantity_id(primary_key=True)
    article_id = c.article_id()
    sentence_id = c.sentence_id("Sentence in which it stands.")
    quote_id = c.quote_id(nullable=True)
    start = c.offset("Where the number starts, or the currency before it.")
    end = c.offset("Where it ends, or the unit behind it.")
    text = c.text("body[start:end].")
    value = c.amount("The number; of a range the lower end, of a word such as dozens its order of magnitude.")
    value_high = c.amount("The upper end of a range.", nullable=True)
    unit = c.unit()
    counted = c.counted()
    exactness = c.exactness(
        "How exact the words say it is; nearly 20 is less_than, vague are orders of magnitude (dozens)."
    )
    day = c.day()
    span_is_ordered = c.slice_rule()


QUANTITIES = Table(
    "quantities",
    Quantities,
    ("article_id", "start", "end"),
    by_day=True,
    foreign_keys={"article_id": ARTICLE, "sentence_id": SENTENCE, "quote_id": ("quotes", "quote_id")},
)
