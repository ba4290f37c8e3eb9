"""Moving files between a store and its mirror; on a terminal a bar shows the bytes."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fsspec.callbacks import Callback

from quotidian.flows.process.progress import Progress
from quotidian.flows.storage.store import Store


class Meter(Callback):
    """Adds up the bytes of all files of a transfer, of which fsspec reports each by itself."""

    def __init__(self, report: Callable[[int, int], None], total: int) -> None:
        super().__init__()
        self.report, self.total, self.moved = report, total, 0

    def branched(self, path_1: Any, path_2: Any, **options: Any) -> Callback:
        return FileMeter(self)

    def add(self, count: int) -> None:
        """Some more bytes have moved."""
        self.moved += count
        self.report(self.moved, self.total)

    def relative_update(self, inc: int = 1) -> None:
        """A whole file has moved: its bytes are counted already."""


class FileMeter(Callback):
    """Passes on the bytes of one file."""

    def __init__(self, meter: Meter) -> None:
        super().__init__()
        self.meter = meter

    def relative_update(self, inc: int = 1) -> None:
        self.meter.add(inc)

    def absolute_update(self, value: int) -> None:
        self.meter.add(value - self.value)
        self.value = value


def fetch_files(store: Store, wanted: dict[str, Path], total: int) -> None:
    """Bring files from the store, of `total` bytes together; each appears whole."""
    if not wanted:
        return
    aside = {name: path.with_name(f".{path.name}.{os.getpid()}.tmp") for name, path in wanted.items()}
    for path in {path.parent for path in wanted.values()}:
        path.mkdir(parents=True, exist_ok=True)
    sources, targets = [store.path(name) for name in wanted], [str(path) for path in aside.values()]
    move(lambda meter: store.files.get(sources, targets, callback=meter), "from store", total)
    for name, path in wanted.items():
        aside[name].replace(path)


def send_files(store: Store, wanted: dict[Path, str]) -> None:
    """Bring files to the store."""
    if not wanted:
        return
    total = sum(path.stat().st_size for path in wanted)
    sources, targets = [str(path) for path in wanted], [store.path(name) for name in wanted.values()]
    move(lambda meter: store.files.put(sources, targets, callback=meter), "to store", total)


def move(transfer: Callable[[Meter], None], name: str, total: int) -> None:
    """Run a transfer with a bar."""
    progress = Progress()
    try:
        transfer(Meter(progress.show(name, "bytes"), total))
    finally:
        progress.stop()
