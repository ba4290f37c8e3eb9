"""What the rows of an article and the files of a portion depend on, hashed, and what the files were: a portion that stands is
linked, and of another one only the articles that changed are assembled.

The memory lies in `work/publish/`: of each portion (and of the tables without days) which fingerprint its files were made
from, and their hashes; of each article its portion and fingerprint. It only saves work: where it is gone, every portion is
assembled again.
"""

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

import polars as pl

from quotidian.tasks.deduplicate.archive_links import ArchiveLinks
from quotidian.tasks.extract.display.display_rows import display_version
from quotidian.tasks.store.files import write_aside
from quotidian.tasks.store.soundness import Ledger
from quotidian.tasks.store.versions import ROOMS

from .portions import name_portion
from .snapshot import FileEntry, hash_file, link_file

WRITERS = ("quotidian", "polars", "pyarrow", "spacy")
"""Libraries whose version may change the bytes of a file."""
ALL_DAYS = "all days"
"""Group of the tables that have no day."""
FILES = pl.Schema(
    {
        **dict.fromkeys(("group", "fingerprint", "path", "table"), pl.String),
        **dict.fromkeys(("rows", "bytes"), pl.Int64),
        "sha256": pl.String,
    }
)
OWN = ("portion", "article_id", "fingerprint")
ARTICLES = pl.Schema(dict.fromkeys((*OWN, "named", "linked"), pl.String))
"""`named` are the hashes of its entities, speakers and statements, which stand in the tables `NAMED` alone, `linked` those of its copies and its
story, which stand in its row of the table articles alone; `fingerprint` has those of all else."""
NAMED = frozenset({"mentions", "quotes", "quote_speakers", "speaker_candidates", "quote_entities", "display_quotes"})
"""The tables by day with ids of entities or statements."""
Groups = dict[str, list[FileEntry]]
"""Name of a portion, or ALL_DAYS, -> its files."""


@cache
def writer_versions() -> dict[str, str]:
    """Versions of the libraries that write the files."""
    return {name: version(name) for name in WRITERS}


def fingerprint_articles(index: pl.DataFrame, archive: ArchiveLinks) -> pl.DataFrame:
    """The rows of `ARTICLES`: of each article the hashes of all that its rows are made from, its work files and links."""
    names = index.with_columns(pl.col("clean_file", "extract_file").str.split("/").list.last()).drop("portion")
    described = index.select("portion", "article_id").sort("portion", "article_id")
    for number, rows in enumerate((names, archive.entity_links, archive.quotes, archive.articles)):
        own = add_hashes(rows).rename({"hashes": f"hashes {number}"})
        described = described.join(own, on="article_id", how="left", maintain_order="left")
    own, *named, linked = (pl.col(f"hashes {number}").fill_null("") for number in range(4))
    named = pl.concat_str(named, separator="\n")
    return described.select("portion", "article_id", fingerprint=own, named=named, linked=linked)


def add_hashes(rows: pl.DataFrame) -> pl.DataFrame:
    """article_id, and `hashes`: the sums of two hashes (64 bits each) of all rows of an article, in any order."""
    hashed = rows.select("article_id", *(rows.hash_rows(seed).alias(f"hash {seed}") for seed in range(2)))
    summed = hashed.group_by("article_id").agg(pl.col("^hash .$").sum())  # a sum that is too large goes on at 0
    return summed.select("article_id", hashes=pl.concat_str("^hash .$", separator=" "))


def fingerprint_portions(articles: pl.DataFrame) -> dict[str, str]:
    """Portion -> hash of the fingerprints of its articles, code and libraries; one empty portion where there is no article."""
    parts = articles.sort("portion", "article_id").partition_by("portion", as_dict=True, include_key=False)
    return {portion: hash_parts([rows]) for (portion,), rows in parts.items()} or {name_portion(None): hash_parts([])}


def fingerprint_totals(portions: dict[str, str], links: Path, *tables: pl.DataFrame) -> str:
    """Hash of all that the tables without days are made from."""
    listed = pl.DataFrame(sorted(portions.items()), schema=["portion", "fingerprint"], orient="row")
    return hash_parts([listed, pl.DataFrame({"links": [links.name]}), *tables])


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
    """Hash of all modules of all rooms, and of the facts by which headlines are read: a change that means nothing costs one publish from
    nothing."""
    digest = hashlib.blake2b(digest_size=16)
    for path in sorted(ROOMS.rglob("*.py")):
        digest.update(f"{path.relative_to(ROOMS)}\n".encode() + path.read_bytes())
    digest.update(display_version().encode())
    return digest.hexdigest()


@dataclass(frozen=True)
class Memory:
    """What was published last: rows of `FILES` and of `ARTICLES`."""

    files: pl.DataFrame
    articles: pl.DataFrame


def memory_folder(data: Path) -> Path:
    """Where the memory lies."""
    return data / "work" / "publish"


def recall(data: Path) -> Memory:
    """The memory; what cannot be read is empty."""
    folder = memory_folder(data)
    return Memory(read_known(folder / "files.parquet", FILES), read_known(folder / "articles.parquet", ARTICLES))


def read_known(path: Path, schema: pl.Schema) -> pl.DataFrame:
    """The rows of a file of the memory; none where it is missing, damaged, or of another release."""
    try:
        known = pl.read_parquet(path)
    except (OSError, pl.exceptions.PolarsError):
        return pl.DataFrame(schema=schema)
    return known if known.schema == schema else pl.DataFrame(schema=schema)


def recall_files(memory: Memory, fingerprints: dict[str, str]) -> Groups:
    """Files of the groups that were last made from these fingerprints."""
    wanted = pl.DataFrame([[*fingerprints], [*fingerprints.values()]], schema=["group", "fingerprint"])
    files = memory.files.join(wanted, on=["group", "fingerprint"], how="semi")
    groups: Groups = {}
    for group, _, *entry in files.iter_rows():
        groups.setdefault(group, []).append(FileEntry(*entry))
    return groups


def remember(data: Path, fingerprints: dict[str, str], groups: Groups, articles: pl.DataFrame) -> None:
    """Keep the fingerprints, files and articles of this snapshot, and no other."""
    rows = [
        {"group": group, "fingerprint": fingerprints[group], **vars(entry)}
        for group, entries in sorted(groups.items())
        for entry in entries
    ]
    files = pl.DataFrame(rows, schema=FILES, orient="row")
    for name, frame in (("files", files), ("articles", articles)):
        with write_aside(memory_folder(data) / f"{name}.parquet") as aside:
            frame.write_parquet(aside, compression="lz4")  # hashes are no smaller by more


def keep_whole(before: Path | None, recalled: Groups, ledger: Ledger) -> Groups:
    """The groups all of whose files the snapshot before has, undamaged; those that the ledger knows are not read again."""
    if before is None:
        return {}
    folder = ledger.data / "published" / "snapshots" / before.name
    return {
        group: files
        for group, files in recalled.items()
        if all(ledger.is_sound(folder / file.path, file.sha256, hash_file) for file in files)
    }


def link_groups(building: Path, before: Path | None, recalled: Groups, ledger: Ledger) -> Groups:
    """Link the files of each group to those of the snapshot before; a group with a file missing or damaged is left out."""
    standing = keep_whole(before, recalled, ledger)
    for files in standing.values():
        for entry in files:
            link_file(building, before, entry)
    return standing
