"""What changed between two snapshots: rows added, gone and changed, by key, and why."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from quotidian.tasks.tables.catalog import CATALOG, Table

from .diff_causes import Fates, explain_rows, read_fates
from .snapshot import read_manifest

ADDED, GONE, CHANGED = "added", "gone", "changed"
OLD = ":old"


@dataclass(frozen=True)
class TableDiff:
    """What changed in one table.

    rows     key columns of the table, change (added, gone, changed), why, and columns (those that changed, joined by a space)
    columns  column -> rows in which it changed
    """

    table: str
    rows: pl.DataFrame
    columns: dict[str, int]

    def count(self, change: str) -> int:
        """Rows that were added, are gone, or changed."""
        return self.rows.filter(pl.col("change") == change).height

    @property
    def why(self) -> dict[str, int]:
        """Cause -> rows."""
        counted = self.rows.group_by("why").agg(rows=pl.len()).sort("rows", "why", descending=[True, False])
        return dict(counted.rows())


@dataclass(frozen=True)
class SnapshotDiff:
    """What changed from one snapshot to another: by table, and what was different in how they were made."""

    old: Path
    new: Path
    causes: list[str]
    tables: list[TableDiff]


def diff_snapshots(old: Path, new: Path, data: Path) -> SnapshotDiff:
    """Compare two snapshots; files that both have with the same bytes are not read."""
    fates, files = read_fates(old, new, data), [hash_files(snapshot) for snapshot in (old, new)]
    tables = [diff_table(table, *list_unshared(table.name, *files), fates) for table in CATALOG]
    return SnapshotDiff(old, new, fates.causes, [found for found in tables if found.rows.height])


def hash_files(snapshot: Path) -> dict[Path, tuple[str, str, str]]:
    """File -> table, path below the snapshot, sha256."""
    files = read_manifest(snapshot)["files"]
    return {snapshot / entry["path"]: (entry["table"], entry["path"], entry["sha256"]) for entry in files}


def list_unshared(table: str, old: dict[Path, tuple], new: dict[Path, tuple]) -> tuple[list[Path], list[Path]]:
    """Files of a table that the other snapshot has not, or not with these bytes, on each side."""
    shared = set(old.values()) & set(new.values())
    left, right = (
        [path for path, fact in side.items() if fact[0] == table and fact not in shared] for side in (old, new)
    )
    return left, right


def diff_table(table: Table, old: list[Path], new: list[Path], fates: Fates) -> TableDiff:
    """Compare files of one table: rows of one key are one row, on whatever day they lie."""
    rows, columns = compare_rows(table, old, new)
    return TableDiff(table.name, explain_rows(rows, table, fates), columns)


def compare_rows(table: Table, old: list[Path], new: list[Path]) -> tuple[pl.DataFrame, dict[str, int]]:
    """Rows that differ between the files (key, change, columns), and how often each column does."""
    left, right = scan_files(table, old), scan_files(table, new)
    shared = [name for name in right.collect_schema().names() if name in left.collect_schema().names()]
    values = [name for name in shared if name not in (*table.key, "day")]
    # Markers are columns: a key that one side lacks has a null there.
    left = left.select(shared).with_columns(is_old=True).rename({name: name + OLD for name in values})
    joined = left.join(right.select(shared).with_columns(is_new=True), on=table.key, how="full", coalesce=True)
    both = pl.col("is_old").is_not_null() & pl.col("is_new").is_not_null()
    differs = [(both & pl.col(name).ne_missing(pl.col(name + OLD))).alias(name) for name in values]
    rows = joined.select(*table.key, name_change(), *differs).collect(engine="streaming")
    rows = rows.filter((pl.col("change") != CHANGED) | pl.any_horizontal(values or pl.lit(False)))
    counts = {name: rows[name].sum() for name in values if rows[name].any()}
    names = [pl.when(name).then(pl.lit(name)) for name in values] or [pl.lit(None, pl.String)]
    listed = pl.concat_str(names, separator=" ", ignore_nulls=True).alias("columns")
    return rows.select(*table.key, "change", listed).sort(table.key), counts


def name_change() -> pl.Expr:
    """What became of a row of the join."""
    gone = pl.when(pl.col("is_new").is_null()).then(pl.lit(GONE)).otherwise(pl.lit(CHANGED))
    return pl.when(pl.col("is_old").is_null()).then(pl.lit(ADDED)).otherwise(gone).alias("change")


def scan_files(table: Table, files: list[Path]) -> pl.LazyFrame:
    """Rows of some files of a table."""
    if files:
        return pl.scan_parquet(files, hive_partitioning=False)
    return pl.LazyFrame(schema={name: column.dtype for name, column in table.schema.columns().items()})
