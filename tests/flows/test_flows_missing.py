"""What the summary of a run says of facts that are missing."""

import json
from pathlib import Path

import pytest
from in_process import run_here

from quotidian.flows.commands.missing import describe_missing, is_dated
from quotidian.tasks.ingest.settings import IngestSettings

TEXT = (
    "Ann Lee, the mayor of Dover, said on Monday that the bridge would open again in May after a winter of work. " * 3
)


def publish(folder: Path, *records: dict) -> Path:
    (folder / "in.jsonl").write_text("\n".join(json.dumps({"text": f"{n}. {TEXT}"} | r) for n, r in enumerate(records)))
    run_here(folder, "run", "in.jsonl", "--inline", "--workers", "1")
    return (folder / "data" / "published" / "current").resolve()


def test_fields_that_hold_days_and_are_not_read_are_named(tmp_path: Path) -> None:
    known = {"title": "Bridge", "outlet": "Post"}
    snapshot = publish(tmp_path, known | {"fecha": "2023-06-19", "tags": "bridge"}, known | {"date": "2023-06-19"})
    assert describe_missing(snapshot, IngestSettings()) == [
        "Not known, of 2 articles: the date of 1.",
        "Fields that may hold their dates and are not read: fecha (1); name them in ingest.published_fields.",
    ]


def test_nothing_is_said_where_nothing_is_missing(tmp_path: Path) -> None:
    snapshot = publish(tmp_path, {"title": "Bridge", "outlet": "Post", "date": "2023-06-19"})
    assert describe_missing(snapshot, IngestSettings()) == []


@pytest.mark.parametrize(
    ("value", "is_day"),
    [
        ("19 June 2023", True),
        ("2023-06-19T08:00:00Z", True),
        (1687161600, True),
        ("Dover 2023", False),
        (["2023-06-19"], False),
        (12, False),
    ],
    ids=str,
)
def test_values_with_a_day(value: object, is_day: bool) -> None:
    assert is_dated(value) == is_day
