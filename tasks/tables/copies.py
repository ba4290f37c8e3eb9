"""Table copies: articles that were copied from others, with the evidence."""

import dataframely as dy
import polars as pl

from . import columns as c
from .kinds import COPY_KINDS
from .table import ARTICLE, Table


class Copies(dy.Schema):
    """One row for each article that is a copy of an earlier one, with the evidence of the pair."""

    article_id = c.article_id(primary_key=True)
    original_id = c.text("The earliest article of its copy_group.", shared=True)
    kind = c.choice(
        COPY_KINDS[1:],
        "exact: the same words; near: edited, cut or extended; rewritten: other words for the same things in the same order.",
    )
    jaccard = c.share("Word pairs in both, of those in either.")
    containment = c.share("Word pairs of the copy that are in the original.")
    containment_reverse = c.share("Word pairs of the original that are in the copy.")
    cosine = c.share(
        "Cosine of the TF-IDF vectors of the two, to two decimals: those after them change with every new article."
    )
    aligned_share = c.share("Content words of the longer that stand in the same order in the other.")

    @dy.rule()
    def copy_is_another_article(cls) -> pl.Expr:
        return pl.col("article_id") != pl.col("original_id")


COPIES = Table("copies", Copies, ("article_id",), foreign_keys={"article_id": ARTICLE, "original_id": ARTICLE})
