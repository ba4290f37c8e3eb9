"""`quotidian review`: the least sure rows as tasks, and answers as lines of corrections."""

import csv
import json
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from quotidian.flows.settings import load_settings
from quotidian.tasks.deduplicate.corrections import COLUMNS, Correction, Corrections, read_corrections
from quotidian.tasks.share.agreement import decide, measure_agreement
from quotidian.tasks.share.corrected_lines import add_lines, place_lines
from quotidian.tasks.share.label_studio import Answer, read_answers, write_config, write_table, write_tasks
from quotidian.tasks.share.reading import open_snapshot
from quotidian.tasks.share.reviewed_rows import count_right, note_reviewed
from quotidian.tasks.share.reviews import NOBODY, OTHER, REVIEWS, UNSURE, AnswerBroken, choose_rows, spell_line

QUOTE = {"task": "speakers", "item": "a:q1-9", "held": "Tom Brown", "quote_id": "a:q1-9"}
NAME = {"task": "entities", "item": "e_1", "held": "left open", "name": "Brown", "article_id": "a"}
COPY = {"task": "copies", "item": "b", "held": "copy", "article_id": "b", "original_id": "a"}
LINE = {"task": "junk", "item": "a:0", "held": "junk", "line": "Tap here for more"}
NONE = Corrections()
STORY = (
    "The ferry company in Northport said on Friday that it would sell two of its six boats before the summer season.\n"
    "Fewer people cross the bay in winter than ten years ago, and the older boats need engines that nobody makes."
)


def choose(snapshot: Path, task: str, count: int = 50, corrections: Corrections = NONE) -> list[dict]:
    with open_snapshot(snapshot) as database:
        return list(choose_rows(database, task, count, corrections))


def fill(tmp_path: Path, rows: list[dict], ending: str = "json") -> Path:
    path = tmp_path / f"done.{ending}"
    path.write_text(json.dumps(rows), encoding="utf-8")
    return path


def studio(row: dict, *answers: tuple[object, str | None, str | None]) -> dict:
    """A task as Label Studio exports it, with what each annotator chose or typed."""
    annotations = []
    for by, chosen, typed in answers:
        result = [
            {"from_name": name, "to_name": "words", "type": kind, "value": {key: [text]}}
            for name, kind, key, text in (
                ("answer", "choices", "choices", chosen),
                ("other", "textarea", "text", typed),
            )
            if text is not None
        ]
        annotations.append({"completed_by": by, "was_cancelled": False, "result": result})
    return {"id": 7, "data": row, "annotations": annotations, "predictions": []}


def test_the_least_sure_come_first_and_every_speaker_held_is_offered(snapshot: Path):
    rows = choose(snapshot, "speakers")
    assert [(r["confidence"], r["item"]) for r in rows] == sorted((r["confidence"], r["item"]) for r in rows)
    assert all(r["held"] in r["options"] and {NOBODY, UNSURE} <= {*r["options"]} for r in rows)
    assert all(len(r["options"]) == len({*r["options"]}) for r in rows)
    assert choose(snapshot, "speakers", 2) == rows[:2]


def test_no_copy_is_asked_twice(snapshot: Path):
    asked = {r["item"].split(":")[0] for r in choose(snapshot, "speakers")}
    assert not asked & {r["article_id"] for r in choose(snapshot, "copies")}


def test_what_is_answered_is_left_out(snapshot: Path):
    first, second, *_ = choose(snapshot, "speakers")
    done = Corrections(quote_speakers=(Correction("quote_speakers.csv", 2, {"quote_id": first["quote_id"]}),))
    assert choose(snapshot, "speakers", 1, done) == [second]


