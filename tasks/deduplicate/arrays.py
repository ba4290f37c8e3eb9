"""Arrays in memory, and in files of which stretches are read where they are asked for: what is mapped counts as memory once it is touched."""

import os
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from weakref import finalize

import numpy as np


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
        return self.read(np.array([first]), np.array([max(last - first, 0)]))

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
        """Stretches of rows, one after the other."""
        found, lengths = np.empty(int(sizes.sum()) * self.width, self.dtype), (sizes * self.row_bytes).tolist()
        view = memoryview(found.view(np.uint8))
        places = (self.start + starts.astype(np.int64) * self.row_bytes).tolist()
        for place, length, end in zip(places, lengths, accumulate(lengths), strict=True):
            os.preadv(self.file, [view[end - length : end]], place)
        return found if self.width == 1 else found.reshape(-1, self.width)

    def read_one(self, row: int) -> int:
        """The number in one row."""
        read = os.pread(self.file, self.row_bytes, self.start + row * self.row_bytes)
        return int.from_bytes(read, "little")


Array = np.ndarray | StoredArray


def open_array(path: Path) -> StoredArray:
    """The array of a file, which stays where it is."""
    mapped = np.load(path, mmap_mode="r")  # also sees whether the file is whole
    return StoredArray(path, mapped.dtype, len(mapped), int(np.prod(mapped.shape[1:])), mapped.offset)


def read_stretches(array: Array, starts: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Stretches of rows of an array, one after the other."""
    if isinstance(array, StoredArray):
        return array.read(starts, sizes)
    return array[np.arange(sizes.sum()) + np.repeat(starts - np.cumsum(sizes) + sizes, sizes)]


def find_places(array: Array, values: np.ndarray) -> np.ndarray:
    """Where some values would stand in a sorted array, before equal ones."""
    if isinstance(array, StoredArray):
        rows = range(len(array))
        return np.array([bisect_left(rows, value, key=array.read_one) for value in values.tolist()], np.int64)
    return np.searchsorted(array, values)
