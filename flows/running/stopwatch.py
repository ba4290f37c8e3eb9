"""How long a batch takes, measured where it runs: the time that it waits for a worker does not count."""

import time
from collections.abc import Callable
from typing import Any, NamedTuple


class BatchTime(NamedTuple):
    """One batch: its room, the key of its first article, number of articles, seconds of work. A unit of linking counts as one."""

    room: str
    first_key: str
    articles: int
    seconds: float


def room_of(door: Callable) -> str:
    """The room whose door it is."""
    return door.__module__.split(".tasks.")[1].split(".")[0]


def run_timed(door: Callable, *args: Any) -> tuple[float, Any]:
    """Seconds and result of a door; runs in a worker."""
    started = time.perf_counter()
    result = door(*args)
    return time.perf_counter() - started, result
