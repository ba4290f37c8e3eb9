"""Conflicts: what independent articles of one story say of the same thing, and what cannot both be so."""

import numpy as np
import polars as pl

from quotidian.tasks.deduplicate.kept import Kept
from quotidian.tasks.deduplicate.statements.opposed import Opposed, describe_opposed, find_opposed, read_rows
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
    rows, found, seen = read_rows(said, opposed), [], set()
    for one in opposed:
        left, right = rows[one.left], rows[one.right]
        if one.how.kind != "denied" and count_days(left, right) > MOST_DAYS:
            continue
        keys = list_keys(one, left, right)
        if seen.isdisjoint(keys):
            found.append(one)
        seen |= keys
    return describe_opposed(said, found, PREFIX, "cf_", "conflict_id")


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


def count_days(left: dict, right: dict) -> int:
    """Days between two sayings; 0 where that of one is not known."""
    days = left["published_date"], right["published_date"]
    return 0 if None in days else abs((days[1] - days[0]).days)


def list_keys(one: Opposed, left: dict, right: dict) -> set[tuple]:
    """What a conflict is known by: its statements, and its story and figures."""
    pair = frozenset([left["statement_id"], right["statement_id"]])
    if one.how.left is None:
        return {(one.how.kind, pair)}
    figures = left["figures"][one.how.left], right["figures"][one.how.right]
    values = frozenset((figure["value"], figure["value_high"]) for figure in figures)
    thing = figures[0]["unit"], (figures[0]["counted"] or "").casefold()
    return {(pair, values, thing), (left["story_id"], values, thing)}
