"""Whether time outgrows the size of what is worked on, so measured that neither a busy machine nor the garbage collector decides."""

import gc
import time
from collections.abc import Callable

GROWTH = 6
"""Times as long for four times the size: 4 is linear, 16 quadratic."""
RUNS = 5


def outgrows(work: Callable[[int], object], size: int, floor: float) -> bool:
    """Whether work of a size takes more than `GROWTH` times as long as that of a quarter of it, whenever it is tried.

    The least of all tries counts; under `floor` processor seconds nothing is slow.
    """
    quick, slow = float("inf"), float("inf")
    for _ in range(RUNS):
        quick, slow = min(quick, measure(work, size // 4)), min(slow, measure(work, size))
        if slow < floor or slow <= GROWTH * quick:
            return False
    return True


def measure(work: Callable[[int], object], size: int) -> float:
    """Processor seconds of work of a size."""
    gc.disable()
    try:
        start = time.process_time()
        work(size)
        return time.process_time() - start
    finally:
        gc.enable()
