"""Publishing some portions at a time, so that memory follows the chunk and not the archive."""

from dataclasses import replace
from pathlib import Path

import polars as pl

from quotidian.tasks.clean.work import clean_folder
from quotidian.tasks.deduplicate.archive_links import ArchiveLinks
from quotidian.tasks.extract.work import extract_folder
from quotidian.tasks.tables.catalog import TABLES

from .assemble import assemble_tables
from .memory import Groups
from .portions import name_portion, part_rows
from .snapshot import FileEntry, link_file
from .table_files import file_path, write_rows

ANY = "any"
"""No version: files are named one by one."""
BY_ARTICLE = ("articles", "entity_links", "quotes")
"""The links that the tables by day take, each with a column article_id."""


def assemble_chunk(data: Path, chunk: pl.DataFrame, archive: ArchiveLinks) -> dict[str, pl.DataFrame]:
    """Rows of the tables by day, with their portion, for the articles of `chunk`, each read from the file that the index names."""
    cleaned = clean_folder(data, ANY).read(chunk.select("input_id", file="clean_file"))
    own = ("input_id", "article_id", "revision", "is_latest", "clean_version", "extractor_version", "portion")
    articles = cleaned.join(chunk.select(own), on="input_id")
    bodies = chunk.select("body_hash", file="extract_file").unique("body_hash", keep="any")
    annotations = extract_folder(data, ANY).read(bodies)
    ids = chunk.select("article_id")
    narrowed = {name: getattr(archive, name).join(ids, on="article_id", how="semi") for name in BY_ARTICLE}
    return assemble_tables(articles, annotations, replace(archive, **narrowed))


def write_portions(
    building: Path,
    before: Path | None,
    portions: pl.Series,
    tables: dict[str, pl.DataFrame],
    unchanged: dict[str, FileEntry],
) -> Groups:
    """One file for each table and each of some portions, an empty one where there is no article at all; those that are
    `unchanged` (by path) are linked to the snapshot before."""
    groups: Groups = {portion: [] for portion in portions.unique().sort().to_list() or [name_portion(None)]}
    for name, rows in tables.items():
        parts = part_rows(rows)
        for portion, entries in groups.items():
            entry = unchanged.get(file_path(TABLES[name], portion))
            if entry:
                link_file(building, before, entry)
            else:
                entry = write_rows(building, before, TABLES[name], portion, parts.get(portion, rows.clear()))
            entries.append(entry)
    return groups
