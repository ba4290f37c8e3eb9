"""Whether a source changed since it was last read, told without reading it."""

import hashlib
from collections.abc import Iterator

from .naming import split_mark
from .places import MAGIC, SourceClosed, is_address, list_local, list_places


def fingerprint_source(source: str) -> tuple[int, str]:
    """Number of files of a source, and a hash of their names and stamps. Raises SourceMissing and SourceClosed.

    A local file's stamp is its size and moment of change; a store's is all that fsspec knows of the file, on S3
    its size, ETag and moment of change. A mark in the source changes nothing: it names files otherwise, and no more.
    """
    source, _ = split_mark(source)
    count = len(list_places(source))
    stamps = list_remote_stamps(source) if is_address(source) else list_local_stamps(source)
    lines = "\n".join(sorted(f"{name}\t{stamp}" for name, stamp in stamps))
    return count, hashlib.blake2b(lines.encode(), digest_size=16).hexdigest()


def list_local_stamps(source: str) -> Iterator[tuple[str, str]]:
    """Name, and size with moment of change, of each file on this machine."""
    for path, name in list_local(source):
        facts = path.lstat()
        yield name, f"{facts.st_size} {facts.st_mtime_ns}"


def list_remote_stamps(source: str) -> Iterator[tuple[str, str]]:
    """Name, and what the store knows, of each file of a store."""
    import fsspec

    store, path = fsspec.core.url_to_fs(source)
    try:
        found = store.glob(path, detail=True) if MAGIC.intersection(path) else store.find(path, detail=True)
    except Exception as error:  # every store has errors of its own
        raise SourceClosed(f"{source} cannot be listed: {' '.join(str(error).split())}.") from None
    for name, facts in found.items():
        yield name, " ".join(f"{key}={facts[key]}" for key in sorted(facts))
