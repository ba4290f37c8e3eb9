"""The snapshots of a data folder, and finding one by what people call it."""

from pathlib import Path

from quotidian.tasks.tables.errors import UsageError

from .snapshot import MANIFEST, current_snapshot, read_manifest

CURRENT = "current"


class NoSuchSnapshot(UsageError):
    """No snapshot, or more than one, answers to the name."""


def list_snapshots(published: Path) -> list[Path]:
    """Whole snapshots, oldest first."""
    found = (published.resolve() / "snapshots").glob(f"[0-9]*/{MANIFEST}")
    return sorted((path.parent for path in found), key=number_of)


def number_of(snapshot: Path) -> int:
    """The running number in a snapshot's name."""
    return int(snapshot.name.split("-")[0])


def find_snapshot(published: Path, name: str) -> Path:
    """The snapshot with this number, name, start of a name, or hash; `current` is the current one. Raises NoSuchSnapshot."""
    known = list_snapshots(published)
    if name == CURRENT:
        found = [path for path in known if path == current_snapshot(published)]
    elif name.isdigit():
        found = [path for path in known if number_of(path) == int(name)]
    else:
        found = [path for path in known if path.name.startswith(name) or path.name.split("-")[1] == name]
    if len(found) == 1:
        return found[0]
    last = ", ".join(path.name for path in known[-5:]) or "none"
    word = "No snapshot is" if not found else f"{len(found)} snapshots are"
    raise NoSuchSnapshot(f"{word} called {name}: give a number or name, of which the newest are {last}.")


def snapshot_before(published: Path, snapshot: Path) -> Path:
    """The snapshot that was current when this one was published. Raises NoSuchSnapshot where there is none any more."""
    name = read_manifest(snapshot)["before"]
    if name is None:
        raise NoSuchSnapshot(f"{snapshot.name} is the first snapshot: there is none before it.")
    if not (snapshot.parent / name).exists():
        raise NoSuchSnapshot(f"{name}, the snapshot before {snapshot.name}, was removed: name another one.")
    return snapshot.parent / name