@pytest.mark.parametrize("task", REVIEWS)
def test_tasks_configuration_and_table_fit_together(snapshot: Path, task: str):
    rows = choose(snapshot, task)
    config = ElementTree.fromstring(write_config(task))
    shown = {tag.get("value")[1:] for tag in config.iter() if (tag.get("value") or "").startswith("$")}
    tasks = json.loads(write_tasks(rows, "000001-x"))
    table = list(csv.DictReader(write_table(task, rows).splitlines(keepends=True)))
    assert len(tasks) == len(table) == len(rows)
    for one, line in zip(tasks, table, strict=True):
        assert shown <= one["data"].keys()
        assert {option["value"] for option in one["data"]["options"]} == {*line["options"].split(" | ")}
        for prediction in one["predictions"]:
            (result,) = prediction["result"]
            assert config.find(f".//*[@name='{result['from_name']}']").get("toName") == result["to_name"]
    assert {name for name in shown if name not in ("title", "options")} >= {"words"}


@pytest.mark.parametrize(
    ("row", "answer", "line"),
    [
        (QUOTE, "Ann Smith", {"quote_id": "a:q1-9", "speaker": "Ann Smith"}),
        (QUOTE, NOBODY, {"quote_id": "a:q1-9", "speaker": ""}),
        (QUOTE, UNSURE, None),
        (NAME, "Tom Brown", {"name": "Brown", "article_id": "a", "same_as": "Tom Brown"}),
        (NAME, OTHER, None),
        (COPY, "no copy", {"article_id": "b", "original_id": "a"}),
        (COPY, "copy", None),
        (LINE, "junk", {"line": "Tap here for more", "is_junk": "yes"}),
        (LINE, "part of the story", {"line": "Tap here for more", "is_junk": "no"}),
    ],
)
def test_an_answer_becomes_a_line(row, answer, line):
    assert spell_line(row, answer) == line
    assert line is None or line.keys() <= {*COLUMNS[REVIEWS[row["task"]].file]}


def test_exports_of_label_studio_are_read(tmp_path: Path):
    whole = studio(QUOTE, (1, "Tom Brown", None), ({"id": 2, "email": "b@x"}, NOBODY, "Ann Smith"))
    whole["annotations"].append({"completed_by": 3, "was_cancelled": True, "result": []})
    expected = [("1", "Tom Brown"), ("b@x", "Ann Smith")]
    assert [(a.annotator, a.answer) for a in read_answers(fill(tmp_path, [whole]))] == expected
    flat = [
        QUOTE | {"id": 7, "answer": "Tom Brown", "annotator": 1},
        QUOTE | {"other": ["Ann Smith"], "annotator": "b@x"},
    ]
    assert [(a.annotator, a.answer) for a in read_answers(fill(tmp_path, flat))] == expected
    table = tmp_path / "ann.csv"
    table.write_text('task,item,held,quote_id,answer,other\nspeakers,q,x,q,,"[""Ann Smith""]"\nspeakers,r,x,r,,\n')
    assert [(a.annotator, a.answer) for a in read_answers(table)] == [("ann", "Ann Smith")]
    table.write_text(f"\ufefftask;item;held;quote_id;answer;annotator\nspeakers;q;x;q;{NOBODY};eve\n")
    assert [(a.annotator, a.answer) for a in read_answers(table)] == [("eve", NOBODY)]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"task": "speaker"}, "record 1 is of no task"),
        (QUOTE | {"quote_id": ""}, "has no quote_id"),
        (QUOTE | {"answer": "=cmd()"}, "is no answer: it starts like a formula"),
        (QUOTE | {"answer": "Ann\nSmith"}, "is no answer: it starts like a formula, or has several lines"),
        (
            COPY | {"article_id": "1.23457E+15", "answer": "copy"},
            "has the article_id 1.23457E.15, which a spreadsheet changed",
        ),
        (COPY | {"answer": "maybe"}, "write one of copy, no copy"),
        ("words", "has no tasks of a review"),
    ],
)
def test_mistakes_get_one_sentence(tmp_path: Path, row, words):
    with pytest.raises(AnswerBroken, match=words):
        read_answers(fill(tmp_path, [row]))


