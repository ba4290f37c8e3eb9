"""`quotidian review`: the least sure rows for people to look at, and their answers as corrections."""

import json as json_
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import App, Parameter

from quotidian.flows.commands.flags import Data, Json
from quotidian.flows.commands.published import require_snapshot
from quotidian.flows.process.interrupt import stopping_queries
from quotidian.flows.process.terminal import count_things, make_inert
from quotidian.flows.settings import load_settings
from quotidian.tasks.deduplicate.corrections import read_corrections
from quotidian.tasks.publish.reviewed import FILE
from quotidian.tasks.share.agreement import Agreement, Verdict, decide, measure_agreement
from quotidian.tasks.share.corrected_lines import Placed, add_lines, place_lines
from quotidian.tasks.share.label_studio import read_answers, write_config, write_table, write_tasks
from quotidian.tasks.share.reading import open_snapshot
from quotidian.tasks.share.reviewed_rows import count_right, note_reviewed
from quotidian.tasks.share.reviews import choose_rows
from quotidian.tasks.store.files import write_aside

review = App(
    name="review",
    help="Write the least sure rows for people to look at, also in Label Studio, and take their answers in as corrections.",
)
SHOWN = 20
"""Lines of a list that a person reads; --json has all."""


@review.command(name="export")
def export_rows(
    *,
    task: Annotated[
        Literal["speakers", "entities", "copies", "junk"],
        Parameter(help="Who speaks; whom a bare name means; what is a copy; which lines are junk."),
    ],
    to: Annotated[Path, Parameter(help="Folder for the files.")] = Path("review"),
    count: Annotated[int, Parameter(help="Rows at most.")] = 50,
    json: Json = False,
    data: Data = None,
) -> int:
    """Write the least sure rows as tasks of Label Studio (TASK.json, with TASK.xml to set up its project) and as TASK.csv.

    Rows that a line of the corrections answers are left out. The least sure come first, then those of the smallest id.
    """
    settings, snapshot = require_snapshot(data)
    corrections = read_corrections(settings.corrections)
    with open_snapshot(snapshot) as database, stopping_queries(database):
        rows = list(choose_rows(database, task, max(count, 0), corrections))
    texts = {"json": write_tasks(rows, snapshot.name), "xml": write_config(task), "csv": write_table(task, rows)}
    for ending, text in texts.items():
        with write_aside(to / f"{task}.{ending}") as aside:
            aside.write_text(text, encoding="utf-8")
    if json:
        sys.stdout.write(json_.dumps({"task": task, "rows": len(rows), "folder": str(to)}, indent=1) + "\n")
    else:
        sys.stdout.write(
            f"{len(rows)} least sure {task} of snapshot {snapshot.name} in {to / task}.json, .xml and .csv\n"
        )
    return 0


@review.command(name="import")
def import_answers(
    files: Annotated[
        tuple[Path, ...], Parameter(help="Exports of Label Studio (JSON, JSON-MIN, CSV), or TASK.csv filled in.")
    ],
    /,
    *,
    dry_run: Annotated[bool, Parameter(negative="", help="Show what would be added; nothing is written.")] = False,
    json: Json = False,
    data: Data = None,
) -> int:
    """Turn the answers in FILES into lines of the files of corrections, and say how far annotators agree and what changes.

    A row counts as answered where more than half of its annotators say the same. A line that is there already stays, also where
    answers contradict it (exit code 1). The next run takes the lines in, for copies of an article too.
    """
    folder = load_settings(data=data).corrections
    read_corrections(folder)  # a mistake in them is said before any work
    answers = [answer for file in files for answer in read_answers(file)]
    verdicts = decide(answers)
    placed = place_lines(folder, verdicts)
    if not dry_run:
        for file, lines in placed.new.items():
            add_lines(folder / f"{file}.csv", lines)
    noted = note_reviewed(folder, verdicts, datetime.now(UTC).date(), is_written=not dry_run)
    annotators = len({answer.annotator for answer in answers})
    agreement = measure_agreement(verdicts)
    if json:
        print_json(annotators, len(answers), verdicts, agreement, placed)
    else:
        print_words(annotators, len(answers), verdicts, agreement, placed, noted, folder, dry_run)
    return 1 if placed.contradicted else 0


def print_json(annotators: int, answers: int, verdicts: list[Verdict], agreement: Agreement, placed: Placed) -> None:
    """All of it for scripts."""
    rows = [{"answer": v.answer, "votes": v.votes} | v.row for v in verdicts]
    values = {"annotators": annotators, "answers": answers, "agreement": agreement._asdict(), "rows": rows}
    values["right"] = {task: right._asdict() for task, right in count_right(verdicts).items()}
    values |= {"lines": placed.new, "known": placed.known, "contradicted": placed.contradicted}
    sys.stdout.write(json_.dumps(values, indent=1, ensure_ascii=False) + "\n")


def print_words(
    annotators: int,
    answers: int,
    verdicts: list[Verdict],
    agreement: Agreement,
    placed: Placed,
    noted: int,
    folder: Path,
    dry_run: bool,
) -> None:
    """All of it for people."""
    told = [verdict for verdict in verdicts if verdict.answer]
    lines = [
        f"{count_things(answers, 'answer')} of {count_things(annotators, 'annotator')} on {count_things(len(verdicts), 'row')}: {len(told)} decided."
    ]
    if agreement.rows:
        alpha = "" if agreement.alpha is None else f" (Krippendorff's alpha {agreement.alpha:.2f})"
        lines.append(f"{agreement.alike} of {agreement.rows} rows that several answered have one answer{alpha}.")
    for task, (rows, right, share, low, high) in count_right(verdicts).items():
        interval = f"{share:.2f}, between {low:.2f} and {high:.2f} with a certainty of 95 %"
        lines.append(f"{task}: {right} of {rows} are right as the tables have them ({interval}).")
    lines += list_some([f"  {v.row['item']}: {v.row['held']} -> {v.answer}" for v in told if v.answer != v.row["held"]])
    undecided = [f"  {v.row['item']}: undecided ({', '.join(v.votes)})" for v in verdicts if not v.answer]
    lines += list_some(undecided)
    verb = "would be added" if dry_run else "added"
    for file, new in sorted(placed.new.items()):
        lines.append(f"{count_things(len(new), 'line')} {verb} to {folder / file}.csv")
    if noted:
        lines.append(
            f"{count_things(noted, 'row')} {verb} to {folder / FILE}, from where the table quality has its share."
        )
    if placed.known:
        lines.append(f"There already: {count_things(placed.known, 'line')}.")
    lines += list_some([f"  {place} has another answer already, which stays" for place in placed.contradicted])
    if (placed.new or noted) and not dry_run:
        lines.append("The next run takes them in.")
    sys.stdout.write("".join(f"{make_inert(line)}\n" for line in lines))


def list_some(lines: list[str]) -> list[str]:
    """The first lines of a list, and how many more there are."""
    more = [f"  and {len(lines) - SHOWN:,} more (--json has all)"] if len(lines) > SHOWN else []
    return [*lines[:SHOWN], *more]
