"""Door of the room: archived inputs -> one file of cleaned articles."""

from pathlib import Path

from quotidian.tasks.ingest.settings import IngestSettings

from .settings import CleanSettings
from .work import clean_folder, clean_input, read_inputs


def clean_batch(
    parts: list[tuple[str, list[str]]], data: Path, version: str, settings: CleanSettings, ingest: IngestSettings
) -> Path:
    """Clean the inputs of one batch and store them; return the file."""
    rows = [clean_input(row, settings, ingest) for row in read_inputs(parts)]
    return clean_folder(data, version).write(rows)
