"""`quotidian sql`: a question in SQL to the current snapshot."""

import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from quotidian.flows.commands.answer import choose_format, deliver_answer
from quotidian.flows.commands.flags import Data, Format, Json, Raw, Rows, To
from quotidian.flows.commands.published import require_snapshot
from quotidian.flows.process.interrupt import stopping_queries
from quotidian.tasks.share.queries import run_query
from quotidian.tasks.share.reading import open_snapshot


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
    """Ask the current snapshot in SQL: every table is there by name, and the views `quotations`, `quoted_speakers`, `said_about`, `copied_articles` and `display_quotations`."""
    return answer_sql(query, "json" if json else format_, to, rows, raw, data)


def answer_sql(sql: str, format_: str | None, to: Path | None, rows: int, raw: bool, data: str | None) -> int:
    """Ask the current snapshot; - reads the SQL from standard input."""
    form = choose_format(format_, to)
    _, snapshot = require_snapshot(data)
    question = sys.stdin.read() if sql == "-" else sql
    with open_snapshot(snapshot) as database, stopping_queries(database):
        deliver_answer(run_query(database, question), form, to, rows, raw)
    return 0