def test_right_rows_are_counted_by_task_and_noted_once(tmp_path: Path):
    answers = [
        Answer(QUOTE, "a", "Tom Brown"),
        Answer(QUOTE | {"item": "b:q1-9"}, "a", NOBODY),
        Answer(COPY, "a", "copy"),
    ]
    verdicts = decide([*answers, Answer(LINE, "a", UNSURE)])
    right = {task: (one.rows, one.right, one.share) for task, one in count_right(verdicts).items()}
    assert right == {"copies": (1, 1, 1.0), "speakers": (2, 1, 0.5)}
    assert note_reviewed(tmp_path, verdicts, date(2024, 5, 1), is_written=False) == 3
    assert not (tmp_path / "reviewed.csv").exists()
    assert note_reviewed(tmp_path, verdicts, date(2024, 5, 1), is_written=True) == 3
    turned = decide([Answer(QUOTE, "a", NOBODY), Answer(NAME, "a", "Tom Brown")])
    assert note_reviewed(tmp_path, turned, date(2024, 5, 2), is_written=True) == 1
    lines = (tmp_path / "reviewed.csv").read_text(encoding="utf-8").splitlines()
    assert lines == [
        "task,item,is_right,reviewed_date",
        "copies,b,yes,2024-05-01",
        "speakers,a:q1-9,yes,2024-05-01",
        "speakers,b:q1-9,no,2024-05-01",
        "entities,e_1,no,2024-05-02",
    ]


def test_more_than_half_decide():
    answers = [Answer(QUOTE, by, said) for by, said in (("a", "Ann"), ("b", "Ann"), ("c", "Tom"), ("c", "Ann"))]
    answers += [Answer(COPY, "a", "copy"), Answer(COPY, "b", "no copy"), Answer(LINE, "a", UNSURE)]
    found = {verdict.row["task"]: verdict for verdict in decide(answers)}
    assert {task: verdict.answer for task, verdict in found.items()} == {
        "copies": None,
        "junk": None,
        "speakers": "Ann",
    }
    assert found["speakers"].votes == {"Ann": 3}


@pytest.mark.parametrize(
    ("votes", "alpha"),
    [(["xx", "yy"], 1.0), (["xy", "xy"], -0.5), (["xx", "xy", "yy"], 4 / 9), (["xx"], None), (["x", "y"], None)],
)
def test_agreement_is_krippendorffs_alpha(votes, alpha):
    rows = [LINE | {"item": str(number)} for number in range(len(votes))]
    answers = [
        Answer(row, str(by), said) for row, said_ in zip(rows, votes, strict=True) for by, said in enumerate(said_)
    ]
    assert measure_agreement(decide(answers)).alpha == (None if alpha is None else pytest.approx(alpha))


def test_lines_keep_the_file_as_it_is_written(tmp_path: Path):
    path = tmp_path / "same_entities.csv"
    path.write_text("\ufeffname;same_as;note\nUK;Britain;why\n", encoding="utf-8")
    add_lines(path, [{"name": "Brown", "article_id": "a", "same_as": "Tom Brown"}])
    assert path.read_text(encoding="utf-8") == ("name;same_as;note;article_id\nUK;Britain;why;\nBrown;Tom Brown;;a\n")
    assert len(read_corrections(tmp_path).same_entities) == 2


def test_a_line_that_is_there_stays(tmp_path: Path):
    (tmp_path / "quote_speakers.csv").write_text("quote_id,speaker\na:q1-9,Ann Smith\n", encoding="utf-8")
    same, other = decide([Answer(QUOTE, "a", "Ann Smith")]), decide([Answer(QUOTE, "a", "Tom Brown")])
    assert place_lines(tmp_path, same)[:2] == ({}, 1)
    assert place_lines(tmp_path, other).contradicted == ["quote_speakers.csv: a:q1-9"]


