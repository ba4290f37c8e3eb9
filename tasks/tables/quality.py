"""Table quality: how far a column can be trusted, as measured for the release."""

import dataframely as dy
import polars as pl

from . import columns as c
from .kinds import METRICS, ROOMS
from .table import Table


class Quality(dy.Schema):
    """One row for each measured quality of a step, on gold data that people annotated or rows of this archive that people reviewed."""

    measure = c.text("Short name of the measurement.", primary_key=True)
    step = c.choice(ROOMS, "The room that was measured.")
    table_columns = c.text("Columns whose trust it tells, as table.column, with a space between them.")
    question = c.text("What was asked of the step, in plain words.")
    metric = c.choice(
        METRICS,
        "f1: harmonic mean of precision and recall; bcubed_f1: the same averaged over items of groups; share: right ones among all.",
    )
    score = c.share("The result; 1 is perfect.")
    score_low = c.share("Lower end of the interval of 95 % of the score (Wilson); of reviews only.", nullable=True)
    score_high = c.share("Upper end of it.", nullable=True)
    precision = c.share("Right ones among those found.", nullable=True)
    recall = c.share("Found ones among those that are there.", nullable=True)
    peer = c.text("What else was measured on the same gold: a tool of the field, or a plain method.", nullable=True)
    peer_score = c.share("Its result.", nullable=True)
    gold = c.text("The gold data, and where it comes from.")
    gold_articles = c.count("Articles of the gold data.", "articles")
    gold_items = c.count("Annotated items in them, where the measurement counts items.", "items", nullable=True)
    gold_item = c.text("What an item is.")
    measured_date = c.date("Day of the measurement: a fact of the release or of the reviews, not of the run.")
    measured_version = c.text(
        "Version of the room that was measured, as in the snapshot's manifest; null of reviews, which may tell of several.",
        nullable=True,
    )
    measured_with = c.text("Release and model with which it was measured.")

    @dy.rule()
    def f1_has_both_sides(cls) -> pl.Expr:
        return (pl.col("metric") == "share") | (pl.col("precision").is_not_null() & pl.col("recall").is_not_null())


QUALITY = Table("quality", Quality, ("measure",))
