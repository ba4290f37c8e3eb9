"""Batches whose worker dies: tried again, then halved until the one article that kills workers is found.

A worker dies when the system kills it for want of memory, or when a library crashes on an article. Either must
not stop the others: the article is set aside as a reject with the reason `worker_died`, for this version of
the room, and its batch is finished without it.
"""

import logging
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from quotidian.tasks.clean.task import clean_batch, reject_inputs
from quotidian.tasks.extract.task import extract_batch, reject_bodies
from quotidian.tasks.tables.batches import Parts, halve_batch, list_keys
from quotidian.tasks.tables.errors import QuotidianError

DEATHS = (BrokenProcessPool, MemoryError)
ATTEMPTS = 2
"""How often a whole batch, and a lone article, is tried again: a death may have reasons outside of it."""

SET_ASIDE = {clean_batch: reject_inputs, extract_batch: reject_bodies}
"""For a door whose articles may be set aside, the function that does it; it takes the same arguments."""

Run = Callable[..., Any]
"""Runs `door(batch, *args)` on a worker and waits for it; raises one of DEATHS where that dies."""

log = logging.getLogger(__name__)


class WorkerDied(QuotidianError):
    """A worker process died over and over where no single article can be blamed and left out."""


def run_batch(run: Run, door: Callable, batch: Parts, args: tuple) -> Any:
    """Run a batch on a worker and wait for it; where its worker dies, rescue it."""
    try:
        return run(door, batch, *args)
    except DEATHS:
        return rescue_batch(run, door, batch, args)


def rescue_batch(run: Run, door: Callable, batch: Parts, args: tuple, attempts: int = ATTEMPTS) -> Any:
    """Finish a batch whose worker died; where it was halved, the result is that of each half in a list."""
    log.warning("a worker died", extra={"door": door.__name__, "articles": list_keys(batch)})
    for _ in range(attempts):
        try:
            return run(door, batch, *args)
        except DEATHS:
            pass
    halves = halve_batch(batch)
    if halves is None:
        return set_aside(door, batch, args)
    return [finish_half(run, door, half, args) for half in halves]


def finish_half(run: Run, door: Callable, half: Parts, args: tuple) -> Any:
    """Run a half; where its worker dies it is halved at once, a lone article is tried again first."""
    try:
        return run(door, half, *args)
    except DEATHS:
        return rescue_batch(run, door, half, args, attempts=0 if halve_batch(half) else ATTEMPTS)


def set_aside(door: Callable, batch: Parts, args: tuple) -> Any:
    """Reject the one article of a batch; raises WorkerDied where the room has no rejects."""
    key = list_keys(batch)[0]
    if door not in SET_ASIDE:
        raise WorkerDied(
            f"The worker of {door.__name__} died {ATTEMPTS + 1} times on {key}: give the machine more memory, or use --workers 1."
        )
    log.error("an article was set aside", extra={"door": door.__name__, "articles": [key]})
    return SET_ASIDE[door](batch, *args)
