"""How long one article may take, and what a worker that was ended for it leaves behind."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quotidian.flows.running.stopwatch import run_timed
from quotidian.tasks.store.batches import Parts, list_keys
from quotidian.tasks.store.deadline import keeping_deadlines, read_note
from quotidian.tasks.store.errors import QuotidianError

NOTE = ".at-work-"


class TookTooLong(QuotidianError):
    """The work on an article did not end in time, and its worker was ended: key, seconds, and where it hung."""

    def __init__(self, key: str, seconds: float, stacks: str) -> None:
        super().__init__(key, seconds, stacks)
        self.key, self.seconds, self.stacks = key, seconds, stacks

    def __str__(self) -> str:
        return (
            f"The work on {self.key} did not end within {self.seconds:g} seconds: report it with the versions that "
            "`quotidian settings` and `pip freeze` print, or raise article_seconds on a slow machine."
        )


@dataclass(frozen=True)
class TimeLimit:
    """Seconds that the work on one article may take.

    folder  where workers keep notes of what they are at: seen by the workers and by whoever waits for them
    """

    folder: Path
    seconds: float

    def name_note(self, door: Callable, batch: Parts) -> Path:
        """Where the worker of a batch keeps its note."""
        words = " ".join([door.__name__, *list_keys(batch)])
        return self.folder / f"{NOTE}{hashlib.blake2b(words.encode(), digest_size=8).hexdigest()}"

    def raise_late(self, door: Callable, batch: Parts) -> None:
        """Raise TookTooLong where the worker of a batch was ended for it, once."""
        note = self.name_note(door, batch)
        late = read_note(note.read_bytes()) if note.exists() else None
        if late is not None:
            note.unlink(missing_ok=True)
            raise TookTooLong(late[0], self.seconds, late[1])

    def sweep(self) -> None:
        """Remove the notes of workers that were ended from without."""
        for note in self.folder.glob(f"{NOTE}*"):
            note.unlink(missing_ok=True)


def run_limited(limit: TimeLimit, door: Callable, batch: Parts, *args: Any) -> tuple[float, Any]:
    """Seconds and result of a door; runs in a worker, which ends where an article takes too long.

    A cluster gives the batch of a worker that ended to another one: that one raises TookTooLong in its place.
    """
    limit.raise_late(door, batch)
    note = limit.name_note(door, batch)
    note.parent.mkdir(parents=True, exist_ok=True)
    try:
        with note.open("wb", buffering=0) as file, keeping_deadlines(file.fileno(), limit.seconds):
            return run_timed(door, batch, *args)
    finally:
        note.unlink(missing_ok=True)
