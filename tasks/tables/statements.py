"""Table statements: things said by one speaker, however many articles carry them."""

import dataframely as dy

from . import columns as c
from .table import ENTITY, Table


class Statements(dy.Schema):
    """One row for each thing said by one speaker, however many articles carry it."""

    statement_id = c.statement_id(primary_key=True)
    text = c.text("The longest of its quotations.")
    speaker_entity_id = c.entity_id("Who said it.", nullable=True)
    quote_count = c.count("Quotations of it.", "quotations")
    article_count = c.count("Articles that carry it.", "articles")
    independent_count = c.count(
        "Different origin_id of the articles that carry it: copies, and articles that credit one agency or outlet, count once.",
        "articles",
    )
    first_date = c.date("First day on which an article carries it.", nullable=True)


STATEMENTS = Table("statements", Statements, ("statement_id",), foreign_keys={"speaker_entity_id": ENTITY})
