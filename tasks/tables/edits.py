"""Table edits: what cleaning changed from raw text to body."""

import dataframely as dy
import polars as pl

from . import columns as c
from .kinds import EDIT_KINDS
from .table import ARTICLE, Table


class Edits(dy.Schema):
    """One row for each change from raw text to body. Text between edits is identical in both."""

    article_id = c.article_id(primary_key=True)
    edit_index = c.index("Place among the edits of the article.", primary_key=True)
    raw_start = c.offset("Where the change starts in the raw text.", c.RAW_POINT)
    raw_end = c.offset("Where it ends in the raw text.", c.RAW_POINT)
    body_start = c.offset("Where the replacement starts in body.")
    body_end = c.offset("Where it ends in body.")
    raw_text = c.text("What stood in the raw text.")
    body_text = c.text("What stands in body instead; empty where the text was taken away.")
    rule = c.text("The rule that made the change.", shared=True)
    kind = c.choice(EDIT_KINDS, "What kind of thing was changed.")
    score = c.share("How sure the rule `learned` is that it is junk; null for all other rules.", nullable=True)
    day = c.day()

    @dy.rule()
    def spans_hold_their_texts(cls) -> pl.Expr:
        raw = pl.col("raw_end") - pl.col("raw_start") == pl.col("raw_text").str.len_chars()
        return raw & (pl.col("body_end") - pl.col("body_start") == pl.col("body_text").str.len_chars())


EDITS = Table("edits", Edits, ("article_id", "edit_index"), by_day=True, foreign_keys={"article_id": ARTICLE})
