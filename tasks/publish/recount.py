"""Totals of the snapshot before, and what changed since: only articles that are new, gone or named otherwise are counted."""

from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from quotidian.tasks.deduplicate.archive_links import ArchiveLinks
from quotidian.tasks.store.soundness import Ledger
from quotidian.tasks.tables.catalog import TABLES

from .assemble import shape_rows
from .memory import ALL_DAYS, Memory, keep_whole, recall_files
from .snapshot import FileEntry
from .standing import Tables
from .table_files import read_hashes
from .totals import (
    Counted,
    add_mentions,
    add_spoken,
    count_some,
    count_speakers,
    count_statements,
    find_portions,
    read_quotes,
    read_speakers,
    scan_days,
)

COUNTED = {
    "articles": ("article_id", "origin_id"),
    "mentions": ("entity_id", "article_id", "day", "mention_kind", "text"),
    "quotes": ("quote_id", "article_id", "statement_id", "is_said"),
    "quote_speakers": ("entity_id", "quote_id", "how"),
}
"""What is counted of the tables by day, beside the words of quotations."""
SEEN = ("entity_id", "article_count", "mention_count", "quote_count", "first_date", "last_date")
DATES = ("first_date", "last_date")


def list_none() -> dict[str, list[pl.DataFrame]]:
    """No row of any of `COUNTED`."""
    return {name: [TABLES[name].schema.create_empty().select(columns)] for name, columns in COUNTED.items()}


@dataclass(frozen=True)
class Changes:
    """What the totals of the snapshot `before` lack: rows of `COUNTED` that are `gone` since, and those that are `new`. `totals` are its files without days;
    none where it is not known of all rows that they were counted from whether they stand."""

    before: Path | None
    totals: list[FileEntry]
    gone: dict[str, list[pl.DataFrame]] = field(default_factory=list_none)
    new: dict[str, list[pl.DataFrame]] = field(default_factory=list_none)

    def note(self, gone: Tables, new: Tables) -> None:
        """Note rows of some portions."""
        if self.totals:
            for side, tables in ((self.gone, gone), (self.new, new)):
                for name in COUNTED.keys() & tables.keys():
                    side[name].append(tables[name].select(COUNTED[name]))

    def read_before(self, table: str, *columns: str) -> pl.DataFrame:
        """Rows of a table without days of the snapshot before."""
        files = [self.before / file.path for file in self.totals if file.table == table]
        return pl.read_parquet(files, columns=[*columns] or None, hive_partitioning=False)


def find_totals(memory: Memory, before: Path | None, known: set[str], ledger: Ledger) -> Changes:
    """No changes yet of the totals of the snapshot before, if all portions that were published with them are known: linked, or such that
    it is told which of their articles stand."""
    own = memory.files.filter(pl.col("group") == ALL_DAYS)
    portions = {*memory.files["group"]} - {ALL_DAYS}
    if own.is_empty() or not portions or not portions <= known:
        return Changes(before, [])
    whole = keep_whole(before, recall_files(memory, {ALL_DAYS: own["fingerprint"][0]}), ledger)
    return Changes(before, whole.get(ALL_DAYS, []))


def count_changes(
    changes: Changes, snapshot: Path, index: pl.DataFrame, archive: ArchiveLinks, groups: pl.DataFrame
) -> Counted | None:
    """What `count_files` gives, where the totals of the snapshot before are known; null where they do not tell all.

    `snapshot` has the files by day, `index` the portion of each article; groups: article_id, origin_id.
    """
    if not changes.totals:
        return None
    gone, new = ({name: pl.concat(rows) for name, rows in side.items()} for side in (changes.gone, changes.new))
    seen = changes.read_before("entities", *SEEN)
    counted = [count_some(rows["mentions"].lazy()) for rows in (new, gone)]
    found, named = add_mentions([(seen.drop("quote_count"), changes.read_before("entity_aliases")), *signed(counted)])
    spoken = [count_speakers(read_speakers(rows["quote_speakers"].lazy(), rows["quotes"])) for rows in (new, gone)]
    said = pl.concat([seen.select("entity_id", "quote_count"), spoken[0], negate(spoken[1])])
    found = found.filter(pl.col("mention_count") > 0)
    if speaks_elsewhere(found.join(seen, on="entity_id", how="anti"), new["quotes"], archive):
        return None
    dated = date_anew(found, seen, counted, snapshot, index, archive)
    aliases = named.filter(pl.col("mention_count") > 0)
    return Counted(
        add_spoken(dated, said.group_by("entity_id").agg(pl.col("quote_count").sum())),
        shape_rows(aliases, "entity_aliases"),
        restate(changes.read_before("statements"), gone, new, snapshot, index, archive, groups),
    )


