"""The room's part of the work store: its version, its folders, and what is read to fill them. Brings no model."""

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import polars as pl

from quotidian.tasks.store.errors import UsageError
from quotidian.tasks.store.versions import room_version
from quotidian.tasks.store.work import WorkFolder

from .settings import ExtractSettings

SPAN = {"start": pl.Int32, "end": pl.Int32}
SENTENCE = pl.Struct({**SPAN, "paragraph_index": pl.Int32, "token_count": pl.Int64})
MENTION = pl.Struct({**SPAN, "type": pl.String, "mention_kind": pl.String, "entity_index": pl.Int32})
ENTITY = pl.Struct({"name": pl.String, "type": pl.String})
QUOTE = pl.Struct(
    {
        "kind": pl.String,
        "is_marked": pl.Boolean,
        **SPAN,
        "parts": pl.List(pl.Struct(SPAN)),
        "cue_lemma": pl.String,
        **dict.fromkeys(("cue_start", "cue_end", "speaker_start", "speaker_end"), pl.Int32),
        **dict.fromkeys(("speaker_mention_index", "speaker_entity_index"), pl.Int32),
        "speaker_kind": pl.String,
        "speaker_role": pl.String,
        "is_said": pl.Boolean,
        "has_insert": pl.Boolean,
        "confidence": pl.Float64,
    }
)
SCHEMA = pl.Schema(
    {
        "body_hash": pl.String,
        "body": pl.String,
        "sentences": pl.List(SENTENCE),
        "mentions": pl.List(MENTION),
        "entities": pl.List(ENTITY),
        "quotes": pl.List(QUOTE),
    }
)
REJECTED = pl.Schema(dict.fromkeys(("body_hash", "reject_reason", "reject_detail"), pl.String))
LIBRARIES = ("spacy", "thinc", "numpy")


class ModelMissing(UsageError):
    """The spaCy pipeline that the settings name is not installed."""


def extract_version(settings: ExtractSettings) -> str:
    """Version of the room: code, facts, libraries, the model's name and version, and settings."""
    model = f"{settings.model} {model_version(settings.model)}"
    return room_version("extract", LIBRARIES, model=model, settings=settings.model_dump())


def model_version(model: str) -> str:
    """Version of an installed pipeline, without loading it; raises ModelMissing."""
    try:
        return version(model)
    except (PackageNotFoundError, ValueError):
        raise ModelMissing(
            f"The spaCy pipeline {model} is not installed: install it, or name another as extract.model."
        ) from None


def extract_folder(data: Path, version: str) -> WorkFolder:
    """The work folder of a version; its rows have `SCHEMA`, key body_hash."""
    return WorkFolder(data / "work" / "extract" / version, SCHEMA, "body_hash")


def rejected_folder(data: Path, version: str) -> WorkFolder:
    """Bodies that a version cannot extract; its rows have `REJECTED`, key body_hash."""
    return WorkFolder(extract_folder(data, version).path / "rejected", REJECTED, "body_hash")


def read_bodies(parts: list[tuple[str, list[str]]]) -> list[tuple[str, str]]:
    """(body_hash, body) of a batch, each once, from files of the clean room."""
    frames = [
        pl.scan_parquet(file).filter(pl.col("body_hash").is_in(hashes)).select("body_hash", "body").collect()
        for file, hashes in parts
    ]
    return pl.concat(frames).unique("body_hash").sort("body_hash").rows()
