"""Slotted dataclasses as rows: a field is declared once, where the thing is described, and the work store takes its type from there."""

from datetime import date, datetime
from typing import Any, get_args, get_type_hints

import polars as pl

TYPES = {int: pl.Int32, float: pl.Float64, str: pl.String, bool: pl.Boolean, date: pl.Date}
TYPES |= {kind | None: stored for kind, stored in TYPES.items()}
TYPES |= {tuple[tuple[int, int], ...]: pl.List(pl.Struct({"start": pl.Int32, "end": pl.Int32}))}
TYPES |= {tuple[str, ...]: pl.List(pl.String)}
TYPES |= {datetime | None: pl.Datetime("us", "UTC")}


def read_slots(item: Any) -> dict[str, Any]:
    """Field -> value of a dataclass with slots, the values as they are (`asdict` would copy them)."""
    return {name: getattr(item, name) for name in item.__slots__}


def type_slots(described: type) -> dict[str, Any]:
    """Field -> type in the work store of a dataclass with slots, in their order; a type that cannot be stored raises KeyError."""
    hints = get_type_hints(described)
    return {name: find_type(hints[name]) for name in described.__slots__}


def find_type(hint: Any) -> Any:
    """Stored type of a field; of many slotted dataclasses a list of structs."""
    if hint in TYPES:
        return TYPES[hint]
    inner = get_args(hint)
    if len(inner) == 2 and inner[1] is Ellipsis and hasattr(inner[0], "__slots__"):
        return pl.List(pl.Struct(type_slots(inner[0])))
    raise KeyError(hint)
