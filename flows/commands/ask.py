"""`quotidian ask`: saved questions."""

import json as json_
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich.table import Table
from rich.text import Text

from quotidian.flows.commands.answer import choose_format, deliver_answer
from quotidian.flows.commands.flags import Data, Format, Json, Raw, Rows, To
from quotidian.flows.commands.published import require_snapshot
from quotidian.flows.process.interrupt import stopping_queries
from quotidian.flows.process.terminal import open_console
from quotidian.flows.settings import load_settings
from quotidian.tasks.share.queries import run_query
from quotidian.tasks.share.questions import Question, QuestionBroken, read_questions, read_values
from quotidian.tasks.share.reading import open_snapshot
from quotidian.tasks.store.errors import UsageError, guess_name


def ask(
    question: Annotated[
        str | None,
        Parameter(
            help="Name of a saved question, an SQL file of ours or of your own folder questions; without one, all are listed."
        ),
    ] = None,
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
    if question is None:
        return list_questions(data, json)
    return answer_question(question, values or [], "json" if json else format_, to, rows, raw, data)


def list_questions(data: str | None, json: bool) -> int:
    """Print every saved question with its parameters."""
    questions = read_questions(load_settings(data=data).questions).values()
    if json:
        sys.stdout.write(json_.dumps([asdict(question) for question in questions], indent=1) + "\n")
        return 0
    table = Table(box=None, pad_edge=False, show_header=False)
    for question in questions:
        table.add_row(Text(question.name, "bold"), Text(question.meaning), style="not dim")
        for parameter in question.parameters:
            needs = "needed" if parameter.default is None else f"default {parameter.default or 'any'}"
            table.add_row(Text(f"  {parameter.name}=", "cyan"), Text(f"{parameter.meaning} ({needs})", "dim"))
    open_console().print(table)
    return 0


def answer_question(
    name: str, given: list[str], format_: str | None, to: Path | None, rows: int, raw: bool, data: str | None
) -> int:
    """Ask the current snapshot a saved question with the values given as name=value."""
    form = choose_format(format_, to)
    settings, snapshot = require_snapshot(data)
    question = find_question(name, read_questions(settings.questions))
    values = read_values(question, read_pairs(given))
    with open_snapshot(snapshot) as database, stopping_queries(database):
        deliver_answer(run_query(database, question.sql, values), form, to, rows, raw)
    return 0


def find_question(name: str, questions: dict[str, Question]) -> Question:
    """The question of that name; raises QuestionBroken naming those that there are."""
    if name not in questions:
        guess = guess_name(name, questions)
        raise QuestionBroken(f"No saved question is called {name}{guess}: there are {', '.join(questions)}.")
    return questions[name]


def read_pairs(given: list[str]) -> dict[str, str]:
    """name=value words as a mapping."""
    for words in given:
        if "=" not in words:
            raise UsageError(f"{words} gives no parameter a value: write name=value, as in limit=5.")
    return dict(words.split("=", 1) for words in given)
