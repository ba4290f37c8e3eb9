"""How doors are run: one by one, or mapped over batches on the worker pool.

Two engines have the same two methods: `Inline` here, and `Recorded` (in recorded.py), which makes a
Prefect task of each call. The flow body knows no other difference.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_EXCEPTION, wait
from contextlib import contextmanager
from typing import Any, Protocol

from .pool import Pool
from .progress import Progress
from .rescue import DEATHS, rescue_batch


class Engine(Protocol):
    """What the flow body needs of an engine."""

    seconds: dict[str, float]
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
        with self.timed(door):
            for number in self.run_batches(door, batches, args, done):
                done[number] = rescue_batch(self.pool.submit, door, batches[number], args)
                self.progress.advance(room_of(door))
        return done

    def run_batches(self, door: Callable, batches: Sequence[Any], args: tuple, done: list[Any]) -> list[int]:
        """Run the batches and put their results into `done`; return the numbers of those whose worker died."""
        running = {self.pool.submit(door, batch, *args): number for number, batch in enumerate(batches)}
        lost = []
        while running:
            finished, _ = wait(running, return_when=FIRST_EXCEPTION, timeout=0.2)
            for future in finished:
                number = running.pop(future)
                try:
                    done[number] = future.result()
                    self.progress.advance(room_of(door))
                except DEATHS:
                    lost.append(number)
        return sorted(lost)
