"""A deadline for the work on each article, kept where a process takes one upon itself.

A program that loops, or a pattern that explodes, cannot be stopped from within Python: it may not come back to the
interpreter for hours. The timer of faulthandler waits in a thread of its own that needs no interpreter. When it is due
it writes the stacks of all threads into a note and ends the process; whoever gave out the work reads there which article it
was, and where it hung.
"""

import faulthandler
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from threading import Lock, get_ident

KEY_BYTES = 64
"""Place of the key at the beginning of a note; what the timer writes follows it. Keys have 32 characters."""


@dataclass(frozen=True)
class Note:
    """An open file for the key of the article at work, and the seconds that each article may take."""

    file: int
    seconds: float


_note: ContextVar[Note | None] = ContextVar("note", default=None)
_due: dict[int, tuple[float, int]] = {}
"""By thread: when its article is due, and the file of its note. A process has one timer for all of its threads."""
_lock = Lock()


@contextmanager
def keeping_deadlines(file: int, seconds: float) -> Iterator[None]:
    """End this process where one article within takes more than `seconds`; keep the key of each in the file."""
    os.write(file, b" " * KEY_BYTES)
    before = _note.set(Note(file, seconds))
    try:
        yield
    finally:
        _note.reset(before)


@contextmanager
def deadline(key: str) -> Iterator[None]:
    """Work on one article, which is late where this takes longer than it may; without a note there is no limit."""
    note = _note.get()
    if note is None:
        yield
        return
    os.pwrite(note.file, key.encode()[:KEY_BYTES].ljust(KEY_BYTES), 0)
    set_due(time.monotonic() + note.seconds, note.file)
    try:
        yield
    finally:
        set_due(None)


def set_due(moment: float | None, file: int = -1) -> None:
    """Set or take away the deadline of this thread, and the timer to the first deadline of all threads."""
    with _lock:
        _due.pop(get_ident(), None)
        if moment is not None:
            _due[get_ident()] = (moment, file)
        if not _due:
            return faulthandler.cancel_dump_traceback_later()
        first, first_file = min(_due.values())
        left = max(first - time.monotonic(), 0.001)  # a timer of no time is refused
        return faulthandler.dump_traceback_later(left, exit=True, file=first_file)


def read_note(words: bytes) -> tuple[str, str] | None:
    """Key and stacks of a note whose process was ended by its timer, None where it ended otherwise."""
    stacks = words[KEY_BYTES:].decode(errors="replace")
    return (words[:KEY_BYTES].decode(errors="replace").strip(), stacks) if stacks else None
