"""The links that hold across all articles, as they are kept in the work store."""

import json
import os
from dataclasses import dataclass, fields
from pathlib import Path

import polars as pl

from quotidian.tasks.store.files import flush_names
from quotidian.tasks.store.soundness import seal_folder
from quotidian.tasks.store.work import hash_bytes

from .corrections import COLUMNS
from .entities.outside_ids import IDS
from .entities.sexes import COUNTS
from .kept import Kept, write_kept
from .knowledge import find_lists
from .settings import DeduplicateSettings
from .sketches import deduplicate_version
from .statements.figures import QUOTE_CHANGES, type_opposed


@dataclass(frozen=True)
class ArchiveLinks:
    """What holds across articles.

    articles      article_id, copy_group, copy_kind, copy_score, origin_id, story_id
    copies        article_id, original_id, relation, order_basis and the evidence of the pair
    stories       story_id, title, central_article_id
    entities      entity_id, name, type, external_id, country, is_ambiguous, he_count, she_count, they_count, sex_stated
    candidates    entity_id, candidate_id, probability: whom an ambiguous name may mean
    ids           entity_id, scheme, id, basis, latitude, longitude, score: what entities are called in registers outside
    entity_links  article_id, entity_index, entity_id
    quotes        quote_id, article_id, statement_id, speaker_entity_id (corrections applied)
    variants      quote_id, statement_id, difference
    conflicts     rows of the table conflicts
    changes       rows of the table changes
    quote_changes rows of the table quote_changes
    effects       file, line, has_effect, detail: what each line of the corrections did
    listed        file, lines, line, has_effect, detail: what each line of the lists of knowledge did that an entity bears
    """

    articles: pl.DataFrame
    copies: pl.DataFrame
    stories: pl.DataFrame
    entities: pl.DataFrame
    candidates: pl.DataFrame
    ids: pl.DataFrame
    entity_links: pl.DataFrame
    quotes: pl.DataFrame
    variants: pl.DataFrame
    conflicts: pl.DataFrame
    changes: pl.DataFrame
    quote_changes: pl.DataFrame
    effects: pl.DataFrame
    listed: pl.DataFrame


LEVEL = 1
"""Compression of the files of links: they are as small as with the usual level, 3, and take two thirds of the time."""
LINK_SCHEMAS = {
    "articles": dict.fromkeys(("article_id", "copy_group", "copy_kind"), pl.String)
    | {"copy_score": pl.Float64, "origin_id": pl.String, "story_id": pl.String},
    "copies": dict.fromkeys(("article_id", "original_id", "relation", "order_basis", "kind"), pl.String)
    | dict.fromkeys(("jaccard", "containment", "containment_reverse", "cosine", "aligned_share"), pl.Float64),
    "stories": dict.fromkeys(("story_id", "title", "central_article_id"), pl.String),
    "entities": dict.fromkeys(("entity_id", "name", "type", "external_id", "country"), pl.String)
    | {"is_ambiguous": pl.Boolean, **dict.fromkeys(COUNTS, pl.Int64), "sex_stated": pl.String},
    "candidates": {"entity_id": pl.String, "candidate_id": pl.String, "probability": pl.Float64},
    "ids": IDS,
    "entity_links": {"article_id": pl.String, "entity_index": pl.Int32, "entity_id": pl.String},
    "quotes": dict.fromkeys(("quote_id", "article_id", "speaker_entity_id", "statement_id"), pl.String),
    "variants": dict.fromkeys(("quote_id", "statement_id", "difference"), pl.String),
    "conflicts": type_opposed("conflict_id", "other_"),
    "changes": type_opposed("change_id", "later_"),
    "quote_changes": QUOTE_CHANGES,
    "effects": {"file": pl.String, "line": pl.Int64, "has_effect": pl.Boolean, "detail": pl.String},
    "listed": {"file": pl.String, "lines": pl.Int64, "line": pl.Int64, "has_effect": pl.Boolean, "detail": pl.String},
}


def name_links(
    index: pl.DataFrame, settings: DeduplicateSettings, corrections: Path, knowledge: Path | None = None
) -> str:
    """Hash of the articles and the versions that made them, of this room, the settings, the corrections and the lists."""
    files = [
        path.name + hash_bytes(path.read_bytes()) for path in sorted(corrections.glob("*.csv")) if path.stem in COLUMNS
    ]
    files += ["knowledge/" + path.name + hash_bytes(path.read_bytes()) for path in find_lists(knowledge)]
    articles = index.drop("clean_file", "extract_file").write_csv()
    parts = [articles, deduplicate_version(), settings.model_dump_json(), *files]
    return hash_bytes(json.dumps(parts).encode())[:12]


def write_links(links: ArchiveLinks, folder: Path, kept: Kept, settings: DeduplicateSettings) -> None:
    """Write one file for each frame, and what is kept for the next time; the folder appears whole or not at all."""
    aside = folder.with_name(f".{folder.name}.{os.getpid()}.tmp")
    aside.mkdir(parents=True, exist_ok=True)
    for field in fields(links):
        frame = getattr(links, field.name).select(pl.col(c).cast(t) for c, t in LINK_SCHEMAS[field.name].items())
        frame.write_parquet(aside / f"{field.name}.parquet", compression_level=LEVEL, statistics=False)  # read whole
    write_kept(kept, settings, aside)
    seal_folder(aside)
    flush_names(aside)
    aside.rename(folder)


def read_links(folder: Path) -> ArchiveLinks:
    """The links stored in a folder."""
    return ArchiveLinks(
        **{field.name: pl.read_parquet(folder / f"{field.name}.parquet") for field in fields(ArchiveLinks)}
    )
