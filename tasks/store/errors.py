"""What can go wrong in a way that a user can mend: one sentence that says what to do, and an exit code."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from difflib import get_close_matches

from .deadline import deadline


class QuotidianError(Exception):
    """A problem to tell the user in one sentence, without a traceback."""

    exit_code = 1


class UsageError(QuotidianError):
    """What was asked for cannot be done as asked."""

    exit_code = 2


def guess_name(wrong: str, names: Iterable[str]) -> str:
    """The name that is most like a wrong one, as a question in brackets; nothing where none is."""
    near = get_close_matches(wrong, names, 1)
    return f" (did you mean {near[0]}?)" if near else ""


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
