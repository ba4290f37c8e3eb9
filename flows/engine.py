"""How doors are run: one by one, or mapped over batches on the worker pool.

Two engines have the same two methods: `Inline` here, and `Recorded` (in recorded.py), which makes a
Prefect task of each call. The flow body knows no other difference.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_EXCEPTION, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any, Protocol

from quotidian.tasks.tables.errors import QuotidianError

from .pool import Pool
from .progress import Progress

ATTEMPTS = 3
"""How often a batch is tried: a worker may be killed by the system for reasons outside the batch."""


class WorkerDied(QuotidianError):
    """A worker process died repeatedly on the same batch."""


class Engine(Protocol):
    """What the flow body needs of an engine."""

    seconds: dict[str, float]
    progress: Progress
    pool: Pool

    def call(self, door: Callable, *args: Any) -> Any:
        """Run a door in this process."""

    def map(self, door: Callable, batches: Sequence[Any], *args: Any) -> list[Any]:
        """Run `door(batch, *args)` for each batch on the worker pool; results in the order of the batches."""


def room_of(door: Callable) -> str:
    """The room whose door it is."""
    return door.__module__.split(".tasks.")[1].split(".")[0]


class Timed:
    """Keeps the seconds of each room; both engines do."""

    def __init__(self, pool: Pool, progress: Progress) -> None:
        self.pool, self.progress = pool, progress
        self.seconds: dict[str, float] = defaultdict(float)

    @contextmanager
    def timed(self, door: Callable) -> Iterator[None]:
        """Add the time within to the door's room."""
        started = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[room_of(door)] += time.perf_counter() - started


class Inline(Timed):
    """Runs doors without any server."""

    def call(self, door: Callable, *args: Any) -> Any:
        with self.timed(door):
            return door(*args)

    def map(self, door: Callable, batches: Sequence[Any], *args: Any) -> list[Any]:
        done: list[Any] = [None] * len(batches)
        self.progress.start(room_of(door), len(batches))
        left = list(range(len(batches)))
        with self.timed(door):
            for _ in range(ATTEMPTS):
                left = self.run_batches(door, batches, args, left, done)
        if left:
            raise WorkerDied(
                f"a worker died {ATTEMPTS} times in {room_of(door)}; the machine may be short of memory: try --workers 1."
            )
        return done

    def run_batches(
        self, door: Callable, batches: Sequence[Any], args: tuple, numbers: list[int], done: list[Any]
    ) -> list[int]:
        """Run the batches of `numbers`, put results into `done`; return those whose worker died."""
        running = {self.pool.submit(door, batches[n], *args): n for n in numbers}
        lost = []
        while running:
            finished, _ = wait(running, return_when=FIRST_EXCEPTION, timeout=0.2)
            for future in finished:
                number = running.pop(future)
                try:
                    done[number] = future.result()
                    self.progress.advance(room_of(door))
                except BrokenProcessPool:
                    lost.append(number)
        return sorted(lost)
