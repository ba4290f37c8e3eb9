"""Records: which field is what, and the text of a record."""

import json
from collections.abc import Iterator
from typing import IO, Any

from .addresses import canonical_url
from .archive import DECLARED, Input, reject_input
from .settings import IngestSettings

JSON = "application/json"
MAX_DIGITS = 100


class NotARecord(ValueError):
    """A payload is no record with a text; the two arguments are reason and detail."""


def read_lines(file: IO[bytes], limit: int) -> Iterator[tuple[bytes, bool]]:
    """Lines without their ends, each with whether it was longer than `limit` bytes (it is then cut)."""
    while line := file.readline(limit + 1):
        if len(line) <= limit and not line.endswith(b"\n"):
            line += file.read(1)  # a packed stream that broke in this line says so
        too_long = len(line) > limit and not line.endswith(b"\n")
        rest = line
        while too_long and rest and not rest.endswith(b"\n"):
            rest = file.readline(limit)
        yield line.rstrip(b"\r\n"), too_long


def read_json_lines(file: IO[bytes], name: str, settings: IngestSettings) -> Iterator[Input]:
    """One input for each line that is not blank; a line that is no record with a text is marked rejected."""
    for number, (line, too_long) in enumerate(read_lines(file, settings.max_record_bytes), start=1):
        line = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        place = f"line {number}"
        if too_long:
            yield reject_too_large(line, name, number, place, settings)
        elif line.strip():
            yield read_record(line, name, number, place, settings)


def reject_too_large(payload: bytes, name: str, number: int | None, place: str, settings: IngestSettings) -> Input:
    """The reject of a record that is larger than the settings allow."""
    detail = f"{place} has more than {settings.max_record_bytes} bytes"
    return reject_input(name, "too_large", detail, payload, number, media_type=JSON)


def read_record(payload: bytes, name: str, number: int, place: str, settings: IngestSettings) -> Input:
    """The input of one record in JSON; `place` says where in its source it stands, for people."""
    if len(payload) > settings.max_record_bytes:
        return reject_too_large(payload, name, number, place, settings)
    try:
        record = parse_record(payload)
        record_text(record, settings)
    except NotARecord as error:
        reason, detail = error.args
        return reject_input(name, reason, f"{place}: {detail}", payload, number, media_type=JSON)
    declared = {column: first_text(record, getattr(settings, f"{column}_fields")) for column in DECLARED}
    declared["url"] = declared["url"] and canonical_url(declared["url"])
    return Input(name, payload, JSON, first_text(record, settings.id_fields), number, **declared)


def write_record(record: dict[str, Any]) -> bytes:
    """The payload of a record that was not JSON; what JSON cannot hold becomes its words."""
    return json.dumps(record, ensure_ascii=False, default=str).encode("utf-8", "replace")


def parse_record(payload: bytes) -> dict[str, Any]:
    """The JSON object of a payload; raises NotARecord."""
    try:
        record = json.loads(payload, parse_int=read_integer)
    except (ValueError, RecursionError) as error:
        raise NotARecord("not_json", str(error)) from None
    if not isinstance(record, dict):
        raise NotARecord("not_json", f"a record is an object, this is {type(record).__name__}")
    return record


def read_integer(digits: str) -> int | str:
    """A whole number; the digits themselves where they are more than any id or date has (Python reads 4,300)."""
    return int(digits) if len(digits) <= MAX_DIGITS else digits


def record_text(record: dict[str, Any], settings: IngestSettings) -> str:
    """The article's text in a record; raises NotARecord."""
    for field in settings.text_fields:
        value = record.get(field)
        if isinstance(value, str) and value.strip():
            return value
    raise NotARecord("no_text", f"none of the fields {', '.join(settings.text_fields)} holds a text")


def first_text(record: dict[str, Any], fields: tuple[str, ...]) -> str | None:
    """The first of `fields` that holds words, a number, or a list of words (joined with commas)."""
    for field in fields:
        value = record.get(field)
        if isinstance(value, list) and value and all(isinstance(v, str) for v in value):
            value = ", ".join(value)
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = str(value)
        if isinstance(value, str) and value.strip():
            return replace_surrogates(value.strip())
    return None


def replace_surrogates(text: str) -> str:
    """Lone surrogates, which JSON can spell and UTF-8 cannot, become the replacement character."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
