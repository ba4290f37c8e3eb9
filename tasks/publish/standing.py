"""Articles whose rows stand: what is new in a day costs the work of what is new, and the rest is taken over from the files
of the snapshot before."""

from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from quotidian.tasks.tables.catalog import TABLES

from .assemble import shape_rows
from .memory import ARTICLES, Groups, Memory, fingerprint_portions, gather_files
from .snapshot import FileEntry, is_whole

Tables = dict[str, pl.DataFrame]


@dataclass(frozen=True)
class Standing:
    """Articles of portions that changed whose own rows did not: portion, article_id, fingerprint; the snapshot that has
    their rows; and its files of these portions, all whole."""

    articles: pl.DataFrame
    before: Path | None = None
    files: Groups = field(default_factory=dict)


def find_standing(memory: Memory, before: Path | None, articles: pl.DataFrame) -> Standing:
    """The articles among `articles` (rows of `ARTICLES`) that were published last from the same, in the same portion.

    A portion with a file missing or damaged, or whose articles and files are not remembered from one and the same publishing, has none.
    """
    if before is None:
        return Standing(pl.DataFrame(schema=ARTICLES))
    known = memory.articles.join(articles, on="portion", how="semi")
    made_from = fingerprint_portions(known)
    files = memory.files.filter(pl.col("fingerprint") == pl.col("group").replace_strict(made_from, default=None))
    whole = {group: own for group, own in gather_files(files).items() if all(is_whole(before, file) for file in own)}
    same = articles.join(known, on=ARTICLES.names(), how="semi").filter(pl.col("portion").is_in([*whole]))
    return Standing(same, before, {group: whole[group] for group in same["portion"].unique()})


def add_standing(tables: Tables, standing: Standing, portions: pl.Series) -> tuple[Tables, dict[str, FileEntry]]:
    """The tables of some portions: rows of articles that were assembled, and of those that stand.

    Also returns, by path, the files that are as they were.
    """
    own = standing.articles.filter(pl.col("portion").is_in(portions.unique().implode()))
    if own.is_empty():
        return tables, {}
    files = {(file.table, portion): file for portion in own["portion"].unique() for file in standing.files[portion]}
    whole, unchanged = {}, {}
    for name, assembled in tables.items():
        published = read_published(standing.before, {p: file for (table, p), file in files.items() if table == name})
        stands = take_articles(name).is_in(own["article_id"].implode())
        for portion in own["portion"].unique():
            here = pl.col("portion") == portion
            if published.filter(here & ~stands).equals(assembled.filter(here)):
                unchanged[files[name, portion].path] = files[name, portion]
        whole[name] = shape_rows(pl.concat([assembled, published.filter(stands)]), name)
    return whole, unchanged


def take_articles(table: str) -> pl.Expr:
    """The article of each row of a table."""
    named = "article_id" in TABLES[table].schema.column_names()
    return pl.col("article_id") if named else pl.col("quote_id").str.split(":").list.first()


def read_published(snapshot: Path, files: dict[str, FileEntry]) -> pl.DataFrame:
    """The rows of the files of one table by portion, those of each in their order, with `portion`."""
    paths = {str(snapshot / file.path): portion for portion, file in files.items()}
    rows = pl.read_parquet([*paths], hive_partitioning=False, include_file_paths="portion")
    return rows.with_columns(pl.col("portion").replace_strict(paths))
