"""`quotidian sql`: a question in SQL to the current snapshot."""

import sys
from pathlib import Path

from quotidian.flows.commands.answer import choose_format, deliver_answer
from quotidian.flows.commands.published import require_snapshot
from quotidian.flows.process.interrupt import stopping_queries
from quotidian.tasks.share.queries import run_query
from quotidian.tasks.share.reading import open_snapshot


def answer_sql(sql: str, format_: str | None, to: Path | None, rows: int, raw: bool, data: str | None) -> int:
    """Ask the current snapshot; - reads the SQL from standard input."""
    form = choose_format(format_, to)
    _, snapshot = require_snapshot(data)
    question = sys.stdin.read() if sql == "-" else sql
    with open_snapshot(snapshot) as database, stopping_queries(database):
        deliver_answer(run_query(database, question), form, to, rows, raw)
    return 0
