"""Where names of files begin: `landing/./2023-06-19` is the folder landing/2023-06-19, with the names that files have below `landing`."""

from collections.abc import Sequence

MARK = "/./"
"""In a source: names begin behind it, as with `rsync --relative`."""


def mark_before(source: str, position: int) -> str:
    """The source with the mark before the folder or file in which `position` lies; a source that has a mark keeps it."""
    if MARK in source:
        return source
    start = source.rfind("/", 0, position) + 1
    return f"{source[:start] or './'}./{source[start:]}"


def split_mark(source: str) -> tuple[str, str]:
    """The source without its mark, and the part of its path that stands behind the mark: empty without one."""
    before, mark, behind = source.partition(MARK)
    return (f"{before}/{behind}", behind) if mark else (source, "")


def find_lead(root: Sequence[str], path: Sequence[str], behind: Sequence[str]) -> str:
    """The folders, each with its "/", that lie between the mark of a source and the root of its files.

    root is the folder below which files of the path are named without a mark, path the path of the source, behind its
    last parts, which stand behind the mark. In a chain of addresses the mark may belong to another path: then there are none.
    """
    start = len(path) - len(behind)
    is_own = list(path[max(start, 0) :]) == list(behind)
    return "".join(f"{part}/" for part in root[start:]) if is_own else ""
