"""Bylines, outlets and headlines as articles have them."""

import pytest

from quotidian.tasks.clean.article import clean_article
from quotidian.tasks.clean.authors import read_authors, write_byline
from quotidian.tasks.clean.cleaned import Cleaned, Declared
from quotidian.tasks.clean.dates import Moment, choose_dates, read_declared_date, read_text_date
from quotidian.tasks.clean.outlets import fold_outlets, shorten_outlet, strip_outlet
from quotidian.tasks.clean.settings import CleanSettings
from quotidian.tasks.ingest.page_metadata import PageFact

OUTLETS = fold_outlets(["The Harbour Gazette", "Gazette - News of the coast"], "https://www.harbour-gazette.co.uk/a")
STORY = (
    "The company that runs the boats to the islands said on Friday that ice had come early this year. "
    "Its crews will be back in the harbour by the end of March, and the school has found beds for the children."
)


@pytest.mark.parametrize(
    ("value", "people"),
    [
        ("Ida Marsh", ["Ida Marsh"]),
        ("Marsh, Ida; Lind, Bo", ["Ida Marsh", "Bo Lind"]),
        ("Ida Marsh; Bo Lind", ["Ida Marsh", "Bo Lind"]),
        ("By IDA MARSH and Bo Lind", ["IDA MARSH", "Bo Lind"]),
        ("Words: Ida Marsh", ["Ida Marsh"]),
        ("Ida Marsh MS, RDN, LD", ["Ida Marsh"]),
        ("Ida Marsh, Ph.D.", ["Ida Marsh"]),
        ("Ida Marsh, Chief Technology Officer and Head of Harbours", ["Ida Marsh"]),
        ("Ida Marsh Senior Writer", ["Ida Marsh"]),
        ("Ida Marsh, Politics Reporter", ["Ida Marsh"]),
        ("Ida Marsh in Oslo and Bo Lind for The Harbour Gazette", ["Ida Marsh", "Bo Lind"]),
        ("Ida Marsh, Reuters", ["Ida Marsh"]),
        ('<a href="/ida">Ida Marsh</a>', ["Ida Marsh"]),
        ("Ida van der Marsh | Bo Lind", ["Ida van der Marsh", "Bo Lind"]),
        ("Ida - Bo Lind", ["Ida - Bo Lind"]),
        ("Reuters", []),
        ("AFP", []),
        ("The Harbour Gazette", []),
        ("harbour-gazette.co.uk", []),
        (", Gazette", []),
        ("Gazette Staff", []),
        ("Staff reports", []),
        ("News Desk", []),
        ("The Editorial Board", []),
        ("ida.marsh.123", []),
        ("https://g.example/ida", []),
        ("Updated: 3 May 2023", []),
        ("", []),
    ],
)
def test_bylines_name_people(value: str, people: list[str]) -> None:
    assert list(read_authors(value, OUTLETS)) == people


def test_a_byline_of_people_alone_stands_as_it_is() -> None:
    assert write_byline("By Ida Marsh and Bo Lind", ("Ida Marsh", "Bo Lind")) == "Ida Marsh and Bo Lind"
    assert write_byline("Ida Marsh; Bo Lind, MD", ("Ida Marsh", "Bo Lind")) == "Ida Marsh, Bo Lind"


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        ("Ferry stops | The Harbour Gazette", "Ferry stops"),
        ("Ferry stops - Harbour Gazette", "Ferry stops"),
        ("Ferry stops | News | Harbour Gazette", "Ferry stops"),
        ("Harbour Gazette | Ferry stops", "Ferry stops"),
        ("Ferry stops - in winter", "Ferry stops - in winter"),
        ("Ferry stops: Harbour Gazette", "Ferry stops"),
        ("Ferry stops // Harbour Gazette", "Ferry stops"),
        ("Ferry stops > in winter", "Ferry stops > in winter"),
        ("Harbour Gazette: our year", "Harbour Gazette: our year"),
    ],
)
def test_the_outlet_is_no_part_of_a_headline(title: str, bare: str) -> None:
    assert strip_outlet(title, OUTLETS) == bare


def test_a_slogan_is_no_part_of_an_outlet() -> None:
    assert shorten_outlet("Gazette - The paper that the coast reads", "https://gazette.example/a") == "Gazette"
    assert shorten_outlet("Gazette and Post", "https://gazette.example/a") == "Gazette and Post"


def clean(*facts: tuple[str, str, str, str], **declared: str) -> Cleaned:
    outcome = clean_article(STORY, Declared(page=tuple(PageFact(*fact) for fact in facts), **declared), CleanSettings())
    assert isinstance(outcome, Cleaned)
    return outcome


def test_the_next_source_counts_where_the_first_names_nobody() -> None:
    cleaned = clean(
        ("byline", "json_ld", "author", "Gazette staff"),
        ("byline", "meta", "author", "Reuters"),
        ("byline", "element", "rel", "Ida Marsh"),
    )
    assert (cleaned.byline, cleaned.agency) == ("Ida Marsh", "Reuters")
    assert [offer.is_used for offer in cleaned.metadata if offer.field == "byline"] == [False, False, True]


def test_the_byline_that_names_more_people_is_the_whole_of_it() -> None:
    cleaned = clean(("byline", "json_ld", "author", "Ida Marsh"), ("byline", "element", "rel", "Ida Marsh, Bo Lind"))
    assert cleaned.byline == "Ida Marsh, Bo Lind"


def test_a_headline_that_is_the_outlets_name_is_passed_over() -> None:
    cleaned = clean(
        ("title", "json_ld", "headline", "The Gazette"),
        ("title", "title", "title", "Ferry stops | The Gazette"),
        ("outlet", "meta", "og:site_name", "The Gazette"),
    )
    assert cleaned.title == "Ferry stops"


@pytest.mark.parametrize(
    ("values", "day"),
    [
        (["2023-11-02T03:10:00Z", "2023-11-01T22:10:00-05:00"], "2023-11-01"),
        (["2023-11-02T03:10:24Z", "Nov. 1, 2023 11:10 pm EDT"], "2023-11-01"),
        (["2023-11-02T03:10:00Z", "2023-11-01"], "2023-11-01"),
        (["2023-11-02T22:10:00Z", "2023-11-03"], "2023-11-03"),
        (["2023-11-02T15:10:00Z", "2023-11-01"], "2023-11-02"),
        (["2023-11-02T03:10:00+02:00", "2023-11-01"], "2023-11-02"),
        (["2023-11-02T03:10:00Z", "2023-10-30"], "2023-11-02"),
        (["2023-11-02", "2023-11-01T22:10:00-05:00"], "2023-11-02"),
    ],
)
def test_the_day_is_that_of_the_publishers_zone(values: list[str], day: str) -> None:
    moments: list[Moment] = [read_text_date(value) or read_declared_date(value) for value in values]
    assert str(choose_dates(moments)[0].day) == day
