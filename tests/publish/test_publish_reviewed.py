"""What people reviewed, as rows of the table quality."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from quotidian.tasks.publish.quality import quality_types
from quotidian.tasks.publish.reviewed import FILE, TASKS, ReviewedError, read_reviewed, wilson_interval
from quotidian.tasks.share.reviews import REVIEWS
from quotidian.tasks.tables.quality import Quality

HEAD = "task,item,is_right,reviewed_date\n"


def write(folder: Path, *lines: str, head: str = HEAD) -> Path:
    (folder / FILE).write_text(head + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return folder


def test_every_task_of_a_review_has_its_row() -> None:
    assert TASKS.keys() == REVIEWS.keys()


def test_the_share_of_right_rows_is_a_row_of_quality(tmp_path: Path) -> None:
    lines = [f"speakers,a{n}:q1-9,{'yes' if n else 'no'},2024-05-0{n + 1}" for n in range(4)]
    rows = read_reviewed(write(tmp_path, *lines, "speakers,a0:q20-30,yes,2024-05-01", "junk,a1:0:1,no,2024-05-02"))
    assert Quality.is_valid(rows)
    speakers = rows.filter(pl.col("measure") == "reviewed_speakers").row(0, named=True)
    assert (speakers["score"], speakers["gold_items"], speakers["gold_articles"]) == (0.8, 5, 4)
    assert speakers["measured_date"] == date(2024, 5, 4)
    assert (round(speakers["score_low"], 3), round(speakers["score_high"], 3)) == (0.376, 0.964)
    assert sorted(rows["measure"]) == ["reviewed_junk", "reviewed_speakers"]


def test_the_last_line_of_an_item_counts_and_none_is_no_row(tmp_path: Path) -> None:
    rows = read_reviewed(write(tmp_path, "junk,a:0:1,no,2024-05-02", "junk,a:0:1,yes,2024-05-01"))
    assert rows.select("score", "gold_items").row(0) == (1.0, 1)
    assert read_reviewed(tmp_path / "nowhere").schema == pl.Schema(quality_types())


@pytest.mark.parametrize(
    ("right", "count", "interval"),
    [(0, 10, (0.0, 0.278)), (10, 10, (0.722, 1.0)), (5, 10, (0.237, 0.763)), (1, 1, (0.207, 1.0))],
    ids=["none", "all", "half", "one row"],
)
def test_the_interval_is_wilsons(right: int, count: int, interval: tuple[float, float]) -> None:
    assert tuple(round(end, 3) for end in wilson_interval(right, count)) == interval


@pytest.mark.parametrize(
    ("head", "line", "words"),
    [
        ("task,item\n", "", "lacks the column"),
        (HEAD, "speakers,a,perhaps,2024-05-01", "line 2 needs a task"),
        (HEAD, "verbs,a,yes,2024-05-01", "line 2 needs a task"),
        (HEAD, "speakers,a,yes,yesterday", "line 2 needs a day"),
    ],
    ids=["column", "answer", "task", "day"],
)
def test_a_line_that_cannot_be_read_is_named(tmp_path: Path, head: str, line: str, words: str) -> None:
    with pytest.raises(ReviewedError, match=words):
        read_reviewed(write(tmp_path, line, head=head))
