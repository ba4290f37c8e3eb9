"""The snapshots of a data folder, and finding one by what people call it."""

from pathlib import Path

from quotidian.tasks.store.errors import UsageError

from .snapshot import MANIFEST, current_snapshot, number_in, read_manifest

CURRENT = "current"


class NoSuchSnapshot(UsageError):
    """No snapshot, or more than one, answers to the name."""


def list_snapshots(published: Path) -> list[Path]:
    """Whole snapshots, oldest first."""
    found = (published.resolve() / "snapshots").glob(f"[0-9]*/{MANIFEST}")
    return sorted((path.parent for path in found), key=lambda path: number_in(path.name))


def find_snapshot(published: Path, name: str) -> Path:
    """The snapshot with this number, name, start of a name, or hash; `current` is the current one. Raises NoSuchSnapshot."""
    current, known = current_snapshot(published), list_snapshots(published)
    chosen = choose_name([path.name for path in known], current.name if current else None, name)
    return published.resolve() / "snapshots" / chosen


def choose_name(known: list[str], current: str | None, name: str) -> str:
    """Of the names of snapshots, oldest first, the one that answers to what people call it. Raises NoSuchSnapshot."""
    if name == CURRENT:
        found = [one for one in known if one == current]
    elif name.isdigit():
        found = [one for one in known if number_in(one) == int(name)]
    else:
        found = [one for one in known if one.startswith(name) or one.split("-")[1] == name]
    if len(found) == 1:
        return found[0]
    last = ", ".join(known[-5:]) or "none"
    word = "No snapshot is" if not found else f"{len(found)} snapshots are"
    raise NoSuchSnapshot(f"{word} called {name}: give a number or name, of which the newest are {last}.")


def snapshot_before(published: Path, snapshot: Path) -> Path:
    """The snapshot that was current when this one was published. Raises NoSuchSnapshot where there is none any more."""
    return snapshot.parent / name_before(read_manifest(snapshot), [path.name for path in list_snapshots(published)])


def name_before(manifest: dict, known: list[str]) -> str:
    """The same by names, of the snapshot that has the manifest."""
    own, name = manifest["snapshot"], manifest.get("before")
    if name is None:
        raise NoSuchSnapshot(f"{own} is the first snapshot: there is none before it.")
    if name not in known:
        raise NoSuchSnapshot(f"{name}, the snapshot before {own}, was removed: name another one.")
    return name
