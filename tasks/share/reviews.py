"""What people are asked to look at: the least sure rows of a snapshot, and what an answer says in the files of corrections.

`seeds/reviews/<task>.sql` gives the rows of each task, the least sure first, then by id: item, confidence, held (what the tables say
now), options (may hold one twice), before, words and after (and for copies beside, the other text), and the columns of the line that an answer becomes.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb

from quotidian.tasks.deduplicate.corrections import Corrections
from quotidian.tasks.store.errors import UsageError
from quotidian.tasks.store.facts import FOLDER

from .cells import FORMULA
from .queries import run_query

NOBODY, UNSURE, OTHER = "(nobody that is named)", "(cannot tell)", "(somebody else)"
NO_COPY, JUNK, STORY = "no copy", "junk", "part of the story"


class AnswerBroken(UsageError):
    """An answer of a review cannot be taken."""


@dataclass(frozen=True)
class Review:
    """One task: the file of corrections that its answers go to, the columns that tell the row, the question, answers beside those
    that a row offers, and whether a name may be typed."""

    file: str
    keys: tuple[str, ...]
    question: str
    more: tuple[str, ...]
    takes_names: bool = False


REVIEWS = {
    "speakers": Review("quote_speakers", ("quote_id",), "Who says the words in bold?", (NOBODY, UNSURE), True),
    "entities": Review(
        "same_entities", ("name", "article_id"), "Who is meant by the words in bold?", (OTHER, UNSURE), True
    ),
    "copies": Review(
        "not_copies", ("article_id", "original_id"), "Has one of the two texts its words from the other?", (UNSURE,)
    ),
    "junk": Review("junk_lines", ("line",), "Is the line in bold part of the story?", (UNSURE,)),
}


def choose_rows(database: duckdb.DuckDBPyConnection, task: str, count: int, corrections: Corrections) -> Iterator[dict]:
    """The `count` least sure rows of a task that no line of the corrections answers; what may be answered in `options`."""
    review, done = REVIEWS[task], answered(task, corrections)
    sql = (FOLDER / "reviews" / f"{task}.sql").read_text(encoding="utf-8")
    answer = run_query(database, sql, {"limit": count + len(done)})
    rows = (row for batch in answer.batches for row in batch.to_pylist())
    kept = [row for row in rows if tuple(row[key] for key in review.keys) not in done]
    for row in kept[:count]:
        options = dict.fromkeys([*row["options"], *review.more])
        yield {"task": task} | row | {"options": [text for text in options if is_answer(text)]}


def answered(task: str, corrections: Corrections) -> set[tuple[str, ...]]:
    """Keys of the rows that a line of the corrections answers."""
    review = REVIEWS[task]
    lines = getattr(corrections, review.file)
    return {tuple(line.values.get(key, "") for key in review.keys) for line in lines}


def is_answer(text: str) -> bool:
    """Whether a text can stand in a file of corrections: no spreadsheet runs it, and it has one line."""
    return not FORMULA.match(text) and text.isprintable()


def spell_line(row: dict[str, str], answer: str) -> dict[str, str] | None:
    """The values of the line of corrections that an answer becomes; None where it changes nothing that a file holds."""
    told = {key: row[key] for key in REVIEWS[row["task"]].keys}
    match row["task"]:
        case _ if answer == UNSURE:
            return None
        case "speakers":
            return told | {"speaker": "" if answer == NOBODY else answer}
        case "entities":
            return told | {"same_as": answer} if answer != OTHER else None
        case "copies":
            return told if answer == NO_COPY else None
        case _:
            return told | {"is_junk": "yes" if answer == JUNK else "no"}


def require_answer(row: dict[str, str], answer: str, place: str) -> None:
    """Raise AnswerBroken where an answer is none that the task takes."""
    review = REVIEWS[row["task"]]
    if not is_answer(answer):
        raise AnswerBroken(f"{place}: {answer!r} is no answer: it starts like a formula, or has several lines.")
    known = {"copies": ("copy", NO_COPY), "junk": (JUNK, STORY)}.get(row["task"], ())
    if not review.takes_names and answer not in (*known, *review.more):
        raise AnswerBroken(f"{place}: {answer!r} is no answer: write one of {', '.join((*known, *review.more))}.")
