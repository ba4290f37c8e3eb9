"""`quotidian export`: the current snapshot, or a selection of it, for other tools."""

import json as json_
import sys
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich.filesize import decimal

from quotidian.flows.commands.flags import Data, Raw
from quotidian.flows.commands.published import require_snapshot
from quotidian.flows.process.interrupt import stopping_queries
from quotidian.flows.process.progress import Progress
from quotidian.flows.process.terminal import count_things
from quotidian.tasks.share.annotations import write_annotations
from quotidian.tasks.share.definitions import quote_name
from quotidian.tasks.share.duckdb_file import write_duckdb
from quotidian.tasks.share.followthemoney import write_followthemoney
from quotidian.tasks.share.postgres import hide_password, write_postgres
from quotidian.tasks.share.queries import run_query
from quotidian.tasks.share.reading import open_snapshot
from quotidian.tasks.share.rows import Report, count_rows
from quotidian.tasks.share.selections import format_of, write_selection, write_tables
from quotidian.tasks.share.sqlite_file import write_sqlite
from quotidian.tasks.share.views import read_views, select_view
from quotidian.tasks.store.errors import UsageError, guess_name
from quotidian.tasks.store.files import sweep_asides
from quotidian.tasks.tables.catalog import CATALOG, TABLES

POSTGRES = ("postgres://", "postgresql://")
WHOLE = {".duckdb": write_duckdb, ".sqlite": write_sqlite, ".db": write_sqlite}
LINES = {".annotations.jsonl": write_annotations, ".ftm.json": write_followthemoney}
"""Standards in which a snapshot is told, by the end of a file's name."""
ROWS = "rows"


def export(
    target: Annotated[
        str,
        Parameter(
            help="postgres://… or FILE.duckdb or FILE.sqlite for all tables; FILE.xlsx, .csv, .json or .parquet; "
            "FILE.annotations.jsonl for quotations as W3C Web Annotations, FILE.ftm.json for FollowTheMoney entities."
        ),
    ],
    /,
    *,
    table: Annotated[
        list[str] | None, Parameter(help="Table or view to write into a file; .xlsx takes several.", negative="")
    ] = None,
    query: Annotated[str | None, Parameter(name="--sql", help="Question in SQL whose answer is written.")] = None,
    schema: Annotated[
        str, Parameter(help="Schema that PostgreSQL gets; one that an export made is replaced.")
    ] = "quotidian",
    keys: Annotated[
        bool,
        Parameter(negative="", help="Give a .duckdb file primary and foreign keys, which make it three times larger."),
    ] = False,
    raw: Raw = False,
    json: Annotated[bool, Parameter(negative="", help="Print JSON for scripts.")] = False,
    data: Data = None,
) -> int:
    """Write the current snapshot, or a selection, for other tools: PostgreSQL, DuckDB, SQLite, Excel, CSV.

    What readers have open stays whole: a file is renamed into place, a schema replaced in one transaction.
    """
    return export_tables(target, table or [], query, schema, keys, raw, json, data)


def export_tables(
    target: str, tables: list[str], query: str | None, schema: str, keys: bool, raw: bool, json: bool, data: str | None
) -> int:
    """Write all tables into a database, or the selection into a file, and say how many rows there are."""
    write_file = find_writer(target, keys)
    is_whole = target.startswith(POSTGRES) or write_file is not None
    require_selection(target, tables, query, is_whole)
    _, snapshot = require_snapshot(data)
    progress, written = Progress(), Counter()

    def report(table: str, rows: int) -> None:
        written[table] += rows
        progress.advance(ROWS, rows)

    names = [table.name for table in CATALOG] if is_whole and write_file not in LINES.values() else tables
    progress.start(ROWS, count_all(snapshot, names))
    try:
        if is_whole:
            write_whole(snapshot, target, schema, write_file, report)
        else:
            write_part(snapshot, Path(target), tables, query, raw, report)
    finally:
        progress.stop()
    print_result(target, schema, snapshot, {name: written[name] for name in names or written or [ROWS]}, json)
    return 0


