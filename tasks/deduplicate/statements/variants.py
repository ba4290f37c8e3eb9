"""Word by word, how the quotations of one statement differ."""

import polars as pl
from rapidfuzz.distance import Levenshtein

VARIANTS = {"quote_id": pl.String, "statement_id": pl.String, "difference": pl.String}
MAX_WORDS = 1_000
"""Words of a quotation that are compared; the time grows with the product of two lengths."""


def describe_variants(linked: pl.DataFrame) -> pl.DataFrame:
    """One row for each quotation of a statement that has several: quote_id, statement_id, difference.

    `linked` has quote_id, statement_id and text. The difference is against the longest quotation of the
    statement (ties to the smallest quote_id), in the manner of wdiff: what the longest has alone stands in
    [-...-], what the variant has alone in {+...+}.
    """
    shared = linked.filter(pl.len().over("statement_id") > 1)
    longest = shared.sort(-pl.col("text").str.len_chars().cast(pl.Int64), "quote_id").unique(
        "statement_id", keep="first", maintain_order=True
    )
    joined = shared.join(longest.select("statement_id", longest="text"), on="statement_id").sort("quote_id")
    texts = joined.select("longest", "text").unique()  # most are printed by several in the same words
    difference = pl.Series("difference", [compare_words(*pair) for pair in texts.iter_rows()], dtype=pl.String)
    compared = joined.join(texts.with_columns(difference), on=["longest", "text"], how="left", maintain_order="left")
    return compared.select(pl.col(name).cast(type_) for name, type_ in VARIANTS.items())


def compare_words(base: str, variant: str) -> str:
    """What turns `base` into `variant`, word by word."""
    old, new = base.split()[:MAX_WORDS], variant.split()[:MAX_WORDS]
    pieces = []
    for tag, old_start, old_end, new_start, new_end in Levenshtein.opcodes(old, new).as_list():
        if tag == "equal":
            pieces.append(" ".join(old[old_start:old_end]))
            continue
        if old_end > old_start:
            pieces.append(f"[-{' '.join(old[old_start:old_end])}-]")
        if new_end > new_start:
            pieces.append(f"{{+{' '.join(new[new_start:new_end])}+}}")
    return " ".join(pieces)
