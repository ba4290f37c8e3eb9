"""Snapshots: immutable folders of table files, and the one pointer that readers follow."""

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from quotidian.tasks.store.errors import QuotidianError
from quotidian.tasks.store.files import flush_names, write_aside

MANIFEST = "manifest.json"
BUILDING = ".building-"
HIGHEST = ".highest-number"
FLUSHES = 16
"""Files flushed side by side: a disk writes 16 at once three to ten times as fast as one by one."""


HOW_TO_MEND = (
    "`quotidian check` names all that is wrong, `quotidian rollback` goes back to an earlier snapshot, "
    "and the next run that publishes makes it anew."
)


class SnapshotDamaged(QuotidianError, ValueError):
    """What is published is not what was written."""


@dataclass(frozen=True)
class FileEntry:
    """One file of a snapshot: path below the snapshot, rows, bytes, sha256 of its bytes."""

    path: str
    table: str
    rows: int
    bytes: int
    sha256: str


def hash_file(path: Path) -> str:
    """sha256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_manifest(snapshot: Path) -> dict:
    """The manifest of a snapshot; raises SnapshotDamaged where it is gone, or is none."""
    try:
        manifest = json.loads((snapshot / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        manifest = None
    if not is_manifest(manifest):
        raise SnapshotDamaged(f"{MANIFEST} of snapshot {snapshot.name} is missing or damaged: {HOW_TO_MEND}")
    return manifest


def is_manifest(value: object) -> bool:
    """Whether a value has the shape of a manifest, with files inside of the snapshot only."""
    if not isinstance(value, dict) or not isinstance(value.get("snapshot"), str):
        return False
    files, before = value.get("files"), value.get("before")
    return isinstance(before, str | None) and isinstance(files, list) and all(map(is_entry, files))


def is_entry(value: object) -> bool:
    """Whether a value has the shape of a FileEntry."""
    types = (("path", str), ("table", str), ("rows", int), ("bytes", int), ("sha256", str))
    if not isinstance(value, dict) or not all(isinstance(value.get(name), type_) for name, type_ in types):
        return False
    return not value["path"].startswith("/") and ".." not in value["path"].split("/")


def list_entries(manifest: dict) -> list[FileEntry]:
    """The files that a manifest names."""
    return [FileEntry(**{name: entry[name] for name in FileEntry.__annotations__}) for entry in manifest["files"]]


def require_whole(snapshot: Path) -> None:
    """Raise SnapshotDamaged where a table or a file is gone or has another size; bytes are not read."""
    from quotidian.tasks.tables.catalog import CATALOG  # brings libraries, which finding the snapshot does not need

    entries = list_entries(read_manifest(snapshot))
    missing = [table.name for table in CATALOG if table.name not in {entry.table for entry in entries}]
    if missing:
        raise SnapshotDamaged(
            f"Snapshot {snapshot.name} has no table {missing[0]}, as those of an earlier release: the next run publishes one that has."
        )
    for entry in entries:
        path = snapshot / entry.path
        if not path.is_file() or path.stat().st_size != entry.bytes:
            raise SnapshotDamaged(f"{entry.path} of snapshot {snapshot.name} is missing or damaged: {HOW_TO_MEND}")


def write_manifest(folder: Path, facts: dict, entries: list[FileEntry]) -> None:
    """Write the manifest: `facts`, then every file."""
    files = [vars(entry) for entry in sorted(entries, key=lambda e: e.path)]
    (folder / MANIFEST).write_text(json.dumps(facts | {"files": files}, indent=1) + "\n", encoding="utf-8")


def current_snapshot(published: Path) -> Path | None:
    """The resolved folder of the current snapshot, or None where nothing is published or `current` points elsewhere."""
    snapshot = (published / "current").resolve()
    return snapshot if snapshot.parent == published.resolve() / "snapshots" and snapshot.is_dir() else None


def find_damage(snapshot: Path, is_sound: Callable[[Path, str, Callable], bool]) -> list[str]:
    """Files of the manifest that `is_sound(path, sha256, hash_file)` does not find sound, or the manifest itself."""
    try:
        entries = read_manifest(snapshot)["files"]
    except (OSError, ValueError, KeyError):
        return [MANIFEST]
    return [entry["path"] for entry in entries if not is_sound(snapshot / entry["path"], entry["sha256"], hash_file)]


def start_snapshot(published: Path) -> Path:
    """An empty folder to build in; what killed runs left there is removed."""
    snapshots = published / "snapshots"
    snapshots.mkdir(parents=True, exist_ok=True)
    for left in snapshots.glob(f"{BUILDING}*"):
        shutil.rmtree(left)
    building = snapshots / f"{BUILDING}{os.getpid()}"
    building.mkdir()
    return building


def is_whole(snapshot: Path, entry: FileEntry) -> bool:
    """Whether the snapshot has this file with these bytes."""
    path = snapshot / entry.path
    return path.exists() and path.stat().st_size == entry.bytes and hash_file(path) == entry.sha256


def link_file(building: Path, before: Path, entry: FileEntry) -> None:
    """Let both snapshots share a file."""
    (building / entry.path).parent.mkdir(parents=True, exist_ok=True)
    os.link(before / entry.path, building / entry.path)


def hash_content(entries: list[FileEntry]) -> str:
    """12 hex digits of what the snapshot holds: paths and hashes of its table files."""
    lines = "".join(f"{entry.path} {entry.sha256}\n" for entry in sorted(entries, key=lambda e: e.path))
    return hashlib.sha256(lines.encode()).hexdigest()[:12]


def shares_all(building: Path, before: Path, entries: list[FileEntry]) -> bool:
    """Whether every built file is one of the snapshot before, and its manifest can be read."""
    return not find_damage(before, lambda *_: True) and all(
        (before / e.path).exists() and (building / e.path).samefile(before / e.path) for e in entries
    )


def number_in(name: str) -> int:
    """The running number in a snapshot's name."""
    return int(name.split("-")[0])


