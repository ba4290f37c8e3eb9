"""What the files of a portion depend on, hashed, and what they were: a portion that stands is linked, not assembled.

The memory lies in `work/publish/` and says of each portion (and of the tables without days) which fingerprint its files
were made from, and their hashes. It only saves work: where it is gone, every portion is assembled again.
"""

import hashlib
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from pathlib import Path

import polars as pl

from quotidian.tasks.deduplicate.links import ArchiveLinks
from quotidian.tasks.tables.files import write_aside
from quotidian.tasks.tables.versions import ROOMS

from .portions import name_portion
from .quality import read_quality
from .snapshot import FileEntry, is_whole, link_file

WRITERS = ("quotidian", "polars", "pyarrow", "spacy")
"""Libraries whose version may change the bytes of a file."""
ALL_DAYS = "all days"
"""Group of the tables that have no day."""
SCHEMA = pl.Schema(
    {
        **dict.fromkeys(("group", "fingerprint", "path", "table"), pl.String),
        **dict.fromkeys(("rows", "bytes"), pl.Int64),
        "sha256": pl.String,
    }
)
Groups = dict[str, list[FileEntry]]
"""Name of a portion, or ALL_DAYS, -> its files."""


@cache
def writer_versions() -> dict[str, str]:
    """Versions of the libraries that write the files."""
    return {name: version(name) for name in WRITERS}


def fingerprint_portions(index: pl.DataFrame, archive: ArchiveLinks) -> dict[str, str]:
    """Portion -> hash of all that its files are made from: work files of its articles, links, code, libraries."""
    portions = index.select("article_id", "portion")
    names = index.with_columns(pl.col("clean_file", "extract_file").str.split("/").list.last())
    frames = [names, archive.articles, archive.entity_links, archive.quotes]
    parts = [rows.drop("portion", strict=False).join(portions, on="article_id") for rows in frames]
    by_portion = [rows.partition_by("portion", as_dict=True, include_key=False) for rows in parts]
    return {
        portion: hash_parts([rows[(portion,)] for rows in by_portion if (portion,) in rows])
        for portion in portions["portion"].unique().to_list() or [name_portion(None)]
    }


def fingerprint_totals(portions: dict[str, str], links: Path, *tables: pl.DataFrame) -> str:
    """Hash of all that the tables without days are made from."""
    listed = pl.DataFrame(sorted(portions.items()), schema=["portion", "fingerprint"], orient="row")
    return hash_parts([listed, pl.DataFrame({"links": [links.name]}), *tables, read_quality()])


def hash_parts(frames: list[pl.DataFrame]) -> str:
    """Hash of rows in any order, of the code of the room and of what writes its files."""
    digest = hashlib.blake2b(digest_size=16)
    digest.update(f"{hash_program()} {writer_versions()}\n".encode())
    for rows in frames:
        digest.update(f"{rows.columns} {rows.height}\n".encode())
        digest.update(rows.sort(rows.columns).write_csv().encode())
    return digest.hexdigest()


@cache
def hash_program() -> str:
    """Hash of all modules of all rooms: a change that means nothing costs one publish from nothing."""
    digest = hashlib.blake2b(digest_size=16)
    for path in sorted(ROOMS.rglob("*.py")):
        digest.update(f"{path.relative_to(ROOMS)}\n".encode() + path.read_bytes())
    return digest.hexdigest()


def memory_path(data: Path) -> Path:
    """Where the memory lies."""
    return data / "work" / "publish" / "files.parquet"


def recall_files(data: Path, fingerprints: dict[str, str]) -> Groups:
    """Files of the groups that were last made from these fingerprints; none where the memory cannot be read."""
    try:
        known = pl.read_parquet(memory_path(data))
    except (OSError, pl.exceptions.PolarsError):
        return {}
    if known.schema != SCHEMA:
        return {}
    wanted = pl.DataFrame([[*fingerprints], [*fingerprints.values()]], schema=["group", "fingerprint"])
    files = known.join(wanted, on=["group", "fingerprint"], how="semi")
    groups: Groups = {}
    for group, _, *entry in files.iter_rows():
        groups.setdefault(group, []).append(FileEntry(*entry))
    return groups


def remember_files(data: Path, fingerprints: dict[str, str], groups: Groups) -> None:
    """Keep the fingerprints and files of this snapshot, and no other."""
    rows = [
        {"group": group, "fingerprint": fingerprints[group], **asdict(entry)}
        for group, entries in sorted(groups.items())
        for entry in entries
    ]
    with write_aside(memory_path(data)) as aside:
        pl.DataFrame(rows, schema=SCHEMA, orient="row").write_parquet(aside)


def link_groups(building: Path, before: Path | None, recalled: Groups) -> Groups:
    """Link the files of each group to those of the snapshot before; a group with a file missing or damaged is left out."""
    standing = {group: files for group, files in recalled.items() if before and all(is_whole(before, f) for f in files)}
    for files in standing.values():
        for entry in files:
            link_file(building, before, entry)
    return standing
