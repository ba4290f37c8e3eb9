"""Folders of the work store that belong to versions which nobody uses any more."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from quotidian.tasks.deduplicate.sketches import sketch_version
from quotidian.tasks.extract.index import Versions

from .snapshot import MANIFEST

ROOMS = ("clean", "extract", "sketch", "links")


@dataclass(frozen=True)
class Unused:
    """One folder of the work store that may go, and the bytes that lie in it."""

    folder: Path
    bytes: int


def list_unused(data: Path, versions: Versions, snapshots: Iterable[Path]) -> list[Unused]:
    """Folders of versions that are neither in force nor named in a manifest, nor by an article, of these snapshots."""
    made = [(versions.clean, versions.extract)]
    manifests = []
    for snapshot in snapshots:
        manifests.append((snapshot / MANIFEST).read_text(encoding="utf-8"))
        articles = sorted((snapshot / "articles").rglob("*.parquet"))
        pairs = pl.scan_parquet(articles, hive_partitioning=False).select("clean_version", "extractor_version")
        made += pairs.unique().collect().rows()
    used = {version for pair in made for version in pair} | {sketch_version(extract) for _, extract in made}
    folders = [path for room in ROOMS for path in sorted((data / "work" / room).glob("*")) if path.is_dir()]
    idle = [path for path in folders if path.name not in used and not any(path.name in text for text in manifests)]
    return [Unused(path, count_bytes(path)) for path in idle]


def count_bytes(folder: Path) -> int:
    """Size of all files of a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
