"""Table metadata: every value that a source offered for a field of an article."""

import dataframely as dy
import polars as pl

from . import columns as c
from .kinds import OFFER_FIELDS, ORIGINS, PROBLEMS
from .table import ARTICLE, Table


class Metadata(dy.Schema):
    """One row for each value that a source offered for a field of an article, used or not."""

    article_id = c.article_id(primary_key=True)
    value_index = c.index(
        "Place among the values of the article: field by field, the most trusted first.", primary_key=True
    )
    field = c.choice(
        OFFER_FIELDS,
        "What the value is offered for; published tells published_date and published_at, caption is one of a picture, which no column of articles has.",
    )
    origin = c.choice(
        ORIGINS,
        "Where it came from. declared: the record or feed; json_ld, meta, link, time, title, element: that part of the page; "
        "header: the lines that a scraper wrote above the text; url: the path of the address; dateline, text: the article.",
    )
    key = c.text("Name of it there, such as og:title, or the rule that found it in the text.", nullable=True)
    value = c.text("The value as offered, lists with commas between; addresses are canonical.")
    problem = c.choice(
        PROBLEMS,
        "Why a value was not used: value_unreadable is no words, no_address names no page by itself; the others are of dates.",
        nullable=True,
    )
    is_used = c.flag(
        "Whether the row of articles has it; for published, two may be: the day from one, the time from another."
    )
    day = c.day()

    @dy.rule()
    def no_problem_is_used(cls) -> pl.Expr:
        return pl.col("problem").is_null() | ~pl.col("is_used")


METADATA = Table("metadata", Metadata, ("article_id", "value_index"), by_day=True, foreign_keys={"article_id": ARTICLE})
