"""Every input is accounted for by day and outlet, and days that an outlet misses are told from days it never has."""

from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from quotidian.tasks.ingest.archive import Input, append_new, archive_folder, reject_input
from quotidian.tasks.publish.expected import SCHEMA, ExpectationError, read_expected
from quotidian.tasks.publish.ledger import count_ledger, find_gaps, read_arrivals

MONDAY = date(2023, 6, 5)
DAY = date(2023, 6, 19)
NOTHING = pl.DataFrame(schema=SCHEMA)


def publish_days(*days: int, outlet: str = "Gazette") -> pl.DataFrame:
    """Days after MONDAY on which the outlet has two articles."""
    rows = [(MONDAY + timedelta(days=day), outlet, 2) for day in days]
    return pl.DataFrame(
        rows, schema={"published_date": pl.Date, "outlet": pl.String, "article_count": pl.Int64}, orient="row"
    )


def gaps(published: pl.DataFrame) -> list[int]:
    return [(day - MONDAY).days for day in find_gaps(published)["published_date"].sort()]


def test_a_daily_paper_misses_a_day() -> None:
    days = set(range(40))
    assert gaps(publish_days(*days)) == []
    assert gaps(publish_days(*days - {30, 31})) == [30, 31]


def test_a_paper_without_sundays_misses_none() -> None:
    assert gaps(publish_days(*(day for day in range(80) if day % 7 != 6))) == []


def test_there_is_no_habit_in_the_first_three_weeks() -> None:
    assert gaps(publish_days(*set(range(40)) - {9, 20, 21})) == [21]


def test_a_weekly_misses_its_day_only() -> None:
    assert gaps(publish_days(0, 7, 14, 21, 35, 42)) == [28]


def test_a_weekday_given_up_becomes_the_habit() -> None:
    given_up = {day for day in range(56, 140) if day % 7 == 6}
    assert gaps(publish_days(*set(range(140)) - given_up)) == [62, 69, 76, 83, 90]


def test_days_before_the_first_and_after_the_last_are_none() -> None:
    published = publish_days(*range(40)).vstack(publish_days(*range(100, 110), outlet="Herald"))
    assert gaps(published) == []


def test_outlets_do_not_fill_each_others_gaps() -> None:
    published = publish_days(*set(range(40)) - {30}).vstack(publish_days(*range(40), outlet="Herald"))
    assert find_gaps(published).rows() == [(MONDAY + timedelta(days=30), "Gazette")]


def test_every_input_is_counted_once() -> None:
    index = pl.DataFrame(
        {
            "input_id": ["i1", "i2", "i3"],
            "article_id": ["a1", "a2", "a3"],
            "outlet": ["Gazette", "Gazette", None],
            "published_date": [DAY, DAY, None],
        }
    )
    arrivals = pl.DataFrame(
        {"input_id": ["i4", "i5"], "outlet": ["Gazette", None], "published_date": [DAY, None]},
        schema_overrides={"published_date": pl.Date},
    )
    expected = pl.DataFrame({"published_date": [DAY, DAY], "outlet": ["Gazette", "Herald"], "expected_count": [5, 1]})
    copies, rejects = pl.DataFrame({"article_id": ["a2"]}), pl.DataFrame({"input_id": ["i5"]})
    rows = count_ledger(index, copies, rejects, arrivals, expected)
    assert rows.drop("published_date").rows() == [
        ("2023-06-19:Gazette", "Gazette", 5, 3, 0, 2, 1, False),
        ("2023-06-19:Herald", "Herald", 1, 0, 0, 0, 0, False),
        ("undated:", None, None, 2, 1, 1, 0, False),
    ]


def test_a_gap_has_a_row() -> None:
    published = publish_days(*set(range(40)) - {30}).with_row_index()
    index = published.with_columns(
        pl.format("i{}", "index").alias("input_id"), pl.format("a{}", "index").alias("article_id")
    )
    none = pl.DataFrame(schema={"input_id": pl.String, "outlet": pl.String, "published_date": pl.Date})
    rows = count_ledger(index, pl.DataFrame(schema={"article_id": pl.String}), none, none, NOTHING)
    assert rows.height == 40
    assert rows.filter("is_gap").select("ledger_id", "received_count").rows() == [("2023-07-05:Gazette", 0)]


def test_an_empty_archive_has_an_empty_ledger() -> None:
    schema = {"input_id": pl.String, "article_id": pl.String, "outlet": pl.String, "published_date": pl.Date}
    none = pl.DataFrame(schema=schema)
    assert count_ledger(none, none, none, none, NOTHING).is_empty()


def test_what_is_no_article_is_placed_by_what_its_source_declares(tmp_path: Path) -> None:
    inputs = [
        reject_input("a", "too_large", "d", outlet="Gazette", published="June 19, 2023"),
        reject_input("b", "empty", "d", url="https://gazette.example/2023/06/18/x"),
        reject_input("c", "empty", "d", published="soon"),
        Input("d", b"News.", outlet="Herald"),
        Input("e", b"{}", "application/json"),
    ]
    append_new(archive_folder(tmp_path), inputs)
    index = pl.DataFrame({"input_id": [inputs[3].input_id]})
    judged = pl.DataFrame({"input_id": [inputs[4].input_id], "outlet": ["Post"], "published_date": [DAY]})
    found = read_arrivals(tmp_path, judged, index).drop("input_id")
    assert sorted(found.rows(), key=str) == [("Gazette", DAY), ("Post", DAY), (None, None), (None, date(2023, 6, 18))]


def test_expected_articles_are_read(tmp_path: Path) -> None:
    assert read_expected(tmp_path).is_empty()
    lines = "note,outlet,published_date,expected_count\nx,Gazette,2023-06-19,3\ny,Gazette,2023-06-19,4\n"
    (tmp_path / "expected_articles.csv").write_text(lines)
    assert read_expected(tmp_path).rows() == [(DAY, "Gazette", 7)]


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("outlet,published_date\n", "lacks the column expected_count"),
        ("outlet,published_date,expected_count\nG,19.6.2023,1\n", "line 2 needs a day"),
        ("outlet,published_date,expected_count\nG,2023-06-19,-1\n", "line 2 needs an outlet"),
        ("outlet,published_date,expected_count\n,2023-06-19,1\n", "line 2 needs an outlet"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, lines: str, words: str) -> None:
    (tmp_path / "expected_articles.csv").write_text(lines)
    with pytest.raises(ExpectationError, match=words):
        read_expected(tmp_path)