def test_from_the_least_sure_to_a_corrected_snapshot(quotidian, archive: Path, tmp_path: Path):
    shown = quotidian("review", "export", "--task", "speakers", "--count", 3, "--data", archive).stdout
    assert "3 least sure speakers of snapshot" in shown
    rows = json.loads((tmp_path / "review" / "speakers.json").read_text(encoding="utf-8"))
    answers = [studio(row["data"], (1, NOBODY, None), (2, NOBODY, None)) for row in rows]
    path = fill(tmp_path, answers)
    told = quotidian("review", "import", path, "--data", archive).stdout
    assert "6 answers of 2 annotators on 3 rows: 3 decided." in told
    assert "3 of 3 rows that several answered have one answer" in told
    assert "3 lines added to corrections/quote_speakers.csv" in told
    assert "There already: 3 lines." in quotidian("review", "import", path, "--data", archive).stdout
    again = json.loads(quotidian("review", "export", "--task", "speakers", "--json", "--data", archive).stdout)
    assert again["rows"] == len(choose((archive / "published" / "current").resolve(), "speakers")) - 3
    other = fill(tmp_path, [studio(rows[0]["data"], (1, "Tom Brown", None))])
    assert "which stays" in quotidian("review", "import", other, "--data", archive, code=1).stdout


def test_a_dry_run_writes_nothing(quotidian, tmp_path: Path):
    path = fill(tmp_path, [QUOTE | {"answer": "Ann Smith", "annotator": "a"}])
    assert "1 line would be added" in quotidian("review", "import", path, "--dry-run").stdout
    assert not (tmp_path / "corrections").exists()


def test_lines_of_junk_reach_the_clean_room(tmp_path: Path):
    lines = [Answer(LINE, "a", "part of the story"), Answer(LINE | {"item": "b", "line": "Sign up"}, "a", "junk")]
    for file, new in place_lines(tmp_path, decide(lines)).new.items():
        add_lines(tmp_path / f"{file}.csv", new)
    clean = load_settings(corrections=tmp_path).clean
    assert (clean.junk_phrases, clean.kept_lines) == (("Sign up",), ("Tap here for more",))


def test_a_line_that_people_keep_comes_back_until_its_correction_goes(quotidian, tmp_path: Path):
    line = "Ann Lee is a reporter for the Harbour Post. Follow her on Twitter for more stories"
    text = f"{STORY}\nSign in to read the full Harbour Post story\n{line}\nThe council will vote on the plan in June, the mayor said at the pier on Friday."
    (tmp_path / "in.jsonl").write_text(json.dumps({"id": "a", "date": "2024-01-02", "text": text}) + "\n")
    bodies = "SELECT body FROM articles"
    quotidian("run", "in.jsonl", "--inline")
    assert line not in quotidian("sql", bodies, "--json").stdout
    quotidian("review", "export", "--task", "junk")
    tasks = json.loads((tmp_path / "review" / "junk.json").read_text(encoding="utf-8"))
    (task,) = [one for one in tasks if one["data"]["line"] == line]
    assert len(tasks) == 2
    answers = fill(tmp_path, [studio(task["data"], (1, "part of the story", None))])
    said = quotidian("review", "import", answers).stdout
    assert "junk: 0 of 1 are right as the tables have them (0.00, between 0.00 and 0.79" in said
    quotidian("run", "in.jsonl", "--inline")
    found = quotidian("sql", "select score, gold_items from quality where measure = 'reviewed_junk'", "--json").stdout
    assert json.loads(found) == [{"score": 0.0, "gold_items": 1}]
    quotidian("report", "--to", tmp_path / "site")
    assert "What people found here" in (tmp_path / "site" / "quality.html").read_text(encoding="utf-8")
    noted = (tmp_path / "corrections" / "reviewed.csv").read_text(encoding="utf-8")
    assert noted.startswith(f"task,item,is_right,reviewed_date\njunk,{task['data']['item']},no,")
    quotidian("review", "import", answers)
    assert (tmp_path / "corrections" / "reviewed.csv").read_text(encoding="utf-8") == noted
    assert line in quotidian("sql", bodies, "--json").stdout
    (tmp_path / "corrections" / "junk_lines.csv").unlink()
    quotidian("run", "in.jsonl", "--inline")
    assert line not in quotidian("sql", bodies, "--json").stdout
