"""Writing files so that a reader never sees half of one."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from glob import escape
from pathlib import Path


@contextmanager
def write_aside(path: Path) -> Iterator[Path]:
    """Yield a path beside `path`; on success flush it to disk and rename it, else remove it.

    A reader sees the old file, the new file, or none: never half of one. Leftovers of a killed process
    start with a dot and are never read.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        yield aside
        with aside.open("rb+") as file:
            os.fsync(file.fileno())
        aside.replace(path)
        flush_names(path.parent)
    finally:
        aside.unlink(missing_ok=True)


def sweep_asides(path: Path) -> None:
    """Remove what killed processes of this machine left of writing `path`, a file or a folder."""
    for left in path.parent.glob(f".{escape(path.name)}.*.tmp*"):
        digits = left.name.removeprefix(f".{path.name}.").partition(".")[0]
        if digits.isdecimal() and not is_running(int(digits)):
            shutil.rmtree(left) if left.is_dir() else left.unlink(missing_ok=True)


def is_running(process: int) -> bool:
    """Whether a process of this machine has the number."""
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def flush_names(folder: Path) -> None:
    """Make sure that the names in a folder (or the bytes of a file) are on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)
