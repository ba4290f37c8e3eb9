"""Zip and tar archives, read entry by entry without unpacking them to disk."""

import io
import re
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from typing import IO

from .archive import Input, reject_input
from .streams import UNPACKING_ERRORS, Budget, SourceBroken, Unpacked, buffer_stream, describe

# Reads the inputs of one entry: (stream, name).
ReadEntry = Callable[[io.BufferedReader, str], Iterator[Input]]
ENCRYPTED = 0x1  # zip's general purpose flag, bit 0
DRIVE = re.compile(r"[A-Za-z]:")


def read_zip(file: IO[bytes], name: str, budget: Budget, read: ReadEntry) -> Iterator[Input]:
    """The inputs of all entries, in the order of the archive. Raises SourceBroken where it has no directory."""
    try:
        archive = zipfile.ZipFile(file)
        entries = archive.infolist()
    except UNPACKING_ERRORS as error:
        raise SourceBroken(name, "damaged", describe(error)) from None
    for entry in entries:
        if not entry.is_dir() and not is_hidden(entry.filename):
            yield from read_zip_entry(archive, entry, name, budget, read)


def read_zip_entry(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, budget: Budget, read: ReadEntry
) -> Iterator[Input]:
    """The inputs of one entry, or its reject."""
    own = name_entry(name, entry.filename)
    if is_unsafe(entry.filename):
        yield reject_input(own, "unsafe_name", f"{name} holds an entry that climbs out of it")
    elif entry.flag_bits & ENCRYPTED:
        yield reject_input(own, "encrypted", "the entry needs a password")
    else:
        try:
            stream = archive.open(entry)
        except UNPACKING_ERRORS as error:
            yield reject_input(own, "damaged", describe(error))
            return
        with stream:
            yield from read_unpacked(Unpacked(stream.read, own, budget), own, read)


def read_tar(file: IO[bytes], name: str, budget: Budget, read: ReadEntry) -> Iterator[Input]:
    """The inputs of all entries, in the order of the archive. Raises SourceBroken where it cannot be read on."""
    last = None
    try:
        for archive, entry in iterate_tar(file, name):
            if not entry.isdir() and not is_hidden(entry.name):
                for last in read_tar_entry(archive, entry, name, budget, read):
                    yield last
    except SourceBroken as error:
        if error.name != name or last is None or last.reject_reason != error.reason:
            raise  # else the entry that the archive ends in said so


def iterate_tar(file: IO[bytes], name: str) -> Iterator[tuple[tarfile.TarFile, tarfile.TarInfo]]:
    """The archive with each entry that it has come to."""
    archive = None
    while True:
        try:
            archive = archive or tarfile.open(fileobj=file, mode="r|")  # noqa: SIM115 (who opened the file closes it)
            entry = archive.next()
        except UNPACKING_ERRORS as error:
            raise SourceBroken(name, "damaged", describe(error)) from None
        if entry is None:
            file.read(1)  # a packed stream that broke here says so
            return
        archive.members.clear()  # else it remembers every entry
        yield archive, entry


def read_tar_entry(
    archive: tarfile.TarFile, entry: tarfile.TarInfo, name: str, budget: Budget, read: ReadEntry
) -> Iterator[Input]:
    """The inputs of one entry, or its reject."""
    own = name_entry(name, entry.name)
    if is_unsafe(entry.name):
        yield reject_input(own, "unsafe_name", f"{name} holds an entry that climbs out of it")
    elif not entry.isreg():
        yield reject_input(own, "no_file", "the entry is a link or a device")
    else:
        stream = archive.extractfile(entry)
        yield from read_unpacked(Unpacked(stream.read, own, budget), own, read)


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
