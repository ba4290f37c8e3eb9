"""The data dictionary `docs/tables.md`, printed from the declarations."""

from collections.abc import Sequence

import dataframely as dy

from .catalog import BACKFILLS, CATALOG, RUNS, Table
from .columns import is_shared
from .parquet import arrow_schema

HEAD = """# The tables

One snapshot holds all of these; every file carries the same words in its Parquet field metadata. Offsets count
code points and are half-open: `body[start:end] == text`. Tables marked *by day* lie in folders by
the published_date of the article, `2023-06-19` or `no-day`, and have it as their column `day`; the others lie in one file, a large one in several by the first digits of its key. Types marked *words* hold words of the source; the edition without text
(`quotidian publish --without-text --to FOLDER`) leaves these columns out. This page is printed by `quotidian tables` from the declarations in `tasks/tables/`.
"""
BESIDE = {
    RUNS.name: "beside the snapshots, one file a run",
    BACKFILLS.name: "beside the snapshots, one file a day of a source",
}


def describe_column(table: Table, name: str, column: dy.Column) -> str:
    """One line of a table's list of columns."""
    kind = str(arrow_schema(table).field(name).type)
    key = " **key**" if name in table.key else ""
    points = table.foreign_keys.get(name)
    pointer = f" Points to `{'.'.join(points)}`." if points else ""
    words = "" if is_shared(column) or table is RUNS else ", *words*"
    unit = (column.metadata or {}).get("unit")
    return f"| `{name}`{key} | {kind}{words} | {'yes' if column.nullable else ''} | {unit or ''} | {column.description}{pointer} |"


def describe_table(table: Table) -> str:
    """The section of one table."""
    lines = [describe_column(table, name, column) for name, column in table.schema.columns().items()]
    place = BESIDE.get(table.name) or ("by day" if table.by_day else "one file")
    head = f"## {table.name}\n\n{table.meaning} *{place}*\n\n| column | type | null | unit | meaning |\n|---|---|---|---|---|"
    return "\n".join([head, *lines])


def print_dictionary(tables: Sequence[Table] = (*CATALOG, RUNS, BACKFILLS), head: str = HEAD) -> str:
    """The whole page, in Markdown."""
    return "\n\n".join([head.strip(), *(describe_table(table) for table in tables)]) + "\n"
