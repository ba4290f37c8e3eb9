"""Whether time outgrows the size of what is worked on, so measured that a busy machine, a coarse clock or the garbage collector do not decide."""

import gc
import math
import re
import time
from collections.abc import Callable

GROWTH = 6
"""Times as long for four times the size: 4 is linear, 16 quadratic."""
RUNS = 5
# Seconds: each try lasts so long at least, that a clock of ticks can tell, and waits so much longer than the one before, that one stint of
# a neighbour does not spoil them all.
LONG, PAUSE = 0.1, 0.1
# A bare part, and the processor seconds that it takes on a machine with nothing else to do: where it takes longer, so may all else.
BARE, BARE_TEXT, BARE_SECONDS = re.compile("(?:ab|a)*c"), 100_000 * "a", 0.0019


def outgrows(work: Callable[[int], object], size: int, floor: float, wider: bool = True) -> bool:
    """Whether work of a size takes more than `GROWTH` times as long as that of a quarter of it, whenever it is tried.

    The least of all tries counts; under `floor` processor seconds of a machine with nothing else to do nothing is slow. What grows faster than its size does so at four times
    the size too, and is tried there before it is believed, unless `wider` says that nothing is ever that large.
    """
    return stays_slow(work, size, floor) and (not wider or stays_slow(work, 4 * size, floor))


def stays_slow(work: Callable[[int], object], size: int, floor: float) -> bool:
    """Whether no try is under `floor` or within `GROWTH`; the quarter is worked on four times, so that both last about as long."""
    first = measure(work, size)
    if first < floor or first < floor * tell_slowness():
        return False
    times = math.ceil(LONG / first)
    quick, slow = float("inf"), float("inf")
    for attempt in range(RUNS):
        time.sleep(PAUSE * attempt)
        slow = min(slow, measure(work, size, times) / times)
        quick = min(quick, measure(work, size // 4, 4 * times) / (4 * times))
        if slow < floor * tell_slowness() or slow <= GROWTH * quick:
            return False
    return True


def tell_slowness() -> float:
    """How many times as long as on a machine with nothing else to do the bare part takes now, once or more: the least of all tries."""
    return max(1, min(measure(lambda _: BARE.match(BARE_TEXT), 0) for _ in range(RUNS)) / BARE_SECONDS)


def measure(work: Callable[[int], object], size: int, times: int = 1) -> float:
    """Processor seconds of work of a size, so many times."""
    gc.disable()
    try:
        start = time.process_time()
        for _ in range(times):
            work(size)
        return time.process_time() - start
    finally:
        gc.enable()
