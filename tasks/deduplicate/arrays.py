"""Arrays in memory, and in files of which stretches are read where they are asked for: what is mapped counts as memory once it is touched."""

import os
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from math import prod
from mmap import ACCESS_READ, mmap
from pathlib import Path
from weakref import finalize

import numpy as np
from numpy.lib.format import read_array_header_1_0, read_magic


@dataclass(frozen=True)
class StoredArray:
    """An array that `numpy.save` wrote into a file: `count` rows of `width` values, one where there is no second axis, from byte `start` on."""

    path: Path
    dtype: np.dtype
    count: int
    width: int
    start: int

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, rows: slice) -> np.ndarray:
        first, last, _ = rows.indices(self.count)
        found = np.empty(max(last - first, 0) * self.width, self.dtype)
        read_whole(self.file, memoryview(found.view(np.uint8)), self.start + first * self.row_bytes)
        return found if self.width == 1 else found.reshape(-1, self.width)

    def __array__(self, dtype: np.dtype | None = None, copy: bool | None = None) -> np.ndarray:
        return self[:].astype(dtype or self.dtype, copy=False)

    def __reduce__(self) -> tuple:  # an open file does not travel to another process
        return StoredArray, (self.path, self.dtype, self.count, self.width, self.start)

    @cached_property
    def file(self) -> int:
        """The file, open from its first use on as long as this is there."""
        opened = os.open(self.path, os.O_RDONLY)
        finalize(self, os.close, opened)
        return opened

    @property
    def row_bytes(self) -> int:
        """Bytes of a row."""
        return self.width * self.dtype.itemsize

    def read(self, starts: np.ndarray, sizes: np.ndarray) -> np.ndarray:
        """Stretches of rows, one after the other; those that lie side by side are read at once."""
        found, edges = np.empty(int(sizes.sum()) * self.width, self.dtype), np.append(0, np.cumsum(sizes))
        runs = np.flatnonzero(np.append(True, starts[1:] != starts[:-1] + sizes[:-1])[: len(starts)])
        starts, lengths = starts[runs], (np.diff(edges[np.append(runs, len(sizes))]) * self.row_bytes).tolist()
        view = memoryview(found.view(np.uint8))
        places = (self.start + starts.astype(np.int64) * self.row_bytes).tolist()
        for place, length, end in zip(places, lengths, accumulate(lengths), strict=True):
            read_whole(self.file, view[end - length : end], place)
        return found if self.width == 1 else found.reshape(-1, self.width)

    def map(self) -> np.ndarray:
        """All of it where it lies: what is touched counts as memory for as long as this is held."""
        if not self.count:
            return self[:]
        mapped = mmap(self.file, 0, access=ACCESS_READ)
        found = np.frombuffer(mapped, self.dtype, self.count * self.width, self.start)
        return found if self.width == 1 else found.reshape(-1, self.width)

    def read_one(self, row: int) -> int:
        """The number in one row."""
        read = os.pread(self.file, self.row_bytes, self.start + row * self.row_bytes)
        return int.from_bytes(read, "little")


Array = np.ndarray | StoredArray


def read_whole(file: int, view: memoryview, place: int) -> None:
    """Fill a view from a byte of a file on; the system reads 2 GB at a time at most."""
    done = os.preadv(file, [view], place)
    while done < len(view):
        more = os.preadv(file, [view[done:]], place + done)
        if not more:
            raise ValueError("A stored array ends before its last row.")
        done += more


def open_array(path: Path) -> StoredArray:
    """The array of a file, which stays where it is."""
    with path.open("rb") as file:
        read_magic(file)
        shape, _, dtype = read_array_header_1_0(file)
        start, width = file.tell(), prod(shape[1:])
        if os.fstat(file.fileno()).st_size < start + shape[0] * width * dtype.itemsize:
            raise ValueError(f"{path} is cut: it lacks the length of its array.")
    return StoredArray(path, dtype, shape[0], width, start)


def read_stretches(array: Array, starts: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Stretches of rows of an array, one after the other."""
    if isinstance(array, StoredArray):
        return array.read(starts, sizes)
    return array[np.arange(sizes.sum()) + np.repeat(starts - np.cumsum(sizes) + sizes, sizes)]


def map_array(array: Array) -> np.ndarray:
    """An array of which rows are looked up here and there."""
    return array.map() if isinstance(array, StoredArray) else array


def find_places(array: Array, values: np.ndarray) -> np.ndarray:
    """Where some values would stand in a sorted array, before equal ones."""
    if isinstance(array, StoredArray):
        return np.array([find_place(array, value, 0, len(array)) for value in values.tolist()], np.int64)
    return np.searchsorted(array, values)


def find_place(array: Array, value: int, first: int, last: int) -> int:
    """Where a value would stand in a sorted stretch of an array, before equal ones."""
    if isinstance(array, StoredArray):
        return bisect_left(range(len(array)), value, first, last, key=array.read_one)
    return first + int(np.searchsorted(array[first:last], array.dtype.type(value)))


def find_within(array: np.ndarray, values: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Where values would stand, each in a sorted stretch of its own, before equal ones: step by step for all of them, so that they wait for memory together."""
    places, sizes = starts.copy(), ends - starts
    while sizes.any():
        halves = sizes >> 1
        middles = places + halves
        is_behind = (array[np.minimum(middles, len(array) - 1)] < values) & (sizes > 0)
        places = np.where(is_behind, middles + 1, places)
        sizes = np.where(is_behind, sizes - halves - 1, halves)
    return places
