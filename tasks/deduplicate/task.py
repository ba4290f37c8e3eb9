"""Doors of the room: bodies -> one file of sketches; the whole store -> links across articles."""

from pathlib import Path

from quotidian.tasks.extract.index import Versions, index_articles
from quotidian.tasks.store.batches import Parts

from .archive_links import name_links, write_links
from .corrections import read_corrections
from .kept import read_kept
from .settings import DeduplicateSettings
from .sketches import sketch_bodies, sketch_folder
from .units import Spread, Workers, sweep_units


def sketch_batch(parts: Parts, data: Path, version: str) -> Path:
    """Sketch the bodies of one batch and store them as this version of the room; return the file."""
    extract = Path(parts[0][0]).parent.name  # all files of a batch are of one version
    return sketch_folder(data, extract, version).write(sketch_bodies(parts))


def link_archive(
    data: Path,
    versions: Versions,
    settings: DeduplicateSettings,
    corrections: Path,
    knowledge: Path | None = None,
    spread: Spread | None = None,
) -> Path:
    """Compute and store the links of all finished articles; return their folder.

    The folder is named by everything that the links depend on: where it exists already, nothing is computed. What was kept with
    the newest others is not computed again. Without a `spread` over workers all is done in this process.
    """
    index = index_articles(data, versions)
    work = data / "work"
    sweep_units(work)  # of a run that was killed
    folder = work / "links" / name_links(index, settings, corrections, knowledge)
    if not folder.exists():
        from .compute_links import compute_links  # brings scipy, which is not needed where nothing is new

        kept = read_kept(folder.parent, settings)
        links = compute_links(
            data, index, settings, read_corrections(corrections), knowledge, kept, Workers(work, spread)
        )
        write_links(links, folder, kept, settings)
    return folder
