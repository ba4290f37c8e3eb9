"""The whole of the room: finished work and links -> a checked snapshot."""

import shutil
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from quotidian.tasks.deduplicate.archive_links import ArchiveLinks, read_links
from quotidian.tasks.deduplicate.settings import DeduplicateSettings
from quotidian.tasks.extract.display.display_rows import display_version
from quotidian.tasks.extract.index import Versions, index_articles, judge_inputs
from quotidian.tasks.ingest.archive import archive_folder
from quotidian.tasks.store.soundness import Ledger, open_ledger
from quotidian.tasks.tables.catalog import TABLES
from quotidian.tasks.tables.table import QUOTE

from .assemble import shape_rows
from .causes import describe_causes
from .chunks import assemble_chunk, write_portions
from .contracts import ContractBroken, Keys, check_links, check_tables, hash_keys
from .datapackage import write_datapackage
from .ledger import build_ledger
from .memory import (
    ALL_DAYS,
    Groups,
    fingerprint_articles,
    fingerprint_portions,
    fingerprint_totals,
    link_groups,
    recall,
    recall_files,
    remember,
    writer_versions,
)
from .portions import add_portions, cut_portions
from .quality import read_quality
from .recount import Changes, count_changes, find_totals
from .reviewed import read_reviewed
from .snapshot import FileEntry, current_snapshot, finish_snapshot, start_snapshot
from .standing import Standing, add_standing, find_standing, move_articles
from .table_files import cut_parts, write_rows
from .totals import count_files, list_rejects, list_totals


@dataclass(frozen=True)
class Published:
    """What publishing gave: the snapshot's folder, whether it is new, rows by table, days in it, days of which anything was
    written anew, and articles that stand as older versions made them."""

    snapshot: Path
    is_new: bool
    rows: dict[str, int]
    days: int
    days_written: int
    older: int


@dataclass(frozen=True)
class Inputs:
    """What a snapshot is made from: index of finished articles with their portions, rows of rejects, ledger and quality, links across
    articles, keys that hold across articles."""

    data: Path
    versions: Versions
    index: pl.DataFrame
    rejects: pl.DataFrame
    ledger: pl.DataFrame
    quality: pl.DataFrame
    links: Path
    archive: ArchiveLinks
    keys: Keys


def publish_snapshot(
    data: Path,
    versions: Versions,
    links: Path,
    corrections: Path,
    settings: DeduplicateSettings,
    report: Callable[[int, int], None] = lambda done, of: None,
    knowledge: Path | None = None,
) -> Published:
    """Write every table, then switch `current`; on any error `current` stays as it was.

    Portions of days that depend on nothing new are linked to the files of the snapshot before; of the others the articles
    that changed are assembled and checked, and files written whose rows are others. Raises ContractBroken where rows break what their table promises.
    """
    published = data / "published"
    building, before = start_snapshot(published), current_snapshot(published)
    try:
        inputs = read_inputs(data, versions, links, corrections)
        articles = fingerprint_articles(inputs.index, inputs.archive)
        fingerprints, memory, ledger = fingerprint_all(inputs, articles), recall(data), open_ledger(data)
        linked = link_groups(building, before, recall_files(memory, fingerprints), ledger)
        standing = find_standing(memory, before, articles.filter(~pl.col("portion").is_in([*linked])), ledger)
        changes = find_totals(memory, before, {*linked, *standing.files}, ledger)
        groups = write_groups(inputs, building, before, linked, standing, changes, report)
        entries = [entry for files in groups.values() for entry in files]
        write_datapackage(building, entries)
        facts = {"versions": describe_versions(versions, links), "inputs": count_inputs(data)}
        facts |= describe_causes(corrections, settings, knowledge)
        facts["articles_by_version"] = count_versions(inputs.index)
        snapshot, is_new = finish_snapshot(published, building, entries, facts)
        remember(data, fingerprints, groups, articles)
        trust_files(ledger, snapshot, before, entries)
    finally:
        shutil.rmtree(building, ignore_errors=True)
    older = count_older(inputs.index, versions)
    counts = count_days(inputs.index, groups), count_days(inputs.index, groups.keys() - linked.keys())
    return Published(snapshot, is_new, count_rows(entries), *counts, older)


def trust_files(ledger: Ledger, snapshot: Path, before: Path | None, entries: list[FileEntry]) -> None:
    """Keep that the files of a snapshot are sound: the next run reads none of them for that."""
    folder, old = (f"published/snapshots/{path.name if path else ''}" for path in (snapshot, before))
    ledger.take_over(folder, old, {entry.path: entry.sha256 for entry in entries})
    ledger.save()


def read_inputs(data: Path, versions: Versions, links: Path, corrections: Path) -> Inputs:
    """Everything that is finished; raises ContractBroken where inputs do not add up."""
    judged, archive = judge_inputs(data, versions), read_links(links)
    index, rejects = add_portions(index_articles(data, versions)), list_rejects(data, judged)
    prove_balance(count_inputs(data), index, rejects)
    keys = keys_across(index, archive)
    check_links(archive, keys)
    ledger = build_ledger(data, judged, index, list_copies(archive), rejects, corrections)
    quality = shape_rows(pl.concat([read_quality(), read_reviewed(corrections)]), "quality")
    return Inputs(data, versions, index, rejects, ledger, quality, links, archive, keys)


