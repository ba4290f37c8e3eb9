"""Commands that ask and hand on the published tables."""

from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from quotidian.flows.commands.flags import Data

Format = Annotated[
    str | None, Parameter(name="--format", help="table, csv, json, parquet or xlsx (default: by --to, else table).")
]
To = Annotated[Path | None, Parameter(help="File to write; its ending says the format.")]
Rows = Annotated[int, Parameter(help="Rows that a table shows at most.")]
Raw = Annotated[
    bool,
    Parameter(negative="", help="CSV exactly as it is: no apostrophe before texts that start like a formula."),
]
Json = Annotated[bool, Parameter(negative="", help="Print JSON for scripts; the same as --format json.")]


def register(app: App) -> None:
    """Add the commands to the app."""
    app.command(sql)
    app.command(ask)
    app.command(export)
    app.command(publish)


def sql(
    query: Annotated[
        str, Parameter(help="One SELECT in DuckDB's SQL; - reads it from standard input.", allow_leading_hyphen=True)
    ],
    /,
    *,
    format_: Format = None,
    to: To = None,
    rows: Rows = 50,
    raw: Raw = False,
    json: Json = False,
    data: Data = None,
) -> int:
    """Ask the current snapshot in SQL: every table is there by name, and the views `quotations` and `copied_articles`."""
    from quotidian.flows.commands.sql import answer_sql

    return answer_sql(query, "json" if json else format_, to, rows, raw, data)


def ask(
    question: Annotated[str | None, Parameter(help="Name of a saved question; without one, all are listed.")] = None,
    values: Annotated[
        list[str] | None, Parameter(help="Its parameters as name=value, such as speaker=Blinken.", negative="")
    ] = None,
    /,
    *,
    format_: Format = None,
    to: To = None,
    rows: Rows = 50,
    raw: Raw = False,
    json: Json = False,
    data: Data = None,
) -> int:
    """Ask a saved question: most quoted speakers, what one said about another, who quoted it first, and more.

    Questions are SQL files; those of a folder `questions` of your own come besides.
    """
    from quotidian.flows.commands.ask import answer_question, list_questions

    if question is None:
        return list_questions(data, json)
    return answer_question(question, values or [], "json" if json else format_, to, rows, raw, data)


def export(
    target: Annotated[
        str,
        Parameter(
            help="postgres://… or FILE.duckdb or FILE.sqlite for all tables; FILE.xlsx, .csv, .json or .parquet."
        ),
    ],
    /,
    *,
    table: Annotated[
        list[str] | None, Parameter(help="Table to write into a file; .xlsx takes several.", negative="")
    ] = None,
    query: Annotated[str | None, Parameter(name="--sql", help="Question in SQL whose answer is written.")] = None,
    schema: Annotated[
        str, Parameter(help="Schema that PostgreSQL gets; one that an export made is replaced.")
    ] = "quotidian",
    raw: Raw = False,
    json: Annotated[bool, Parameter(negative="", help="Print JSON for scripts.")] = False,
    data: Data = None,
) -> int:
    """Write the current snapshot, or a selection, for other tools: PostgreSQL, DuckDB, SQLite, Excel, CSV.

    What readers have open stays whole: a file is renamed into place, a schema replaced in one transaction.
    """
    from quotidian.flows.commands.export import export_tables

    return export_tables(target, table or [], query, schema, raw, json, data)


def publish(
    *,
    to: Annotated[Path, Parameter(help="New folder for the tables.")],
    without_text: Annotated[
        bool, Parameter(negative="", help="Leave out every column with words of the source, for sharing.")
    ] = False,
    json: Annotated[bool, Parameter(negative="", help="Print JSON for scripts.")] = False,
    data: Data = None,
) -> int:
    """Copy the current snapshot into a folder for others, whole or without text."""
    from quotidian.flows.commands.publish_copy import publish_copy

    return publish_copy(to, without_text, json, data)
