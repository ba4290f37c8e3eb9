"""Reviews as files: tasks and labelling configuration for Label Studio, a table for a spreadsheet, and answers read back from both.

The formats are those of Label Studio's documentation: tasks with `data` and `predictions` (import of pre-annotated data), dynamic
choices (`value="$options"`), and exports as JSON, JSON-MIN and CSV.
"""

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quotidian.tasks.deduplicate.corrections import open_rows

from .cells import guard_cell, plain_value
from .reviews import REVIEWS, AnswerBroken, require_answer

SHOWN = ("title", "outlet", "published_date", "before", "words", "after", "beside")
CHOICES, TEXT = "answer", "other"
"""Names of what people fill in: a choice, and a name typed instead."""
ANNOTATOR = "annotator"
ID = re.compile(r"[0-9a-z]+(:q\d+-\d+)?")
"""A spreadsheet takes an id such as 1234e56789012345 for a number, unless it is told not to."""
TYPED = '<TextArea name="other" toName="words" placeholder="Another name, as the article has it" maxSubmissions="1"/>'
BESIDE = '<Header value="The other text" size="5"/><Text name="beside" value="$beside"/>'
CONFIG = """<View>
  <Header value="{question}"/>
  <Header value="$title" size="5"/>
  <Text name="before" value="$before"/>
  <View style="font-weight: {weight}"><Text name="words" value="$words"/></View>
  <Text name="after" value="$after"/>{beside}
  <Choices name="answer" toName="words" choice="single-radio" value="$options"/>{typed}
</View>
"""


@dataclass(frozen=True)
class Answer:
    """What one annotator says of one row; `row` has task, item, held and the columns of the line."""

    row: dict[str, str]
    annotator: str
    answer: str


def write_config(task: str) -> str:
    """The labelling configuration of a task."""
    typed = f"\n  {TYPED}" if REVIEWS[task].takes_names else ""
    beside = f"\n  {BESIDE}" if task == "copies" else ""
    weight = "normal" if beside else "bold"
    return CONFIG.format(weight=weight, question=REVIEWS[task].question, beside=beside, typed=typed)


def write_tasks(rows: list[dict], snapshot: str) -> str:
    """The tasks of Label Studio, each with what the tables hold now as prediction."""
    return json.dumps([describe_task(row, snapshot) for row in rows], indent=1, ensure_ascii=False) + "\n"


def describe_task(row: dict, snapshot: str) -> dict:
    """One task."""
    data = {name: "" if value is None else plain_value(value) for name, value in row.items() if name != "options"}
    data["options"] = [{"value": option} for option in row["options"]]
    choice = {"from_name": CHOICES, "to_name": "words", "type": "choices", "value": {"choices": [row["held"]]}}
    prediction = {"model_version": f"quotidian {snapshot}", "score": row["confidence"], "result": [choice]}
    return {"data": data, "predictions": [prediction] if row["held"] in row["options"] else []}


def write_table(task: str, rows: list[dict]) -> str:
    """The same as CSV with empty columns answer, other and annotator; words that a spreadsheet would run are guarded."""
    told = ("task", "item", *REVIEWS[task].keys, "confidence", "held", "options")
    shown = [name for name in SHOWN if name != "beside" or task == "copies"]
    names = [*dict.fromkeys([*told, CHOICES, TEXT, ANNOTATOR, *shown])]
    if not REVIEWS[task].takes_names:
        names.remove(TEXT)
    target = io.StringIO()
    writer = csv.DictWriter(target, names, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow(
            {name: guard_cell(value) for name, value in (row | {"options": " | ".join(row["options"])}).items()}
        )
    return target.getvalue()


def read_answers(path: Path) -> list[Answer]:
    """The answers in a file that came from a review: Label Studio's JSON, JSON-MIN or CSV, or the CSV written here.

    Raises AnswerBroken in one sentence where the file is none, or an answer cannot be taken.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        records = read_json(text) if text.lstrip().startswith(("[", "{")) else list(open_rows(text))
    except UnicodeDecodeError:
        raise AnswerBroken(f"{path} is not in UTF-8: save the file in that encoding.") from None
    except json.JSONDecodeError as error:
        raise AnswerBroken(f"{path} is no JSON: {error}.") from None
    if any(not isinstance(record, dict) for record in records):
        raise AnswerBroken(f"{path} has no tasks of a review: export them from Label Studio as JSON, JSON-MIN or CSV.")
    return [answer for number, record in enumerate(records, 1) for answer in read_record(record, path, number)]


def read_json(text: str) -> list:
    """Records of a JSON file, one for each annotation of Label Studio's full JSON."""
    tasks = json.loads(text)
    tasks = tasks if isinstance(tasks, list) else [tasks]
    return [record for task in tasks for record in flatten_task(task)]


def flatten_task(task: Any) -> Iterator[Any]:
    """One task with each of its annotations as flat records; what is flat already (JSON-MIN) as it is."""
    if not isinstance(task, dict) or not isinstance(task.get("data"), dict):
        yield task
        return
    for annotation in task.get("annotations") or ():
        if not annotation.get("was_cancelled"):
            results = {r.get("from_name"): r.get("value", {}) for r in annotation.get("result") or ()}
            chosen = results.get(CHOICES, {}).get("choices"), results.get(TEXT, {}).get("text")
            by = annotation.get("completed_by")
            by = by.get("email") or by.get("id") if isinstance(by, dict) else by
            yield task["data"] | {CHOICES: chosen[0], TEXT: chosen[1], ANNOTATOR: by}


def read_record(record: dict, path: Path, number: int) -> Iterator[Answer]:
    """The answer of a record, if it has one."""
    place = f"{path} record {number}"
    task = record.get("task")
    if task not in REVIEWS:
        raise AnswerBroken(f"{place} is of no task: `quotidian review export` writes what can be answered.")
    names = ("task", "item", "held", *REVIEWS[task].keys)
    missing = [name for name in names if not record.get(name)]
    if missing:
        raise AnswerBroken(f"{place} has no {missing[0]}: leave the columns of the export as they are.")
    spoilt = [name for name in names if name.endswith("_id") and not ID.fullmatch(str(record[name]))]
    if spoilt:
        raise AnswerBroken(
            f"{place} has the {spoilt[0]} {record[spoilt[0]]}, which a spreadsheet changed: open the table with that column as text."
        )
    answer = read_value(record.get(TEXT)) or read_value(record.get(CHOICES))
    if answer:
        row = {name: str(record[name]) for name in names}
        require_answer(row, answer, place)
        yield Answer(row, str(record.get(ANNOTATOR) or path.stem), answer)


def read_value(value: Any) -> str:
    """One text, from a text or a list of one, as JSON or not."""
    if isinstance(value, str) and value.startswith("["):
        try:
            value = json.loads(value)
        except json.JSONDecodeError:
            return value.strip()
    if isinstance(value, list):
        value = value[0] if value else ""
    return str(value or "").strip()
