"""Batches whose worker dies or is held up: finished without the one article that does it.

A worker dies when the system kills it for want of memory, or when a library crashes on an article; it is ended when an article
takes longer than it may (see time_limit.py). Neither must stop the others. A batch whose worker died is tried again, then halved
until the article is found; one that takes too long is known at once, and tried by itself. What kills or holds up its worker
again is set aside as a reject, with the reason `worker_died` or `took_too_long`, for this version of the room.
"""

import logging
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Any, NamedTuple

from quotidian.flows.running.stopwatch import room_of
from quotidian.flows.running.time_limit import TookTooLong
from quotidian.tasks.clean.task import clean_batch, reject_inputs
from quotidian.tasks.extract.task import extract_batch, reject_bodies
from quotidian.tasks.store.batches import Parts, halve_batch, list_keys, part_batch
from quotidian.tasks.store.errors import QuotidianError
from quotidian.tasks.store.set_aside import TOOK_TOO_LONG, WORKER_DIED

DEATHS = (BrokenProcessPool, MemoryError, TookTooLong)
ATTEMPTS = 2
"""How often a whole batch, and a lone article, is tried again: a death may have reasons outside of it."""

SET_ASIDE = {clean_batch: reject_inputs, extract_batch: reject_bodies}
"""For a door whose articles may be set aside, the function that does it; it takes the same arguments, and the reason."""

Run = Callable[..., Any]
"""Runs `door(batch, *args)` on a worker and waits for it; raises one of DEATHS where that dies."""

log = logging.getLogger(__name__)


class WorkerDied(QuotidianError):
    """A worker process died over and over where no single article can be blamed and left out."""


class SetAside(NamedTuple):
    """An article that was set aside: its key (input_id, or hash of its body), room, and reason."""

    key: str
    room: str
    reason: str


@dataclass(frozen=True)
class Rescue:
    """Runs batches of one door, and rescues those whose worker dies; `tell` hears what is set aside."""

    run: Run
    door: Callable
    args: tuple
    tell: Callable[[SetAside], None]

    def run_batch(self, batch: Parts, attempts: int = ATTEMPTS) -> Any:
        """Run a batch on a worker and wait for it; where its worker dies, rescue it."""
        try:
            return self.run(self.door, batch, *self.args)
        except DEATHS as death:
            return self.rescue(batch, death, attempts)

    def rescue(self, batch: Parts, death: BaseException, attempts: int = ATTEMPTS) -> Any:
        """Finish a batch whose worker died; where it was parted, the result is that of each part in a list."""
        if isinstance(death, TookTooLong) and death.key in list_keys(batch):
            return self.single_out(batch, death)
        log.warning("a worker died", extra={"door": self.door.__name__, "articles": list_keys(batch)})
        if attempts:
            return self.run_batch(batch, attempts - 1)
        halves = halve_batch(batch)
        if halves is None:
            return self.set_aside(batch, WORKER_DIED)
        return [self.run_batch(half, 0 if halve_batch(half) else ATTEMPTS) for half in halves]

    def single_out(self, batch: Parts, late: TookTooLong) -> list:
        """Finish the others of a batch, then try the article that took too long once more, by itself."""
        facts = {"door": self.door.__name__, "articles": [late.key], "seconds": late.seconds, "stacks": late.stacks}
        log.warning("an article took too long", extra=facts)
        alone, others = part_batch(batch, late.key)
        done = [self.run_batch(others)] if others else []
        return [*done, self.try_alone(alone)]

    def try_alone(self, alone: Parts) -> Any:
        """Run an article that took too long in company; nothing else can be the reason now."""
        try:
            return self.run(self.door, alone, *self.args)
        except TookTooLong as late:
            if self.door not in SET_ASIDE:
                raise
            log.warning("an article took too long by itself", extra={"articles": [late.key], "stacks": late.stacks})
            return self.set_aside(alone, TOOK_TOO_LONG)
        except DEATHS as death:
            return self.rescue(alone, death, 0)

    def set_aside(self, alone: Parts, reason: str) -> Any:
        """Reject the one article of a batch; raises WorkerDied where the room has no rejects."""
        key, name = list_keys(alone)[0], self.door.__name__
        if self.door not in SET_ASIDE:
            raise WorkerDied(
                f"The worker of {name} died {ATTEMPTS + 1} times on {key}: give the machine more memory, or use --workers 1."
            )
        log.error("an article was set aside", extra={"door": name, "articles": [key], "reason": reason})
        self.tell(SetAside(key, room_of(self.door), reason))
        return SET_ASIDE[self.door](alone, *self.args, reason=reason)