def signed(counted: list[tuple[pl.DataFrame, pl.DataFrame]]) -> list[tuple[pl.DataFrame, pl.DataFrame]]:
    """What `count_some` gives of what is new, and of what is gone, which is taken away and tells no date."""
    new, (entities, aliases) = counted
    undated = entities.with_columns(pl.lit(None, pl.Date).alias(name) for name in DATES)
    return [new, (negate(undated), negate(aliases))]


def negate(counts: pl.DataFrame) -> pl.DataFrame:
    """Counts that are taken away."""
    return counts.with_columns(-pl.col(pl.Int64))


def speaks_elsewhere(entities: pl.DataFrame, quotes: pl.DataFrame, archive: ArchiveLinks) -> bool:
    """Whether any entity that was not mentioned before speaks in a quotation that is not among the new ones: only a correction says so."""
    is_new = pl.col("speaker_entity_id").is_in(entities["entity_id"].implode())
    return not archive.quotes.filter(is_new).join(quotes, on="quote_id", how="anti").is_empty()


def date_anew(
    found: pl.DataFrame,
    seen: pl.DataFrame,
    counted: list[tuple[pl.DataFrame, pl.DataFrame]],
    snapshot: Path,
    index: pl.DataFrame,
    archive: ArchiveLinks,
) -> pl.DataFrame:
    """Counts of entities, the dates of those read anew of which a mention on the first or last day is gone and none came on it."""
    (new, _), (gone, _) = counted
    dates = (seen, gone, new)
    told = found.select("entity_id")
    for number, rows in enumerate(dates):
        own = rows.select("entity_id", pl.col(DATES).name.suffix(f" {number}"))
        told = told.join(own, on="entity_id", how="left" if number != 1 else "inner")
    is_open = pl.any_horizontal(
        (pl.col(f"{name} 0") == pl.col(f"{name} 1")) & pl.col(f"{name} 0").ne_missing(pl.col(f"{name} 2"))
        for name in DATES
    )
    asked = told.filter(is_open)["entity_id"]
    if asked.is_empty():
        return found
    articles = archive.entity_links.filter(pl.col("entity_id").is_in(asked.implode())).select("article_id")
    portions = find_portions(index, articles)
    rows = scan_days(snapshot, "mentions", portions).filter(pl.col("entity_id").is_in(asked.implode()))
    days = rows.group_by("entity_id").agg(first_date=pl.col("day").min(), last_date=pl.col("day").max()).collect()
    others = found.join(days, on="entity_id", how="anti")
    return pl.concat([others, found.drop(DATES).join(days, on="entity_id").select(found.columns)])


def restate(
    statements: pl.DataFrame,
    gone: Tables,
    new: Tables,
    snapshot: Path,
    index: pl.DataFrame,
    archive: ArchiveLinks,
    groups: pl.DataFrame,
) -> pl.DataFrame:
    """Rows of statements, from those of before: those are counted anew that a quotation left or joined, or of which an article has another
    origin."""
    moved = gone["articles"].join(groups, on=["article_id", "origin_id"], how="anti")["article_id"]
    elsewhere = archive.quotes.filter(pl.col("article_id").is_in(moved.implode()))["statement_id"]
    touched = pl.concat([gone["quotes"]["statement_id"], new["quotes"]["statement_id"], elsewhere]).unique()
    is_touched = pl.col("statement_id").is_in(touched.implode())
    articles = archive.quotes.filter(is_touched).select("article_id")
    portions = find_portions(index, articles)
    quotes = read_quotes(scan_days(snapshot, "quotes", portions).filter(is_touched))
    rows = pl.concat([statements.filter(~is_touched), count_statements(quotes, groups)])
    return shape_rows(rows.sort(read_hashes(rows["statement_id"])), "statements")
