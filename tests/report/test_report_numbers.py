"""Numbers, rankings and labels of the report, on tables written here."""

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from quotidian.tasks.publish.portions import day_folder
from quotidian.tasks.publish.quality import read_quality
from quotidian.tasks.report.charts import APART, CHAR_WIDTH, bar_chart, chart_quality, choose_labels, name_measure
from quotidian.tasks.report.choose import label_articles, rank_stories, shorten
from quotidian.tasks.report.overview import NO_DATE, OTHER_OUTLETS, count_articles, count_outlets
from quotidian.tasks.report.quality import describe_figures, judge
from quotidian.tasks.report.search import dump_entries
from quotidian.tasks.report.source import Source
from quotidian.tasks.report.sources import count_classes, count_stated
from quotidian.tasks.report.speakers import date_roles, group_statements
from quotidian.tasks.report.stories import cut_groups
from quotidian.tasks.tables.catalog import TABLES

DAY = date(2024, 3, 1)
Make = Callable[..., Source]


@pytest.fixture
def make_source(tmp_path: Path) -> Make:
    """make_source(articles=rows, stories=rows …): a snapshot with these rows; columns not given are null or 0."""

    def make(**tables: list[dict]) -> Source:
        for name, rows in tables.items():
            types = {column: declared.dtype for column, declared in TABLES[name].schema.columns().items()}
            frame = pl.DataFrame(rows, schema=types).with_columns(pl.col(pl.Int64, pl.Int32).fill_null(0))
            days = frame.partition_by("published_date", as_dict=True) if name == "articles" else {(): frame}
            for day, part in days.items():
                folder = tmp_path / name / (day_folder(day[0]) if day else "")
                folder.mkdir(parents=True)
                part.write_parquet(folder / "part-0.parquet")
        (tmp_path / "manifest.json").write_text(json.dumps({"snapshot": "000001-x", "files": []}))
        return Source(tmp_path)

    return make


def article(number: int, day: date | None = DAY, **facts: object) -> dict:
    return {"article_id": f"{number:016x}", "published_date": day, "copy_kind": "original"} | facts


def test_days_without_articles_are_seen(make_source: Make) -> None:
    source = make_source(articles=[article(1), article(2, DAY + timedelta(2), outlet="A"), article(3, None)])
    assert count_articles(source).rows() == [
        ("2024-03-01", "no outlet named", 1),
        ("2024-03-02", "A", 0),
        ("2024-03-03", "A", 1),
        (NO_DATE, "no outlet named", 1),
    ]


def test_many_days_are_counted_by_month(make_source: Make) -> None:
    source = make_source(articles=[article(1, outlet="A"), article(2, date(2024, 6, 30), outlet="A")])
    assert [row[0] for row in count_articles(source).rows()] == ["2024-03", "2024-04", "2024-05", "2024-06"]


def test_small_outlets_are_one(make_source: Make) -> None:
    rows = [article(n, outlet=f"O{n % 9}") for n in range(20)]
    counted = count_articles(make_source(articles=rows))
    assert counted["count"].sum() == 20
    assert counted["outlet"].to_list() == ["O0", "O1", "O2", "O3", "O4", OTHER_OUTLETS]


def test_undated_articles_alone_are_counted(make_source: Make) -> None:
    assert count_articles(make_source(articles=[article(1, None)])).rows() == [(NO_DATE, "no outlet named", 1)]


def test_outlets_are_counted_with_their_copies(make_source: Make) -> None:
    rows = [article(1, outlet="A"), article(2, outlet="A", copy_kind="near"), article(3)]
    assert count_outlets(make_source(articles=rows)).rows() == [("A", 2, 1, 1, 0.5), ("no outlet named", 1, 1, 0, 0.0)]


def test_sources_are_counted_by_class_and_those_not_told_come_last(make_source: Make) -> None:
    kinds = [("named", "official"), ("role", "official"), ("anonymous", "official"), *[("named", None)] * 3]
    rows = [
        {"quote_id": f"q{n}", "speaker_kind": kind, "speaker_class": class_, "is_said": True}
        for n, (kind, class_) in enumerate(kinds)
    ]
    source = make_source(quotes=[*rows, {"quote_id": "denied", "speaker_class": "official", "is_said": False}])
    assert count_classes(source) == [("official", 2), ("anonymous", 1), ("not told", 3)]


def test_women_and_men_are_counted_as_articles_call_them(make_source: Make) -> None:
    people = [("ann", "PERSON", "she"), ("bob", "PERSON", "he"), ("kim", "PERSON", None), ("un", "ORG", None)]
    source = make_source(
        entities=[{"entity_id": id_, "type": type_, "sex_stated": sex} for id_, type_, sex in people],
        quotes=[{"quote_id": f"q{n}", "is_said": n != 5} for n in range(6)],
        quote_speakers=[
            {"quote_id": f"q{n}", "rank": 0, "entity_id": who, "how": "named"}
            for n, who in enumerate(["ann", "ann", "bob", "kim", "un", "bob"])
        ],
    )
    assert count_stated(source) == [("she", 2), ("he", 1), ("not told", 1)]


