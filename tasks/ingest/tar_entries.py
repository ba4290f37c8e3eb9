"""Entries of a tar archive, in one go through its bytes.

tarfile reads a header, and nothing else: its own way through an archive believes the sizes that headers claim, and reads extended
headers in quadratic time. Here a size is worth the bytes that follow.
"""

import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from .streams import CHUNK_BYTES, UNPACKING_ERRORS, SourceBroken, describe

# Linux holds a path to 4,096 bytes, and all extended attributes of a file to 64 kB.
MAX_HEADER_BYTES = 65_536
MAX_DIGITS = 20
LONG_NAMES = (tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK)
PAX_HEADERS = (tarfile.XHDTYPE, tarfile.SOLARIS_XHDTYPE, tarfile.XGLTYPE)


class Part:
    """The next bytes of a file, so many as an entry claims; raises EOFError where they are fewer."""

    def __init__(self, file: IO[bytes], size: int) -> None:
        self._file, self.left = file, size

    def read(self, count: int) -> bytes:
        data = self._file.read(min(count, self.left))
        if self.left and count and not data:
            raise EOFError(f"an entry is {self.left} bytes short")
        self.left -= len(data)
        return data

    def skip(self) -> None:
        while self.left:
            self.read(CHUNK_BYTES)


@dataclass(frozen=True)
class TarEntry:
    """One entry: its name, whether it is a plain file, and its bytes."""

    name: str
    is_folder: bool
    is_file: bool
    part: Part


def iterate_tar(file: IO[bytes], name: str) -> Iterator[TarEntry]:
    """The entries in their order. Raises SourceBroken where there is no way on."""
    try:
        while entry := read_entry(file):
            size = entry.part.left
            yield entry
            entry.part.skip()
            Part(file, -size % tarfile.BLOCKSIZE).skip()
        file.read(1)  # a packed stream that broke here says so
    except UNPACKING_ERRORS as error:
        raise SourceBroken(name, "damaged", describe(error)) from None


def read_entry(file: IO[bytes]) -> TarEntry | None:
    """The next entry, named by its header and the extended ones before it; None at the end."""
    told: dict[str, str] = {}
    while header := read_header(file):
        if header.type not in LONG_NAMES + PAX_HEADERS:
            return make_entry(header, told, file)
        told |= read_extended(header, file)
    return None


def read_header(file: IO[bytes]) -> tarfile.TarInfo | None:
    """The header that the file is at; None at the end. Raises EOFError and tarfile.HeaderError."""
    block = file.read(tarfile.BLOCKSIZE)
    if not block.strip(b"\x00"):
        return None
    if len(block) < tarfile.BLOCKSIZE:
        raise EOFError("the archive ends inside a header")
    return tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")


def make_entry(header: tarfile.TarInfo, told: dict[str, str], file: IO[bytes]) -> TarEntry:
    """The entry of a header; what was told of it before counts more."""
    name = told.get("path", header.name)
    size = read_size(told["size"]) if "size" in told else header.size
    if size < 0:
        raise ValueError("an entry has a negative size")
    has_bytes = header.isreg() or header.type not in tarfile.SUPPORTED_TYPES
    is_file = header.isreg() and not header.issparse() and "sparse" not in told
    return TarEntry(name, header.isdir(), is_file, Part(file, size if has_bytes else 0))


def read_size(digits: str) -> int:
    if not (digits.isascii() and digits.isdigit() and len(digits) <= MAX_DIGITS):
        raise ValueError("an entry has no size")
    return int(digits)


def read_extended(header: tarfile.TarInfo, file: IO[bytes]) -> dict[str, str]:
    """What an extended header tells of the entry behind it: path, size, and whether it is sparse."""
    if not 0 <= header.size <= MAX_HEADER_BYTES:
        raise ValueError(f"an extended header of {header.size} bytes")
    part = Part(file, header.size)
    payload = b""
    while part.left:
        payload += part.read(part.left)
    Part(file, -header.size % tarfile.BLOCKSIZE).skip()
    if header.type in PAX_HEADERS:
        return {} if header.type == tarfile.XGLTYPE else read_pax(payload)
    return {"path": decode_name(payload.partition(b"\x00")[0])} if header.type == tarfile.GNUTYPE_LONGNAME else {}


def read_pax(payload: bytes) -> dict[str, str]:
    """The records of a pax header that matter: "length key=value", one after the other."""
    told, place = {}, 0
    while place < len(payload) and payload[place]:
        digits, _, _ = payload[place : place + MAX_DIGITS].partition(b" ")
        end, start = place + read_size(digits.decode("ascii", "replace")), place + len(digits) + 1
        if end <= start:
            raise ValueError("an extended header of another form")
        key, _, value = payload[start : end - 1].partition(b"=")
        if key in (b"path", b"size"):
            told[key.decode()] = decode_name(value)
        elif key.startswith(b"GNU.sparse."):
            told["sparse"] = "yes"
        place = end
    return told


def decode_name(name: bytes) -> str:
    return name.decode("utf-8", "surrogateescape")
