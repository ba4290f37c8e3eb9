"""Table quote_parts: the unbroken pieces of quotations."""

import dataframely as dy

from . import columns as c
from .table import Table


class QuoteParts(dy.Schema):
    """One row for each unbroken piece of a quotation; most have one, '"A," he said, "B."' has two."""

    quote_id = c.quote_id(primary_key=True)
    part_index = c.index("Place among the parts of the quotation.", primary_key=True)
    start = c.offset("Where the part starts.")
    end = c.offset("Where it ends.")
    text = c.text("body[start:end].")
    day = c.day()
    span_is_ordered = c.slice_rule()


QUOTE_PARTS = Table(
    "quote_parts",
    QuoteParts,
    ("quote_id", "part_index"),
    by_day=True,
    foreign_keys={"quote_id": ("quotes", "quote_id")},
)
