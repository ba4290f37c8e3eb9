"""One published snapshot, as frames and as a database."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pyarrow as pa

from quotidian.flows.commands.published import require_snapshot
from quotidian.flows.settings import Settings
from quotidian.tasks.share.queries import run_query
from quotidian.tasks.share.questions import QuestionBroken, read_questions, read_values
from quotidian.tasks.share.reading import open_snapshot
from quotidian.tasks.share.views import read_views
from quotidian.tasks.tables.catalog import TABLES


@dataclass(frozen=True)
class Snapshot:
    """The tables and views of one snapshot: `news.quotes`, `news.quotations`, … are polars frames, read when they are asked for."""

    folder: Path
    settings: Settings

    def __getattr__(self, name: str) -> pl.DataFrame:
        """A table or a view by its name."""
        if name not in TABLES and name not in read_views():
            raise AttributeError(f"There is no table or view {name}: there are {', '.join(self.__dir__())}.")
        return self.query(f'SELECT * FROM "{name}"')

    def __dir__(self) -> list[str]:
        return [*TABLES, *read_views(), "ask", "database", "folder", "query", "said_about", "scan", "settings"]

    def scan(self, table: str) -> pl.LazyFrame:
        """A table as a lazy frame over its files."""
        if table not in TABLES:
            raise AttributeError(f"There is no table {table}: there are {', '.join(TABLES)}.")
        return pl.scan_parquet(f"{self.folder}/{table}/**/*.parquet", hive_partitioning=False)

    def query(self, sql: str, **values: Any) -> pl.DataFrame:
        """The answer to a question in DuckDB's SQL; `$name` in it stands for a value given by name. Raises QueryRefused."""
        with open_snapshot(self.folder) as database:
            answer = run_query(database, sql, values)
            return pl.from_arrow(pa.Table.from_batches(answer.batches, schema=answer.schema))

    def ask(self, question: str, **values: Any) -> pl.DataFrame:
        """The answer to a saved question, such as ask("most-quoted-speakers", limit=5). Raises QuestionBroken."""
        known = read_questions(self.settings.questions)
        if question not in known:
            raise QuestionBroken(f"There is no question {question}: there are {', '.join(known)}.")
        given = read_values(known[question], {name: str(value) for name, value in values.items()})
        return self.query(known[question].sql, **given)

    def said_about(self, about: str, by: str = "", limit: int = 50) -> pl.DataFrame:
        """Statements whose words name `about` (part of a name), of speakers whose name holds `by`; those that most articles carry first."""
        return self.ask("said-about", about=about, speaker=by, limit=limit)

    @contextmanager
    def database(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A DuckDB connection with all tables and views, which can read them and nothing else."""
        with open_snapshot(self.folder) as database:
            yield database


def open_current(data: str) -> Snapshot:
    """The snapshot that is current now."""
    settings, folder = require_snapshot(data)
    return Snapshot(folder, settings)
