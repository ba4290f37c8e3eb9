"""The first screen: what leads, who is quoted more than before, who copied whom; the pages of outlets; numbers as files."""

from datetime import date
from pathlib import Path

import lxml.html
import polars as pl
import pytest

from quotidian.tasks.report.charts import Chart
from quotidian.tasks.report.choose import name_outlet
from quotidian.tasks.report.front import LEAST_SURE, count_voices, find_lead
from quotidian.tasks.report.numbers import dump_numbers
from quotidian.tasks.report.site import Site

NEW, OLD = date(2024, 5, 2), date(2024, 5, 1)


class Untouched:
    """A source that may not be read: nothing can lead, so nothing is looked up."""


def spoken(*rows: tuple) -> pl.DataFrame:
    """Quotations: id, speaker, statement, kind, confidence, day."""
    names = ("quote_id", "speaker_entity_id", "statement_id", "kind", "confidence", "published_date")
    frame = pl.DataFrame(rows, schema=names, orient="row")
    words = pl.lit("the ferries will run again by noon").alias("content")
    own = pl.col("quote_id").str.split(":").list.first()
    return frame.with_columns(
        words, article_id=own, origin=own, is_joint=False, is_today=pl.col("published_date") == NEW
    )


@pytest.mark.parametrize(
    ("kind", "confidence"),
    [("indirect", 0.99), ("mixed", 0.99), ("direct", LEAST_SURE - 0.01)],
    ids=["a summary", "half a summary", "unsure"],
)
def test_no_doubtful_words_lead_the_front_page(kind: str, confidence: float) -> None:
    rows = [(f"a{n}:q1-9", "e1", "s1", kind, confidence, NEW) for n in range(4)]
    assert find_lead(Untouched(), spoken(*rows), None) is None


def test_voices_count_a_statement_once_a_day_and_against_the_days_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotidian.tasks.report.front.look_up", lambda *a: {"e1": "Ida Holm", "e2": "Per Lund"})
    rows = spoken(
        ("a1:q1-9", "e1", "s1", "direct", 0.9, NEW),
        ("a2:q1-9", "e1", "s1", "direct", 0.9, NEW),
        ("a2:q11-19", "e1", "s2", "indirect", 0.9, NEW),
        ("a3:q1-9", "e1", "s3", "direct", 0.9, OLD),
        ("a3:q11-19", "e2", "s4", "direct", 0.9, OLD),
        ("a1:q11-19", "e2", "s5", "direct", 0.9, NEW),
    )
    voices = count_voices(None, rows, 2)
    assert [(v["name"], v["today"], v["before"]) for v in voices] == [("Ida Holm", 2, 0.5), ("Per Lund", 1, 0.5)]
    assert [v["before"] for v in count_voices(None, rows.filter("is_today"), 0)] == [None, None]


def test_the_front_page_leads_with_the_words_of_the_newest_day(site: Site) -> None:
    page = lxml.html.document_fromstring((site.folder / "index.html").read_text(encoding="utf-8"))
    (lead,) = page.xpath("//section[@class='lead']")
    assert "Nobody should be at sea" in lead.text_content()
    assert "Carl Weber" in lead.text_content()
    took = " ".join(page.xpath("//section[@aria-labelledby='pairs']")[0].text_content().split())
    assert "B took from Coast & Co" in took
    assert (site.folder / "index.html").stat().st_size < 200_000


def test_an_outlet_says_whose_texts_it_has(site: Site, snapshot: Path) -> None:
    pages = {p.stem for p in (site.folder / "outlet").iterdir()}
    named = pl.read_parquet(f"{snapshot}/articles/**/*.parquet", hive_partitioning=False)["outlet"].drop_nulls()
    assert pages == {name_outlet(outlet) for outlet in named}
    text = (site.folder / "outlet" / f"{name_outlet('B')}.html").read_text(encoding="utf-8")
    page = lxml.html.document_fromstring(text)
    assert "Coast & Co" in page.xpath("//section[@aria-labelledby='took']")[0].text_content()


def test_numbers_of_charts_are_files_without_formulas(site: Site) -> None:
    chart = Chart("t", "w", None, None, None, ("Who", "Count"), [("=1+1", 2), ('a "b", c', -3)])
    assert dump_numbers(chart) == 'Who,Count\n\'=1+1,2\n"a ""b"", c",-3\n'
    assert pl.read_csv(site.folder / "numbers" / "speakers.csv").columns == ["Speaker", "Quotations"]
