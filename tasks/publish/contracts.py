"""What every published table promises: its schema, its keys, and texts that are slices of their body, headline or caption."""

import polars as pl

from quotidian.tasks.deduplicate.archive_links import ArchiveLinks
from quotidian.tasks.store.errors import QuotidianError
from quotidian.tasks.tables.catalog import TABLES, Table

Keys = dict[tuple[str, str], pl.Series]
"""Columns that others point to -> their values, each told by 64 bits (`hash_keys`)."""

SLICES = {
    "sentences": (("start", "end", "text"),),
    "mentions": (("start", "end", "text"),),
    "quantities": (("start", "end", "text"),),
    "quotes": (
        ("start", "end", "text"),
        ("cue_start", "cue_end", "cue"),
        ("speaker_start", "speaker_end", "speaker_text"),
    ),
    "edits": (("body_start", "body_end", "body_text"),),
    "display_quotes": (
        ("start", "end", "text"),
        ("cue_start", "cue_end", "cue"),
        ("speaker_start", "speaker_end", "speaker_text"),
    ),
}


WHOLE = {"articles": ("article_id", "body", "title"), "metadata": ("article_id", "value_index", "value")}
"""The columns with the texts of which others are slices."""


class ContractBroken(QuotidianError):
    """Rows do not keep what their table promises; nothing is published."""


def check_schema(table: Table, rows: pl.DataFrame) -> None:
    """Raise ContractBroken where rows break a type, a rule or the key of the table."""
    _, failure = table.schema.filter(rows.select(table.schema.column_names()))
    counts = failure.counts()
    if counts:
        rule, count = max(counts.items(), key=lambda item: item[1])
        example = failure.invalid().select(table.key).row(0)
        raise ContractBroken(f"table {table.name}: {rule} fails in {count} rows, for example {example}")


def check_foreign_keys(table: Table, rows: pl.DataFrame, keys: Keys) -> None:
    """Raise ContractBroken where a column points to a row that is not there; `keys` has the columns pointed to.

    Columns that `rows` lack, and targets that `keys` lack, are not checked.
    """
    for column, target in table.foreign_keys.items():
        if target not in keys or column not in rows.columns or are_known(rows[column], keys[target]):
            continue
        lost = rows.filter(pl.col(column).is_not_null() & ~pl.col(column).hash().is_in(keys[target].implode()))
        if lost.height:
            name = f"{table.name}.{column}"
            raise ContractBroken(
                f"{name}: {lost.height} rows point to no {'.'.join(target)}, for example {lost[column][0]}"
            )


def hash_keys(values: pl.Series) -> pl.Series:
    """64 bits of each value, each once; a value that is lost passes for one of a million once in 10 trillion times."""
    return values.hash().unique()


def are_known(values: pl.Series, keys: pl.Series) -> bool:
    """Whether all values that are not null are among hashed keys, which is told of a few values without an index of all keys."""
    asked = hash_keys(values.drop_nulls())
    return asked.is_empty() or keys.is_in(asked.implode()).sum() == len(asked)


def check_links(archive: ArchiveLinks, keys: Keys) -> None:
    """Raise ContractBroken where links point to nothing: days that stand are not checked again, their links are."""
    quotes = archive.quotes.drop("statement_id")  # of which statements are made
    for name, rows in (("articles", archive.articles), ("mentions", archive.entity_links), ("quotes", quotes)):
        check_foreign_keys(TABLES[name], rows, keys)


def check_slices(name: str, rows: pl.DataFrame, articles: pl.DataFrame, metadata: pl.DataFrame) -> None:
    """Raise ContractBroken where a text is not the slice of its body, headline or caption; articles: article_id, body, title; metadata:
    article_id, value_index, value."""
    joined = rows.join(articles, on="article_id", how="left", maintain_order="left").with_columns(whole="body")
    if "value_index" in rows.columns:
        joined = joined.join(metadata, on=["article_id", "value_index"], how="left", maintain_order="left")
        joined = joined.with_columns(whole=pl.when(pl.col("where") == "title").then("title").otherwise("value"))
    for start, end, text in SLICES.get(name, ()):
        cut = pl.col("whole").str.slice(pl.col(start), pl.col(end) - pl.col(start))
        wrong = joined.filter(pl.col(text).is_not_null() & ~cut.eq_missing(pl.col(text)))
        if wrong.height:
            key = wrong.select(TABLES[name].key).row(0)
            raise ContractBroken(
                f"{name}.{text}: {wrong.height} rows are not their slice of the {'body' if 'where' not in rows.columns else 'headline or caption'}, for example {key}"
            )


def collect_keys(tables: dict[str, pl.DataFrame]) -> Keys:
    """The columns that foreign keys of any table point to, as far as `tables` hold them."""
    targets = {target for table in TABLES.values() for target in table.foreign_keys.values()}
    return {(name, column): hash_keys(tables[name][column]) for name, column in targets if name in tables}


def check_tables(tables: dict[str, pl.DataFrame], keys: Keys) -> None:
    """Check rows of some tables against their schemas, each other, and `keys`, which hold for more rows than these."""
    keys = collect_keys(tables) | keys
    for name, rows in tables.items():
        check_schema(TABLES[name], rows)
        check_foreign_keys(TABLES[name], rows, keys)
        if name in SLICES and "articles" in tables:
            check_slices(name, rows, *(tables[held].select(columns) for held, columns in WHOLE.items()))
