"""What the fields of a record say of its article, by the settings."""

import json
from collections.abc import Iterator
from typing import Any

from .addresses import absolute_url
from .archive import DECLARED
from .page_metadata import MAX_CHARS, PageFact
from .records import list_values, read_words, replace_surrogates
from .settings import IngestSettings

UNREADABLE, NO_ADDRESS = "value_unreadable", "no_address"


def list_facts(record: dict[str, Any], settings: IngestSettings) -> Iterator[PageFact]:
    """Every value that a record has for a field of its article; by field, in the order of the settings.

    One that is no words, or no address where one belongs, says so in `problem`.
    """
    for field in DECLARED:
        for key, value in list_values(record, getattr(settings, f"{field}_fields")):
            fact = read_fact(field, key, value)
            if fact is not None:
                yield fact


def read_fact(field: str, key: str, value: Any) -> PageFact | None:
    """What one value says; None where it is empty."""
    words = read_words(value)
    if words is None:
        is_empty = value is None or isinstance(value, str) or (isinstance(value, dict | list) and not value)
        return None if is_empty else PageFact(field, "declared", key, spell(value), UNREADABLE)
    if field == "url":
        address = absolute_url(words)
        return PageFact(field, "declared", key, address or words[:MAX_CHARS], None if address else NO_ADDRESS)
    return PageFact(field, "declared", key, words[:MAX_CHARS])


def spell(value: Any) -> str:
    """A value that is no words, as JSON."""
    return replace_surrogates(json.dumps(value, ensure_ascii=False, default=str)[:MAX_CHARS])
