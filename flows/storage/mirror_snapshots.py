"""Snapshots of a mirror and of its store: brought over, carried back, and dropped where the store has them no more."""

import os
from pathlib import Path

from quotidian.flows.storage.store import Store
from quotidian.flows.storage.store_snapshots import SNAPSHOTS, has_manifest, point_to, read_current, read_highest
from quotidian.flows.storage.transfer import fetch_files, send_files
from quotidian.tasks.publish.history import list_snapshots
from quotidian.tasks.publish.prune import find_readers, judge, remove_snapshot
from quotidian.tasks.publish.snapshot import (
    MANIFEST,
    current_snapshot,
    keep_number,
    next_number,
    read_manifest,
    start_snapshot,
    switch_current,
)

BESIDE = (MANIFEST, "datapackage.json")
GRACE_SECONDS = 3600
"""As `quotidian prune` has it by default: somebody may just have resolved the snapshot."""


def pull_snapshot(store: Store, published: Path, at_once: bool = False) -> None:
    """Make the store's current snapshot that of the mirror, and drop those that the store has no more."""
    name = read_current(store)
    if name is None:
        return
    switch_current(published, fetch_snapshot(store, published, name))
    drop_gone(store, published, GRACE_SECONDS, at_once)


def pull_numbers(store: Store, published: Path) -> None:
    """Let the mirror's next snapshot have a number that none in the store ever had."""
    highest = read_highest(store)
    if highest:
        (published / "snapshots").mkdir(parents=True, exist_ok=True)
        if highest >= next_number(published):
            keep_number(published, highest)


def fetch_snapshot(store: Store, published: Path, name: str) -> Path:
    """The folder in the mirror of a snapshot of the store; unchanged files are linked."""
    target = published / "snapshots" / name
    if not target.exists():
        build_mirror(store, published, name).rename(target)
    return target


def build_mirror(store: Store, published: Path, name: str) -> Path:
    """A folder with all files of a snapshot of the store."""
    building, place = start_snapshot(published), f"{SNAPSHOTS}/{name}"
    fetch_files(store, {f"{place}/{beside}": building / beside for beside in BESIDE}, 0)
    known = hash_paths(current_snapshot(published))
    wanted, total = {}, 0
    for entry in read_manifest(building)["files"]:
        path = entry["path"]
        (building / path).parent.mkdir(parents=True, exist_ok=True)
        if known.get(path) == entry["sha256"]:
            os.link(current_snapshot(published) / path, building / path)
        else:
            wanted[f"{place}/{path}"] = building / path
            total += entry["bytes"]
    fetch_files(store, wanted, total)
    return building


def drop_gone(store: Store, published: Path, grace_seconds: float, at_once: bool = False) -> None:
    """Remove snapshots of the mirror that the store has no more, unless somebody on this machine reads them or may be about to.

    After a take-down they go at once, whoever reads them.
    """
    others = [path for path in list_snapshots(published) if path != current_snapshot(published)]
    gone = [path for path in others if not has_manifest(store, path.name)]
    readers = find_readers(published) if gone else {}
    for path in gone:
        if at_once or not judge(path, False, False, readers, grace_seconds):
            remove_snapshot(path)


def push_snapshot(store: Store, published: Path) -> None:
    """Carry the mirror's current snapshot to the store and make it current there: the last file written says so.

    Files that the store's current snapshot has already are copied inside the store.
    """
    snapshot, before = current_snapshot(published), read_current(store)
    if snapshot is None or snapshot.name == before:
        return
    place, old = f"{SNAPSHOTS}/{snapshot.name}", f"{SNAPSHOTS}/{before}"
    known = hash_paths(published / "snapshots" / before) if before else {}
    new = hash_paths(snapshot)
    same = [path for path, digest in new.items() if known.get(path) == digest]
    if same:
        store.files.copy([store.path(f"{old}/{p}") for p in same], [store.path(f"{place}/{p}") for p in same])
    send_files(store, {snapshot / path: f"{place}/{path}" for path in new if path not in set(same)})
    for beside in reversed(BESIDE):  # the manifest last: from then on it is a snapshot
        send_files(store, {snapshot / beside: f"{place}/{beside}"})
    point_to(store, snapshot.name)


def hash_paths(snapshot: Path | None) -> dict[str, str]:
    """sha256 of the table files of a snapshot, by path below it."""
    if snapshot is None or not (snapshot / MANIFEST).exists():
        return {}
    return {entry["path"]: entry["sha256"] for entry in read_manifest(snapshot)["files"]}
