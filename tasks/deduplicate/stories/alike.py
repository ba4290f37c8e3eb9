"""Articles that are alike enough for one story, stretch of days by stretch of days.

What articles of one stretch of days are alike depends on these articles only: it is kept with what it was computed from, and computed where that is
new.
"""

from typing import NamedTuple

import numpy as np
import polars as pl

from quotidian.tasks.deduplicate.copies.recall import find_rows
from quotidian.tasks.deduplicate.kept import Kept
from quotidian.tasks.deduplicate.settings import DeduplicateSettings
from quotidian.tasks.deduplicate.stories.blocks import cut_blocks
from quotidian.tasks.deduplicate.stories.reports import Reports
from quotidian.tasks.deduplicate.stories.undated import find_undated
from quotidian.tasks.deduplicate.stories.windows import WINDOW_SECONDS, gather_windows, search_window
from quotidian.tasks.deduplicate.units import Workers
from quotidian.tasks.deduplicate.values import find_runs


class Alike(NamedTuple):
    """Pairs of articles (n, 2) that are alike, and their cosines."""

    pairs: np.ndarray
    cosines: np.ndarray


def find_alike(reports: Reports, settings: DeduplicateSettings, kept: Kept, workers: Workers) -> Alike:
    """Pairs of articles that are alike enough for one story and near enough in time, as many as make those hang together that do so by any likeness."""
    blocks = cut_blocks(reports, settings.story_days)
    is_new = ~np.isin(blocks.names, kept.recall("blocks")["block"].to_numpy())
    names = pl.Series(blocks.names, dtype=pl.UInt64)
    found = [kept.recall("alike").filter(pl.col("block").is_in(names.implode()))]
    windows = [blocks.select(numbers) for numbers in gather_windows(blocks, np.flatnonzero(is_new))]
    for alike in workers.map(search_window, windows, reports, settings, seconds=WINDOW_SECONDS * len(windows)):
        found += alike
    kept.after["blocks"], kept.after["alike"] = names.to_frame("block"), pl.concat(found)
    block, left, right, cosines = (column.to_numpy() for column in kept.after["alike"])
    order, starts = np.argsort(blocks.names), find_runs(block)
    numbers = order[find_rows(blocks.names[order], block[starts])[0]].repeat(np.diff(starts, append=len(block)))
    dated = np.stack([blocks.find_rows(numbers, places) for places in (left, right)], axis=1)
    undated = find_undated(reports, settings, kept, workers)
    return Alike(*(np.concatenate(both) for both in zip((dated, cosines), undated, strict=True)))
