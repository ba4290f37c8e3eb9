"""The page on how far to trust a column: measured figures beside what this snapshot was made with."""

import polars as pl

from .source import Source

STEPS = {
    "clean": ("Cleaning", "Takes junk, credits and headers out of the raw text."),
    "extract": ("Extracting", "Finds sentences, names, quotations and speakers in a body."),
    "deduplicate": ("Linking", "Finds copies, stories, statements, and who is who across articles."),
}
COMPARED = ("clean", "extract")
"""Steps whose version in a manifest hangs on code, facts, model and settings only, not on the articles."""
VERDICTS = ((0.95, "very far"), (0.85, "far"), (0.7, "with care"), (0.0, "only in bulk"))
"""Plain words for a score: one wrong in twenty, in seven, in three, more."""


def read_figures(source: Source) -> pl.DataFrame:
    """Rows of quality that were measured on gold data, in the order of steps and measures, with `trust` in plain words."""
    steps = list(STEPS)
    measured = source.scan("quality", "*").filter(pl.col("measured_version").is_not_null())
    rows = measured.with_columns(place=pl.col("step").replace_strict({s: i for i, s in enumerate(steps)}))
    return rows.sort("place", "measure").collect()


def read_reviews(source: Source) -> list[dict]:
    """Rows of quality that say how many of the rows that people reviewed were right."""
    rows = source.scan("quality", "*").filter(pl.col("measured_version").is_null())
    return rows.sort("measure").collect().to_dicts()


def describe_figures(figures: pl.DataFrame, versions: dict[str, str]) -> list[dict]:
    """One group for each step: its words, its rows, and whether they were measured on this snapshot's version
    (None where that cannot be told)."""
    groups = []
    for step, (name, words) in STEPS.items():
        rows = [row | {"trust": judge(row["score"])} for row in figures.filter(pl.col("step") == step).to_dicts()]
        measured = {row["measured_version"] for row in rows}
        same = measured == {versions[step]} if step in COMPARED else None
        groups.append({"step": step, "name": name, "words": words, "rows": rows, "is_same": same})
    return groups


def judge(score: float) -> str:
    """How far a column with this score can be trusted."""
    return next(words for least, words in VERDICTS if score >= least)
