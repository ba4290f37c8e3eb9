"""Doors of the room: bodies -> one file of sketches; the whole store -> links across articles."""

from pathlib import Path

from quotidian.tasks.extract.index import Versions
from quotidian.tasks.store.batches import Parts

from .archive_links import store_links
from .settings import DeduplicateSettings
from .sketches import sketch_bodies, sketch_folder


def sketch_batch(parts: Parts, data: Path, version: str) -> Path:
    """Sketch the bodies of one batch and store them as this version of the room; return the file."""
    extract = Path(parts[0][0]).parent.name  # all files of a batch are of one version
    return sketch_folder(data, extract, version).write(sketch_bodies(parts))


def link_archive(data: Path, versions: Versions, settings: DeduplicateSettings, corrections: Path) -> Path:
    """Compute and store the links of all finished articles; return their folder."""
    return store_links(data, versions, settings, corrections)