def test_numbers_of_a_picture_are_short_and_its_words_stay() -> None:
    chart = bar_chart("Title", "Words.", ("Row", "Value"), [("a <b> 0.98765", 3), ("b", 7)])
    assert "a &lt;b&gt; 0.98765" in chart.wide
    assert not [found for found in re.findall(r"<[^>]*>", chart.wide) if re.search(r"\d\.\d{3}", found)]
    assert "0.987" in chart_quality(read_quality().with_columns(score=pl.lit(0.987))).wide


def test_every_measure_has_words_of_its_own() -> None:
    names = [name_measure(measure) for measure in read_quality()["measure"]]
    assert len({*names}) == len(names)
    assert not [name for name in names if any(sign.isdigit() or sign == "_" for sign in name)]


def test_stories_with_most_independent_articles_come_first(make_source: Make) -> None:
    rows = [
        {"story_id": "copied", "article_count": 9, "independent_count": 1},
        {"story_id": "old", "article_count": 3, "independent_count": 3, "last_date": DAY},
        {"story_id": "new", "article_count": 3, "independent_count": 3, "last_date": DAY + timedelta(1)},
        {"story_id": "undated", "article_count": 3, "independent_count": 3},
    ]
    assert rank_stories(make_source(stories=rows))["story_id"].to_list() == ["new", "old", "undated", "copied"]


def test_an_article_is_named_by_headline_first_sentence_or_source(make_source: Make) -> None:
    sentences = [
        {"article_id": f"{n:016x}", "sentence_index": 0, "text": text}
        for n, text in enumerate(["It\n was.", "It was.", " "])
    ]
    source = make_source(sentences=sentences)
    facts = [{"title": None}, {"title": "Head"}, {"title": " "}]
    rows = [
        {"article_id": f"{n:016x}", "source": "a.txt", "outlet": None, "agency": "AP"} | f for n, f in enumerate(facts)
    ]
    assert label_articles(source, pl.DataFrame(rows, infer_schema_length=None))["label"].to_list() == [
        "It was.",
        "Head",
        "a.txt",
    ]


@pytest.mark.parametrize(
    ("text", "short"), [("one two", "one two"), ("one  two three", "one two …"), ("a" * 30, "a" * 10 + " …")]
)
def test_long_labels_are_cut_at_a_blank(text: str, short: str) -> None:
    assert pl.select(shorten(pl.lit(text), 10)).item() == short


def test_rows_of_groups_are_cut_together() -> None:
    groups = [("a", [{"n": 1}, {"n": 2}]), ("b", [{"n": 3}, {"n": 4}]), ("c", [{"n": 5}])]
    assert cut_groups(groups, 3) == [("a", [{"n": 1}, {"n": 2}]), ("b", [{"n": 3}])]
    assert cut_groups(groups, 9) == groups


def test_quotations_of_one_statement_stand_together() -> None:
    quotes = [{"quote_id": f"a:q{n}-9", "statement_id": s} for n, s in enumerate(["x", "y", "x"])]
    assert [[q["anchor"] for q in group] for group in group_statements(quotes)] == [["q0-9", "q2-9"], ["q1-9"]]


def test_roles_stand_with_their_days_the_newest_first() -> None:
    days = [
        ("mayor", DAY),
        (None, DAY),
        ("candidate", DAY - timedelta(9)),
        ("mayor", DAY + timedelta(1)),
        ("clerk", None),
    ]
    rows = [{"speaker_role": role, "published_date": day} for role, day in days]
    early = DAY - timedelta(9)
    assert date_roles(rows) == [("mayor", DAY, DAY + timedelta(1)), ("candidate", early, early), ("clerk", None, None)]


def test_no_text_ends_the_index() -> None:
    words = dump_entries([("article", "</script><!--&", "a.html", "é")])
    assert not set("<>&") & set(words)
    assert json.loads(words) == [["article", "</script><!--&", "a.html", "é"]]


@pytest.mark.parametrize(
    ("score", "words"), [(1.0, "very far"), (0.9, "far"), (0.7, "with care"), (0.2, "only in bulk")]
)
def test_scores_in_plain_words(score: float, words: str) -> None:
    assert judge(score) == words


def test_figures_of_another_version_are_told_apart() -> None:
    figures = pl.DataFrame(
        [{"step": s, "score": 0.9, "measured_version": "v1"} for s in ("clean", "extract", "deduplicate")]
    )
    told = describe_figures(figures, {"clean": "v1", "extract": "v2", "deduplicate": "hash"})
    assert [group["is_same"] for group in told] == [True, False, None]


@pytest.mark.parametrize("count", [1, 2, 7, 30, 62])
@pytest.mark.parametrize("width", [248, 438, 998], ids=["phone", "half", "page"])
@pytest.mark.parametrize("undated", [[], [APART, NO_DATE]], ids=["dated", "undated"])
def test_labels_of_days_never_touch(count: int, width: int, undated: list[str]) -> None:
    periods = [*(str(DAY + timedelta(days=n)) for n in range(count)), *undated]
    step = min(width / len(periods), 80)
    shown = choose_labels(periods, step)
    places = [periods.index(period) * step for period in shown]
    widths = [len(period) * CHAR_WIDTH for period in shown]
    for i in range(1, len(places)):
        assert places[i] - places[i - 1] > (widths[i] + widths[i - 1]) / 2
    assert shown[-1] == NO_DATE if undated else shown[0] == str(DAY)
