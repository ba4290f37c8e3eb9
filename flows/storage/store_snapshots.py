"""The snapshots of a data folder in an object store: which there are, which one is current, and taking some away.

A store has no links and renames nothing, so a snapshot is whole, and has a name, as long as its manifest lies there: it is
written last and removed first. The file `published/current.json` names the current one. Another file in the folder of a
snapshot is written when it stops being current: the store's time of it tells since when.
"""

import json
from datetime import datetime
from pathlib import Path

from quotidian.flows.storage.store import LOCK, Store
from quotidian.tasks.publish.prune import Judged
from quotidian.tasks.publish.snapshot import MANIFEST, number_in

CURRENT = "published/current.json"
SNAPSHOTS = "published/snapshots"
ENDED = ".ended"
HIGHEST = "published/highest-number.json"


def read_current(store: Store) -> str | None:
    """Name of the current snapshot, None where nothing is published."""
    words = store.read(CURRENT)
    return json.loads(words)["snapshot"] if words else None


def point_to(store: Store, name: str) -> None:
    """Make a snapshot the current one, in one request, and mark the one before."""
    before = read_current(store)
    store.write(CURRENT, {"snapshot": name})
    if before not in (None, name):
        store.write(f"{SNAPSHOTS}/{before}/{ENDED}", {"after": name})


def list_folders(store: Store) -> list[str]:
    """Names of all folders of snapshots, those that are no whole snapshot included."""
    return sorted(name for name in store.list_names(SNAPSHOTS) if name[:1].isdigit())


def list_whole(store: Store) -> list[str]:
    """Names of the snapshots, oldest first."""
    return sorted((name for name in list_folders(store) if has_manifest(store, name)), key=number_in)


def has_manifest(store: Store, name: str) -> bool:
    """Whether a folder of the store is a whole snapshot."""
    return store.has(f"{SNAPSHOTS}/{name}/{MANIFEST}")


def read_manifest_of(store: Store, name: str) -> dict:
    """The manifest of a snapshot."""
    return json.loads(store.read(f"{SNAPSHOTS}/{name}/{MANIFEST}"))


def read_highest(store: Store) -> int:
    """The highest number that a snapshot ever had here, 0 before the first."""
    kept = store.read(HIGHEST)
    return max([json.loads(kept)["number"] if kept else 0, *map(number_in, list_folders(store))])


def judge_stored(store: Store, keep: int, grace_seconds: float) -> list[Judged]:
    """Every snapshot, oldest first, with the reason why it is kept. The lock must be held: its time is now.

    All times are the store's own. Who reads a snapshot in a store cannot be told: only the time counts.
    """
    known, current = list_whole(store), read_current(store)
    now, newest = store.time_of(LOCK), set(known[-keep:])
    judged = []
    for name in known:
        kept = "current" if name == current else "among the newest" if name in newest else ""
        seconds = (now - time_of_end(store, name)).total_seconds()
        if not kept and seconds < grace_seconds:
            kept = f"was current {max(0.0, seconds) / 60:.0f} minutes ago"
        size = 0 if kept else sum(store.list_sizes(f"{SNAPSHOTS}/{name}").values())
        judged.append(Judged(Path(SNAPSHOTS) / name, kept, size))
    return judged


def time_of_end(store: Store, name: str) -> datetime:
    """When a snapshot stopped being current; where a killed run left no mark, when the pointer was written last."""
    mark = f"{SNAPSHOTS}/{name}/{ENDED}"
    return store.time_of(mark if store.has(mark) else CURRENT)


def remove_stored(store: Store, names: list[str]) -> None:
    """Take snapshots away, each first its name; a number never comes back."""
    if names:
        store.write(HIGHEST, {"number": read_highest(store)})
    for name in names:
        folder = f"{SNAPSHOTS}/{name}"
        store.remove([f"{folder}/{MANIFEST}"])
        store.remove(sorted(store.list_sizes(folder)))


def remove_torn(store: Store) -> None:
    """Take away what killed runs left of snapshots: folders without a manifest. The lock must be held."""
    remove_stored(store, [name for name in list_folders(store) if not has_manifest(store, name)])
