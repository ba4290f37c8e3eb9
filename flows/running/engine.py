"""How doors are run: one by one, or mapped over batches on the worker pool.

Two engines have the same two methods: `Inline` here, and `Recorded` (in `flows.recorded.flow`), which makes a
Prefect task of each call. The flow body knows no other difference.
"""

import logging
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, wait
from contextlib import contextmanager
from operator import itemgetter
from typing import Any, Protocol

from quotidian.flows.process.progress import Progress
from quotidian.flows.running.pool import Pool
from quotidian.flows.running.rescue import DEATHS, Rescue, SetAside
from quotidian.flows.running.stopwatch import BatchTime, room_of
from quotidian.flows.running.time_limit import TimeLimit, run_limited
from quotidian.tasks.store.batches import Parts, list_keys

log = logging.getLogger(__name__)


class Engine(Protocol):
    """What the flow body needs of an engine."""

    seconds: dict[str, float]
    batch_times: list[BatchTime]
    set_aside: list[SetAside]
    progress: Progress
    pool: Pool

    def call(self, door: Callable, *args: Any) -> Any:
        """Run a door in this process."""

    def map(self, door: Callable, batches: Sequence[Any], *args: Any) -> list[Any]:
        """Run `door(batch, *args)` for each batch on the worker pool; results in the order of the batches.

        A batch that kills its worker, or holds it up, is rescued (see rescue.py).
        """

    def spread(self, door: Callable, batches: Sequence[Any], *args: Any) -> list[Any]:
        """The same from within a door that is being called."""


class Timed:
    """Keeps the seconds of each room and of each batch, and what was set aside; both engines do."""

    def __init__(self, pool: Pool, progress: Progress, limit: TimeLimit) -> None:
        self.pool, self.progress, self.limit = pool, progress, limit
        self.seconds: dict[str, float] = defaultdict(float)
        self.batch_times: list[BatchTime] = []
        self.set_aside: list[SetAside] = []

    @contextmanager
    def timed(self, door: Callable) -> Iterator[None]:
        """Add the time within to the door's room."""
        started = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[room_of(door)] += time.perf_counter() - started

    def run(self, door: Callable, batch: Parts, *args: Any) -> Any:
        """Run a batch on a worker and wait for it."""
        return self.take(self.submit(door, batch, *args), door, batch)

    def submit(self, door: Callable, batch: Parts, *args: Any) -> Future:
        """Start a batch on a worker, each article with a deadline."""
        return self.pool.submit(run_limited, self.limit, door, batch, *args)

    def rescue(self, door: Callable, args: tuple) -> Rescue:
        """What finishes batches of a door whose worker dies."""
        return Rescue(self.run, door, args, self.set_aside.append)

    def spread(self, door: Callable, batches: Sequence[Any], *args: Any) -> list[Any]:
        """Run a door on the worker pool for each batch; results in the order of the batches."""
        done: list[Any] = [None] * len(batches)
        self.progress.start(room_of(door), len(batches))
        for number, death in self.run_batches(door, batches, args, done):
            done[number] = self.rescue(door, args).rescue(batches[number], death)
            self.progress.advance(room_of(door))
        return done

    def run_batches(
        self, door: Callable, batches: Sequence[Any], args: tuple, done: list[Any]
    ) -> list[tuple[int, BaseException]]:
        """Run the batches and put their results into `done`; return the number and death of those whose worker died."""
        running = {self.submit(door, batch, *args): number for number, batch in enumerate(batches)}
        lost = []
        while running:
            finished, _ = wait(running, return_when=FIRST_EXCEPTION, timeout=0.2)
            for future in finished:
                number = running.pop(future)
                try:
                    done[number] = self.take(future, door, batches[number])
                    self.progress.advance(room_of(door))
                except DEATHS as death:
                    lost.append((number, death))
        return sorted(lost, key=itemgetter(0))

    def take(self, future: Future, door: Callable, batch: Parts) -> Any:
        """The result of `run_limited` in a worker; notes how long the batch took."""
        try:
            seconds, result = future.result()
        except DEATHS:
            self.limit.raise_late(door, batch)
            raise
        keys = list_keys(batch)
        done = BatchTime(room_of(door), keys[0] if keys else "", len(keys), round(seconds, 3))
        self.batch_times.append(done)
        log.info("batch done", extra=done._asdict())
        return result


class Inline(Timed):
    """Runs doors without any server."""

    def call(self, door: Callable, *args: Any) -> Any:
        with self.timed(door):
            return door(*args)

    def map(self, door: Callable, batches: Sequence[Any], *args: Any) -> list[Any]:
        with self.timed(door):
            return self.spread(door, batches, *args)
