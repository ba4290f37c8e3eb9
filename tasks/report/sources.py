"""What kind of sources are quoted, and whether women or men, as the articles state it."""

import polars as pl

from .source import Source

NOT_TOLD = "not told"
STATED = {"she": "she", "he": "he", "they": "they", "mixed": "stated both ways"}
CLASS = pl.when(pl.col("speaker_kind") == "anonymous").then(pl.lit("anonymous")).otherwise("speaker_class")


def count_classes(source: Source) -> list[tuple[str, int]]:
    """Quotations by the class of their speaker, those whose class the text does not tell last."""
    said = source.scan("quotes", "speaker_kind", "speaker_class", "is_said").filter("is_said")
    counted = said.group_by(CLASS.fill_null(NOT_TOLD).alias("class")).agg(count=pl.len()).collect()
    return order_last(counted.rows(), NOT_TOLD)


def count_stated(source: Source) -> list[tuple[str, int]]:
    """Quotations of named people by what articles call these (she, he), never told by names; those not called anything last."""
    people = source.scan("entities", "entity_id", "type", "sex_stated").filter(pl.col("type") == "PERSON")
    said = source.scan("quotes", "quote_id", "is_said").filter("is_said")
    spoken = said.join(source.scan_speaking(), on="quote_id").join(people, on="entity_id")
    stated = pl.col("sex_stated").replace_strict(STATED, default=NOT_TOLD, return_dtype=pl.String)
    return order_last(spoken.group_by(stated.alias("stated")).agg(count=pl.len()).collect().rows(), NOT_TOLD)


def order_last(rows: list[tuple[str, int]], last: str) -> list[tuple[str, int]]:
    """The most frequent first, equals by their words, and what is not known at the end."""
    return sorted(rows, key=lambda row: (row[0] == last, -row[1], row[0]))