def list_copies(archive: ArchiveLinks) -> pl.DataFrame:
    """Rows of copies without those of later texts of one address."""
    return archive.copies.filter(pl.col("relation") != "revision")


def fingerprint_all(inputs: Inputs, articles: pl.DataFrame) -> dict[str, str]:
    """Fingerprints of the portions and of the tables without days; `articles` are those of the articles."""
    portions = fingerprint_portions(articles)
    return portions | {
        ALL_DAYS: fingerprint_totals(portions, inputs.links, inputs.rejects, inputs.ledger, inputs.quality)
    }


def count_days(index: pl.DataFrame, portions: Iterable[str]) -> int:
    """Days that have articles in some of the portions."""
    return index.filter(pl.col("portion").is_in([*portions]))["published_date"].n_unique()


def count_rows(entries: list[FileEntry]) -> dict[str, int]:
    """Rows by table."""
    rows = Counter()
    for entry in entries:
        rows[entry.table] += entry.rows
    return dict(rows)


def describe_versions(versions: Versions, links: Path) -> dict[str, str]:
    """Versions of the rooms, of what reads headlines, and of the libraries that write the files."""
    rooms = {"clean": versions.clean, "extract": versions.extract, "deduplicate": links.name}
    rooms |= {"display": display_version()}
    return rooms | writer_versions()


def count_versions(index: pl.DataFrame) -> list[dict]:
    """How many articles each pair of versions made."""
    pair = ["clean_version", "extractor_version"]
    return index.group_by(pair).agg(articles=pl.len()).sort(pair).to_dicts()


def count_older(index: pl.DataFrame, versions: Versions) -> int:
    """Articles that stand as older versions made them, until they are redone."""
    is_clean, is_extract = pl.col("clean_version") == versions.clean, pl.col("extractor_version") == versions.extract
    return index.filter(~(is_clean & is_extract)).height


def count_inputs(data: Path) -> int:
    """Inputs ever archived, rejected ones included."""
    return archive_folder(data).scan("input_id").select(pl.len()).collect().item()


def write_groups(
    inputs: Inputs,
    building: Path,
    before: Path | None,
    linked: Groups,
    standing: Standing,
    changes: Changes,
    report: Callable[[int, int], None],
) -> Groups:
    """All groups of files: those that are linked, and the others, written into `building` after each was checked. What of an article points to
    quotations points to its own."""
    groups, across = dict(linked), {key: known for key, known in inputs.keys.items() if key != QUOTE}
    changed = inputs.index.filter(~pl.col("portion").is_in([*linked]))
    done = inputs.index.height - changed.height
    for chunk in cut_portions(changed) if inputs.index.height else [changed]:
        new = chunk.join(standing.articles.filter(~pl.col("is_renamed")), on="article_id", how="anti")
        assembled = assemble_chunk(inputs.data, new, inputs.archive)
        assembled["articles"] = move_articles(
            assembled["articles"], standing, chunk["portion"], inputs.archive.articles
        )
        check_tables({name: rows.drop("portion") for name, rows in assembled.items()}, across)
        tables, unchanged, gone = add_standing(assembled, standing, chunk["portion"])
        changes.note(gone, assembled)
        groups |= write_portions(building, before, chunk["portion"], tables, unchanged)
        done += chunk.height
        report(done, inputs.index.height)
    if ALL_DAYS not in groups:
        totals = count_all(inputs, building, changes) | {"ledger": inputs.ledger, "quality": inputs.quality}
        check_tables(totals, inputs.keys)
        groups[ALL_DAYS] = [
            write_rows(building, before, TABLES[name], part, own)
            for name, rows in totals.items()
            for part, own in cut_parts(TABLES[name], rows).items()
        ]
    return groups


def count_all(inputs: Inputs, building: Path, changes: Changes) -> dict[str, pl.DataFrame]:
    """Rows of the tables without days but ledger and quality, counted from `changes` where these tell all."""
    index, archive = inputs.index, inputs.archive
    groups = archive.articles.select("article_id", "origin_id")
    counted = count_changes(changes, building, index, archive, groups) or count_files(building, groups)
    return list_totals(building, index, archive, inputs.rejects, counted)


def keys_across(index: pl.DataFrame, archive: ArchiveLinks) -> Keys:
    """Keys that hold across articles."""
    columns = {
        ("articles", "article_id"): index["article_id"],
        ("entities", "entity_id"): archive.entities["entity_id"],
        ("statements", "statement_id"): archive.quotes["statement_id"],
        QUOTE: archive.quotes["quote_id"],
        ("stories", "story_id"): archive.stories["story_id"],
    }
    return {key: hash_keys(values) for key, values in columns.items()}


def prove_balance(inputs: int, index: pl.DataFrame, rejects: pl.DataFrame) -> None:
    """Raise ContractBroken where an input is both article and reject, or more came out than in."""
    both = index.join(rejects, on="input_id", how="semi").height
    if both or index.height + rejects.height > inputs:
        counts = f"{inputs} inputs, {index.height} articles, {rejects.height} rejects, {both} of them both"
        raise ContractBroken(f"inputs do not add up: {counts}")
