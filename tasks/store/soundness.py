"""Whether files still hold the bytes that were promised, without reading them all each time."""

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from .files import write_aside

LEDGER = ".sound.json"
SEAL = "hashes.json"
DAMAGED = "damaged"
NAMED = (".parquet", ".npy")
"""Endings of files that have the hash of their bytes as name, or may."""
HASH = re.compile(r"[0-9a-f]{32}")


def hash_stored(path: Path) -> str:
    """Content address of a file, of which little is in memory at a time."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).hexdigest()


@dataclass
class Ledger:
    """Which files were read and found sound: size and time of change in nanoseconds, by path below the data folder.

    A file that has neither changed since is not read again. It may be deleted: then all are read once more.
    """

    data: Path
    before: dict[str, list]
    now: dict[str, list] = field(default_factory=dict)

    @property
    def path(self) -> Path:
        return self.data / "work" / LEDGER

    def is_sound(self, path: Path, promised: str, hash_file: Callable[[Path], str] = hash_stored) -> bool:
        """Whether the file is there and its hash is the promised one."""
        try:
            stat = path.stat()
        except FileNotFoundError:
            return False
        name, stamp = path.relative_to(self.data).as_posix(), [stat.st_size, stat.st_mtime_ns, promised]
        if self.before.get(name) != stamp and hash_file(path) != promised:
            return False
        self.now[name] = stamp
        return True

    def take_over(self, folder: str, before: str, promised: dict[str, str]) -> None:
        """Take for sound the files of a new folder (hashes by path below it): those of the folder `before` as they were found there, the others
        as they were just written. Folders are named by their paths below the data folder."""
        self.now = known = self.before | self.now
        for path, hash_ in promised.items():
            stamp = known.get(f"{before}/{path}")
            if not isinstance(stamp, list) or stamp[2:] != [hash_]:
                stat = (self.data / folder / path).stat()
                stamp = [stat.st_size, stat.st_mtime_ns, hash_]
            known[f"{folder}/{path}"] = stamp

    def save(self) -> None:
        """Keep what was found for the next time."""
        if self.now != self.before:
            with write_aside(self.path) as aside:
                aside.write_text(json.dumps(self.now))


def open_ledger(data: Path) -> Ledger:
    """The ledger of a data folder; an empty one where it is missing or broken."""
    try:
        known = json.loads((data / "work" / LEDGER).read_text())
    except (OSError, ValueError):
        known = {}
    return Ledger(data, known if isinstance(known, dict) else {})


def find_damaged(folder: Path, ledger: Ledger) -> list[Path]:
    """Files at any depth below a folder whose bytes are not those that their names promise.

    What was put aside before does not count.
    """
    files = sorted(path for path in folder.rglob("*") if path.suffix in NAMED and HASH.fullmatch(path.stem))
    fresh = [path for path in files if DAMAGED not in path.relative_to(folder).parts]
    return [path for path in fresh if not ledger.is_sound(path, path.stem)]


def seal_folder(folder: Path) -> None:
    """Write the hashes of a folder's files into it, for files whose names are no hashes."""
    hashes = {path.name: hash_stored(path) for path in sorted(folder.iterdir())}
    (folder / SEAL).write_text(json.dumps(hashes, indent=1) + "\n")


def find_broken_seals(data: Path, ledger: Ledger) -> list[Path]:
    """Sealed folders of work that lack a file or hold one with other bytes."""
    seals = sorted((data / "work").glob(f"*/*/{SEAL}"))
    return [seal.parent for seal in seals if seal.parts[-3] != DAMAGED and not holds_its_files(seal, ledger)]


def holds_its_files(seal: Path, ledger: Ledger) -> bool:
    """Whether every file that the seal names is sound."""
    try:
        hashes = json.loads(seal.read_text())
    except ValueError:
        return False
    return all(ledger.is_sound(seal.parent / name, promised) for name, promised in hashes.items())


def put_aside(path: Path, data: Path) -> Path:
    """Move a damaged file or folder of work to `work/damaged/`, where nothing reads it; return its new place."""
    place = data / "work" / DAMAGED / path.relative_to(data / "work")
    number = 1
    while place.exists():
        number += 1
        place = place.with_name(f"{path.name}.{number}")
    place.parent.mkdir(parents=True, exist_ok=True)
    return path.rename(place)
