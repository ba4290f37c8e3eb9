"""The whole of the room: finished work and links -> a checked snapshot."""

import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import polars as pl

from quotidian.tasks.deduplicate.work import ArchiveLinks, read_links
from quotidian.tasks.extract.index import Versions, index_articles
from quotidian.tasks.ingest.archive import archive_folder
from quotidian.tasks.tables.catalog import TABLES

from .contracts import ContractBroken, Keys, check_tables
from .datapackage import write_datapackage
from .days import assemble_chunk, cut_days, write_days
from .snapshot import FileEntry, current_snapshot, finish_snapshot, start_snapshot, write_rows
from .totals import Seen, count_totals, list_rejects

WRITERS = ("quotidian", "polars", "pyarrow", "spacy")


@dataclass(frozen=True)
class Published:
    """What publishing gave: the snapshot's folder, whether it is new, rows by table, days in it."""

    snapshot: Path
    is_new: bool
    rows: dict[str, int]
    days: int


def publish_snapshot(
    data: Path, versions: Versions, links: Path, report: Callable[[int, int], None] = lambda done, of: None
) -> Published:
    """Assemble, check and write every table, then switch `current`; on any error `current` stays as it was.

    Raises ContractBroken where rows break what their table promises.
    """
    published = data / "published"
    building = start_snapshot(published)
    try:
        entries = build_files(data, versions, read_links(links), building, current_snapshot(published), report)
        write_datapackage(building, entries)
        facts = {"versions": describe_versions(versions, links), "inputs": count_inputs(data)}
        snapshot, is_new = finish_snapshot(published, building, entries, facts)
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return Published(snapshot, is_new, count_rows(entries), sum(e.table == "articles" for e in entries))


def count_rows(entries: list[FileEntry]) -> dict[str, int]:
    """Rows by table."""
    rows = Counter()
    for entry in entries:
        rows[entry.table] += entry.rows
    return dict(rows)


def describe_versions(versions: Versions, links: Path) -> dict[str, str]:
    """Versions of the rooms, and of the libraries that write the files."""
    rooms = {"clean": versions.clean, "extract": versions.extract, "deduplicate": links.name}
    return rooms | {name: version(name) for name in WRITERS}


def count_inputs(data: Path) -> int:
    """Inputs ever archived, rejected ones included."""
    return archive_folder(data).scan("input_id").select(pl.len()).collect().item()


def build_files(
    data: Path,
    versions: Versions,
    archive: ArchiveLinks,
    building: Path,
    before: Path | None,
    report: Callable[[int, int], None],
) -> list[FileEntry]:
    """Write all table files into `building`, each checked before it is written."""
    index, rejects = index_articles(data, versions), list_rejects(data, versions)
    prove_balance(count_inputs(data), index, rejects)
    keys, seen, entries, done = keys_across(index, archive), Seen(), [], 0
    for chunk in cut_days(index):
        tables = assemble_chunk(data, versions, chunk, archive)
        check_tables({name: rows.drop("day") for name, rows in tables.items()}, keys)
        entries += write_days(building, before, tables)
        seen.add(tables)
        done += chunk.height
        report(done, index.height)
    totals = count_totals(index, archive, rejects, seen)
    check_tables(totals, keys)
    return entries + [write_rows(building, before, TABLES[name], None, rows) for name, rows in totals.items()]


def keys_across(index: pl.DataFrame, archive: ArchiveLinks) -> Keys:
    """Keys that hold across articles."""
    return {
        ("articles", "article_id"): index["article_id"],
        ("entities", "entity_id"): archive.entities["entity_id"],
        ("statements", "statement_id"): archive.quotes["statement_id"].unique(),
        ("quotes", "quote_id"): archive.quotes["quote_id"],
        ("stories", "story_id"): archive.stories["story_id"],
    }


def prove_balance(inputs: int, index: pl.DataFrame, rejects: pl.DataFrame) -> None:
    """Raise ContractBroken where an input is both article and reject, or more came out than in."""
    both = index.join(rejects, on="input_id", how="semi").height
    if both or index.height + rejects.height > inputs:
        counts = f"{inputs} inputs, {index.height} articles, {rejects.height} rejects, {both} of them both"
        raise ContractBroken(f"inputs do not add up: {counts}")
