"""Where sources lie: files, folders, globs, standard input, and addresses of any store that fsspec knows."""

import os
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import IO, Any

from quotidian.tasks.store.errors import UsageError

from .naming import find_lead, split_mark
from .refusals import Refusal, find_refusal, follow_links, open_plain, resolve_path

STANDARD_INPUT = "-"
MAGIC = frozenset("*?[")


class SourceMissing(UsageError):
    """A source that the user named does not exist."""


class SourceClosed(UsageError):
    """A source that the user named cannot be reached."""


@dataclass(frozen=True)
class Place:
    """One file of a source: its name below the source's root, how to open it for reading bytes, its bytes where known.

    `refusal` says why it is not read (see refusals.py).
    """

    name: str
    open: Callable[[], Any]
    size: int | None = None
    refusal: Refusal | None = None


def list_places(source: str) -> list[Place]:
    """The files of a source, by name: a file, a folder, a glob, `-`, or an fsspec address of any of these.

    Raises SourceMissing and SourceClosed.
    """
    if source == STANDARD_INPUT:
        return [Place("stdin", open_standard_input)]
    if is_address(source):
        return list_store(source)
    root, resolve = find_root(source), cache(resolve_path)
    return [make_place(path, name, root, resolve) for path, name in list_local(source)]


def find_root(source: str) -> Path | None:
    """The folder whose files a source names; None where it names one file itself."""
    plain, _ = split_mark(source)
    path = Path(plain)
    if MAGIC.intersection(plain) and not path.exists():
        return Path(*fixed_parts(path.parts))
    return path if path.is_dir() else None


def make_place(path: Path, name: str, root: Path | None, resolve: Callable[[Path], Path]) -> Place:
    """A file of this machine; what the user did not name itself may be refused."""
    if root is None:
        return Place(name, partial(path.open, "rb"), measure_file(path))
    real = follow_links(path, resolve)
    refusal = find_refusal(path, real, resolve(root))
    return Place(name, partial(open_plain, real), 0 if refusal else measure_file(real), refusal)


def measure_file(path: Path) -> int | None:
    """Bytes of a file; None for what has no size, such as a pipe, and 0 for what cannot be opened anyway."""
    try:
        status = path.stat()
    except OSError:
        return 0
    return status.st_size if stat.S_ISREG(status.st_mode) else None


def is_address(source: str) -> bool:
    """Whether a source is an address such as s3://bucket/folder."""
    return "://" in source


@contextmanager
def open_standard_input() -> Iterator[IO[bytes]]:
    yield sys.stdin.buffer


def list_local(source: str) -> list[tuple[Path, str]]:
    """Files on this machine that a source names, with their names below its mark, else its root. Raises SourceMissing."""
    plain, behind = split_mark(source)
    path = Path(plain)
    if not MAGIC.intersection(plain) or path.exists():
        root, found = path if path.is_dir() else path.parent, list_files(path)
    else:
        root, found = Path(*fixed_parts(path.parts)), list_matches(path)
    lead = printable(find_lead(root.parts, path.parts, Path(behind).parts))
    return [(file, lead + name) for file, name in found]


def list_matches(pattern: Path) -> list[tuple[Path, str]]:
    """Files that a glob matches, with their names below its fixed folder. Raises SourceMissing."""
    root = Path(*fixed_parts(pattern.parts))
    found = {file: name for match in find_matches(root, pattern) for file, name in walk_match(match, root)}
    if not found:
        raise SourceMissing(f"{pattern} matches no file: name files or folders of articles.")
    return sorted(found.items())


def fixed_parts(parts: Sequence[str]) -> Sequence[str]:
    """The folders of a path before its first part with a wildcard."""
    return parts[: next((i for i, part in enumerate(parts) if MAGIC.intersection(part)), len(parts))]


def find_matches(root: Path, pattern: Path) -> list[Path]:
    """What a glob matches."""
    rest = Path(*pattern.parts[len(root.parts) :])
    try:
        return sorted(root.glob(str(rest)))
    except (ValueError, NotImplementedError) as error:
        raise SourceMissing(f"{pattern} is no pattern of files: {error}.") from None


def walk_match(match: Path, root: Path) -> Iterator[tuple[Path, str]]:
    """Files of one match of a glob, named below the glob's fixed folder."""
    if not any(part.startswith(".") for part in match.relative_to(root).parts):
        for path, _ in list_files(match):
            yield path, printable(path.relative_to(root).as_posix())


