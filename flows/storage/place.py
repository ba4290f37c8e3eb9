"""Where a data folder lies."""

import os
import re
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Place:
    """A data folder: `folder` on this machine, a mirror where `store` is the address of the folder in an object store; a command
    waits up to `wait_seconds` for another run on it."""

    folder: Path
    store: str | None = None
    wait_seconds: float = 0

    @property
    def published(self) -> Path:
        return self.folder / "published"


def find_place(data: str, wait_seconds: float, caches: Path) -> Place:
    """The place of a data folder as people name it: a path, or an address with ://, whose mirror lies in `caches`."""
    if "://" not in data:
        return Place(Path(data), None, wait_seconds)
    address = data.rstrip("/")
    return Place(caches / "quotidian" / re.sub(r"[^\w.-]+", "_", address), address, wait_seconds)


def find_caches() -> Path:
    """The folder of this machine's user for what can be made again (XDG Base Directory Specification)."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
