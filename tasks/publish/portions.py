"""Portions: the articles whose rows lie in one file of each table by day. A day is one portion, or several where it is
large, so that memory follows the portion."""

from collections.abc import Iterator
from datetime import date

import polars as pl

PORTION_ARTICLES = 10_000
"""Articles that a portion of a large day has at most on average: their rows take about .6 GB."""
CHUNK_ARTICLES = 5_000
"""Articles of several small portions that are worked on at a time."""
UNDATED = "no-day"
"""Folder of the articles of which nothing tells the day."""
HEX_DIGITS = 8
"""Digits of a hash that are looked at: enough for four billion portions."""


def day_folder(day: date | None) -> str:
    """Name of the folder of a day."""
    return day.isoformat() if day else UNDATED


def name_portion(day: date | None, part: int = 0) -> str:
    """Name of a portion: folder and file of its rows in each table by day, such as `2023-06-19/part-0`."""
    return f"{day_folder(day)}/part-{part}"


def add_portions(articles: pl.DataFrame) -> pl.DataFrame:
    """Adds `portion` to rows with article_id and published_date.

    A large day is cut into 2, 4, 8 … portions by the first bits of article_id, which is a hash. So one more article moves
    no other to another portion, but where the number of portions doubles.
    """
    days = articles.group_by("published_date").agg(pl.len().alias("count"))
    bits = pl.Series("bits", [count_bits(count, PORTION_ARTICLES) for count in days["count"]], dtype=pl.Int64)
    joined = articles.join(days.with_columns(bits), on="published_date", nulls_equal=True, maintain_order="left")
    placed = joined.with_columns(part=read_bits(pl.col("article_id"), pl.col("bits")))
    parts = placed.select("published_date", "part").unique()
    names = [name_portion(*row) for row in parts.iter_rows()]
    named = parts.with_columns(portion=pl.Series(names, dtype=pl.String))
    keys = ["published_date", "part"]
    return placed.join(named, on=keys, nulls_equal=True, maintain_order="left").drop("count", "bits", "part")


def count_bits(count: int, most: int) -> int:
    """The power of two of the parts of so many rows, of which one has at most so many on average."""
    return (max(0, count - 1) // most).bit_length()


def read_bits(hashes: pl.Expr, bits: pl.Expr) -> pl.Expr:
    """The first bits of hashes in hexadecimal, as a number."""
    lead = hashes.str.head(HEX_DIGITS).str.to_integer(base=16, dtype=pl.Int64)
    return lead // pl.lit(2, pl.Int64) ** (4 * HEX_DIGITS - bits)


def part_rows(rows: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """Portion -> its rows, in their order."""
    return {portion: own for (portion,), own in rows.partition_by("portion", as_dict=True).items()}


def cut_portions(index: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Parts of an index with whole portions, in order of their names, of about CHUNK_ARTICLES."""
    portions = index.group_by("portion").agg(pl.len().alias("articles")).sort("portion")
    before = pl.col("articles").cum_sum() - pl.col("articles")
    numbered = portions.select("portion", chunk=before // CHUNK_ARTICLES)
    parts = index.join(numbered, on="portion").sort("chunk", "article_id")
    for _, part in parts.group_by("chunk", maintain_order=True):
        yield part.drop("chunk")