def list_files(source: Path) -> list[tuple[Path, str]]:
    """Files of a source with their names below its root: a folder is walked, a file is its own root's only one.

    Hidden files and folders are passed over, as they are by shells. Raises SourceMissing.
    """
    if source.is_dir():
        return sorted((path, printable(path.relative_to(source).as_posix())) for path in walk_folder(source))
    if source.exists() or source.is_symlink():
        return [(source, printable(source.name))]
    raise SourceMissing(f"{source} does not exist: name a file or a folder of articles.")


def walk_folder(folder: Path) -> Iterator[Path]:
    """All in a folder that is not hidden and no folder; links to folders, which are not followed; folders that cannot be listed."""
    closed: list[OSError] = []
    for name, folders, files in os.walk(folder, onerror=closed.append):
        here = Path(name)
        folders[:] = [inner for inner in folders if not inner.startswith(".")]
        yield from (here / file for file in files if not file.startswith("."))
        yield from (here / inner for inner in folders if (here / inner).is_symlink())
    yield from (Path(os.fsdecode(error.filename)) for error in closed)


def list_store(source: str) -> list[Place]:
    """Files of a store that fsspec knows, with the user's own credentials."""
    import fsspec

    plain, behind = split_mark(source)
    try:
        store, path = fsspec.core.url_to_fs(plain)
        found = (store.glob if MAGIC.intersection(path) else store.find)(path, detail=True)
        files = {file: about.get("size") for file, about in sorted(found.items()) if about["type"] != "directory"}
    except ImportError as error:
        raise SourceClosed(f"{plain} needs a package that is not installed: {error}.") from None
    except FileNotFoundError:
        files = {}
    except Exception as error:  # every store has errors of its own
        raise SourceClosed(f"{plain} cannot be listed: {' '.join(str(error).split())}.") from None
    if not files:
        raise SourceMissing(f"{plain} does not exist: name a file or a folder of articles.")
    named = [(file, *name_file(file, path, behind)) for file in files]
    visible = [(file, lead + name) for file, lead, name in named if not any(p.startswith(".") for p in name.split("/"))]
    return [Place(printable(name), partial(StoreFile, store, file), files[file]) for file, name in visible]


class StoreFile:
    """A file of a store. What it may not read, or what is gone, is an OSError; that the store fails is SourceClosed.

    So a bad line to a store ends the run, which can be started again, and rejects nothing for good.
    """

    def __init__(self, store: Any, name: str) -> None:
        self._name = name
        self._file = self._ask(partial(store.open, name, "rb"))

    def _ask(self, action: Callable[[], Any]) -> Any:
        try:
            return action()
        except (FileNotFoundError, PermissionError):
            raise
        except Exception as error:  # every store has errors of its own
            raise SourceClosed(f"{self._name} cannot be read: {' '.join(str(error).split())}; run again.") from None

    def read(self, count: int) -> bytes:
        return self._ask(partial(self._file.read, count))

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._ask(partial(self._file.seek, offset, whence))

    def tell(self) -> int:
        return self._file.tell()

    def seekable(self) -> bool:
        return self._file.seekable()

    def __enter__(self) -> "StoreFile":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()


def name_file(file: str, path: str, behind: str) -> tuple[str, str]:
    """The folders behind the mark that lead a file's name, and its name below the path or the fixed part of a glob.

    The name is the last part where the file is the path itself.
    """
    parts = path.rstrip("/").split("/")
    root = parts[:-1] if file == path else fixed_parts(parts)
    marked = behind.partition("::")[0].strip("/")
    lead = find_lead(root, parts, marked.split("/") if marked else [])
    return lead, file.removeprefix("/".join(root) + "/")


def may_hold_news(source: str, since: float) -> bool:
    """Whether a source has a file that is younger than `since` (seconds since 1970), or cannot tell. Raises SourceMissing."""
    if source == STANDARD_INPUT or is_address(source):
        return True
    return any(path.lstat().st_mtime >= since for path, _ in list_local(source))


def printable(name: str) -> str:
    """The name with bytes that are no UTF-8 spelled out, so that it can be stored."""
    return name.encode("utf-8", "backslashreplace").decode()
