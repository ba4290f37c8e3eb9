"""Articles whose rows stand: what is new in a day costs the work of what is new, and the rest is taken over from the files
of the snapshot before."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from quotidian.tasks.extract.flatten import article_of
from quotidian.tasks.store.soundness import Ledger
from quotidian.tasks.tables.catalog import TABLES

from .assemble import shape_rows
from .memory import OWN, Groups, Memory, fingerprint_portions, keep_whole, recall_files
from .portions import part_rows
from .snapshot import FileEntry

Tables = dict[str, pl.DataFrame]


@dataclass(frozen=True)
class Standing:
    """Articles of portions that changed whose own rows did not, but, where `is_moved`, their row of the table articles: portion, article_id,
    is_moved; the snapshot that has their rows; its files of these portions, all whole; and the portions in which nothing else changed."""

    articles: pl.DataFrame
    before: Path | None
    files: Groups
    moved: frozenset[str]


def find_standing(memory: Memory, before: Path | None, articles: pl.DataFrame, ledger: Ledger) -> Standing:
    """The articles among `articles` (rows of `ARTICLES`) that were published last from the same, in the same portion.

    A portion with a file missing or damaged, or whose articles and files are not remembered from one and the same publishing, has none.
    """
    known = memory.articles.join(articles, on="portion", how="semi")
    whole = keep_whole(before, recall_files(memory, fingerprint_portions(known)), ledger)
    same = articles.join(known, on=OWN, suffix="_before").filter(pl.col("portion").is_in([*whole]))
    told = same.select("portion", "article_id", is_moved=pl.col("linked") != pl.col("linked_before"))
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
    moved = standing.articles.filter(pl.col("is_moved") & pl.col("portion").is_in(portions.unique().implode()))
    if moved.is_empty():
        return assembled
    files = {p: file for p in moved["portion"].unique() for file in standing.files[p] if file.table == "articles"}
    rows = scan_published(standing.before, files).filter(pl.col("article_id").is_in(moved["article_id"].implode()))
    linked = rows.drop(links.columns[1:]).collect().join(links, on="article_id", how="left")
    return shape_rows(pl.concat([assembled, shape_rows(linked, "articles")]), "articles")


def add_standing(tables: Tables, standing: Standing, portions: pl.Series) -> tuple[Tables, dict[str, FileEntry]]:
    """The tables of some portions: rows of articles that were assembled or moved, and, where their file is another now, of those that stand.

    Also returns, by path, the files that are as they were: of these only the rows of articles that do not stand are read.
    """
    own = standing.articles.filter(pl.col("portion").is_in(portions.unique().implode()))
    if own.is_empty():
        return tables, {}
    whole, unchanged = {}, {}
    for name, assembled in tables.items():
        of_articles = name == "articles"
        files = {p: file for p in own["portion"].unique() for file in standing.files[p] if file.table == name}
        asked = {p: file for p, file in files.items() if of_articles or p not in standing.moved}
        unchanged |= {file.path: file for portion, file in files.items() if portion not in asked}
        if not asked:
            whole[name] = assembled
            continue
        rest = own.filter(~pl.col("is_moved")) if of_articles else own
        stands = article_of(TABLES[name].key[0]).is_in(rest["article_id"].implode())
        replaced, new = (
            part_rows(scan_published(standing.before, asked).filter(~stands).collect()),
            part_rows(assembled),
        )
        none = assembled.clear()
        others = {p: file for p, file in asked.items() if not replaced.get(p, none).equals(new.get(p, none))}
        unchanged |= {file.path: file for portion, file in asked.items() if portion not in others}
        kept = [scan_published(standing.before, others).filter(stands).collect()] if others else []
        whole[name] = shape_rows(pl.concat([assembled, *kept]), name)
    return whole, unchanged


def scan_published(snapshot: Path, files: dict[str, FileEntry]) -> pl.LazyFrame:
    """The rows of the files of one table by portion, those of each in their order, with `portion`."""
    paths = {str(snapshot / file.path): portion for portion, file in files.items()}
    rows = pl.scan_parquet([*paths], hive_partitioning=False, include_file_paths="portion")
    return rows.with_columns(pl.col("portion").replace_strict(paths))
