"""Table copies: articles that were copied from others, with the evidence."""

import dataframely as dy
import polars as pl

from . import columns as c
from .kinds import COPY_KINDS, ORDER_BASES, RELATIONS
from .table import ARTICLE, Table


class Copies(dy.Schema):
    """One row for each article whose text another one has that is earlier or may be, with the evidence of the pair."""

    article_id = c.article_id(primary_key=True)
    original_id = c.text(
        "The article that it is nearest to of those of its copy_group that are known to be earlier; where none is, of those that may be.",
        shared=True,
    )
    relation = c.choice(
        RELATIONS,
        "How the two hang together. wire: the other is an agency's own; common_source: both have the words of an agency, or it credits one for "
        "them; revision: the other is an earlier text of the same URL; rewritten: other words; republished: else.",
    )
    order_basis = c.choice(
        ORDER_BASES,
        "What tells that original_id is earlier: the moments or the days of publication, a credit in the text, when crawlers saw them, that it "
        "contains the other; unknown where nothing does: then either may be the first, or the evidence disagrees.",
    )
    kind = c.choice(
        COPY_KINDS,
        "exact: the same words; near: edited, cut or extended; rewritten: other words for the same things in the same order.",
    )
    jaccard = c.share("Word pairs in both, of those in either.")
    containment = c.share("Word pairs of the copy that are in the original.")
    containment_reverse = c.share("Word pairs of the original that are in the copy.")
    cosine = c.share("Cosine of the weighted words of the two.")
    aligned_share = c.share("Content words of the longer that stand in the same order in the other.")

    @dy.rule()
    def copy_is_another_article(cls) -> pl.Expr:
        return pl.col("article_id") != pl.col("original_id")


COPIES = Table("copies", Copies, ("article_id",), foreign_keys={"article_id": ARTICLE, "original_id": ARTICLE})
