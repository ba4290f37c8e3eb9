"""Conflicts: what independent articles of one story say of the same thing, and what cannot both be so."""

import numpy as np
import polars as pl

from quotidian.tasks.deduplicate.kept import Kept
from quotidian.tasks.deduplicate.statements.opposed import describe_opposed, find_opposed, name_opposed
from quotidian.tasks.deduplicate.units import HERE, Workers

MOST_DAYS = 1
"""Days between two reports of which the later is no conflict but may be news: tolls grow. A denial may come later."""
PREFIX = "other_"


def find_conflicts(said: pl.DataFrame, kept: Kept | None = None, workers: Workers = HERE) -> pl.DataFrame:
    """Rows of conflicts, from what `gather_sayings` gives.

    Two quotations of one story conflict where their articles have different origins and outlets; of several pairs that say the same,
    the earliest stands. What one speaker says on another day is a change, and no conflict.
    """
    opposed = find_opposed(said, "story_id", are_independent, count_none, kept or Kept(), "conflicts", workers)
    described = describe_opposed(said, opposed, PREFIX)
    days = (pl.col(f"{PREFIX}published_date") - pl.col("published_date")).dt.total_days().abs().fill_null(0)
    near = described.filter((pl.col("kind") == "denied") | (days <= MOST_DAYS))
    return name_opposed(near.filter(are_first(near)), PREFIX, "cf_", "conflict_id")


def are_independent(said: pl.DataFrame, pairs: np.ndarray) -> np.ndarray:
    """Whether the articles of pairs have different copy groups, origins and, where known, outlets, and do not quote one speaker on
    two days."""
    left, right = pairs.T
    apart = np.ones(len(pairs), dtype=bool)
    for column in ("copy_group", "origin_id"):
        values = said[column].rank("dense").to_numpy()
        apart &= values[left] != values[right]
    outlets = said["outlet"].rank("dense").fill_null(0).to_numpy()
    speakers = said["speaker_entity_id"].rank("dense").fill_null(0).to_numpy()
    days = said["published_date"].rank("dense").fill_null(0).to_numpy()
    is_later = (speakers[left] > 0) & (speakers[left] == speakers[right]) & (days[left] != days[right])
    return apart & ((outlets[left] == 0) | (outlets[left] != outlets[right])) & ~is_later


def count_none(said: pl.DataFrame, pairs: np.ndarray) -> np.ndarray:
    """Words more than usual that two sayings of one story must share: none."""
    return np.zeros(len(pairs), np.int64)


def are_first(described: pl.DataFrame) -> pl.Series:
    """Of each conflict whether it is the first of its two statements and, where it has figures, of its story too, with these figures of this thing."""
    is_figure = pl.col("left").is_not_null()
    counted = pl.col("counted").fill_null("").map_elements(str.casefold, return_dtype=pl.String)
    thing = (is_figure, *join_sides("value", "value_high"), "unit", counted)
    statements = (*join_sides("statement_id"), pl.when(~is_figure).then("kind").alias("kind"))
    first = pl.struct(*thing, *statements).is_first_distinct()
    return described.select(first & (pl.struct(*thing, "story_id").is_first_distinct() | ~is_figure)).to_series()


def join_sides(*columns: str) -> tuple[pl.Expr, pl.Expr]:
    """Two numbers that tell what the two sides of a conflict have in some columns, whichever of them is the earlier."""
    one, other = (pl.struct(f"{side}{name}" for name in columns).hash() for side in ("", PREFIX))
    return pl.min_horizontal(one, other).alias(f"{columns[0]} low"), pl.max_horizontal(one, other).alias(
        f"{columns[0]} high"
    )
