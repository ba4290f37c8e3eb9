"""What a feed and the list of feeds declare of a page, kept in the header of its WARC record."""

from collections.abc import Callable

FIELDS = {"outlet": "Quotidian-Outlet", "section": "Quotidian-Section", "published": "Quotidian-Published"}
"""Fields of our own; readers pass over those that they do not know (ISO 28500, section 4)."""


def write_declared(declared: dict[str, str | None]) -> dict[str, str]:
    """Header fields by name. Line ends and other blanks, which could end a field, become single spaces."""
    words = {FIELDS[name]: " ".join(value.split()) for name, value in declared.items() if value}
    return {field: value for field, value in words.items() if value}


def read_declared(get_field: Callable[[str], str | None]) -> dict[str, str]:
    """Outlet, section and published, as far as they are declared; `get_field` gives a field of the record's header."""
    found = {name: get_field(field) for name, field in FIELDS.items()}
    return {name: value for name, value in found.items() if value}
