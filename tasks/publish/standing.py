"""Articles whose rows stand: what is new in a day costs the work of what is new, and the rest is taken over from the files
of the snapshot before."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from quotidian.tasks.extract.flatten import article_of
from quotidian.tasks.store.soundness import Ledger
from quotidian.tasks.tables.catalog import TABLES

from .assemble import shape_rows
from .memory import NAMED, OWN, Groups, Memory, fingerprint_portions, keep_whole, recall_files
from .portions import part_rows
from .snapshot import FileEntry

Tables = dict[str, pl.DataFrame]
CHANGES = {"is_moved": "linked", "is_renamed": "named"}
"""What may have changed of an article whose rows stand, by the hashes that tell it."""


@dataclass(frozen=True)
class Standing:
    """Articles of portions that changed whose rows did not, but, where `is_moved`, that of the table articles, and, where `is_renamed`, those of
    the tables `NAMED`: portion, article_id, is_moved, is_renamed; the snapshot that has their rows; its files of these portions, all whole; and
    the portions that have no other article, and had none."""

    articles: pl.DataFrame
    before: Path | None
    files: Groups
    closed: frozenset[str]


def find_standing(memory: Memory, before: Path | None, articles: pl.DataFrame, ledger: Ledger) -> Standing:
    """The articles among `articles` (rows of `ARTICLES`) that were published last from the same, in the same portion.

    A portion with a file missing or damaged, or whose articles and files are not remembered from one and the same publishing, has none.
    """
    known = memory.articles.join(articles, on="portion", how="semi")
    whole = keep_whole(before, recall_files(memory, fingerprint_portions(known)), ledger)
    same = articles.join(known, on=OWN, suffix="_before").filter(pl.col("portion").is_in([*whole]))
    changed = {name: pl.col(column) != pl.col(f"{column}_before") for name, column in CHANGES.items()}
    told = same.select("portion", "article_id", **changed)
    counts = [rows.group_by("portion").len() for rows in (told, articles, known)]
    equal = (
        counts[0].join(counts[1], on=["portion", "len"], how="semi").join(counts[2], on=["portion", "len"], how="semi")
    )
    files = {portion: whole[portion] for portion in told["portion"].unique()}
    return Standing(told, before, files, frozenset(equal["portion"]))


def move_articles(
    assembled: pl.DataFrame, standing: Standing, portions: pl.Series, links: pl.DataFrame
) -> pl.DataFrame:
    """Rows of the table articles, with `portion`: those that were assembled, and of some portions those that stand but in `links`, the
    copies and stories of articles."""
    is_moved = pl.col("is_moved") & ~pl.col("is_renamed")  # who is renamed was assembled
    moved = standing.articles.filter(is_moved & pl.col("portion").is_in(portions.unique().implode()))
    if moved.is_empty():
        return assembled
    files = {p: file for p in moved["portion"].unique() for file in standing.files[p] if file.table == "articles"}
    rows = scan_published(standing.before, files).filter(pl.col("article_id").is_in(moved["article_id"].implode()))
    linked = rows.drop(links.columns[1:]).collect().join(links, on="article_id", how="left")
    return shape_rows(pl.concat([assembled, shape_rows(linked, "articles")]), "articles")


def add_standing(
    tables: Tables, standing: Standing, portions: pl.Series
) -> tuple[Tables, dict[str, FileEntry], Tables]:
    """The tables of some portions: rows of articles that were assembled or moved, and, where their file is another now, of those that stand.

    Also returns, by path, the files that are as they were: those of portions of which every article stands in the table are not read; and
    the rows that stood in the others and stand no more.
    """
    own = standing.articles.filter(pl.col("portion").is_in(portions.unique().implode()))
    if own.is_empty():
        return tables, {}, {}
    whole, unchanged, gone = {}, {}, {}
    for name, assembled in tables.items():
        files = {p: file for p in own["portion"].unique() for file in standing.files[p] if file.table == name}
        other = own.filter(is_other(name))
        closed = standing.closed.difference(other["portion"])
        stands = article_of(TABLES[name].key[0]).is_in(own.filter(~is_other(name))["article_id"].implode())
        new = assembled.filter(~stands)  # who is renamed was assembled for other tables
        whole[name] = new
        unchanged |= {file.path: file for portion, file in files.items() if portion in closed}
        asked = {portion: file for portion, file in files.items() if portion not in closed}
        if asked:
            rows = scan_published(standing.before, asked).with_columns(stands=stands).collect()
            gone[name] = rows.filter(~pl.col("stands")).drop("stands")
            replaced, of_new = part_rows(gone[name]), part_rows(new)
            none = assembled.clear()
            same = {p for p in asked if replaced.get(p, none).equals(of_new.get(p, none))}
            unchanged |= {asked[portion].path: asked[portion] for portion in same}
            kept = rows.filter(pl.col("stands") & ~pl.col("portion").is_in(same)).drop("stands")
            whole[name] = shape_rows(pl.concat([new, kept]), name)
    return whole, unchanged, gone


def is_other(name: str) -> pl.Expr:
    """Of articles that stand, whether their rows in a table may be others."""
    if name == "articles":
        return pl.col("is_moved")
    return pl.col("is_renamed") if name in NAMED else pl.lit(False)


def scan_published(snapshot: Path, files: dict[str, FileEntry]) -> pl.LazyFrame:
    """The rows of the files of one table by portion, those of each in their order, with `portion`."""
    paths = {str(snapshot / file.path): portion for portion, file in files.items()}
    rows = pl.scan_parquet([*paths], hive_partitioning=False, include_file_paths="portion")
    return rows.with_columns(pl.col("portion").replace_strict(paths))
