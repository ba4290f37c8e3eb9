"""Door of the room: archived inputs -> one file of cleaned articles."""

from pathlib import Path

from quotidian.tasks.ingest.settings import IngestSettings

from .settings import CleanSettings
from .work import clean_folder, read_inputs, refuse_inputs


def clean_batch(
    parts: list[tuple[str, list[str]]], data: Path, version: str, settings: CleanSettings, ingest: IngestSettings
) -> Path:
    """Clean the inputs of one batch and store them; return the file."""
    from .row import clean_input  # brings libraries that the process which hands out batches does not need

    rows = [clean_input(row, settings, ingest) for row in read_inputs(parts)]
    return clean_folder(data, version).write(rows)


def reject_inputs(
    parts: list[tuple[str, list[str]]],
    data: Path,
    version: str,
    settings: CleanSettings,
    ingest: IngestSettings,
    *,
    reason: str,
) -> Path:
    """Store the inputs of a batch as rejects without reading what they hold: it killed the processes that did, or held them up."""
    return clean_folder(data, version).write(list(refuse_inputs(parts, reason)))
