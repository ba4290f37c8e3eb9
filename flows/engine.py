"""How doors are run: one by one, or mapped over batches on the worker pool.

Two engines have the same two methods: `Inline` here, and `Recorded` (in recorded.py), which makes a
Prefect task of each call. The flow body knows no other difference.
"""

import logging
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, wait
from contextlib import contextmanager
from typing import Any, Protocol

from quotidian.tasks.tables.batches import Parts, list_keys

from .pool import Pool
from .progress import Progress
from .rescue import DEATHS, rescue_batch
from .stopwatch import BatchTime, run_timed

log = logging.getLogger(__name__)


class Engine(Protocol):
    """What the flow body needs of an engine."""

    seconds: dict[str, float]
    batch_times: list[BatchTime]
    progress: Progress
    pool: Pool

    def call(self, door: Callable, *args: Any) -> Any:
        """Run a door in this process."""

    def map(self, door: Callable, batches: Sequence[Any], *args: Any) -> list[Any]:
        """Run `door(batch, *args)` for each batch on the worker pool; results in the order of the batches.

        A batch that kills its worker is rescued (see rescue.py).
        """


def room_of(door: Callable) -> str:
    """The room whose door it is."""
    return door.__module__.split(".tasks.")[1].split(".")[0]


class Timed:
    """Keeps the seconds of each room and of each batch; both engines do."""

    def __init__(self, pool: Pool, progress: Progress) -> None:
        self.pool, self.progress = pool, progress
        self.seconds: dict[str, float] = defaultdict(float)
        self.batch_times: list[BatchTime] = []

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
        return self.take(self.pool.submit(run_timed, door, batch, *args), door, batch)

    def take(self, future: Future, door: Callable, batch: Parts) -> Any:
        """The result of `run_timed` in a worker; notes how long the batch took."""
        seconds, result = future.result()
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
        done: list[Any] = [None] * len(batches)
        self.progress.start(room_of(door), len(batches))
        with self.timed(door):
            for number in self.run_batches(door, batches, args, done):
                done[number] = rescue_batch(self.run, door, batches[number], args)
                self.progress.advance(room_of(door))
        return done

    def run_batches(self, door: Callable, batches: Sequence[Any], args: tuple, done: list[Any]) -> list[int]:
        """Run the batches and put their results into `done`; return the numbers of those whose worker died."""
        running = {self.pool.submit(run_timed, door, batch, *args): number for number, batch in enumerate(batches)}
        lost = []
        while running:
            finished, _ = wait(running, return_when=FIRST_EXCEPTION, timeout=0.2)
            for future in finished:
                number = running.pop(future)
                try:
                    done[number] = self.take(future, door, batches[number])
                    self.progress.advance(room_of(door))
                except DEATHS:
                    lost.append(number)
        return sorted(lost)
