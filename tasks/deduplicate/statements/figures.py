"""What a sketch keeps of a quotation so that what others say of the same thing can be compared: its figures, and whether it is denied."""

import re

import polars as pl

from quotidian.tasks.deduplicate.statements.claims import list_words, read_claim
from quotidian.tasks.deduplicate.statements.differences import NEGATIONS
from quotidian.tasks.extract.flatten import flatten_quantities, join_innermost, read_quote_parts

FIGURE = {
    "start": pl.Int32,
    "end": pl.Int32,
    "place": pl.Int32,
    "value": pl.Float64,
    "value_high": pl.Float64,
    "unit": pl.String,
    "counted": pl.String,
    "exactness": pl.String,
}
"""A quantity in a quotation: the fields of a quantity, and `place`, where it starts in the content of the quotation."""
FIGURES = pl.List(pl.Struct(FIGURE))
SIDES = {
    **dict.fromkeys(("quote_id", "statement_id", "speaker_entity_id", "outlet"), pl.String),
    "published_date": pl.Date,
    "quantity_id": pl.String,
    "value": pl.Float64,
    "value_high": pl.Float64,
    "exactness": pl.String,
}
"""What a row tells of each of its two quotations."""
SHARED = {
    "kind": pl.String,
    "unit": pl.String,
    "counted": pl.String,
    "score": pl.Float64,
}
QUOTE_CHANGES = {
    **dict.fromkeys(
        ("quote_change_id", "article_id", "earlier_article_id", "kind", "quote_id", "later_quote_id"), pl.String
    ),
    **dict.fromkeys(("speaker_entity_id", "later_speaker_entity_id", "difference", "counted", "unit"), pl.String),
    **dict.fromkeys(("value", "later_value", "score"), pl.Float64),
}
"""Columns of the table quote_changes."""
SAYING_NO = rf"(?i)\b(?:{'|'.join(sorted(NEGATIONS))})\b|n['’]t\b"
BETWEEN_PARTS = 3
"""Characters that join two parts in the content of a quotation."""
BEFORE_CUE = 40
UNDENIED = re.compile(
    r"(?:\b(?:not|never|without|neither|nor|no one|nobody|if|would|could|might|may|refus\w{1,5}|declin\w{1,5}|stopp?\w{0,5} short)\b|n['’]t\b)[^.!?]*\Z",
    re.IGNORECASE,
)
"""Words before "deny" of somebody who does not, or of whom that is only imagined."""


def add_figures(quotes: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """Quotes (rows of `flatten_quotes`) with `figures` (a list of FIGURE, by place), `is_denied`, `says_no` and, where there are figures,
    `claim_words` (those of their claim, as a sketch has words), from the nested work rows that they were flattened from."""
    bodies = rows.select("article_id", "body")
    figures = place_figures(rows)
    joined = quotes.join(figures, on="quote_id", how="left", maintain_order="left").join(
        bodies, on="article_id", how="left", maintain_order="left"
    )
    denied = [is_denied(*row) for row in joined.select("stance", "is_said", "cue_start", "body").iter_rows()]
    empty = pl.col("figures").fill_null(pl.lit([], dtype=FIGURES))
    told = joined.drop("body").with_columns(empty, is_denied=pl.Series(denied, dtype=pl.Boolean))
    claims = [read_claim(*row) if row[1] else None for row in told.select("content", "figures").iter_rows()]
    return told.with_columns(
        says_no=pl.col("content").str.contains(SAYING_NO) | pl.col("is_denied"),
        claim_words=pl.Series([list_words(claim) if claim else [] for claim in claims], dtype=pl.List(pl.UInt32)),
    )


def is_denied(stance: str | None, is_said: bool, cue_start: int | None, body: str) -> bool:
    """Whether the speaker denies the content: "denied that", not "did not deny that"."""
    if stance != "denies" or is_said or cue_start is None:
        return False
    return not UNDENIED.search(body[max(0, cue_start - BEFORE_CUE) : cue_start])


def place_figures(rows: pl.DataFrame) -> pl.DataFrame:
    """quote_id, figures: the quantities of each quotation that has some; of nested quotations the innermost has them."""
    if "quantities" not in rows.columns:
        return pl.DataFrame(schema={"quote_id": pl.String, "figures": FIGURES})
    parts = read_quote_parts(rows)
    sizes = pl.col("end") - pl.col("start") + BETWEEN_PARTS
    spans = parts.sort("quote_id", "part_index").select(
        "article_id",
        "quote_id",
        first="start",
        last="end",
        before=sizes.cum_sum().over("quote_id") - sizes,
    )
    own = join_innermost(flatten_quantities(rows), spans)
    placed = own.with_columns(place=pl.col("start") - pl.col("first") + pl.col("before")).sort("quote_id", "place")
    figures = pl.struct(pl.col(name).cast(type_) for name, type_ in FIGURE.items())
    return placed.group_by("quote_id", maintain_order=True).agg(figures=figures)


def type_opposed(id_column: str, prefix: str) -> dict[str, pl.DataType]:
    """Columns of two quotations beside each other: `id_column`, story_id (of the first), the columns of SHARED, and those of SIDES
    twice, for the second with `prefix`."""
    later = {f"{prefix}{name}": type_ for name, type_ in SIDES.items()}
    return {id_column: pl.String, "story_id": pl.String, **SHARED, **SIDES, **later}
