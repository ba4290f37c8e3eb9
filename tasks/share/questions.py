"""Saved questions: SQL files with their meaning and parameters in the first lines.

    -- Whose words do the articles carry most?
    -- $limit integer = 20: speakers to show
    SELECT …

The first line says what is asked. Each `-- $name type = default: meaning` is a parameter (text, integer, number or
date; without `= default` it must be given), used as `$name` in the SQL.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from quotidian.tasks.store.errors import UsageError
from quotidian.tasks.store.facts import FOLDER

SAVED = FOLDER / "questions"
PARAMETER = re.compile(r"--\s*\$(?P<name>\w+)\s+(?P<type>\w+)\s*(?:=(?P<default>[^:]*))?:\s*(?P<meaning>.+)")
TYPES: dict[str, Callable[[str], Any]] = {
    "text": str,
    "integer": int,
    "number": float,
    "date": date.fromisoformat,
}


class QuestionBroken(UsageError):
    """A saved question, or what was given for it, cannot be used."""


@dataclass(frozen=True)
class Parameter:
    """One value of a question; `default` is None where it must be given."""

    name: str
    type: str
    meaning: str
    default: str | None


@dataclass(frozen=True)
class Question:
    """One saved question."""

    name: str
    meaning: str
    parameters: tuple[Parameter, ...]
    sql: str


def read_questions(own: Path) -> dict[str, Question]:
    """All questions by name: those that come along, and those of the folder `own`, which win."""
    paths = [*sorted(SAVED.glob("*.sql")), *sorted(own.glob("*.sql"))]
    return {path.stem: read_question(path) for path in paths}


def read_question(path: Path) -> Question:
    """One file; raises QuestionBroken where its first lines do not say what it is."""
    sql = path.read_text(encoding="utf-8")
    comments = [line for line in sql.splitlines() if line.startswith("--")]
    if not comments or "$" in comments[0]:
        raise QuestionBroken(f"{path} does not begin with a comment that says what is asked: -- Who was quoted most?")
    parameters = tuple(read_parameter(path, line) for line in comments[1:] if re.match(r"--\s*\$", line))
    return Question(path.stem, comments[0].lstrip("- "), parameters, sql)


def read_parameter(path: Path, line: str) -> Parameter:
    """One parameter of a file."""
    found = PARAMETER.fullmatch(line)
    if not found or found["type"] not in TYPES:
        raise QuestionBroken(f"{path}: {line!r} is no parameter: write -- $name {'|'.join(TYPES)} = default: meaning")
    default = found["default"]
    return Parameter(found["name"], found["type"], found["meaning"], None if default is None else default.strip())


def read_values(question: Question, given: dict[str, str]) -> dict[str, Any]:
    """Values of all parameters; raises QuestionBroken for one that is unknown, missing or of another type."""
    known = {parameter.name: parameter for parameter in question.parameters}
    for name in given:
        if name not in known:
            raise QuestionBroken(f"{question.name} has no parameter {name}: it has {', '.join(known) or 'none'}.")
    return {name: read_value(question, parameter, given.get(name)) for name, parameter in known.items()}


def read_value(question: Question, parameter: Parameter, given: str | None) -> Any:
    """One value in its type, from what was given, else the default."""
    words = parameter.default if given is None else given
    if words is None:
        raise QuestionBroken(f"{question.name} needs {parameter.name}=… ({parameter.meaning}).")
    try:
        return TYPES[parameter.type](words)
    except ValueError:
        raise QuestionBroken(f"{parameter.name}={words} is no {parameter.type}: {parameter.meaning}.") from None
