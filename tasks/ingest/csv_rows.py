"""CSV files: one record a row, named by the first row."""

import csv
import io
import re
from collections.abc import Iterator
from itertools import chain
from typing import IO

from .archive import Input
from .encodings import guess_encoding
from .kinds import find_delimiter
from .records import read_record, reject_too_large, write_record
from .settings import IngestSettings
from .streams import CHUNK_BYTES, SourceBroken, describe

# Cells of a row beyond the header's columns.
MORE_CELLS = "more_cells"
# What Excel writes above a table, "sep=;".
SEPARATOR_LINE = re.compile(r'"?sep=([,;|\t])"?\s*', re.IGNORECASE)
# Stored in lower case since the first release; a row's bytes, and so its id, must not depend on what settings name.
USUAL = frozenset(
    [
        *(
            "text",
            "body",
            "content",
            "maintext",
            "title",
            "headline",
            "url",
            "link",
            "published",
            "date",
            "date_publish",
        ),
        *("outlet", "source", "publisher", "byline", "author", "authors", "section", "category", "captured"),
        *("date_download", "crawled_at", "id", "articles", "items", "records", "results", "data"),
    ]
)


class Lines:
    """Lines of a text, none longer than `limit` characters, nor all that the reader has asked for since `size` was 0."""

    def __init__(self, file: IO[str], name: str, limit: int) -> None:
        self._file, self._name, self._limit, self.size = file, name, limit, 0

    def __iter__(self) -> Iterator[str]:
        while line := self._file.readline(self._limit + 1):
            self.size += len(line)
            if self.size > 2 * self._limit or len(line) > self._limit:
                detail = f"a row has more than {self._limit} characters, or a quotation mark is never closed"
                raise SourceBroken(self._name, "damaged", detail)
            if not line.endswith(("\n", "\r")):
                self._file.read(1)  # a packed stream that broke in this line says so
            yield line


def read_csv(file: io.BufferedReader, name: str, settings: IngestSettings) -> Iterator[Input]:
    """One input for each row that is not blank. Rows are stored as JSON objects of the columns' names."""
    encoding = guess_encoding(file.peek(CHUNK_BYTES)[:CHUNK_BYTES])
    text = io.TextIOWrapper(file, encoding, "replace", newline="")
    lines = Lines(text, name, settings.max_record_bytes)
    csv.field_size_limit(settings.max_record_bytes)
    try:
        for number, record in enumerate(read_rows(lines, name), start=1):
            lines.size = 0
            if record:
                payload, place = write_record(record), f"row {number}"
                if len(payload) > settings.max_record_bytes:
                    yield reject_too_large(payload, name, number, place, settings)
                else:
                    yield read_record(payload, name, number, place, settings)
    finally:
        text.detach()


def read_rows(lines: Lines, name: str) -> Iterator[dict[str, str | list[str]]]:
    """Rows as records; blank ones are empty. Raises SourceBroken where a row cannot be read."""
    feed = iter(lines)
    first = next(feed, "")
    told = SEPARATOR_LINE.fullmatch(first)
    first = next(feed, "") if told else first
    rows = csv.reader(chain([first], feed), delimiter=told[1] if told else find_delimiter(first))
    try:
        columns = name_columns(next(rows, []))
        for row in rows:
            yield name_cells(columns, row)
    except csv.Error as error:
        raise SourceBroken(name, "damaged", f"row {rows.line_num}: {describe(error)}") from None


def name_columns(header: list[str]) -> list[str]:
    """The columns' names; the oldest usual ones in lower case, however they are spelled."""
    return [column.strip().lower() if column.strip().lower() in USUAL else column.strip() for column in header]


def name_cells(columns: list[str], row: list[str]) -> dict[str, str | list[str]]:
    """A row as a record; cells beyond the last column stand under MORE_CELLS. The first of two equal names counts."""
    if not any(cell.strip() for cell in row):
        return {}
    record: dict[str, str | list[str]] = dict(reversed(list(zip(columns, row, strict=False))))
    if len(row) > len(columns):
        record[MORE_CELLS] = row[len(columns) :]
    return record
