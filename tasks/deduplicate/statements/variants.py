"""Word by word, how the quotations of one statement differ."""

import numpy as np
import polars as pl
from rapidfuzz.distance import Levenshtein

from quotidian.tasks.deduplicate.kept import Kept

MAX_WORDS = 1_000
"""Words of a quotation that are compared; the time grows with the product of two lengths."""


def describe_variants(linked: pl.DataFrame, label: np.ndarray, kept: Kept) -> pl.DataFrame:
    """One row for each quotation of a statement that has several: quote_id, statement_id, difference; in the order of `linked`.

    `linked` has quote_id, by which it is sorted, statement_id and text; `label` tells statements apart. The difference is against the longest quotation of the
    statement (ties to the smallest quote_id), in the manner of wdiff: what the longest has alone stands in
    [-...-], what the variant has alone in {+...+}. How two wordings differ that were `kept` before is not told again.
    """
    several = np.flatnonzero(np.bincount(label, minlength=1)[label] > 1)
    shared, label = linked[several], label[several]
    order = np.lexsort((-shared["text"].str.len_chars().to_numpy().astype(np.int64), label))
    starts = np.flatnonzero(np.diff(label[order], prepend=-1))
    longest = np.empty(len(order), np.int64)
    longest[order] = np.repeat(order[starts], np.diff(np.append(starts, len(order))))
    codes = shared["text"].hash()
    pairs = pl.DataFrame({"longest": codes.gather(longest), "text": codes, "row": np.arange(len(order))})
    pairs = pairs.with_columns(pair=pl.struct("longest", "text").hash())
    once = pairs.unique("pair", keep="first", maintain_order=True)  # most are printed by several in the same words
    before = kept.recall("variants").join(once, on="pair", how="semi")
    new = once.join(before, on="pair", how="anti", maintain_order="left")
    texts = (shared["text"].gather(rows).to_list() for rows in (longest[new["row"].to_numpy()], new["row"]))
    difference = pl.Series("difference", map(compare_words, *texts), dtype=pl.String)
    kept.after["variants"] = pl.concat([before, new.select("pair", difference)])
    told = pairs.join(kept.after["variants"], on="pair", how="left", maintain_order="left")
    return shared.select("quote_id", "statement_id").hstack([told["difference"]])


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
