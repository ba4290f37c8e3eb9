"""Working on a data folder in an object store through a mirror of it on this machine.

Files of the archive, the work store and the snapshots never change once they are written, so each is carried
once. A store has no links: the file `published/current.json` names the current snapshot, and writing it is the
one moment at which a new snapshot appears to readers.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from quotidian.tasks.publish.snapshot import MANIFEST, current_snapshot, read_manifest, start_snapshot, switch_current
from quotidian.tasks.tables.files import write_aside

from .lock import lock_data
from .settings import Settings
from .store import Store, lock_store, open_store

CURRENT = "published/current.json"
GROWING = ("archive", "work", "published/runs")
BESIDE = (MANIFEST, "datapackage.json")
CARRIED = ".carried.json"


@contextmanager
def hold_data(settings: Settings, purpose: str) -> Iterator[None]:
    """Hold the data folder for writing; where it lies in a store, bring the mirror up to date first and carry back after.

    What a failed run finished is carried back too, so that any machine can go on.
    """
    with lock_data(settings.data, settings.wait_seconds, purpose):
        if settings.store is None:
            yield
            return
        store = open_store(settings.store)
        with lock_store(store, settings.wait_seconds, purpose):
            pull_files(store, settings.data, GROWING)
            pull_snapshot(store, settings.published)
            try:
                yield
            except Exception:
                push_files(store, settings.data, GROWING)
                raise
            push_files(store, settings.data, GROWING)
            push_snapshot(store, settings.published)


def refresh_data(settings: Settings, *folders: str) -> None:
    """Bring the current snapshot (and `folders` of the data folder) of a store to the mirror, for reading."""
    if settings.store is None:
        return
    store = open_store(settings.store)
    pull_files(store, settings.data, folders)
    pull_snapshot(store, settings.published)


def carry_file(settings: Settings, path: Path, gone: list[Path]) -> None:
    """Bring one finished file of the mirror to the store, where there is one, and remove those that it replaces."""
    if settings.store is None:
        return
    store, names = open_store(settings.store), [old.relative_to(settings.data).as_posix() for old in gone]
    name = path.relative_to(settings.data).as_posix()
    send_files(store, {path: name})
    for old in names:
        if store.files.exists(store.path(old)):
            store.files.rm_file(store.path(old))
    write_carried(settings.data, (read_carried(settings.data) | {name}) - set(names))


def list_local(data: Path, folder: str) -> dict[str, int]:
    """Finished files below a folder of the data folder, by their path below it: bytes."""
    files = (p for p in (data / folder).rglob("*") if p.is_file() and not p.name.startswith("."))
    return {p.relative_to(data).as_posix(): p.stat().st_size for p in files}


def pull_files(store: Store, data: Path, folders: tuple[str, ...]) -> None:
    """Bring to the mirror what the store has more or other, and drop what is gone there.

    What the store never had stays: a run that was stopped before it could carry it back had finished it.
    """
    carried, seen = read_carried(data), set()
    for folder in folders:
        there, here = store.list_sizes(folder), list_local(data, folder)
        for name in sorted((here.keys() - there.keys()) & carried):
            (data / name).unlink()
        fetch_files(store, {name: data / name for name in list_differing(there, here)})
        seen |= there.keys()
    write_carried(data, carried | seen)


def push_files(store: Store, data: Path, folders: tuple[str, ...]) -> None:
    """Make folders of the store equal to those of the mirror, which was brought up to date before."""
    carried = read_carried(data)
    for folder in folders:
        there, here = store.list_sizes(folder), list_local(data, folder)
        send_files(store, {data / name: name for name in list_differing(here, there)})
        gone = there.keys() - here.keys()
        if gone:
            store.files.rm([store.path(name) for name in sorted(gone)])
        carried = (carried | here.keys()) - gone
    write_carried(data, carried)


def list_differing(source: dict[str, int], target: dict[str, int]) -> list[str]:
    """Files that the target lacks or has in another size, and those that may change without changing size."""
    return sorted(n for n, size in source.items() if target.get(n) != size or not n.endswith(".parquet"))


def read_carried(data: Path) -> set[str]:
    """Files that were on both sides once."""
    path = data / CARRIED
    return set(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else set()


def write_carried(data: Path, names: set[str]) -> None:
    with write_aside(data / CARRIED) as aside:
        aside.write_text(json.dumps(sorted(names)), encoding="utf-8")


def fetch_files(store: Store, wanted: dict[str, Path]) -> None:
    """Bring files from the store; each appears whole."""
    if not wanted:
        return
    aside = {name: path.with_name(f".{path.name}.{os.getpid()}.tmp") for name, path in wanted.items()}
    for path in {path.parent for path in wanted.values()}:
        path.mkdir(parents=True, exist_ok=True)
    store.files.get([store.path(name) for name in wanted], [str(path) for path in aside.values()])
    for name, path in wanted.items():
        aside[name].replace(path)


def send_files(store: Store, wanted: dict[Path, str]) -> None:
    """Bring files to the store."""
    if wanted:
        store.files.put([str(path) for path in wanted], [store.path(name) for name in wanted.values()])


def pull_snapshot(store: Store, published: Path) -> None:
    """Make the store's current snapshot that of the mirror; unchanged files are linked."""
    words = store.read(CURRENT)
    if words is None:
        return
    name = json.loads(words)["snapshot"]
    target = published / "snapshots" / name
    if not target.exists():
        build_mirror(store, published, name).rename(target)
    switch_current(published, target)


def build_mirror(store: Store, published: Path, name: str) -> Path:
    """A folder with all files of a snapshot of the store."""
    building, place = start_snapshot(published), f"published/snapshots/{name}"
    fetch_files(store, {f"{place}/{beside}": building / beside for beside in BESIDE})
    known = hash_paths(current_snapshot(published))
    wanted = {}
    for path, digest in hash_paths(building).items():
        (building / path).parent.mkdir(parents=True, exist_ok=True)
        if known.get(path) == digest:
            os.link(current_snapshot(published) / path, building / path)
        else:
            wanted[f"{place}/{path}"] = building / path
    fetch_files(store, wanted)
    return building


def push_snapshot(store: Store, published: Path) -> None:
    """Carry the mirror's current snapshot to the store and make it current there: the last file written says so.

    Files that the store's current snapshot has already are copied inside the store.
    """
    snapshot = current_snapshot(published)
    words = store.read(CURRENT)
    before = json.loads(words)["snapshot"] if words else None
    if snapshot is None or snapshot.name == before:
        return
    place, old = f"published/snapshots/{snapshot.name}", f"published/snapshots/{before}"
    known = hash_paths(published / "snapshots" / before) if before else {}
    new = hash_paths(snapshot)
    same = [path for path, digest in new.items() if known.get(path) == digest]
    if same:
        store.files.copy([store.path(f"{old}/{p}") for p in same], [store.path(f"{place}/{p}") for p in same])
    send_files(store, {snapshot / path: f"{place}/{path}" for path in new if path not in set(same)})
    send_files(store, {snapshot / beside: f"{place}/{beside}" for beside in BESIDE})
    store.files.pipe_file(store.path(CURRENT), json.dumps({"snapshot": snapshot.name}).encode() + b"\n")


def hash_paths(snapshot: Path | None) -> dict[str, str]:
    """sha256 of the table files of a snapshot, by path below it."""
    if snapshot is None or not (snapshot / MANIFEST).exists():
        return {}
    return {entry["path"]: entry["sha256"] for entry in read_manifest(snapshot)["files"]}
