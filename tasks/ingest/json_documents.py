"""JSON documents: an array of records, objects one after the other, or one object that wraps the records."""

import codecs
import json
import re
from collections.abc import Iterator
from typing import IO, Any

from .archive import Input
from .records import NotARecord, parse_record, read_integer, read_record, record_text, write_record
from .settings import IngestSettings
from .streams import CHUNK_BYTES, SourceBroken, read_whole

# An empty object takes 72 bytes of memory for 3 of the file. 64 MB of articles with twenty objects each have half of these.
MAX_PARTS = 1_000_000
# How deep the list of records may lie; that of GraphQL is the third.
MAX_WRAPPINGS = 4
BLANKS = " \t\r\n"
TOKENS = re.compile(r"\\.|[\"{}\[\]]", re.DOTALL)
DEPTHS = {"{": 1, "[": 1, "}": -1, "]": -1}


class Window:
    """The part of a text that is being read: `place` is where in it, and it is cut off in front when it grows."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._decode = codecs.getincrementaldecoder("utf-8")("surrogateescape").decode
        self.text, self.place, self.ended = "", 0, False
        self.skip("\ufeff")

    def grow(self, count: int = CHUNK_BYTES) -> None:
        """Let go of what was read, and read so many more bytes."""
        data = read_whole(self._file, count)
        self.ended = len(data) < count
        self.text = self.text[self.place :] + self._decode(data, self.ended)
        self.place = 0

    def skip(self, characters: str) -> str:
        """Move over the characters; return the next one, or nothing at the end."""
        while True:
            while self.place < len(self.text) and self.text[self.place] in characters:
                self.place += 1
            if self.place < len(self.text) or self.ended:
                return self.text[self.place : self.place + 1]
            self.grow()


def read_json(file: IO[bytes], name: str, settings: IngestSettings) -> Iterator[Input]:
    """The records of a JSON document, one at a time; what cannot be read on ends it with SourceBroken."""
    window = Window(file)
    in_array = window.skip(BLANKS) == "["
    window.place += in_array
    limit = settings.max_record_bytes if in_array else settings.max_document_bytes
    for number, element in enumerate(slice_elements(window, in_array, name, limit), start=1):
        yield from read_element(element, in_array, name, number, settings)


def slice_elements(window: Window, in_array: bool, name: str, limit: int) -> Iterator[bytes]:
    """The bytes of each element, as they stand in the file; of one that is over the limit, what was read.

    Behind the first that is no JSON, all are found by their brackets: to look where each of many errors is would be quadratic.
    Raises SourceBroken where there is no way to the next one.
    """
    decoder, number, is_sound = json.JSONDecoder(parse_int=read_integer), 0, True
    while (character := window.skip(BLANKS)) and not (in_array and character == "]"):
        number += 1
        element = read_value(window, decoder, limit) if is_sound or character not in DEPTHS else ""
        is_sound = bool(element)
        element = element or slice_brackets(window, limit)
        if not element:
            raise SourceBroken(name, "damaged", f"element {number} is no JSON, and its end cannot be found")
        yield element.encode("utf-8", "surrogateescape")
        if in_array and window.skip(BLANKS) == ",":
            window.place += 1
    if in_array and not character:
        raise SourceBroken(name, "damaged", f"the array ends without its bracket after {number} elements")


def read_value(window: Window, decoder: json.JSONDecoder, limit: int) -> str:
    """The value that the window is at, and move behind it; empty where it is no JSON or longer than the limit."""
    count = CHUNK_BYTES
    while True:
        try:
            end = decoder.raw_decode(window.text, window.place)[1]
        except (ValueError, RecursionError):
            end = 0
        if end and (end < len(window.text) or window.ended):  # else a number could go on
            value, window.place = window.text[window.place : end], end
            return value
        if window.ended or len(window.text) - window.place > limit:
            return ""
        window.grow(count)
        if has_many_parts(window.text):
            return ""
        count *= 2  # what is read again and again is at most twice the value


def has_many_parts(document: str | bytes) -> bool:
    """Whether a document has more objects and lists than memory should hold."""
    marks = ("{", "[") if isinstance(document, str) else (b"{", b"[")
    return len(document) > MAX_PARTS and sum(map(document.count, marks)) > MAX_PARTS


def slice_brackets(window: Window, limit: int) -> str:
    """The object or array that the window is at, by its brackets, and move behind it; empty where it has no end.

    Of one over the limit only the beginning is kept.
    """
    if window.text[window.place] not in "{[":
        return ""
    parts, size, depth, in_string = [], 0, 0, False
    while True:
        start = window.place
        for token in TOKENS.finditer(window.text, start):
            window.place = token.end()
            if token[0] == '"':
                in_string = not in_string
            elif not in_string:
                depth += DEPTHS.get(token[0], 0)
            if depth <= 0:
                return "".join([*parts, window.text[start : window.place]])
        if window.ended:
            return ""
        window.place = max(window.place, len(window.text) - 1)  # the last may be a backslash without its character
        if size <= limit:
            parts.append(window.text[start : window.place])
            size += window.place - start
        window.grow()


def read_element(payload: bytes, in_array: bool, name: str, number: int, settings: IngestSettings) -> Iterator[Input]:
    """The input of an element, or those of the records that it wraps."""
    wrapped = None if in_array or has_many_parts(payload) else find_wrapped(payload, settings)
    if wrapped is None:
        yield read_record(payload, name, number, f"element {number}", settings)
        return
    for index, record in enumerate(wrapped, start=1):
        yield read_record(write_record(record), name, index, f"record {index}", settings)


def find_wrapped(payload: bytes, settings: IngestSettings) -> list[Any] | None:
    """The records inside an object that has no text of its own; None where it wraps none."""
    try:
        record = parse_record(payload)
        record_text(record, settings)
    except NotARecord as error:
        if error.args[0] == "not_json":
            return None
        return find_list(record, settings.records_fields, 0)
    return None


def find_list(wrapping: dict[str, Any], fields: tuple[str, ...], depth: int) -> list[Any] | None:
    """The first list under one of the names, which may lie in each other: {"data": {"articles": {"edges": […]}}}."""
    for value in (wrapping.get(field) for field in fields):
        if isinstance(value, dict) and depth < MAX_WRAPPINGS:
            value = find_list(value, fields, depth + 1)
        if isinstance(value, list) and value:
            return value
    return None
