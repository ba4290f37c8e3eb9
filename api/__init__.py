"""Quotidian from Python.

    import quotidian

    quotidian.annotate("“We will stay,” said Ann Lee, the mayor.").quotes
    news = quotidian.open("data")
    news.quotations.filter(speaker="Antony Blinken")
    news.said_about("China", by="Blinken")

Frames are polars; `.to_pandas()` makes pandas of any, and `news.query("SELECT …")` asks in DuckDB's SQL. Nothing heavy is imported
until it is asked for.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from quotidian.reading import Reading
    from quotidian.snapshot import Snapshot

__all__ = ["annotate", "annotate_many", "open", "run"]


def annotate(text: str, **settings: Any) -> "Reading":
    """What one text says, exactly as it is given: sentences, mentions and quotations as frames.

    `settings` are those of the extract room, such as min_confidence=0.5.
    """
    return next(annotate_many([text], **settings))


def annotate_many(texts: Iterable[str], **settings: Any) -> "Iterator[Reading]":
    """The same for many texts, one after another, in this process; the model is loaded once."""
    from quotidian.reading import read_texts

    return read_texts(texts, **settings)


def open(data: str | Path = "data") -> "Snapshot":
    """What is published in a data folder, or at its address in a store: the snapshot that is current now.

    It stays the same while a run publishes another; open again to see that. Raises UsageError where nothing is published.
    """
    from quotidian.snapshot import open_current

    return open_current(str(data))


def run(
    sources: Iterable[str | Path],
    data: str | Path = "data",
    *,
    first_day: date | None = None,
    last_day: date | None = None,
    **settings: Any,
) -> "Snapshot":
    """Archive what is new in the sources, finish what is pending, publish, and open what is current then.

    `settings` are those of `quotidian.toml`, such as workers=4 or clean={"languages": []}. Workers are processes: a script calls this
    below `if __name__ == "__main__":`.
    """
    from quotidian.flows.commands.run import run_inline
    from quotidian.flows.settings import load_settings

    known = load_settings(data=str(data), **settings)
    run_inline([str(source) for source in sources], known, (first_day, last_day))
    return open(data)
