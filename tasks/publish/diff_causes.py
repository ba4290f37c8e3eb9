"""Why rows changed between two snapshots.

A row that belongs to an article of only one of them follows its input: new input, deleted input, or new version
(the same input, read by another version of the rooms). Every other change follows what else is different between the
two: inputs that came or went (copies, stories, names and statements hold across articles), versions, corrections, knowledge. Where
several are, they are all named: no row knows which.
"""

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from quotidian.tasks.extract.flatten import article_of
from quotidian.tasks.ingest.archive import archive_folder
from quotidian.tasks.tables.catalog import TABLES, Table

from .check import table_files
from .snapshot import read_manifest

NEW_INPUT, DELETED_INPUT, NEW_VERSION = "new input", "deleted input", "new version"
CORRECTION, KNOWLEDGE = "correction", "knowledge"
UNKNOWN = "unknown"
VERSIONED = ("versions", "linking")


@dataclass(frozen=True)
class Fates:
    """What explains changes.

    causes    what is different between the two snapshots as wholes
    articles  article_id, why: articles of only one of them, and those whose extractor_version changed
    inputs    input_id, why: rejects of only one of them
    """

    causes: list[str]
    articles: pl.DataFrame
    inputs: pl.DataFrame

    @property
    def common(self) -> str:
        """The cause of a change that no article of its own explains."""
        return " or ".join(self.causes) or UNKNOWN


def read_fates(old: Path, new: Path, data: Path) -> Fates:
    """Compare the inputs, versions, corrections and lists of two snapshots."""
    archived = archive_folder(data).scan("input_id").collect()
    sides = [read_inputs(snapshot) for snapshot in (old, new)]
    joined = sides[0].join(sides[1], on="input_id", how="full", coalesce=True, suffix="_new")
    judged = joined.with_columns(why=judge_input(pl.col("input_id").is_in(archived["input_id"].implode())))
    articles = judged.select(pl.coalesce("article_id", "article_id_new").alias("article_id"), "why").drop_nulls()
    inputs = judged.filter(pl.col("why").is_not_null()).select("input_id", "why")
    return Fates(list_causes(old, new, set(inputs["why"])), articles, inputs)


def read_inputs(snapshot: Path) -> pl.DataFrame:
    """input_id, article_id (null for a reject), extractor_version, step (null for an article)."""
    articles, rejects = (table_files(snapshot, TABLES[name]) for name in ("articles", "rejects"))
    columns = ["input_id", "article_id", "extractor_version"]
    finished = pl.scan_parquet(articles, hive_partitioning=False).select(columns)
    refused = pl.scan_parquet(rejects, hive_partitioning=False).select("input_id", "step", "reason")
    return pl.concat([finished, refused], how="diagonal").collect()


def judge_input(is_archived: pl.Expr) -> pl.Expr:
    """Why what became of an input is not the same; null where it is."""
    is_old = pl.col("article_id").is_not_null() | pl.col("step").is_not_null()
    is_new = pl.col("article_id_new").is_not_null() | pl.col("step_new").is_not_null()
    told = ("article_id", "extractor_version", "step", "reason")
    is_same = pl.all_horizontal(pl.col(name).eq_missing(pl.col(f"{name}_new")) for name in told)
    gone = pl.when(is_archived).then(pl.lit(NEW_VERSION)).otherwise(pl.lit(DELETED_INPUT))
    came = pl.when(pl.col("reason_new") == "forgotten").then(pl.lit(DELETED_INPUT)).otherwise(pl.lit(NEW_INPUT))
    return pl.when(~is_old).then(came).when(~is_new).then(gone).when(~is_same).then(pl.lit(NEW_VERSION))


def list_causes(old: Path, new: Path, seen: set[str]) -> list[str]:
    """What is different between two snapshots as wholes."""
    before, after = read_manifest(old), read_manifest(new)
    causes = {NEW_VERSION} if any(told_apart(before, after, name) for name in VERSIONED) else set()
    causes |= {CORRECTION} if told_apart(before, after, "corrections") else set()
    causes |= {KNOWLEDGE} if told_apart(before, after, "knowledge") else set()
    return sorted(causes | seen)


def told_apart(before: dict, after: dict, fact: str) -> bool:
    """Whether both manifests have a fact, and not the same; the name of the links follows from all the others."""
    old, new = (without_links(manifest.get(fact)) for manifest in (before, after))
    return old is not None and new is not None and old != new


def without_links(fact: object) -> object:
    """A fact of a manifest without the name of the folder of links."""
    return {k: v for k, v in fact.items() if k != "deduplicate"} if isinstance(fact, dict) else fact


def explain_rows(rows: pl.DataFrame, table: Table, fates: Fates) -> pl.DataFrame:
    """Adds `why` to changed rows of a table."""
    known, key = (fates.inputs, "input_id") if "input_id" in table.key else (fates.articles, "article_id")
    owner = own_article(table) if key == "article_id" else pl.col("input_id")
    named = rows.with_columns(owner=owner).join(
        known.rename({key: "owner"}), on="owner", how="left", maintain_order="left"
    )
    return named.with_columns(pl.col("why").fill_null(fates.common)).drop("owner")


def own_article(table: Table) -> pl.Expr:
    """article_id of a row, as its key tells it; null in tables that hold across articles."""
    first = table.key[0]
    if first in ("article_id", "sentence_id", "mention_id", "quote_id", "display_quote_id"):
        return article_of(first)
    return pl.lit(None, pl.String)
