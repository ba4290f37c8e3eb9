"""A published snapshot as the report reads it: lazily, and of the tables by day only the days that are asked for."""

from collections.abc import Iterable
from pathlib import Path

import polars as pl

from quotidian.tasks.extract.flatten import article_of
from quotidian.tasks.publish.snapshot import read_manifest


class Source:
    """One resolved snapshot."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest = read_manifest(folder)
        self.rows: dict[str, int] = {}
        for entry in self.manifest["files"]:
            self.rows[entry["table"]] = self.rows.get(entry["table"], 0) + entry["rows"]

    def scan(self, table: str, *columns: str, **renamed: str) -> pl.LazyFrame:
        """Columns of a table, all files of it; `renamed` is new name = column."""
        return pl.scan_parquet(f"{self.folder}/{table}/**/*.parquet", hive_partitioning=False).select(
            *columns, **renamed
        )

    def scan_with_day(self, table: str, *columns: str) -> pl.LazyFrame:
        """The same of a table by day, with the folder of the day in the column `day_folder`."""
        files = pl.scan_parquet(
            f"{self.folder}/{table}/**/*.parquet", hive_partitioning=False, include_file_paths="path"
        )
        return files.select(*columns, day_folder=pl.col("path").str.extract(r"/([^/]+)/[^/]+$"))

    def scan_speaking(self) -> pl.LazyFrame:
        """Everybody named who says a quotation: quote_id, rank, entity_id; without people whom others speak for."""
        speaking = self.scan("quote_speakers", "quote_id", "rank", "entity_id", "how")
        said = speaking.filter((pl.col("how") != "represented") & pl.col("entity_id").is_not_null())
        return said.drop("how").unique(["quote_id", "entity_id"], keep="first", maintain_order=True)

    def read_days(self, table: str, days: Iterable[str], articles: pl.Series, key: str = "article_id") -> pl.DataFrame:
        """Rows of a table by day that belong to `articles`, in the order of the table; `key` may be a quote_id."""
        files = [f"{self.folder}/{table}/{day}/*.parquet" for day in sorted(days)]
        return (
            pl.scan_parquet(files, hive_partitioning=False).filter(article_of(key).is_in(articles.implode())).collect()
        )
