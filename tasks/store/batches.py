"""Cutting pending work into batches, the unit that is mapped, stored and retried."""

from itertools import groupby
from operator import itemgetter

import polars as pl

MIN_BATCH, MAX_BATCH = 600_000, 1_000_000
"""Characters. 1 MB keeps a batch under two minutes of model time; 600 kB is what a worker reads in four times the time that another one
takes to start (3 s of a processor): less is done sooner by the worker that runs."""
BATCHES_A_WORKER = 4

Parts = list[tuple[str, list[str]]]


def list_keys(batch: Parts) -> list[str]:
    """Keys of the items of a batch."""
    return [key for _, keys in batch for key in keys]


def halve_batch(batch: Parts) -> tuple[Parts, Parts] | None:
    """The batch in two, or None where it has one item."""
    items = [(file, key) for file, keys in batch for key in keys]
    if len(items) < 2:
        return None
    middle = len(items) // 2
    return gather_items(items[:middle]), gather_items(items[middle:])


def part_batch(batch: Parts, key: str) -> tuple[Parts, Parts]:
    """One item of the batch, and the others."""
    items = [(file, own) for file, keys in batch for own in keys]
    return gather_items([i for i in items if i[1] == key]), gather_items([i for i in items if i[1] != key])


def gather_items(items: list[tuple[str, str]]) -> Parts:
    """[(file, keys), ...] of (file, key) that stand together by file."""
    return [(file, [key for _, key in own]) for file, own in groupby(items, key=itemgetter(0))]


def cut_batches(pending: pl.DataFrame, key: str, workers: int) -> list[Parts]:
    """Cut rows of (file, key, size) into batches of about equal size; each is [(file, keys), ...].

    A batch has at most MAX_BATCH of text unless one item alone is larger, and at least MIN_BATCH unless little
    is left, so that a few workers share what there is.
    """
    if pending.is_empty():
        return []
    target = min(MAX_BATCH, max(MIN_BATCH, pending["size"].sum() // (workers * BATCHES_A_WORKER)))
    before = pl.col("size").cum_sum() - pl.col("size")
    numbered = pending.sort("file", key).with_columns(batch=before // target)
    files = numbered.group_by("batch", "file").agg(pl.col(key)).sort("batch", "file")
    return [
        list(zip(group["file"].to_list(), group[key].to_list(), strict=True))
        for _, group in files.group_by("batch", maintain_order=True)
    ]
