"""Streams of bytes that count what they give, and name what broke them."""

import io
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

CHUNK_BYTES = 65_536
# Unpacked bytes that need no justification: a small file of one repeated line packs a thousand to one.
FREE_BYTES = 10_000_000
# What is kept in memory of a stream that must be turned back; the rest goes to an unnamed temporary file.
SPOOL_BYTES = 16_000_000
# What gzip, zstd and zip raise for bytes that are none of theirs, or that end early; RuntimeError: needs a password.
UNPACKING_ERRORS = (
    *(EOFError, OSError, ValueError, NotImplementedError, RuntimeError),
    *(zlib.error, zipfile.BadZipFile, tarfile.TarError),
)


class SourceBroken(Exception):
    """The stream `name` gives no more; `reason` and `detail` are those of its reject."""

    def __init__(self, name: str, reason: str, detail: str) -> None:
        super().__init__(name, reason, detail)
        self.name, self.reason, self.detail = name, reason, detail


class Counted(io.RawIOBase):
    """A file as it lies, with the number of bytes that were read of it."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.count = file, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self.file.seekable()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self.file.seek(offset, whence)

    def tell(self) -> int:
        return self.file.tell()

    def readinto(self, buffer: memoryview) -> int:
        data = self.file.read(len(buffer))
        buffer[: len(data)] = data
        self.count += len(data)
        return len(data)


@dataclass
class Budget:
    """How much the file may still unpack to, over all the streams packed into it.

    `given` counts what was unpacked, `file` what was read for it. A part that is read again counts once only.
    """

    file: Counted
    ratio: int
    size: int | None = None
    given: int = 0

    @property
    def read(self) -> int:
        """Bytes of the file that were read; what is read again counts once."""
        return self.file.count if self.size is None else min(self.file.count, self.size)

    def spend(self, count: int, name: str) -> None:
        """Count unpacked bytes; raises SourceBroken where the file unpacks to more than it may."""
        self.given += count
        if self.given > FREE_BYTES + self.ratio * self.read:
            detail = f"{self.read} bytes unpack to more than {self.given}, over {self.ratio} times their size"
            raise SourceBroken(name, "compression_ratio", detail)


class Derived(io.RawIOBase):
    """A stream made from another. Where that breaks this one ends; who reads on is told by SourceBroken.

    So a reader gets all that there is before the break, and must read on behind the end (or call `raise_failure`) to
    be sure that it was one.
    """

    _failure: SourceBroken | None = None
    _given = 0

    def give(self, count: int) -> bytes:
        """At most `count` of the next bytes; raises SourceBroken."""
        raise NotImplementedError

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:
        self.raise_failure()
        try:
            data = self.give(len(buffer))
        except SourceBroken as error:
            self._failure = error
            return 0
        buffer[: len(data)] = data
        self._given += len(data)
        return len(data)

    def tell(self) -> int:
        return self._given

    def raise_failure(self) -> None:
        """Raise what ended the stream before its time, if anything did."""
        if self._failure:
            raise self._failure


class Unpacked(Derived):
    """What a packed stream, read by a function of the number of bytes wanted, unpacks to."""

    def __init__(self, read: Callable[[int], bytes], name: str, budget: Budget) -> None:
        self._read, self.name, self.budget = read, name, budget

    def give(self, count: int) -> bytes:
        try:
            data = self._read(count) or self._read(count)  # behind the end, to be sure
        except UNPACKING_ERRORS as error:
            raise SourceBroken(self.name, "damaged", describe(error)) from None
        self.budget.spend(len(data), self.name)
        return data


class Rewound(Derived):
    """A stream whose first bytes were read already, from its start again."""

    def __init__(self, head: bytes, file: IO[bytes]) -> None:
        self._head, self._file = head, file

    def give(self, count: int) -> bytes:
        data = self._head[:count] or self._file.read(count) or self._file.read(count)  # behind the end, to be sure
        self._head = self._head[len(data) :]
        return data


def describe(error: BaseException) -> str:
    """An error in one line without its type, or its type where it says nothing."""
    return " ".join(str(error).split())[:200] or type(error).__name__


def buffer_stream(raw: io.RawIOBase) -> io.BufferedReader:
    return io.BufferedReader(raw, CHUNK_BYTES)


def open_counted(file: IO[bytes], ratio: int) -> tuple[io.BufferedReader, Budget]:
    """A file as a stream, and the budget of what it may unpack to."""
    counted = Counted(file)
    budget = Budget(counted, ratio)
    if counted.seekable():
        budget.size = file.seek(0, io.SEEK_END)
        file.seek(0)
    return buffer_stream(counted), budget


def peek(file: io.BufferedReader, count: int) -> tuple[bytes, io.BufferedReader]:
    """The first bytes of a stream, and the stream from its start."""
    head = file.read(count)
    if file.seekable():
        file.seek(0)
        return head, file
    return head, buffer_stream(Rewound(head, file))


def read_whole(file: IO[bytes], limit: int) -> bytes:
    """All bytes of a stream, or `limit` of them and one more. Raises SourceBroken where the stream ends before its time."""
    payload = file.read(limit + 1)
    return payload if len(payload) > limit else payload + file.read(1)


@contextmanager
def make_seekable(file: io.BufferedReader) -> Iterator[IO[bytes]]:
    """The same bytes in a file that can be turned back; one without a name where the stream cannot."""
    if file.seekable():
        yield file
        return
    with tempfile.SpooledTemporaryFile(SPOOL_BYTES) as spool:
        while chunk := read_whole(file, CHUNK_BYTES):
            spool.write(chunk)
        spool.seek(0)
        yield spool
