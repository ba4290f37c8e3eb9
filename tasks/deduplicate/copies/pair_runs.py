"""Pairs of texts that stand often among more pairs than memory holds: their codes lie in files as sorted runs, which are read side by side."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import numpy as np

from quotidian.tasks.deduplicate.arrays import Array, find_places, open_array
from quotidian.tasks.deduplicate.values import find_runs, sort_numbers

RUN_PAIRS = 6_000_000
"""Pairs that are sorted at a time."""
HELD_PAIRS = 100_000
"""Sorted pairs that stay in memory where there are no more."""
STRETCH_PAIRS = 2_000_000
"""About so many pairs of all runs are counted at a time."""


def keep_frequent(found: Iterable[np.ndarray], least: int, folder: Path | None) -> tuple[np.ndarray, np.ndarray]:
    """The numbers that stand at least `least` times in some arrays of 64-bit numbers, sorted, and how often; files lie in `folder` meanwhile."""
    with TemporaryDirectory(dir=folder, prefix=".pairs-", suffix=".tmp") as name:
        return merge_runs(list(write_runs(found, Path(name))), least)


def merge_runs(runs: list[Array], least: int) -> tuple[np.ndarray, np.ndarray]:
    """The numbers that stand at least `least` times in some sorted runs, at least one, sorted, and how often."""
    found = zip(*(count_codes(stretch, least) for stretch in read_stretches(runs)), strict=True)
    return tuple(map(np.concatenate, found))


def write_runs(found: Iterable[np.ndarray], folder: Path) -> Iterator[Array]:
    """The numbers of some arrays in sorted runs, long ones in files."""
    held, size = [np.empty(0, np.uint64)], 0
    for codes in found:
        held.append(codes)
        size += len(codes)
        if size >= RUN_PAIRS:
            yield lay_run(sort_held(held), folder)
            size = 0
    yield lay_run(sort_held(held), folder)


def lay_run(codes: np.ndarray, folder: Path) -> Array:
    """A sorted run, in a file where it is long."""
    if len(codes) <= HELD_PAIRS:
        return codes
    path = folder / f"{uuid4().hex}.npy"
    np.save(path, codes)
    return open_array(path)


def sort_held(held: list[np.ndarray]) -> np.ndarray:
    """What is held, sorted; after it nothing is."""
    codes = np.concatenate(held)
    held[1:] = []
    return sort_numbers(codes)


def read_stretches(runs: list[Array]) -> Iterator[np.ndarray]:
    """The numbers of all runs, those that are equal in one of the stretches, of which there is at least one."""
    total, longest = sum(map(len, runs)), max(runs, key=len)
    places = np.linspace(0, len(longest), 1 + total // STRETCH_PAIRS, endpoint=False, dtype=np.int64)[1:]
    edges = np.array([longest[place : place + 1][0] for place in places], np.uint64)
    cuts = [[0, *find_places(run, edges).tolist(), len(run)] for run in runs]
    for bounds in zip(*map(pairwise, cuts), strict=True):
        stretch = np.concatenate([run[start:end] for run, (start, end) in zip(runs, bounds, strict=True)])
        stretch.sort(kind="stable")  # which merges runs
        yield stretch


def count_codes(codes: np.ndarray, least: int) -> tuple[np.ndarray, np.ndarray]:
    """Those of sorted numbers that stand there at least `least` times, each once, and how often."""
    starts = find_runs(codes)
    counts = np.diff(starts, append=len(codes))
    return codes[starts[counts >= least]], counts[counts >= least]
