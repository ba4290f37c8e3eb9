"""The measured quality of the steps, which travels with the data."""

import polars as pl

from quotidian.tasks.store.facts import read_facts
from quotidian.tasks.tables.quality import Quality


def quality_types() -> dict[str, pl.DataType]:
    """Types of the columns of quality."""
    return {name: column.dtype for name, column in Quality.columns().items()}


def read_quality() -> pl.DataFrame:
    """Rows of `seeds/quality.csv`, which `benchmarks/evaluate.py --write` keeps, with the types of the table."""
    rows = [{name: value or None for name, value in row.items()} for row in read_facts("quality")]
    types = quality_types()
    texts = pl.DataFrame(rows, schema=dict.fromkeys(types, pl.String))
    return texts.with_columns(pl.col("measured_date").str.to_date()).cast(types)
