"""Files with one JSON object a line, made of the rows of queries."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import duckdb

from quotidian.tasks.store.files import write_aside

from .queries import run_query
from .rows import Report


def ask_rows(database: duckdb.DuckDBPyConnection, sql: str) -> Iterator[dict]:
    """The rows of an answer, one after the other."""
    for batch in run_query(database.cursor(), sql).batches:
        yield from batch.to_pylist()


def write_lines(objects: Iterable[dict], path: Path, report: Report, name: str) -> None:
    """Write objects into a file that appears when it is whole; `report` hears of them by `name`."""
    with write_aside(path) as aside, aside.open("w", encoding="utf-8", newline="\n") as target:
        for one in objects:
            target.write(json.dumps(one, ensure_ascii=False) + "\n")
            report(name, 1)
