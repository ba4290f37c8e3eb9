"""One writer at a time on a data folder."""

import fcntl
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from quotidian.tasks.store.errors import QuotidianError


class DataLocked(QuotidianError):
    """Another run holds the data folder."""

    exit_code = 3


@contextmanager
def lock_data(data: Path, wait_seconds: float, purpose: str) -> Iterator[None]:
    """Hold the data folder; wait for another run up to `wait_seconds`, then raise DataLocked naming it.

    The system drops the lock when its process ends, however that happens.
    """
    make_private(data)
    holder = data / ".lock.holder"
    lock = FileLock(data / ".lock")
    try:
        lock.acquire(timeout=wait_seconds)
    except Timeout:
        raise DataLocked(f"{data} is held by {describe_holder(holder)}: wait for it, or use --wait SECONDS.") from None
    try:
        holder.write_text(json.dumps({"pid": os.getpid(), "host": socket.gethostname(), "purpose": purpose}))
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def make_private(folder: Path) -> None:
    """Make a folder that only its user can look into; one that is there keeps the rights that it has."""
    if not folder.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)


def describe_holder(holder: Path) -> str:
    """Who holds the lock, as far as the holder has said so."""
    try:
        facts = json.loads(holder.read_text())
        return f"`{facts['purpose']}` (process {facts['pid']} on {facts['host']})"
    except (OSError, ValueError, KeyError):
        return "another run"


def is_held(data: Path) -> bool:
    """Whether a run holds the data folder now, asked without writing; False where this user may not look."""
    try:
        lock = os.open(data / ".lock", os.O_RDONLY)
    except (FileNotFoundError, PermissionError):
        return False
    try:
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(lock)
    return False
