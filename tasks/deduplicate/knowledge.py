"""Lists that people bring of whom and what they know: read here, matched by `entities/listed.py`.

A folder holds any number of lists. Each is a CSV file or JSON lines of FollowTheMoney (the form of OpenSanctions), and its
name up to the first dot is the register in which its ids stand.

    CSV         id, name, and if they are known: aliases (with ; between), type (person, organisation, place), country (ISO 3166
                codes with ; between), start_date and end_date (1961, 1961-08 or 1961-08-04), scheme (another register)
    JSON lines  id, schema, and properties: name, alias, country, nationality, jurisdiction, citizenship, birthDate,
                incorporationDate, deathDate, dissolutionDate; what has no name or another schema (an ownership, a sanction) is left out
"""

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from quotidian.tasks.extract.names.countries import name_countries
from quotidian.tasks.store.errors import UsageError

from .corrections import open_rows, read_text

SUFFIXES = (".csv", ".json", ".jsonl", ".ndjson")
NO_LISTS = (".md", ".txt")
"""What may lie beside lists: words about them."""
REQUIRED = ("id", "name")
PERSON, ORGANISATION, PLACE = "person", "organisation", "place"
KINDS = {
    PERSON: (PERSON,),
    ORGANISATION: (ORGANISATION,),
    "organization": (ORGANISATION,),
    PLACE: (PLACE,),
    "": (PERSON, ORGANISATION, PLACE),
}
SCHEMAS = {
    "Person": (PERSON,),
    **dict.fromkeys(("Organization", "Company", "PublicBody"), (ORGANISATION,)),
    "LegalEntity": (PERSON, ORGANISATION),
}
"""Schemas of FollowTheMoney that articles name, and what each may be."""
COUNTRIES = ("country", "nationality", "citizenship", "jurisdiction")
STARTS, ENDS = ("birthDate", "incorporationDate"), ("deathDate", "dissolutionDate")
SCHEME = re.compile(r"[A-Za-z0-9_-]+")
DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:T.*)?")


class KnowledgeError(UsageError):
    """A list cannot be read, or lacks a column or a value that it needs."""


class Listed(NamedTuple):
    """One line of a list: somebody or something, and what the list knows of it."""

    file: str
    line: int
    scheme: str
    id: str
    name: str
    aliases: tuple[str, ...] = ()
    kinds: tuple[str, ...] = KINDS[""]
    countries: tuple[str, ...] = ()
    start_date: date | None = None
    end_date: date | None = None

    @property
    def place(self) -> str:
        """Where it stands, as messages begin."""
        return f"{self.file} line {self.line}"


def find_lists(folder: Path | None) -> list[Path]:
    """The lists of a folder, sorted by name; none where it is absent. Raises KnowledgeError for a file of another kind."""
    if folder is None or not folder.is_dir():
        return []
    files = [path for path in sorted(folder.iterdir()) if path.is_file() and not path.name.startswith(".")]
    lists = [path for path in files if path.suffix.casefold() not in NO_LISTS]
    for path in lists:
        if path.suffix.casefold() not in SUFFIXES:
            raise KnowledgeError(f"{path.name} is no list: save it as CSV or as JSON lines, or move it.")
        if not SCHEME.fullmatch(name_list(path)):
            raise KnowledgeError(
                f"{path.name} cannot name a register: use letters, digits, - and _ before the first dot."
            )
    return lists


def name_list(path: Path) -> str:
    """The register of a list: its name up to the first dot."""
    return path.name.partition(".")[0]


def check_knowledge(folder: Path | None) -> None:
    """Read all lists and keep nothing. Raises KnowledgeError where one cannot be read."""
    for path in find_lists(folder):
        seen: dict[tuple[str, str], int] = {}
        for one in read_list(path):
            first = seen.setdefault((one.scheme, one.id), one.line)
            if first != one.line:
                raise KnowledgeError(
                    f"{one.place} has the id of line {first}: give each line its own, and join its names."
                )


def read_list(path: Path) -> Iterator[Listed]:
    """The lines of one list, in their order."""
    return read_table(path) if path.suffix.casefold() == ".csv" else read_json_lines(path)


