"""Quotations that conflict, or by which a speaker changes what was said, as pages show them: two beside each other."""

import polars as pl

from .articles import anchor_quote
from .source import Source

SHARED = ("kind", "counted", "unit", "score")
SIDE = ("quote_id", "value", "value_high", "exactness", "published_date")
KINDS = {
    "figure": "another figure",
    "negated": "one says that it is not so",
    "denied": "denied",
    "repeated": "said again, or quoted again",
    "reversed": "the opposite",
}
EXACTNESS = {
    "about": "about ",
    "at_least": "at least ",
    "at_most": "at most ",
    "more_than": "more than ",
    "less_than": "less than ",
}
"""Words before a number that say how exact it is."""


def read_opposed(source: Source, table: str, prefix: str, key: str, wanted: pl.Series) -> dict[str, list[dict]]:
    """Rows of conflicts or changes by `key`, those whose words agree most first: kind in words, and both sides with their quotation.

    `prefix` is that of the columns of the second side.
    """
    own, names = f"{table.removesuffix('s')}_id", [f"{start}{name}" for start in ("", prefix) for name in SIDE]
    rows = source.scan(table, own, key, *SHARED, *names).filter(pl.col(key).is_in(wanted.implode()))
    listed = rows.sort("score", own, descending=[True, False]).collect()
    ids = pl.concat([listed["quote_id"], listed[f"{prefix}quote_id"]])
    quotes = source.scan("quotes", "quote_id", "article_id", "content", "kind", "speaker_entity_id", "speaker_text")
    found = {
        row["quote_id"]: row for row in quotes.filter(pl.col("quote_id").is_in(ids.implode())).collect().to_dicts()
    }
    grouped: dict[str, list[dict]] = {}
    for row in listed.iter_rows(named=True):
        sides = [describe_side(row, start, found[row[f"{start}quote_id"]]) for start in ("", prefix)]
        grouped.setdefault(row[key], []).append(
            {"kind": KINDS[row["kind"]], "of": row["counted"], "score": row["score"], "sides": sides}
        )
    return grouped


def describe_side(row: dict, prefix: str, quote: dict) -> dict:
    """One of two quotations with its figure in words."""
    figure = write_figure(*(row[f"{prefix}{name}"] for name in ("value", "value_high", "exactness")), row["unit"])
    return quote | {"anchor": anchor_quote(quote["quote_id"]), "figure": figure, "day": row[f"{prefix}published_date"]}


def write_figure(value: float | None, high: float | None, exactness: str | None, unit: str | None) -> str:
    """A figure in words: at least 12, 30 to 40, 18,000,000 EUR; empty where there is none."""
    if value is None:
        return ""
    numbers = " to ".join(f"{number:,.10g}" for number in (value, high) if number is not None)
    return f"{EXACTNESS.get(exactness or '', '')}{numbers}{f' {unit}' if unit else ''}"
