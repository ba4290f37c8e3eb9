"""Everything beside the current snapshot, read as a sceptic: the pointer, the other snapshots, records of runs and backfills."""

import json
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from quotidian.tasks.tables.catalog import BACKFILLS, CATALOG, RUNS
from quotidian.tasks.tables.parquet import arrow_schema

from .datapackage import DATAPACKAGE, name_paths
from .history import list_snapshots
from .snapshot import (
    BUILDING,
    HIGHEST,
    MANIFEST,
    FileEntry,
    SnapshotDamaged,
    current_snapshot,
    hash_content,
    hash_file,
    list_entries,
    read_manifest,
)

DICTIONARY, CARD = "tables.md", "README.md"
"""Lie beside the tables of an edition for others."""
KNOWN = ("current", "snapshots", RUNS.name, BACKFILLS.name, HIGHEST)


def check_published(published: Path) -> Iterator[str]:
    """One sentence for each file that is damaged, missing, or none of ours. Files that snapshots share are read once."""
    published, hashes = published.resolve(), dict[tuple[int, int], str]()
    if current_snapshot(published) is None:
        yield "published/current points to no snapshot"
    for path in sorted((published / "snapshots").iterdir()):
        if path not in list_snapshots(published) and not path.name.startswith(BUILDING):
            yield f"{path.name} among the snapshots is none: it has no {MANIFEST} and number"
    for snapshot in list_snapshots(published):
        yield from (
            f"{snapshot.name}: {finding}" for finding in (*check_files(snapshot, hashes), *check_name(snapshot))
        )
    yield from check_records(published)
    yield from (
        f"{path.name} in the published folder is none of its files"
        for path in sorted(published.iterdir())
        if path.name not in KNOWN and not path.name.startswith(".")
    )


def check_name(snapshot: Path) -> Iterator[str]:
    """The manifest is that of which the snapshot's name is made."""
    try:
        manifest = read_manifest(snapshot)
    except SnapshotDamaged:
        return  # said already
    if not snapshot.name.endswith(f"-{hash_content(list_entries(manifest))}") or manifest["snapshot"] != snapshot.name:
        yield f"{MANIFEST} names other files than those of which the snapshot's name is made"


def check_files(snapshot: Path, hashes: dict[tuple[int, int], str] | None = None) -> Iterator[str]:
    """Every file of the manifest is there with its bytes, and no other; `hashes` has those of files that were read."""
    hashes = {} if hashes is None else hashes
    try:
        entries = list_entries(read_manifest(snapshot))
    except SnapshotDamaged as error:
        yield str(error)
        return
    for entry in entries:
        yield from check_file(snapshot / entry.path, entry, hashes)
    known = {entry.path for entry in entries} | {MANIFEST, DATAPACKAGE, DICTIONARY, CARD}
    for path in sorted(snapshot.rglob("*")):
        if not path.is_dir() and path.relative_to(snapshot).as_posix() not in known:
            yield f"{path.relative_to(snapshot)} is not in the manifest"
    yield from check_datapackage(snapshot, entries)


def check_file(path: Path, entry: FileEntry, hashes: dict[tuple[int, int], str]) -> Iterator[str]:
    """A file has its bytes and rows."""
    if not path.is_file():
        yield f"{entry.path} is missing"
        return
    facts = path.stat()
    place = facts.st_dev, facts.st_ino
    hashes[place] = hashes.get(place) or hash_file(path)
    if hashes[place] != entry.sha256:
        yield f"{entry.path} has other bytes than the manifest says"
    elif pq.read_metadata(path).num_rows != entry.rows:
        yield f"{entry.path} has {pq.read_metadata(path).num_rows} rows, the manifest says {entry.rows}"


def check_datapackage(snapshot: Path, entries: list[FileEntry]) -> Iterator[str]:
    """The description for other tools names the files of the manifest."""
    try:
        package = json.loads((snapshot / DATAPACKAGE).read_text(encoding="utf-8"))
        told = {resource["name"]: resource["path"] for resource in package["resources"]}
    except (OSError, ValueError, KeyError, TypeError):
        yield f"{DATAPACKAGE} is missing or damaged"
        return
    held = {table.name: name_paths(table, entries) for table in CATALOG}
    if told != {name: path for name, path in held.items() if path}:
        yield f"{DATAPACKAGE} names other files than the manifest"


def check_records(published: Path) -> Iterator[str]:
    """The records of runs and backfills can be read."""
    for table in (RUNS, BACKFILLS):
        for path in sorted((published / table.name).rglob("*.parquet")):
            try:
                rows = pq.read_table(path)
            except (OSError, ValueError, pa.ArrowException):
                yield f"{path.relative_to(published)} is damaged"
                continue
            if not set(rows.schema.names) <= set(arrow_schema(table).names):
                yield f"{path.relative_to(published)} is no record of {table.name}"
