"""Records: which field is what, and the text of a record."""

import ast
import csv
import json
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import IO, Any

from .addresses import absolute_url
from .archive import Input, reject_input
from .encodings import read_western
from .settings import IngestSettings

JSON = "application/json"
MAX_DIGITS = 100
# What identifies a record beside its bytes; a setting that named it otherwise would give an archive two ids for one record.
IDENTITY_URL, IDENTITY_ID = ("url", "link"), ("id",)
SEPARATORS = re.compile(r"[\s_.:-]")
# Keys under which objects carry their words: news interfaces, WordPress, the New York Times, MongoDB, XML in JSON.
OBJECT_NAMES = (
    "name",
    "display_name",
    "displayName",
    "full_name",
    "fullName",
    "original",
    "rendered",
    "main",
    "title",
    "text",
    "value",
    "label",
    "href",
    "url",
    "$date",
    "date",
    "$oid",
    "$numberLong",
    "#text",
    "@value",
)
# Keys under which objects carry a list of others.
LIST_NAMES = (
    "person",
    "persons",
    "people",
    "authors",
    "data",
    "items",
    "nodes",
    "list",
    "values",
    "blocks",
    "paragraphs",
)
# Keys under which parts of a text carry their words, and how deep parts lie in parts.
TEXT_NAMES = ("text", "content", "value", "html", "body", "rendered", "paragraph")
MAX_TEXT_DEPTH = 4
# Keys under which services wrap the fields of a record: Elasticsearch, GraphQL, JSON:API, the Guardian.
ENVELOPES = ("_source", "node", "attributes", "fields")
# A person's names in two parts.
NAME_PARTS = (
    ("first_name", "last_name"),
    ("firstName", "lastName"),
    ("firstname", "lastname"),
    ("givenName", "familyName"),
    ("given_name", "family_name"),
    ("given", "family"),
    ("first", "last"),
    ("forename", "surname"),
)
# How exports spell that there is no value.
MISSING = frozenset(
    [
        "",
        "nan",
        "NaN",
        "None",
        "none",
        "null",
        "NULL",
        "N/A",
        "n/a",
        "NA",
        "NaT",
        "<NA>",
        "#N/A",
        "undefined",
        "[]",
        "{}",
        "\\N",
        "(null)",
        "nil",
        "unknown",
        "Unknown",
        "UNKNOWN",
        "-",
        "--",
        "–",
        "—",
    ]
)
MAX_LIST_CHARS = 20_000
# Arrays of numpy as pandas writes them have blanks between their parts.
ARRAY = re.compile(r'\{(?:"[^"\\{}:]*+"|[^",{}:\n\\]++)(?:,(?:"[^"\\{}:]*+"|[^",{}:\n\\]++))*+\}')
UNPARTED = re.compile(r"(?<=['\"])\s+(?=['\"])")


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
    """The input of one record in JSON; `place` says where in its source it stands, for people.

    What its fields mean is for clean to say: only what identifies it is read here, under names that no setting changes.
    """
    if len(payload) > settings.max_record_bytes:
        return reject_too_large(payload, name, number, place, settings)
    try:
        record = parse_record(payload)
        require_words(record)
    except NotARecord as error:
        reason, detail = error.args
        return reject_input(name, reason, f"{place}: {detail}", payload, number, media_type=JSON)
    address = absolute_url(first_words(record, IDENTITY_URL) or "")
    return Input(name, payload, JSON, first_words(record, IDENTITY_ID), number, url=address)


def write_record(record: dict[str, Any]) -> bytes:
    """The payload of a record that was not JSON; what JSON cannot hold becomes its words."""
    return json.dumps(record, ensure_ascii=False, default=str).encode("utf-8", "replace")


def parse_record(payload: bytes) -> dict[str, Any]:
    """The JSON object of a payload; raises NotARecord."""
    try:
        record = json.loads(decode_record(payload), parse_int=read_integer, parse_constant=lambda word: None)
    except (ValueError, RecursionError) as error:
        raise NotARecord("not_json", str(error)) from None
    if not isinstance(record, dict):
        raise NotARecord("not_json", f"a record is an object, this is {type(record).__name__}")
    return open_envelopes(record)


def open_envelopes(record: dict[str, Any]) -> dict[str, Any]:
    """The record with the fields that services wrap in an object of their own; those beside the object come first."""
    inner = [record[key] for key in ENVELOPES if isinstance(record.get(key), dict)]
    if not inner:
        return record
    wrapped = {key: value for part in inner for key, value in part.items()}
    own = {key: value for key, value in record.items() if key not in ENVELOPES or not isinstance(value, dict)}
    return wrapped | {key: value for key, value in own.items() if value or key not in wrapped}


def decode_record(payload: bytes) -> str | bytes:
    """The text of a record: UTF-8, as JSON is, or Windows-1252 where it looks like that; else the bytes, which JSON may know or refuses."""
    try:
        return payload.decode("utf-8-sig")
    except UnicodeDecodeError:
        return read_western(payload) or payload


def read_integer(digits: str) -> int | str:
    """A whole number; the digits themselves where they are more than any id or date has (Python reads 4,300)."""
    return int(digits) if len(digits) <= MAX_DIGITS else digits


def require_words(record: dict[str, Any]) -> None:
    """Raise NotARecord where no setting could find a text: no field holds words, nor an object or a list with some."""
    if not any(read_paragraphs(value, 0).strip() or has_words(value) for value in record.values()):
        raise NotARecord("no_text", "no field holds words")


