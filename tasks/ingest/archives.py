"""Zip and tar archives, read entry by entry without unpacking them to disk."""

import io
import re
import stat
import zipfile
from collections.abc import Callable, Iterator
from typing import IO

from .archive import Input, reject_input
from .streams import UNPACKING_ERRORS, Budget, SourceBroken, Unpacked, buffer_stream, describe
from .tar_entries import TarEntry, iterate_tar

# Reads the inputs of one entry: (stream, name).
ReadEntry = Callable[[io.BufferedReader, str], Iterator[Input]]
ENCRYPTED = 0x1  # zip's general purpose flag, bit 0
# zipfile unpacks the others without a bound: 4 kB of bzip2 may be 4 GB.
PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# A zip's directory has 46 bytes an entry or more, and is no larger than its file where that is not packed itself.
FREE_DIRECTORY_BYTES = 1_000_000
NO_FILE = "the entry is a link, a device or a sparse file"
DRIVE = re.compile(r"[A-Za-z]:")


class Directory(io.RawIOBase):
    """A file of which so many bytes may be read, as long as `left` is not None: the directory of a zip is held in memory."""

    def __init__(self, file: IO[bytes], left: int) -> None:
        self._file = file
        self.left: int | None = left

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def read(self, count: int = -1) -> bytes:
        if self.left is None:
            return self._file.read(count)
        data = self._file.read(self.left + 1 if count < 0 else min(count, self.left + 1))
        self.left -= len(data)
        if self.left < 0:
            raise ValueError("the directory is larger than that of any archive of this size")
        return data


def read_zip(file: IO[bytes], name: str, budget: Budget, read: ReadEntry) -> Iterator[Input]:
    """The inputs of all entries, in the order of the archive. Raises SourceBroken where it has no directory."""
    directory = Directory(file, FREE_DIRECTORY_BYTES + budget.read)
    try:
        archive = zipfile.ZipFile(directory)
        entries = archive.infolist()
    except UNPACKING_ERRORS as error:
        raise SourceBroken(name, "damaged", describe(error)) from None
    directory.left = None
    for entry in entries:
        if not entry.is_dir() and not is_hidden(entry.filename):
            yield from read_zip_entry(archive, entry, name, budget, read)


def read_zip_entry(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, budget: Budget, read: ReadEntry
) -> Iterator[Input]:
    """The inputs of one entry, or its reject."""
    own = name_entry(name, entry.filename)
    problem = find_zip_problem(entry, name)
    if problem:
        yield reject_input(own, *problem)
        return
    try:
        stream = archive.open(entry)
    except UNPACKING_ERRORS as error:
        yield reject_input(own, "damaged", describe(error))
        return
    with stream:
        yield from read_unpacked(Unpacked(stream.read, own, budget), own, read)


def find_zip_problem(entry: zipfile.ZipInfo, name: str) -> tuple[str, str] | None:
    """Why an entry is not opened, as reason and detail."""
    if is_unsafe(entry.filename):
        return "unsafe_name", f"{name} holds an entry that climbs out of it"
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        return "no_file", NO_FILE
    if entry.flag_bits & ENCRYPTED:
        return "encrypted", "the entry needs a password"
    if entry.compress_type not in PACKINGS:
        return "unknown_packing", f"packed by method {entry.compress_type}, which is not read"
    return None


def read_tar(file: IO[bytes], name: str, budget: Budget, read: ReadEntry) -> Iterator[Input]:
    """The inputs of all entries, in the order of the archive. Raises SourceBroken where it cannot be read on."""
    last = None
    try:
        for entry in iterate_tar(file, name):
            if not entry.is_folder and not is_hidden(entry.name):
                for last in read_tar_entry(entry, name, budget, read):
                    yield last
    except SourceBroken as error:
        if error.name != name or last is None or last.reject_reason != error.reason:
            raise  # else the entry that the archive ends in said so


def read_tar_entry(entry: TarEntry, name: str, budget: Budget, read: ReadEntry) -> Iterator[Input]:
    """The inputs of one entry, or its reject."""
    own = name_entry(name, entry.name)
    if is_unsafe(entry.name):
        yield reject_input(own, "unsafe_name", f"{name} holds an entry that climbs out of it")
    elif not entry.is_file:
        yield reject_input(own, "no_file", NO_FILE)
    else:
        yield from read_unpacked(Unpacked(entry.part.read, own, budget), own, read)


def read_unpacked(unpacked: Unpacked, name: str, read: ReadEntry) -> Iterator[Input]:
    """The inputs of what unpacks to `unpacked`, and one reject where that ended before its time."""
    last = None
    for last in read(buffer_stream(unpacked), name):
        yield last
    try:
        unpacked.raise_failure()
    except SourceBroken as error:
        if error.name != name:
            raise
        if last is None or (last.source, last.reject_reason) != (name, error.reason):
            yield reject_input(name, error.reason, error.detail)


def is_unsafe(name: str) -> bool:
    """Whether an entry's name is absolute or climbs out of its archive."""
    parts = name.replace("\\", "/").split("/")
    return parts[0] == "" or ".." in parts or bool(DRIVE.match(name)) or "\x00" in name


def is_hidden(name: str) -> bool:
    """Whether the entry, or a folder around it, is hidden, as it would be in a folder of files."""
    parts = name.replace("\\", "/").split("/")
    return any(part.startswith(".") and part not in (".", "..") for part in parts) or parts[0] == "__MACOSX"


def name_entry(archive: str, entry: str) -> str:
    """The name of an entry below the root of the source; what cannot be stored is spelled out."""
    inner = "/".join(part for part in entry.replace("\\", "/").split("/") if part not in ("", "."))
    return f"{archive}/{inner.encode('utf-8', 'backslashreplace').decode()}".replace("\x00", "\\x00")
