"""Door of the room: sources -> archive."""

from collections.abc import Callable
from pathlib import Path

from .archive import append_new, archive_folder
from .settings import IngestSettings
from .sources import read_sources


def archive_sources(
    sources: list[str], data: Path, settings: IngestSettings, report: Callable[[int], None] = lambda seen: None
) -> tuple[int, int]:
    """Archive what is new in the sources; return how many inputs were seen and how many were new."""
    return append_new(archive_folder(data), read_sources(sources, settings), report)