def has_words(value: Any) -> bool:
    """Whether a value is an object with words in it."""
    return isinstance(value, dict) and any(isinstance(part, str) and part.strip() for part in value.values())


def record_text(record: dict[str, Any], settings: IngestSettings) -> str:
    """The article's text in a record; raises NotARecord."""
    for _, value in list_values(record, settings.text_fields):
        words = read_paragraphs(value, 0)
        if words.strip():
            return words
    raise NotARecord("no_text", f"none of the fields {', '.join(settings.text_fields)} holds a text")


def read_paragraphs(value: Any, depth: int) -> str:
    """The text of a value: words, those of an object, or of the parts of a list with a blank line between; empty for none."""
    if isinstance(value, dict):
        own = next((value[key] for key in TEXT_NAMES if value.get(key)), None)
        value = read_object(value) if own is None else own
    if isinstance(value, list) and depth < MAX_TEXT_DEPTH:
        return "\n\n".join(filter(str.strip, (read_paragraphs(part, depth + 1) for part in value)))
    return value if isinstance(value, str) else ""


def first_words(record: dict[str, Any], fields: tuple[str, ...]) -> str | None:
    """The words of the first of `fields` that has any."""
    return next(filter(None, (read_words(value) for _, value in list_values(record, fields))), None)


def list_values(record: dict[str, Any], fields: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """The record's own name and the value of each of `fields` that it has, in their order; case and underscores aside."""
    names: dict[str, str] = {}
    for name in record:
        names.setdefault(fold_field(name), name)
    for name in dict.fromkeys(names.get(fold_field(field)) for field in fields):
        if name is not None:
            yield name, record[name]


@lru_cache(4_096)
def fold_field(name: str) -> str:
    """A field's name in lower case without what stands between its words: datePublished, date_published, Date published."""
    return SEPARATORS.sub("", name.lower())


def read_words(value: Any) -> str | None:
    """The words of a value: text, a number, the name of an object, or those of a list with commas between; None for none."""
    if isinstance(value, dict):
        value = read_object(value)
    if isinstance(value, list):
        parts = (inner for part in value for inner in (part if isinstance(part, list) else (part,)))
        words = filter(None, (read_words(part) for part in parts if not isinstance(part, list | set)))
        return ", ".join(dict.fromkeys(words)) or None
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or all(part.strip() in MISSING for part in value.split(", ")):
        return None
    listed = read_spelled(value.strip())
    return replace_surrogates(value.strip()) if listed is None else read_words(listed)


def read_object(value: dict[str, Any]) -> Any:
    """The part of an object that names or writes it: {"id": null, "name": "The Post"}, {"rendered": "…"}, {"$date": "…"}.

    A list where the object numbers its parts, or holds a list of them and nothing that names it.
    """
    own = next((value[key] for key in OBJECT_NAMES if value.get(key)), None)
    if isinstance(own, dict):
        own = next((own[key] for key in OBJECT_NAMES if own.get(key)), None)
    if isinstance(own, dict | list):
        return None
    if isinstance(own, str) and isinstance(value.get("timezone"), str):
        return f"{own} {value['timezone']}"
    return own or join_parts(value) or join_date(value) or list_parts(value)


def list_parts(value: dict[str, Any]) -> list[Any] | None:
    """The parts of an object that numbers them, or that holds a list of them."""
    if value and all(map(str.isdecimal, value)):
        return list(value.values())
    return next((value[key] for key in LIST_NAMES if isinstance(value.get(key), list)), None)


def join_date(value: dict[str, Any]) -> str | None:
    """The day of an object that tells its year, month and day as numbers."""
    parts = [value.get(key) for key in ("year", "month", "day")]
    return "{:04}-{:02}-{:02}".format(*parts) if all(type(part) is int and part > 0 for part in parts) else None


def join_parts(value: dict[str, Any]) -> str | None:
    """The name of a person whose object tells it in two parts; one part alone is none."""
    for keys in NAME_PARTS:
        parts = [value.get(key) for key in keys]
        if all(isinstance(part, str) and part.strip() not in MISSING for part in parts):
            return " ".join(map(str.strip, parts))
    return None


def read_spelled(words: str) -> list[Any] | dict[str, Any] | None:
    """The list or object that words spell as JSON, Python or a database ("{Ann Lee,Bo Lind}") do, as exports into CSV have it; None where they spell none."""
    if words[:1] + words[-1:] not in ("[]", "()", "{}") or len(words) > MAX_LIST_CHARS:
        return None
    # A set has no order of its own; that of its words is kept.
    for spelling in dict.fromkeys((words, f"[{words[1:-1]}]")):
        value = evaluate(spelling)
        if isinstance(value, list | tuple):
            return list(value)
        if isinstance(value, dict):
            return value
    return next(csv.reader([words[1:-1]])) if ARRAY.fullmatch(words) else None


def evaluate(words: str) -> Any:
    """What words mean in JSON or as a literal of Python; None where they mean nothing."""
    for read in (json.loads, ast.literal_eval):
        try:
            return read(words if read is json.loads else UNPARTED.sub(", ", words))
        except (ValueError, SyntaxError, RecursionError, MemoryError, TypeError):
            continue
    return None


def replace_surrogates(text: str) -> str:
    """Lone surrogates, which JSON can spell and UTF-8 cannot, become the replacement character."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
