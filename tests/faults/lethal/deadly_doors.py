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
