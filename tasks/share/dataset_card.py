"""The card of a dataset (README.md) as Hugging Face's hub reads it: facts in a YAML head, then what a reader should know.

See "Dataset Cards" in the documentation of the hub. Each table is a configuration of its own. The licence is for whoever publishes to say.
"""

import json
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from quotidian.tasks.tables.catalog import Table

SIZES = (
    (1_000, "n<1K"),
    (10_000, "1K<n<10K"),
    (100_000, "10K<n<100K"),
    (1_000_000, "100K<n<1M"),
    (10_000_000, "1M<n<10M"),
)
LARGEST = "10M<n<100M"
FIRST = "quotes"
"""The table that is shown where none is named."""
CARD = """
# Quotations in the news, without text

{snapshot} of tables that [Quotidian](tables.md) made of {articles:,} articles: who said what, about whom, in which article, and who
copied it from whom. No words of the articles are in them: bodies, headlines, sentences and quotations are left out. Every row, id,
offset, name, speaker and count is there, and `body_sha256` in `articles` tells whoever has a text whether it is the same.

| table | rows | one row is |
|---|---|---|
{tables}

[tables.md](tables.md) says what each column means, `datapackage.json` the same for programs, `manifest.json` has the sha256 of each file
and the versions of code and model.

## Loading

```python
from datasets import load_dataset

quotes = load_dataset("path/of/this/folder", "quotes", split="train")
```

```python
import polars as pl

quotes = pl.read_parquet("quotes/**/*.parquet")
```

## How it was made, and how far to trust it

Programs found sentences, names, quotations and speakers; people may have corrected some. Measured on gold data that people annotated:

| what | measure | score |
|---|---|---|
{quality}

`quotes.confidence` tells how sure a quotation with its speaker is, `copies.order_basis` what tells who was first,
`entities.is_ambiguous` where the texts leave open who is meant. A speaker may be wrong: read the article before you quote somebody.

## People

The tables name people as the articles name them. Who publishes or uses them is bound by the law on personal data, and by the rights in
the articles that they were made of. **The licence is not stated here: put it into the head of this page before you publish it.**
"""


def write_card(snapshot: Path, name: str, tables: Sequence[Table], rows: dict[str, int]) -> str:
    """The card of an edition of the snapshot called `name`, with the rows of each table."""
    listed = "\n".join(
        f"| `{table.name}` | {rows[table.name]:,} | {table.meaning.removeprefix('One row for ')} |" for table in tables
    )
    body = CARD.format(
        snapshot=f"Snapshot {name}", articles=rows["articles"], tables=listed, quality=list_quality(snapshot)
    )
    return f"---\n{write_head(tables, rows)}---\n{body}"


def write_head(tables: Sequence[Table], rows: dict[str, int]) -> str:
    """The YAML head; JSON values are YAML, too."""
    size = next((words for limit, words in SIZES if rows["articles"] < limit), LARGEST)
    facts = {
        "pretty_name": "Quotations in the news, without text",
        "language": ["en"],
        "license": "unknown",
        "size_categories": [size],
        "tags": ["news", "quotations", "quote-attribution", "text-reuse", "named-entities"],
        "configs": [describe_config(table) for table in tables if rows[table.name]],
    }
    return "".join(f"{key}: {json.dumps(value)}\n" for key, value in facts.items())


def describe_config(table: Table) -> dict:
    """One table as a configuration with one split."""
    path = f"{table.name}/{'*/' * table.by_day}*.parquet"
    config = {"config_name": table.name, "data_files": [{"split": "train", "path": path}]}
    return config | ({"default": True} if table.name == FIRST else {})


def list_quality(snapshot: Path) -> str:
    """What was measured, as rows of a table."""
    found = pl.read_parquet(snapshot / "quality" / "*.parquet").drop_nulls("measured_version").sort("measure")
    return "\n".join(
        f"| {measure.replace('|', '/')} | {metric} | {score:.3f} |"
        for measure, metric, score in found.select("measure", "metric", "score").iter_rows()
    )
