"""Doors for workers of a test; importable by them."""

import os
import signal
import time
from pathlib import Path


def count_keys(batch: list[tuple[str, list[str]]], deadly: str, marks: Path) -> int:
    """How many keys; the process dies where the deadly one is in the batch. Leaves a mark of each try."""
    keys = [key for _, keys in batch for key in keys]
    (marks / f"{time.monotonic_ns()}").write_text(" ".join(keys))
    if deadly in keys:
        os.kill(os.getpid(), signal.SIGKILL)
    return len(keys)


def double_or_die(unit: int, deadly: int) -> int:
    """Twice a number; the process dies where it is the deadly one."""
    if unit == deadly:
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * unit


def double_but_die_once(unit: int, deadly: int, marks: Path) -> int:
    """The same where the deadly number kills the first process alone."""
    mark = marks / str(unit)
    if unit == deadly and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * unit