def next_number(published: Path) -> int:
    """1 + the highest number that a snapshot ever had here."""
    taken = [number_in(p.name) for p in (published / "snapshots").iterdir() if p.name[:1].isdigit()]
    gone = published / HIGHEST
    return max([*taken, int(gone.read_text()) if gone.exists() else 0]) + 1


def keep_number(published: Path, number: int = 0) -> None:
    """Write down the highest number, before a snapshot is removed (or `number`, where that is higher): none ever comes back."""
    with write_aside(published / HIGHEST) as aside:
        aside.write_text(f"{max(number, next_number(published) - 1)}\n")


def finish_snapshot(published: Path, building: Path, entries: list[FileEntry], facts: dict) -> tuple[Path, bool]:
    """Write the manifest, name the folder and switch `current`; return the snapshot and whether it is new.

    A snapshot is named by a running number and the hash of its content. Where the current one holds the same
    files, undamaged, the built folder is thrown away and the current one returned.
    """
    before = current_snapshot(published)
    content = hash_content(entries)
    if before is not None and before.name.endswith(f"-{content}") and shares_all(building, before, entries):
        shutil.rmtree(building)
        return before, False
    name = f"{next_number(published):06d}-{content}"
    write_manifest(building, {"snapshot": name, "before": before.name if before else None, **facts}, entries)
    flush_all(building)
    snapshot = building.rename(published.resolve() / "snapshots" / name)
    switch_current(published, snapshot)
    return snapshot, True


def flush_all(folder: Path) -> None:
    """Make sure that a folder and everything in it is on the disk; files shared with an older snapshot are."""
    new = [path for path in folder.rglob("*") if path.is_dir() or path.stat().st_nlink == 1]
    with ThreadPoolExecutor(FLUSHES) as pool:
        list(pool.map(flush_names, [folder, *new]))


def switch_current(published: Path, snapshot: Path) -> None:
    """Point `current` to a snapshot in one atomic rename. The folder's time tells when the one before stopped being it."""
    before = current_snapshot(published)
    aside = published / f".current.{os.getpid()}"
    aside.unlink(missing_ok=True)
    aside.symlink_to(Path("snapshots") / snapshot.name, target_is_directory=True)
    aside.replace(published / "current")
    flush_names(published)
    if before is not None and before != snapshot:
        os.utime(before)
