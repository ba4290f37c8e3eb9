"""Removing snapshots and work that nobody uses, and never one that is being read.

A snapshot is kept while any of these holds: it is the current one; it is among the newest; it stopped being current a
short time ago, so that a reader who has just resolved `current` may be about to read it; a process on this machine has
one of its files open, or works in its folder; somebody holds a shared lock on its manifest (`flock -s
SNAPSHOT/manifest.json COMMAND`), which works from other machines too where the file system passes locks on.
"""

import fcntl
import shutil
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .history import list_snapshots
from .snapshot import BUILDING, MANIFEST, current_snapshot, keep_number

PROCESSES = Path("/proc")


@dataclass(frozen=True)
class Judged:
    """One snapshot: why it is kept (empty: it may go), and the bytes of its files that no other snapshot shares."""

    snapshot: Path
    kept: str
    bytes: int


def judge_snapshots(published: Path, keep: int, grace_seconds: float) -> list[Judged]:
    """Every snapshot, oldest first, with the reason why it is kept."""
    known, readers = list_snapshots(published), find_readers(published)
    newest = set(known[-keep:])
    kept = {
        path: judge(path, path == current_snapshot(published), path in newest, readers, grace_seconds) for path in known
    }
    sizes = count_own_bytes([path for path in known if not kept[path]])
    return [Judged(path, kept[path], sizes.get(path, 0)) for path in known]


def judge(snapshot: Path, is_current: bool, is_newest: bool, readers: dict[str, str], grace_seconds: float) -> str:
    """Why a snapshot is kept; empty where it may go."""
    if is_current:
        return "current"
    if is_newest:
        return "among the newest"
    if snapshot.name in readers:
        return f"read by {readers[snapshot.name]}"
    if is_locked(snapshot):
        return "locked by a reader"
    seconds = max(0.0, time.time() - snapshot.stat().st_mtime)
    minutes = round(seconds / 60)
    return f"was current {minutes} minute{'s' * (minutes != 1)} ago" if seconds < grace_seconds else ""


def is_locked(snapshot: Path) -> bool:
    """Whether somebody holds a lock on the snapshot's manifest."""
    with (snapshot / MANIFEST).open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
    return False


def find_readers(published: Path) -> dict[str, str]:
    """Names of snapshots that processes of this machine use, each with one such process. Empty where there is no /proc."""
    root = f"{published.resolve() / 'snapshots'}/"
    used = {}
    for process in PROCESSES.glob("[0-9]*"):
        for path in list_open(process):
            if path.startswith(root):
                used[path.removeprefix(root).split("/")[0]] = f"process {process.name}"
    return used


def list_open(process: Path) -> Iterator[str]:
    """Paths that a process has open, mapped into memory, or as its working folder; none where it may not be looked at."""
    for link in (process / "cwd", *list_links(process / "fd"), *list_links(process / "map_files")):
        try:
            yield str(link.readlink())
        except OSError:
            continue


def list_links(folder: Path) -> list[Path]:
    """What lies in a folder of /proc; nothing where the process has ended or belongs to somebody else."""
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def count_own_bytes(snapshots: list[Path]) -> dict[Path, int]:
    """Bytes that come free with each of these snapshots, once those before it are gone."""
    names: Counter[int] = Counter()
    sizes = dict.fromkeys(snapshots, 0)
    for snapshot in snapshots:
        for path in snapshot.rglob("*"):
            facts = path.stat()
            if path.is_file():
                names[facts.st_ino] += 1
                sizes[snapshot] += facts.st_size * (names[facts.st_ino] == facts.st_nlink)
    return sizes


def remove_snapshot(snapshot: Path) -> None:
    """Take a snapshot away: first its name, so that no half of it is ever read; the next publish ends what a kill left."""
    keep_number(snapshot.parent.parent)
    gone = snapshot.with_name(f"{BUILDING}{snapshot.name}")
    snapshot.rename(gone)
    shutil.rmtree(gone)
