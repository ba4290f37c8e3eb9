"""A snapshot for handing on: whole, or without the words of its sources.

The edition without text has the same tables, rows, ids, offsets, names, speakers and counts. Columns that hold
words of the source are left out, and each article has the hash of its body instead: whoever has the texts can make
sure that they are the same, and read every quotation by its offsets.
"""

import hashlib
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from os import getpid
from pathlib import Path

import dataframely as dy
import pyarrow as pa
import pyarrow.parquet as pq

from quotidian.tasks.publish.datapackage import write_datapackage
from quotidian.tasks.publish.snapshot import FileEntry, flush_all, hash_file, read_manifest, write_manifest
from quotidian.tasks.store.errors import UsageError
from quotidian.tasks.store.file_format import FORMAT
from quotidian.tasks.store.files import flush_names, sweep_asides
from quotidian.tasks.tables import columns as c
from quotidian.tasks.tables.catalog import CATALOG, Table
from quotidian.tasks.tables.dictionary import print_dictionary
from quotidian.tasks.tables.parquet import arrow_schema

from .dataset_card import write_card
from .rows import table_files

NAME = "without-text"
BODY, BODY_HASH = "body", "body_sha256"
HEAD = """# The tables, without text

This edition of {snapshot} has every table, row, id, offset, name, speaker and count, and none of the words: columns that
hold words of the source are left out. `body_sha256` in `articles` is the hash of the body that the offsets count in
(code points, half-open). Tables marked *by day* lie in folders by day (`2023-06-19`, `no-day`), which their column `day` has, too; the others lie in one file, a large one in several.
"""


def withhold_text(table: Table) -> Table:
    """The table without columns that hold words of the source; articles get the hash of their body."""
    declared = table.schema.columns()
    kept = {name: column for name, column in declared.items() if c.is_shared(column)}
    if BODY in declared:
        kept[BODY_HASH] = c.text("sha256 of the body in UTF-8, in hex.", shared=True)
    schema = type(table.schema.__name__, (dy.Schema,), kept | {"__doc__": table.schema.__doc__})
    return replace(table, schema=schema)


def write_edition(snapshot: Path, folder: Path, report: Callable[[int, int], None]) -> dict[str, int]:
    """Write the snapshot without text into a new folder, with manifest, data package, dictionary and card; rows by table."""
    manifest, tables = read_manifest(snapshot), [withhold_text(table) for table in CATALOG]
    files = [(table, path) for table in tables for path in table_files(snapshot, table)]
    with new_folder(folder) as building:
        entries = []
        for done, (table, path) in enumerate(files, 1):
            entries.append(copy_file(table, path, building, path.relative_to(snapshot)))
            report(done, len(files))
        facts = {name: manifest[name] for name in ("inputs", "versions") if name in manifest}
        write_manifest(building, {"snapshot": manifest["snapshot"], "edition": NAME, **facts}, entries)
        write_datapackage(building, entries, tables, f"quotidian-{NAME}")
        head = HEAD.format(snapshot=f"snapshot {manifest['snapshot']}")
        (building / "tables.md").write_text(print_dictionary(tables, head), encoding="utf-8")
        rows = {table.name: sum(entry.rows for entry in entries if entry.table == table.name) for table in tables}
        (building / "README.md").write_text(write_card(snapshot, manifest["snapshot"], tables, rows), encoding="utf-8")
    return rows


def copy_snapshot(snapshot: Path, folder: Path, report: Callable[[int, int], None]) -> dict[str, int]:
    """Copy the snapshot as it is into a new folder; rows by table."""
    files, rows = read_manifest(snapshot)["files"], Counter()
    for entry in files:
        rows[entry["table"]] += entry["rows"]
    with new_folder(folder) as building:
        shutil.copytree(snapshot, building, dirs_exist_ok=True)
        report(len(files), len(files))
    return dict(rows)


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """Yield a folder to build in that takes its name when it is whole; raises UsageError where the name is taken."""
    if folder.exists():
        raise UsageError(f"{folder} is there already: name a new folder, or remove it first.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    sweep_asides(folder)
    building = folder.with_name(f".{folder.name}.{getpid()}.tmp")
    try:
        building.mkdir()
        yield building
        flush_all(building)
        building.rename(folder)
        flush_names(folder.parent)
    finally:
        shutil.rmtree(building, ignore_errors=True)


def copy_file(table: Table, path: Path, building: Path, relative: Path) -> FileEntry:
    """Write the kept columns of one file."""
    schema = arrow_schema(table)
    columns = [name for name in schema.names if name != BODY_HASH]
    rows = pq.ParquetFile(path).read([*columns, *([BODY] if BODY_HASH in schema.names else [])])
    if BODY_HASH in schema.names:
        hashes = [hashlib.sha256(body.encode()).hexdigest() for body in rows[BODY].to_pylist()]
        rows = rows.append_column(BODY_HASH, pa.array(hashes, pa.string()))
    target = building / relative
    target.parent.mkdir(parents=True, exist_ok=True)
    if rows.num_rows:
        pq.write_table(rows.select(schema.names).cast(schema), target, **FORMAT)
    else:  # no group at all: Hugging Face's datasets stumbles over one of no rows
        pq.ParquetWriter(target, schema, compression=FORMAT["compression"], version=FORMAT["version"]).close()
    return FileEntry(relative.as_posix(), table.name, rows.num_rows, target.stat().st_size, hash_file(target))