def read_table(path: Path) -> Iterator[Listed]:
    """The lines of a CSV file; the first is line 2, after the header."""
    reader = open_rows(read_text(path, KnowledgeError))
    missing = set(REQUIRED) - set(reader.fieldnames or ())
    if missing:
        raise KnowledgeError(f"{path.name} lacks the column {min(missing)}: add it to the first line.")
    for row in reader:
        place = f"{path.name} line {reader.line_num}"
        if None in row:
            raise KnowledgeError(
                f"{place} has more values than columns: put a value with a separator in double quotes."
            )
        values = {name: (value or "").strip() for name, value in row.items()}
        for name in REQUIRED:
            if not values[name]:
                raise KnowledgeError(f"{place} has no {name}: fill it in or delete the line.")
        yield read_row(path, reader.line_num, values)


def read_row(path: Path, line: int, values: dict[str, str]) -> Listed:
    """One line of a CSV file, its values checked."""
    place, kind, scheme = f"{path.name} line {line}", values.get("type", "").casefold(), values.get("scheme", "")
    countries = tuple(code.upper() for code in split_values(values.get("country", "")))
    unknown = [code for code in countries if code not in name_countries()]
    if kind not in KINDS:
        raise KnowledgeError(f"{place} has the type {kind}: write person, organisation or place, or nothing.")
    if unknown:
        raise KnowledgeError(f"{place} has the country {unknown[0]}: write its two letters of ISO 3166, or nothing.")
    if scheme and not SCHEME.fullmatch(scheme):
        raise KnowledgeError(f"{place} has the scheme {scheme}: use letters, digits, - and _.")
    days = [read_day(place, name, values.get(name, "")) for name in ("start_date", "end_date")]
    aliases = split_values(values.get("aliases", ""))
    named = (scheme or name_list(path), values["id"], values["name"])
    return Listed(path.name, line, *named, aliases, KINDS[kind], countries, *days)


def split_values(text: str) -> tuple[str, ...]:
    """The values of one field that holds several."""
    return tuple(part.strip() for part in text.split(";") if part.strip())


def read_day(place: str, name: str, text: str) -> date | None:
    """The first day that a date may mean. Raises KnowledgeError where it is none."""
    day = parse_day(text)
    if text and day is None:
        raise KnowledgeError(f"{place} has the {name} {text}: write it as 1961, 1961-08 or 1961-08-04.")
    return day


def parse_day(text: str) -> date | None:
    """The first day that a date may mean; None where it is none."""
    match = DAY.fullmatch(text)
    try:
        return date(int(match[1]), int(match[2] or 1), int(match[3] or 1)) if match else None
    except ValueError:
        return None


def read_json_lines(path: Path) -> Iterator[Listed]:
    """The lines of FollowTheMoney entities that have a name and a schema of ours."""
    with path.open("rb") as file:
        for line, data in enumerate(file, 1):
            if data.strip():
                entity = parse_entity(f"{path.name} line {line}", data)
                if entity["schema"] in SCHEMAS and list_texts(entity, "name"):
                    yield read_entity(path, line, entity)


def parse_entity(place: str, data: bytes) -> dict:
    """One object with id, schema and properties."""
    try:
        entity = json.loads(data)
    except ValueError:  # also what is not in UTF-8
        raise KnowledgeError(f"{place} is no JSON object: each line holds one entity of FollowTheMoney.") from None
    wanted = {"id": str, "schema": str, "properties": dict}
    for name, type_ in wanted.items():
        if not isinstance(entity, dict) or not isinstance(entity.get(name), type_) or entity[name] == "":
            raise KnowledgeError(f"{place} has no {name}: each line holds one entity of FollowTheMoney.")
    return entity


def read_entity(path: Path, line: int, entity: dict) -> Listed:
    """One entity of FollowTheMoney. Countries that ISO 3166 has no more are left out, and dates that are none."""
    names = list_texts(entity, "name")
    codes = sorted({code.upper() for name in COUNTRIES for code in list_texts(entity, name)})
    days = [first_day(entity, names) for names in (STARTS, ENDS)]
    return Listed(
        path.name,
        line,
        name_list(path),
        entity["id"],
        names[0],
        (*names[1:], *list_texts(entity, "alias")),
        SCHEMAS[entity["schema"]],
        tuple(code for code in codes if code in name_countries()),
        *days,
    )


def list_texts(entity: dict, name: str) -> list[str]:
    """The values of a property that are words."""
    values = entity["properties"].get(name) or []
    return (
        [value.strip() for value in values if isinstance(value, str) and value.strip()]
        if isinstance(values, list)
        else []
    )


def first_day(entity: dict, names: tuple[str, ...]) -> date | None:
    """The earliest of some dates."""
    days = [parse_day(text) for name in names for text in list_texts(entity, name)]
    return min(filter(None, days), default=None)
