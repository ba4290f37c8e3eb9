"""What a snapshot was made with besides its articles, kept in its manifest so that two can be told apart by cause."""

import json
from pathlib import Path

from quotidian.tasks.deduplicate.knowledge import find_lists
from quotidian.tasks.deduplicate.settings import DeduplicateSettings
from quotidian.tasks.deduplicate.sketches import deduplicate_version
from quotidian.tasks.store.work import hash_bytes


def describe_causes(corrections: Path, settings: DeduplicateSettings, knowledge: Path | None = None) -> dict:
    """Facts for the manifest.

    linking      version of what links articles: its code, facts, libraries and settings
    corrections  hash of each file of corrections
    knowledge    hash of each list of whom and what people know
    """
    linking = json.dumps([deduplicate_version(), settings.model_dump(mode="json")], sort_keys=True)
    return {
        "linking": hash_bytes(linking.encode())[:12],
        "corrections": hash_files(sorted(corrections.glob("*.csv"))),
        "knowledge": hash_files(find_lists(knowledge)),
    }


def hash_files(files: list[Path]) -> dict[str, str]:
    """Name -> beginning of the hash of each file."""
    return {path.name: hash_bytes(path.read_bytes())[:12] for path in files}
