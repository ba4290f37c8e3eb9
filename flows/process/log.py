"""What a run tells while it works: JSON lines for machines, and the log of the Prefect run.

The rooms do not log: what they have to say stands in the tables. Doors and engines log to `quotidian.flows...`.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from quotidian.tasks.store.passwords import hide_users

LOGGER = logging.getLogger("quotidian")
LOGGER.addHandler(
    logging.NullHandler()
)  # without a log file, warnings do not go to stderr, where one sentence is promised
STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime"}


@contextmanager
def writing_log(path: Path | None, run_id: str) -> Iterator[None]:
    """Append what is logged within to a file, one JSON object a line, each with the id of the run."""
    LOGGER.setLevel(logging.INFO)
    if path is None:
        yield
        return
    handler = open_log(path, run_id)
    LOGGER.addHandler(handler)
    try:
        yield
    finally:
        LOGGER.removeHandler(handler)
        handler.close()


def open_log(path: Path, run_id: str) -> logging.Handler:
    """A handler that appends to the file."""
    from pythonjsonlogger.json import JsonFormatter

    path.parent.mkdir(parents=True, exist_ok=True)
    handler = logging.FileHandler(path, encoding="utf-8")
    names = {"levelname": "level", "name": "logger"}

    class Hiding(JsonFormatter):
        def format(self, record: logging.LogRecord) -> str:
            return hide_users(super().format(record))

    format_ = Hiding(
        "%(levelname)s %(name)s %(message)s",
        rename_fields=names,
        static_fields={"run_id": run_id},
        timestamp=True,
        json_ensure_ascii=True,
    )
    handler.setFormatter(format_)
    return handler


def describe_record(record: logging.LogRecord) -> str:
    """Message and further facts of a record in one line, for people."""
    facts = {name: value for name, value in vars(record).items() if name not in STANDARD}
    return hide_users(" ".join([record.getMessage(), *(f"{name}={value}" for name, value in facts.items())]))
