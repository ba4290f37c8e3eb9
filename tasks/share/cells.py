"""Values of an answer as the cells of a file."""

import json
import math
import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

FORMULA_STARTS = r"^([=+\-@\t\r\n＝＋－＠])"
FORMULA = re.compile(FORMULA_STARTS)
"""Spreadsheets run a cell that starts so as a formula (OWASP, "CSV Injection")."""


def guard_text(column: pa.Array) -> pa.Array:
    """Texts with an apostrophe before those that a spreadsheet would take for a formula."""
    return pc.replace_substring_regex(column, FORMULA_STARTS, r"'\1")


def guard_cell(cell: object) -> object:
    """One value, guarded likewise where it is words."""
    return FORMULA.sub(r"'\1", cell) if isinstance(cell, str) else cell


def flatten_batch(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The same rows with lists, structs, intervals and the like as JSON text."""
    columns = [column if is_flat(column.type) else spell_values(column) for column in batch.columns]
    return pa.RecordBatch.from_arrays(columns, names=batch.schema.names)


def is_flat(type_: pa.DataType) -> bool:
    """Whether a cell can hold a value of the type as it is."""
    plain = (pa.types.is_boolean, pa.types.is_integer, pa.types.is_floating, pa.types.is_decimal, is_text)
    return any(test(type_) for test in (*plain, pa.types.is_date, pa.types.is_timestamp, pa.types.is_null))


def is_text(type_: pa.DataType) -> bool:
    """Whether values of the type are texts."""
    return pa.types.is_string(type_) or pa.types.is_large_string(type_) or pa.types.is_string_view(type_)


def spell_values(column: pa.Array) -> pa.Array:
    """Each value as text: JSON for lists and structs, its own words for the rest."""
    return pa.array([None if value is None else spell_value(value) for value in column.to_pylist()], pa.string())


def spell_value(value: Any) -> str:
    """One value as text."""
    plain = plain_value(value)
    return plain if isinstance(plain, str) else json.dumps(plain, ensure_ascii=False)


def plain_value(value: Any) -> Any:
    """A value as JSON knows it: numbers, texts, lists, objects; what is no number is null."""
    match value:
        case float() if not math.isfinite(value):
            return None
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case date() | datetime() | time():
            return value.isoformat()
        case timedelta():
            return str(value)
        case bytes():
            return value.hex()
        case dict():
            return {key: plain_value(inner) for key, inner in value.items()}
        case tuple() if hasattr(value, "months"):
            return f"{value.months} months {value.days} days {value.nanoseconds / 1e9:g} seconds"
        case list() | tuple():
            return [plain_value(inner) for inner in value]
        case _:
            return value
