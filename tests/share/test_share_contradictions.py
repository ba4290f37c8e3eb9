"""Outlets that say otherwise than each other, and a speaker who says otherwise later, from texts to answers."""

import json
from pathlib import Path

import pytest
from in_process import run_here

from quotidian.tasks.publish.snapshot import hash_file
from quotidian.tasks.share.queries import run_query
from quotidian.tasks.share.questions import read_questions, read_values
from quotidian.tasks.share.reading import open_snapshot
from quotidian.tasks.share.watches import find_rows, read_watch

POST = (
    "A fire broke out in the grain mill of Velmora in the night and burned until morning. Police chief Tomas Brandt said that 12 people were "
    'killed in the fire at the mill. "We will build 18 new schools in the valley," Mayor Helena Farrow said at the scene in Velmora, where '
    "she had come to open a road. Residents of the mill street spent the night in a church hall."
)
MAIL = (
    "The grain mill of Velmora lay in ruins after a fire in the night. Nine people died in the blaze at the mill, fire chief Mira Olsen said. "
    "Mayor Helena Farrow broke off a visit to the valley. Neighbours brought blankets and soup to the church, while engineers looked "
    "at the walls of the mill, of which two had come down in the morning."
)
LATER = (
    "The council of Ostrel met to hear of roads, taxes and the new harbour light, and went home late. "
    '"We will build 21 new schools in the valley," Mayor Helena Farrow said. The treasurer of the council asked for a second reading in May. '
    "Fishermen had come to complain about the price of ice, and about the dredging of the eastern channel."
)
PAGE = (
    "The lighthouse of Sarn went dark on Sunday after a lamp burst, and two ferries waited outside of the harbour until morning. "
    '"The lamp will burn again before the weekend," harbour master Henrik Dahl said. Keepers of the old tower said that spare parts had to '
    "come from the mainland, where the workshop is shut until Tuesday."
)
EDITED = PAGE.replace("before the weekend", "within ten days")
ROWS = [
    {"id": "a", "source": "Harbour Post", "date": "2024-04-01", "title": "Fire at the mill", "text": POST},
    {"id": "b", "source": "Evening Mail", "date": "2024-04-01", "title": "Mill of Velmora burns", "text": MAIL},
    {"id": "c", "source": "Evening Mail", "date": "2024-04-12", "title": "Council meets", "text": LATER},
    *(
        {
            "id": key,
            "source": "Coast Daily",
            "date": f"2024-05-0{day}",
            "title": "Dark tower",
            "text": text,
            "url": "https://coast.example/tower",
        }
        for key, day, text in (("d", 6, PAGE), ("e", 7, EDITED))
    ),
]


def publish(folder: Path, rows: list[dict]) -> Path:
    """The snapshot of some articles, each in a file of its own."""
    for row in rows:
        path = folder / f"{row['id']}.jsonl"
        path.write_text(json.dumps(row))
        run_here(folder, "run", path.name, "--inline")
    return (folder / "data" / "published" / "current").resolve()


@pytest.fixture(scope="module")
def quarrel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish(tmp_path_factory.mktemp("quarrel"), ROWS)


def ask(snapshot: Path, name: str, **given: str) -> list[dict]:
    question = read_questions(Path("nowhere"))[name]
    with open_snapshot(snapshot) as database:
        answer = run_query(database, question.sql, read_values(question, given))
        return [row for batch in answer.batches for row in batch.to_pylist()]


def test_a_watch_tells_of_a_figure_that_changed(quarrel: Path, tmp_path: Path) -> None:
    (tmp_path / "figures.toml").write_text('kind = "figure_changed"', encoding="utf-8")
    with open_snapshot(quarrel) as database:
        (row,) = find_rows(read_watch(tmp_path / "figures.toml"), database)
    assert (row["title"], row["outlet"], row["published_date"]) == ("Helena Farrow", "Evening Mail", "2024-04-12")
    assert "21 new schools" in row["words"]
    assert "(before, 2024-04-01: We will build 18 new schools" in row["words"]


def test_conflicting_figures(quarrel: Path) -> None:
    (row,) = ask(quarrel, "conflicting-figures", about="people")
    assert (row["kind"], row["counted"], row["published_date"]) == ("figure", "people", row["other_published_date"])
    sides = {(row[f"{side}outlet"], row[f"{side}speaker"], row[f"{side}value"]) for side in ("", "other_")}
    assert sides == {("Harbour Post", "Tomas Brandt", 12), ("Evening Mail", "Mira Olsen", 9)}
    assert ask(quarrel, "conflicting-figures", kind="denied") == []


def test_changed_positions(quarrel: Path) -> None:
    (row,) = ask(quarrel, "changed-positions", speaker="farrow")
    assert (row["speaker"], row["kind"], row["value"], row["later_value"]) == ("Helena Farrow", "figure", 18, 21)
    assert ask(quarrel, "changed-positions", kind="repeated") == []


def test_edited_quotations(quarrel: Path) -> None:
    (row,) = ask(quarrel, "edited-quotations", outlet="coast")
    assert (row["kind"], row["url"], row["revision"]) == ("reworded", "https://coast.example/tower", 1)
    assert (row["speaker"], row["later_speaker"]) == ("Henrik Dahl", "Henrik Dahl")
    assert "[-before the weekend-] {+within ten days+}" in row["words"]
    assert ask(quarrel, "edited-quotations", kind="removed") == []


def test_who_came_first_changes_nothing(quarrel: Path, tmp_path: Path) -> None:
    other = publish(tmp_path, ROWS[::-1])
    for name in ("conflicts", "changes", "quote_changes"):
        (one,), (two,) = ((snapshot / name).glob("*.parquet") for snapshot in (quarrel, other))
        assert hash_file(one) == hash_file(two)
