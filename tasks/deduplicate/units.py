"""Units of linking that worker processes take, as they take batches: each lies in a file, and so does what it finds.

Names of files and rows travel between processes. Arrays that lie in files are read there; other large ones are put into files first, once
for all units. Files are pickles of a folder that only runs of this data folder write.
"""

import io
import pickle
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np

from quotidian.tasks.store.batches import Parts

FOLDER = ".units.tmp"
"""By its name a leftover where a run was killed: nothing else reads it, and files whose names begin with a dot are never carried to a store."""
LEAST_SECONDS = 4
"""Work below which workers cost more than they save: one takes about a second and a half to start and to import what links articles."""
LARGE = 1_000_000
"""Bytes from which on an array has a file of its own."""

Spread = Callable[[Callable[[Parts], str], list[Parts]], list[str]]
"""Runs a door for each of some batches on workers; gives the results in the order of the batches."""


@dataclass(frozen=True)
class Workers:
    """Who works on units: this process, or, where there is a `spread`, workers that all see the folder."""

    folder: Path | None = None
    spread: Spread | None = None

    def map(self, work: Callable, units: Iterable[Any], *shared: Any, seconds: float) -> Iterator[Any]:
        """`work(unit, *shared)` for each unit, in their order. `work` is a function of a module, and changes nothing that it is given; all
        units take about so many seconds."""
        if self.spread is None or seconds < LEAST_SECONDS:
            yield from (work(unit, *shared) for unit in units)
            return
        with opening(self.folder) as folder:
            write_pickle((work, shared), folder / ".shared", folder)
            batches = []
            for number, unit in enumerate(units):
                write_pickle(unit, path := folder / f".{number}", folder)
                batches.append([(str(path), [f"{work.__name__} {number}"])])
            for found in self.spread(do_unit, batches):
                yield pickle.loads(Path(found).read_bytes())


HERE = Workers()
"""This process alone."""


@contextmanager
def opening(folder: Path) -> Iterator[Path]:
    """A new folder that is removed afterwards; no other ever has its name, since workers remember what they read."""
    new = folder / FOLDER / f".{uuid4().hex}"
    new.mkdir(parents=True)
    try:
        yield new
    finally:
        sweep_units(folder)


def sweep_units(folder: Path) -> None:
    """Remove all units, those of a killed run, too."""
    shutil.rmtree(folder / FOLDER, ignore_errors=True)


def do_unit(batch: Parts) -> str:
    """Work on one unit; runs in a worker. Returns the file of what it found."""
    path = Path(batch[0][0])
    work, shared = read_shared(path.with_name(".shared"))
    found = path.with_name(f"{path.name}.found")
    write_pickle(work(read_pickle(path), *shared), found)
    return str(found)


@lru_cache(1)
def read_shared(path: Path) -> tuple[Callable, tuple]:
    """What all units of a folder are worked on with."""
    return read_pickle(path)


class ArrayPickler(pickle.Pickler):
    """Puts large arrays into files of a folder, and their names in their place."""

    def __init__(self, file: io.BufferedIOBase, folder: Path) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self.folder = folder

    def persistent_id(self, value: Any) -> str | None:
        if not isinstance(value, np.ndarray) or value.nbytes < LARGE or value.dtype.hasobject:
            return None
        return write_array(value, self.folder)


class ArrayUnpickler(pickle.Unpickler):
    """Reads arrays that are named where they lie."""

    def persistent_load(self, name: str) -> np.ndarray:
        return np.asarray(np.load(name, mmap_mode="r"))


def write_array(array: np.ndarray, folder: Path) -> str:
    """Put an array into a new file of a folder."""
    path = folder / f".{uuid4().hex}.npy"
    with path.open("wb") as file:
        np.save(file, array)
    return str(path)


def write_pickle(value: Any, path: Path, folder: Path | None = None) -> None:
    """Write a value, whole or not at all; where a folder is given, large arrays beside it."""
    aside = path.with_name(f"{path.name}.{uuid4().hex}")
    with aside.open("wb") as file:
        if folder is None:
            pickle.dump(value, file, pickle.HIGHEST_PROTOCOL)
        else:
            ArrayPickler(file, folder).dump(value)
    aside.rename(path)


def read_pickle(path: Path) -> Any:
    """What `write_pickle` wrote."""
    with path.open("rb") as file:
        return ArrayUnpickler(file).load()
