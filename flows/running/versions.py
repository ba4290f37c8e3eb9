"""The versions of the rooms that settings put in force."""

from quotidian.flows.settings import Settings
from quotidian.tasks.clean.work import clean_version
from quotidian.tasks.extract.index import Versions
from quotidian.tasks.extract.work import extract_version


def versions_of(settings: Settings) -> Versions:
    """Versions of clean and extract with these settings."""
    return Versions(clean_version(settings.clean, settings.ingest), extract_version(settings.extract))
