"""Memory that a process gave back and takes again: the system clears every page anew, which takes up to a sixth of the time of a small addition."""

import ctypes
import os

TRIM_THRESHOLD, MMAP_THRESHOLD = -1, -3
"""Parameters of `mallopt`, where the C library has it (glibc)."""
MOST_SPARE = 256 * 2**20
"""Bytes at the end of its memory that a process keeps for the next arrays; glibc's own number is twice the largest block that was freed."""
LARGEST_KEPT = 32 * 2**20
"""Bytes from which on a block is given back as soon as it is free, the most that glibc allows."""
SPARE_SECONDS = 10
"""How long polars, which has an allocator of its own, keeps what is free; its own number is half a second."""


def keep_memory() -> None:
    """Give memory back later, in this process, and, as far as polars is concerned, where it is not imported yet and in processes that are started."""
    os.environ.setdefault("_RJEM_MALLOC_CONF", f"dirty_decay_ms:{SPARE_SECONDS}000")
    if mallopt := getattr(ctypes.CDLL(None), "mallopt", None):
        mallopt(TRIM_THRESHOLD, MOST_SPARE)
        mallopt(MMAP_THRESHOLD, LARGEST_KEPT)
