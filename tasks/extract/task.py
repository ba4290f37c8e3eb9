"""Door of the room: bodies -> one file of annotations."""

from pathlib import Path

from .settings import ExtractSettings
from .work import extract_body, extract_folder, read_bodies


def extract_batch(parts: list[tuple[str, list[str]]], data: Path, version: str, settings: ExtractSettings) -> Path:
    """Annotate the bodies of one batch and store them; return the file."""
    rows = [extract_body(body_hash, body, settings) for body_hash, body in read_bodies(parts)]
    return extract_folder(data, version).write(rows)
