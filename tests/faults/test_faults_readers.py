"""Readers that follow `current` while snapshot after snapshot is published see each of them whole."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from quotidian.flows.running.versions import versions_of
from quotidian.flows.settings import Settings
from quotidian.tasks.deduplicate.task import link_archive
from quotidian.tasks.publish.task import publish_snapshot

pytestmark = pytest.mark.fault
PUBLISHES = int(os.environ.get("QUOTIDIAN_TEST_PUBLISHES", "12"))
READERS = ("polars", "pyarrow", "duckdb")
SCRIPT = Path(__file__).parent / "snapshot_readers.py"


def publish_alternately(data: Path, corrections: Path) -> None:
    """Publish PUBLISHES snapshots: in every other one two people are one, so that each differs from the last."""
    settings = Settings(data=data)
    versions = versions_of(settings)
    path = corrections / "same_entities.csv"
    for number in range(PUBLISHES):
        path.write_text("name,same_as\n" + "Qin Gang,Wang Yi\n" * (number % 2 == 0))
        links = link_archive(data, versions, settings.deduplicate, corrections)
        assert publish_snapshot(data, versions, links, corrections, settings.deduplicate).is_new


def test_readers_see_whole_snapshots_only(data: Path, tmp_path: Path) -> None:
    stop, corrections = tmp_path / "stop", tmp_path / "corrections"
    corrections.mkdir()
    lines = [[sys.executable, str(SCRIPT), library, str(data / "published"), str(stop)] for library in READERS]
    readers = [subprocess.Popen(line, stdout=subprocess.PIPE, text=True) for line in lines]
    try:
        publish_alternately(data, corrections)
    finally:
        stop.touch()
        said = [reader.communicate(timeout=600)[0] for reader in readers]
    assert len(list((data / "published" / "snapshots").iterdir())) == PUBLISHES + 1
    for library, words in zip(READERS, said, strict=True):
        seen = json.loads(words)
        print(library, seen)
        assert seen["faults"] == [], library
        assert seen["reads"] >= seen["snapshots"] > 1, library
