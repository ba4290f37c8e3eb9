"""Door of the room: sources -> archive."""

from pathlib import Path

from .archive import append_new, archive_folder
from .forget import read_forgotten, refuse_forgotten, require_marks
from .settings import IngestSettings
from .sources import Report, read_sources


def archive_sources(
    sources: list[str], data: Path, settings: IngestSettings, report: Report = lambda done, total: None
) -> tuple[int, int]:
    """Archive what is new in the sources; return how many inputs were seen and how many were new.

    `report` is told bytes read and bytes in all.
    """
    require_marks(data)
    inputs = refuse_forgotten(read_sources(sources, settings, report), read_forgotten(data))
    return append_new(archive_folder(data), inputs)
