"""What can go wrong in a way that a user can mend: one sentence that says what to do, and an exit code."""

from collections.abc import Iterator
from contextlib import contextmanager

from .deadline import deadline


class QuotidianError(Exception):
    """A problem to tell the user in one sentence, without a traceback."""

    exit_code = 1


class UsageError(QuotidianError):
    """What was asked for cannot be done as asked."""

    exit_code = 2


@contextmanager
def naming(key: str, source: str | None = None) -> Iterator[None]:
    """Work on one article: keep its deadline, and add to any error which article it struck and how to see it again."""
    try:
        with deadline(key):
            yield
    except Exception as error:
        name = f"{key} of {source}" if source else key
        error.add_note(f"This happened to {name}; `quotidian reproduce {key}` shows it again.")
        raise