def count_all(snapshot: Path, names: list[str]) -> int | None:
    """Rows of tables together; None where they are not known before they are read: those of views, and of an answer."""
    if not names or not TABLES.keys() >= set(names):
        return None
    return sum(count_rows(snapshot, TABLES[name]) for name in names)


def require_selection(target: str, tables: list[str], query: str | None, is_whole: bool) -> None:
    """Raise UsageError where target and selection do not go together."""
    known = [*TABLES, *read_views()]
    for name in tables:
        if name not in known:
            raise UsageError(f"There is no table {name}{guess_name(name, known)}: there are {', '.join(known)}.")
    if is_whole and (tables or query):
        raise UsageError(f"{hide_password(target)} takes all of the snapshot: leave --table and --sql out.")
    if is_whole:
        return
    format_ = format_of(Path(target), *WHOLE, *LINES)
    if bool(tables) == bool(query):
        raise UsageError(f"{target} takes a selection: give --table NAME or --sql QUERY.")
    if len(tables) > 1 and format_ != "xlsx":
        raise UsageError(f"{target} takes one table: give one --table, or write .xlsx, .duckdb or .sqlite.")


def find_writer(target: str, keys: bool) -> Callable[[Path, Path, Report], None] | None:
    """What writes a whole snapshot into a file of this name, if anything does; raises UsageError where `keys` mean nothing."""
    found = [write for ending, write in (WHOLE | LINES).items() if target.lower().endswith(ending)]
    if not keys:
        return found[0] if found else None
    if found != [write_duckdb]:
        raise UsageError("--keys is for a .duckdb file: PostgreSQL and SQLite have their keys, other files have none.")
    return partial(write_duckdb, keys=True)


def write_whole(
    snapshot: Path, target: str, schema: str, write_file: Callable[[Path, Path, Report], None] | None, report: Report
) -> None:
    """Write all of a snapshot into a database or a file."""
    if write_file is None:
        write_postgres(snapshot, target, schema, report)
    else:
        sweep_asides(Path(target))
        write_file(snapshot, Path(target), report)


def write_part(snapshot: Path, path: Path, tables: list[str], query: str | None, raw: bool, report: Report) -> None:
    """Write a selection into a file."""
    sweep_asides(path)
    with open_snapshot(snapshot) as database, stopping_queries(database):
        if query:
            answer = run_query(database, query)
            write_selection(answer, path, format_of(path), lambda rows: report(ROWS, rows), raw)
            return
        select = {name: select_table(name) if name in TABLES else select_view(name) for name in tables}
        answers = {name: run_query(database.cursor(), sql) for name, sql in select.items()}
        write_tables(answers, path, format_of(path), report, raw)


def select_table(name: str) -> str:
    """The declared columns of a table in its declared order of rows, as SQL."""
    table = TABLES[name]
    columns = ", ".join(quote_name(column) for column in table.schema.column_names())
    return f"SELECT {columns} FROM {quote_name(name)} ORDER BY {', '.join(quote_name(c) for c in table.sort_by)}"


def print_result(target: str, schema: str, snapshot: Path, rows: dict[str, int], json: bool) -> None:
    """What was written and where."""
    place = hide_password(target)
    if json:
        values = {"target": place, "snapshot": str(snapshot), "rows": rows}
        sys.stdout.write(json_.dumps(values, indent=1) + "\n")
        return
    where = f"schema {schema} of {place}" if target.startswith(POSTGRES) else f"{place} ({size_of(target)})"
    tables = f"{len(rows)} tables, " if len(rows) > 1 else ""
    total = sum(rows.values())
    sys.stdout.write(f"{tables}{count_things(total, 'row')} of snapshot {snapshot.name} in {where}\n")


def size_of(target: str) -> str:
    return decimal(Path(target).stat().st_size)
