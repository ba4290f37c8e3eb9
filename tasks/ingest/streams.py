"""Streams of bytes that count what they give, and name what broke them."""

import io
import tarfile
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO

from quotidian.tasks.store.set_aside import TOOK_TOO_LONG

from .settings import IngestSettings

CHUNK_BYTES = 65_536
# Unpacked bytes that need no justification: a small file of one repeated line packs a thousand to one.
FREE_BYTES = 10_000_000
# Records that need none either.
FREE_INPUTS = 10_000
# The slowest reader, that of feeds, makes 9 MB a second; a machine may be twenty times slower.
BYTES_A_SECOND = 500_000
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
    """A file as it lies, with the number of bytes that were read of it. Each read is told to `before_read`."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.count = file, 0
        self.before_read: Callable[[], None] = lambda: None

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self.file.seekable()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self.file.seek(offset, whence)

    def tell(self) -> int:
        return self.file.tell()

    def readinto(self, buffer: memoryview) -> int:
        self.before_read()
        data = self.file.read(len(buffer))
        buffer[: len(data)] = data
        self.count += len(data)
        return len(data)


@dataclass
class Budget:
    """How much the file of a name may still unpack to, over all the streams packed into it, and how long it may take.

    `given` counts what was unpacked, `file` what was read for it. A part that is read again counts once only. `seconds` are of
    this thread's processor time, so that neither a busy machine nor a slow line makes a file late; bytes give more of them.
    """

    name: str
    file: Counted
    ratio: int
    seconds: float
    size: int | None = None
    given: int = 0
    started: float = field(default_factory=time.thread_time)

    @property
    def read(self) -> int:
        """Bytes of the file that were read; what is read again counts once."""
        return self.file.count if self.size is None else min(self.file.count, self.size)

    @property
    def whole(self) -> int:
        """Bytes of the file; of one whose size nobody knows, those that were read."""
        return self.file.count if self.size is None else self.size

    def spend(self, count: int, name: str) -> None:
        """Count unpacked bytes; raises SourceBroken where the file unpacks to more than it may."""
        self.given += count
        if self.given > FREE_BYTES + self.ratio * self.read:
            detail = f"{self.read} bytes unpack to more than {self.given}, over {self.ratio} times their size"
            raise SourceBroken(name, "compression_ratio", detail)

    def check(self, count: int, name: str) -> None:
        """Raise SourceBroken where the whole file may not unpack to so many bytes."""
        if count > FREE_BYTES + self.ratio * self.whole:
            detail = f"{self.whole} bytes unpack to more than {count}, over {self.ratio} times their size"
            raise SourceBroken(name, "compression_ratio", detail)

    def count_input(self, number: int) -> None:
        """Raise SourceBroken where the file holds more inputs than bytes (it is packed, and of nothing), or is late."""
        if number > FREE_INPUTS + self.read:
            raise SourceBroken(self.name, "compression_ratio", f"{self.read} bytes hold more than {number} records")
        self.check_time()

    def check_time(self) -> None:
        """Raise SourceBroken where the file has taken longer than it may."""
        if time.thread_time() - self.started > self.seconds + (self.file.count + self.given) / BYTES_A_SECOND:
            detail = (
                f"not read within ingest.file_seconds ({self.seconds:g}), and a second for each {BYTES_A_SECOND} bytes"
            )
            raise SourceBroken(self.name, TOOK_TOO_LONG, detail)


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


def open_counted(file: IO[bytes], name: str, settings: IngestSettings) -> tuple[io.BufferedReader, Budget]:
    """A file as a stream, and the budget of what it may unpack to, and how long it may take."""
    counted = Counted(file)
    budget = Budget(name, counted, settings.max_compression_ratio, settings.file_seconds)
    counted.before_read = budget.check_time
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
