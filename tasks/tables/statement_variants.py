"""Table statement_variants: how the quotations of one statement differ."""

import dataframely as dy

from . import columns as c
from .table import Table


class StatementVariants(dy.Schema):
    """One row for each quotation of a statement that has several, with what differs word by word."""

    quote_id = c.quote_id(primary_key=True)
    statement_id = c.statement_id()
    difference = c.text("Against the longest quotation: [-words that only that has-], {+words that only this has+}.")


STATEMENT_VARIANTS = Table(
    "statement_variants",
    StatementVariants,
    ("quote_id",),
    foreign_keys={"quote_id": ("quotes", "quote_id"), "statement_id": ("statements", "statement_id")},
)
