"""A stream in UTF-16 or UTF-32, as Windows tools write exports, read as UTF-8."""

import codecs
import io
from typing import IO

from .encodings import find_wide_encoding
from .streams import Derived, buffer_stream

# Kinds whose readers take UTF-8; those of other texts know their encoding by themselves.
RECODED_KINDS = ("json", "jsonl")


class Recoded(Derived):
    """The bytes of a stream in UTF-8 that is in another encoding; what is broken becomes the replacement character."""

    def __init__(self, file: IO[bytes], encoding: str) -> None:
        self._file, self._rest, self._ended = file, b"", False
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")

    def give(self, count: int) -> bytes:
        while not self._rest and not self._ended:
            data = self._file.read(count) or self._file.read(count)  # behind the end, to be sure
            self._ended = not data
            self._rest = self._decoder.decode(data, self._ended).encode("utf-8", "replace")
        data, self._rest = self._rest[:count], self._rest[count:]
        return data


def recode(file: io.BufferedReader, head: bytes, kind: str) -> io.BufferedReader:
    """The stream in UTF-8 where its kind needs that and its first bytes say that it is in another."""
    encoding = find_wide_encoding(head) if kind in RECODED_KINDS else None
    return buffer_stream(Recoded(file, encoding)) if encoding else file
