"""A folder of pages that appears whole: written aside, then put in the place of the one before."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from quotidian.tasks.store.errors import QuotidianError, UsageError

MARK = "report.json"
"""The file by which a folder is known to be a report, which alone may be replaced."""


class NoReport(UsageError):
    """The folder to write to holds something that is no report."""


class ReportLocked(QuotidianError):
    """Another process writes the same report."""

    exit_code = 3


@contextmanager
def write_folder(folder: Path) -> Iterator[Path]:
    """Yield an empty folder beside `folder`; on success it takes the place of `folder`, else it is removed.

    What killed writers left beside it is removed first. Raises NoReport rather than replace what
    is no report, ReportLocked where another process writes it.
    """
    refuse_others(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folder.parent / f".{folder.name}.lock", timeout=0):
            yield from build_aside(folder)
    except Timeout:
        raise ReportLocked(
            f"{folder} is being written by another process: wait for it, or name another folder."
        ) from None


def build_aside(folder: Path) -> Iterator[Path]:
    """Yield the folder aside, then put it in the place of `folder`."""
    for left in folder.parent.glob(f".{folder.name}.*.aside"):
        shutil.rmtree(left)
    building = folder.parent / f".{folder.name}.{os.getpid()}.aside"
    building.mkdir()
    try:
        yield building
        replace_folder(folder, building)
    finally:
        shutil.rmtree(building, ignore_errors=True)


def write_page(building: Path, before: Path, path: str, content: bytes) -> bool:
    """Write a file of the new folder; where the one before has the same bytes, it is that file, with its time. Whether it changed."""
    target, old = building / path, before / path
    target.parent.mkdir(exist_ok=True)
    if not (old.is_file() and old.stat().st_size == len(content) and old.read_bytes() == content):
        target.write_bytes(content)
        return True
    try:
        os.link(old, target)
    except OSError:  # a file system without links
        shutil.copy2(old, target)
    return False


def refuse_others(folder: Path) -> None:
    """Raise NoReport where `folder` is a file, or holds files and no report."""
    if folder.is_dir() and (not any(folder.iterdir()) or (folder / MARK).exists()):
        return
    if folder.exists():
        raise NoReport(f"{folder} is there and is no report: name another folder with --to.")


def replace_folder(folder: Path, building: Path) -> None:
    """Put `building` in the place of `folder`; two renames, so for a moment there is none."""
    if not folder.exists():
        building.rename(folder)
        return
    before = folder.parent / f".{folder.name}.{os.getpid()}.before.aside"
    folder.rename(before)
    building.rename(folder)
    shutil.rmtree(before)
