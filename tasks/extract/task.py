"""Door of the room: bodies -> one file of annotations."""

from pathlib import Path

from quotidian.tasks.store.set_aside import describe_set_aside

from .settings import ExtractSettings
from .work import extract_folder, read_bodies, rejected_folder


def extract_batch(parts: list[tuple[str, list[str]]], data: Path, version: str, settings: ExtractSettings) -> Path:
    """Annotate the bodies of one batch and store them; return the file."""
    from .row import extract_body  # brings spaCy, which the process that hands out batches does not need

    rows = [extract_body(body_hash, body, settings) for body_hash, body in read_bodies(parts)]
    return extract_folder(data, version).write(rows)


def reject_bodies(
    parts: list[tuple[str, list[str]]], data: Path, version: str, settings: ExtractSettings, *, reason: str
) -> Path:
    """Store the bodies of a batch as rejects: they killed the processes that annotated them, or held them up."""
    bodies = sorted(body_hash for _, hashes in parts for body_hash in hashes)
    rows = [{"body_hash": b, "reject_reason": reason, "reject_detail": describe_set_aside(b, reason)} for b in bodies]
    return rejected_folder(data, version).write(rows)
