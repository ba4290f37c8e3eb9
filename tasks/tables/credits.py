"""Table credits: what cleaning took out of the text and kept as data."""

import dataframely as dy

from . import columns as c
from .kinds import CREDIT_KINDS
from .table import ARTICLE, Table


class Credits(dy.Schema):
    """One row for each credit or pointer that cleaning took out of the raw text and kept as data."""

    article_id = c.article_id(primary_key=True)
    credit_index = c.index("Place among the credits of the article.", primary_key=True)
    kind = c.choice(CREDIT_KINDS, "What is credited or pointed to.")
    text = c.text("The name, place or headline itself.")
    raw_start = c.offset("Where it starts in the raw text.", c.RAW_POINT)
    raw_end = c.offset("Where it ends in the raw text.", c.RAW_POINT)
    day = c.day()


CREDITS = Table("credits", Credits, ("article_id", "credit_index"), by_day=True, foreign_keys={"article_id": ARTICLE})
