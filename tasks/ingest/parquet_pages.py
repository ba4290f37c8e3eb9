"""What the pages of a Parquet file unpack to, by their headers, before anything is unpacked.

A page's header is a struct in Thrift's compact protocol (parquet.thrift: PageHeader); its first fields are the kind of page, its
unpacked size, and its packed size. The reader of Arrow makes room for whatever stands there.
"""

from collections.abc import Iterator
from typing import IO, Any

# A header has some twenty bytes; statistics in it may repeat two values of the page.
HEADER_BYTES = (1_024, 65_536, 4_000_000)
MAX_DEPTH = 16
UNPACKED, PACKED = 2, 3
STOP, TRUE, FALSE, BYTE, DOUBLE, BINARY, LISTS, MAP, STRUCT = 0, 1, 2, 3, 7, 8, (9, 10), 11, 12


class Cut(ValueError):
    """A header goes on behind the bytes that were read."""


class Compact:
    """Values of the compact protocol, read from bytes or passed over."""

    def __init__(self, data: bytes) -> None:
        self.data, self.place = data, 0

    def read_byte(self) -> int:
        self.place += 1
        if self.place > len(self.data):
            raise Cut
        return self.data[self.place - 1]

    def read_varint(self) -> int:
        value = 0
        for shift in range(0, 64, 7):
            byte = self.read_byte()
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return value
        raise ValueError("a number of more than ten bytes")

    def read_integer(self) -> int:
        value = self.read_varint()
        return (value >> 1) ^ -(value & 1)

    def read_fields(self) -> Iterator[tuple[int, int]]:
        """Number and type of each field of a struct; its value must be read or passed over before the next."""
        number = 0
        while (head := self.read_byte()) & 0x0F != STOP:
            number = number + (head >> 4) if head >> 4 else self.read_integer()
            yield number, head & 0x0F

    def skip(self, kind: int, depth: int = 0) -> None:
        """Pass over a value."""
        if depth > MAX_DEPTH:
            raise ValueError("structs in structs")
        if kind == STRUCT:
            for _, inner in self.read_fields():
                self.skip(inner, depth + 1)
        elif kind == BINARY:
            length = self.read_varint()
            self.place += length
        elif kind in LISTS:
            self.skip_list(depth)
        elif BYTE < kind < DOUBLE:
            self.read_varint()
        elif kind not in (TRUE, FALSE):
            self.skip_fixed(kind)

    def skip_fixed(self, kind: int) -> None:
        if kind not in (BYTE, DOUBLE):
            raise ValueError(f"a value of type {kind}")
        self.place += 1 if kind == BYTE else 8

    def skip_list(self, depth: int) -> None:
        head = self.read_byte()
        count = head >> 4 if head >> 4 < 15 else self.read_varint()
        for _ in range(count):
            if self.place >= len(self.data):
                raise Cut
            self.place += head & 0x0F in (TRUE, FALSE)
            self.skip(head & 0x0F, depth + 1)


def read_page_header(data: bytes) -> tuple[int, int, int]:
    """Bytes of the header, of the page unpacked, and of the page as it lies. Raises ValueError."""
    reader, sizes = Compact(data), {}
    for number, kind in reader.read_fields():
        if number in (UNPACKED, PACKED):
            sizes[number] = reader.read_integer()
        else:
            reader.skip(kind)
    if reader.place > len(data):
        raise Cut
    if min(sizes.get(UNPACKED, -1), sizes.get(PACKED, -1)) < 0:
        raise ValueError("a page has no size")
    return reader.place, sizes[UNPACKED], sizes[PACKED]


def list_page_sizes(file: IO[bytes], chunk: Any) -> Iterator[int]:
    """Unpacked bytes of each page of a column chunk (a pyarrow.parquet.ColumnChunkMetaData). Raises ValueError."""
    starts = [chunk.data_page_offset, chunk.dictionary_page_offset if chunk.has_dictionary_page else None]
    place = min(start for start in starts if start)
    end = place + chunk.total_compressed_size
    while place < end:
        header, unpacked, packed = read_header_at(file, place)
        yield unpacked
        place += header + packed


def read_header_at(file: IO[bytes], place: int) -> tuple[int, int, int]:
    """The header of the page that begins at a place of the file."""
    for count in HEADER_BYTES:
        file.seek(place)
        data = file.read(count)
        try:
            return read_page_header(data)
        except Cut:
            if len(data) < count:
                break
    raise ValueError("a page has no header")
