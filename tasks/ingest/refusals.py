"""Files in a folder that are not read: links that leave it, and what is no file.

Whoever may write into a landing folder must not be able to bring in what others may not: a link to a file elsewhere would become an
article, and a pipe would hold up the run for ever. What the user names as a source by itself is followed, whatever it is.
"""

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import IO

Refusal = tuple[str, str]
"""Reason and detail of a reject."""
OUTSIDE = "link_outside"
NO_FILE = "no_file"
UNLISTED = ("unreadable", "the folder cannot be listed")


def follow_links(path: Path, resolve: Callable[[Path], Path]) -> Path:
    """The file that a path leads to; `resolve` may remember what it has told of a folder."""
    real = resolve(path.parent) / path.name
    return resolve(real) if real.is_symlink() else real


def resolve_path(path: Path) -> Path:
    """The path without links; of links that go round in a circle something that does not open."""
    return Path(os.path.realpath(path))


def find_refusal(path: Path, real: Path, root: Path) -> Refusal | None:
    """Why a file is not read that leads to `real`; root is the folder of its source without links. None where it is."""
    if not real.is_relative_to(root):
        return OUTSIDE, "a link that leaves the folder of the source: name what it points to as a source of its own"
    if path.is_symlink() and any(part.startswith(".") for part in real.relative_to(root).parts):
        return OUTSIDE, "a link to a hidden file"
    return find_odd_kind(path, real)


def find_odd_kind(path: Path, real: Path) -> Refusal | None:
    """Why what a path leads to is no file that can be read."""
    try:
        mode = real.stat().st_mode
    except OSError:
        return None  # who opens it is told why
    if stat.S_ISDIR(mode):
        return (NO_FILE, "a link to a folder, which is not followed") if path.is_symlink() else UNLISTED
    return None if stat.S_ISREG(mode) else (NO_FILE, "a pipe, a socket or a device")


def open_plain(real: Path) -> IO[bytes]:
    """Open a file for reading that is one still: no link that took its place since it was looked at, and no pipe."""
    descriptor = os.open(real, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    file = os.fdopen(descriptor, "rb")
    if stat.S_ISREG(os.fstat(descriptor).st_mode):
        return file
    file.close()
    raise OSError(errno.EINVAL, "it is no file any more")
