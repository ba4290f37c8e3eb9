"""The room's part of the work store: its version, its folders, and what is read to fill them. Brings no model."""

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import polars as pl

from quotidian.tasks.store.errors import UsageError
from quotidian.tasks.store.slots import type_slots
from quotidian.tasks.store.versions import room_version
from quotidian.tasks.store.work import WorkFolder

from .annotation import Entity, Mention, Quantity, Quote, Sentence
from .settings import ExtractSettings

SCHEMA = pl.Schema(
    {
        "body_hash": pl.String,
        "body": pl.String,
        "sentences": pl.List(pl.Struct(type_slots(Sentence))),
        "mentions": pl.List(pl.Struct(type_slots(Mention))),
        "entities": pl.List(pl.Struct(type_slots(Entity))),
        "quotes": pl.List(pl.Struct(type_slots(Quote))),
        "quantities": pl.List(pl.Struct(type_slots(Quantity))),
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
