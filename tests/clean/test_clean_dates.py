"""Dates: every form that sources use, and none that the text does not tell."""

from datetime import UTC, date, datetime

import pytest

from quotidian.tasks.clean.article import clean_article
from quotidian.tasks.clean.cleaned import Cleaned, Declared
from quotidian.tasks.clean.dates import read_declared_date, read_text_date, read_url_date
from quotidian.tasks.clean.settings import CleanSettings
from quotidian.tasks.ingest.page_metadata import PageFact

DAY = date(2023, 6, 19)
MOMENT = datetime(2023, 6, 19, 14, 30, tzinfo=UTC)
BODY = "The council voted on Monday to keep the harbour bridge shut until engineers have checked every single cable."


@pytest.mark.parametrize(
    "text",
    [
        "2023-06-19T14:30:00Z",
        "2023-06-19T14:30:00+00:00",
        "2023-06-19 16:30:00.123+02:00",
        "2023-06-19T10:30-0400",
        "Mon, 19 Jun 2023 14:30:00 GMT",
        "Mon, 19 Jun 2023 10:30:00 -0400",
        "June 19, 2023 10:30 AM EDT",
        "June 19, 2023, at 10:30 a.m. ET",
        "19 June 2023 14:30 UTC",
        "Mon Jun 19 2023 15:30:00 GMT+0100 (British Summer Time)",
        "Mon Jun 19 2023 06:30:00 GMT-0800",
        "Mon, 19 Jun 2023 16:30:00 MEST",
        "2023-06-19 14:30:00+00",
        "2023-06-19T16:30:00 GMT+02:00",
        "20230619T143000Z",
        "20230619T1630+0200",
        "20230619T143000.000Z",
        "2023-06-19 17:30:00 UTC+3",
        "2023-06-19T09:30:00 GMT-5",
        "2023-06-19T09:30:00−05:00",
        "2023-06-19 10:30 AM EDT",
        "2023-06-19t14:30:00z",
        "2023/06/19T14:30:00Z",
        "20230619T163000+02:00",
        "Mon, 19 Jun 2023 14:30:00 UT",
        "19 June 2023 20:15 NPT",
        "2023-06-19 10:30:00.000000 America/New_York",
        "2023-06-19T16:30:00 Europe/Paris",
        "1687185000",
        "1687185000000",
    ],
)
def test_moments_are_read_in_utc(text):
    assert read_declared_date(text)[:2] == (DAY, MOMENT)


@pytest.mark.parametrize(
    "text",
    [
        "2023-06-19", "20230619", "2023/06/19", "June 19, 2023", "Jun. 19, 2023", "19 June 2023", "19th of June, 2023",
        "Monday, June 19th, 2023", "6/19/2023", "6/19/23", "19/06/2023", "19.06.2023", "2023-06-19T10:30:00", "June 19, 2023 10:30 PM",
        "2023-06-19T00:00:00+02:00", "2023-06-19T00:00-0700", "June 19, 2023 12:00 AM EDT",
    ],
)  # fmt: skip
def test_days_without_a_zone_have_no_moment(text):
    assert read_declared_date(text)[:2] == (DAY, None)


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        ("05/06/2023", "date_ambiguous"),
        ("15-04-30", "date_ambiguous"),
        ("04/05/06", "date_ambiguous"),
        ("yesterday", "date_unreadable"),
        ("2023-02-30", "date_unreadable"),
        ("June 2023", "date_unreadable"),
        ("Monday", "date_unreadable"),
        ("12", "date_unreadable"),
        ("1-2-3", "date_unreadable"),
        ("15-04-30T10:00:00", "date_unreadable"),
        ("150430", "date_unreadable"),
        ("9" * 400, "date_unreadable"),
        ("", "date_unreadable"),
    ],
)
def test_what_tells_no_day_is_flagged(text, flaw):
    assert read_declared_date(text)[::2] == (None, flaw)


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://example.org/2023/06/19/bridge", DAY),
        ("https://example.org/news/2023-06-19/bridge", DAY),
        ("https://example.org/world/2023/jun/19/bridge", DAY),
        ("https://example.org/world/2023/June/19/bridge", DAY),
        ("https://example.org/news/bridge-20230619.html", DAY),
        ("https://example.org/19/jun/2023/bridge", DAY),
        ("https://example.org/news/19-june-2023/bridge", DAY),
        ("https://example.org/june/19/2023/bridge", DAY),
        ("https://example.org/2023-jun-19-bridge", DAY),
        ("https://example.org/2023_06_19/bridge", DAY),
        ("https://example.org/2023.06.19/bridge", DAY),
        ("https://example.org/news/2023-06-19T08-30/bridge", DAY),
        ("https://example.org/bridge-shut-2023-06-19.html", DAY),
        ("https://example.org/the-storm-of-2023-06-19-in-photos", None),
        ("https://example.org/2023.6.1/manual", None),
        ("https://example.org/2023/mayor/14/bridge", None),
        ("https://example.org/2023/marina/14/bridge", None),
        ("https://example.org/the-bridge-of-june-19-2023-in-rain", None),
        ("https://example.org/2023/06/bridge", None),
        ("https://example.org/99/99/bridge-12345678", None),
        ("https://example.org/2023/13/41/bridge", None),
    ],
)
def test_urls_tell_days(url, day):
    found = read_url_date(url)
    assert (found[1].day if found else None) == day


@pytest.mark.parametrize("line", ["Published 10:30 AM EDT June 19, 2023", "Updated June 19, 2023 at 10:30 a.m. EDT"])
def test_lines_tell_moments(line):
    assert read_text_date(line)[:2] == (DAY, MOMENT)


def test_seconds_of_basic_forms_count():
    assert read_declared_date("20230619T143015Z").at == MOMENT.replace(second=15)


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        ("Updated: 09:00, 21 June 2023 | Published: 08:00, 19 June 2023", DAY),
        ("Updated 21 June 2023 09:00\nPublished 19 June 2023 08:00", DAY),
        ("Published June 19, 2023, updated 21 June 2023", DAY),
        ("Last updated on 21 June 2023", None),
        ("19 June 2023 Last updated at 17:50 GMT", None),
        ("Monday, June 19, 2023 | Updated 8:52 PM EDT", DAY),
        ("on June 19, 2023 at 4:31 AM, updated June 21, 2023 at 8:33 AM", DAY),
    ],
)
def test_a_line_of_a_change_tells_no_publication(lines, day):
    assert clean(f"Bridge stays shut\n{lines}\n\n{BODY}").published_date == day


@pytest.mark.parametrize(
    ("line", "at"),
    [
        ("Posted : Jun 19 , 2023 10 : 30 AM ET", MOMENT),
        ("Jun . 19 , 2023 10 : 30 a . m . EDT", MOMENT),
        ("Monday 19 June 2023 15 . 30 BST", MOMENT),
        ("Published on : Mon, 19 Jun 2023 at 20: 00 IST", MOMENT),
        ("06 / 19 / 23 10 : 30 AM ET", MOMENT),
        ("published : 2023 - 06 - 19 10 : 30", None),
        ("on Jun 19 2023, 5:55p", None),
        ("on Monday, 19 June 2023 13:45.", None),
        ("POSTED: 1052 GMT (1852 HKT), June 19, 2023", None),
    ],
)
@pytest.mark.parametrize("is_first", [False, True])
def test_a_line_of_a_date_goes_and_tells_it_also_cut_into_tokens(line, at, is_first):
    lines = ["Bridge stays shut", line][:: -1 if is_first else 1]
    cleaned = clean("\n".join([*lines, BODY]))
    assert (cleaned.published_date, cleaned.published_at, cleaned.date_source) == (DAY, at, "text")
    assert (cleaned.title, cleaned.body) == ("Bridge stays shut", BODY)


def test_a_line_of_a_change_cut_into_tokens_goes():
    assert clean(f"Bridge stays shut\nUpdated 4 : 08 p . m . ET\n{BODY}").body == BODY


def test_an_address_cut_into_tokens_is_that_of_the_article():
    cleaned = clean(f"http : / / www . example . org / 2023 / jun / 19 / the - bridge\nBridge stays shut\n{BODY}")
    assert (cleaned.url, cleaned.published_date) == ("http://www.example.org/2023/jun/19/the-bridge", DAY)


def test_scores_and_clocks_of_a_story_stay_as_they_are():
    story = f"{BODY}\nThe score was 3 : 14 when the clock struck 7 : 40, 20 people said."
    assert clean(story).body == story


@pytest.mark.parametrize(
    ("text", "month_and_day"),
    [
        ("05/06/2023 11:10 am EDT", (5, 6)),
        ("05/06/2023 8:13 AM PT", (5, 6)),
        ("05.06.2023 10:00 CEST", (6, 5)),
        ("5/6/2023 10:00 IST", (6, 5)),
    ],
)
def test_a_zone_tells_which_of_two_numbers_is_the_month(text, month_and_day):
    assert read_declared_date(text).day == date(2023, *month_and_day)


def test_a_dateline_tells_its_day_without_a_comma():
    cleaned = clean(
        "BULAWAYO, Jun 19 2023 (IPS) - Maize is dear this year, and nobody knows who will buy what the valley grows."
    )
    assert (cleaned.published_date, cleaned.dateline_place) == (DAY, "BULAWAYO")


def test_an_early_date_is_used_only_where_declared():
    assert read_declared_date("1961-04-12").day == date(1961, 4, 12)
    assert read_text_date("April 12, 1961").flaw == "date_implausible"


def clean(raw: str, **declared: object) -> Cleaned:
    outcome = clean_article(raw, Declared(**declared), CleanSettings())
    assert isinstance(outcome, Cleaned)
    return outcome


@pytest.mark.parametrize(
    ("raw", "declared", "day", "source"),
    [
        (BODY, {"published": "2023-06-19"}, DAY, "declared"),
        (f"date 2023-06-20\n{BODY}", {"published": "June 19, 2023"}, DAY, "declared"),
        (f" date 2023-06-19 Politics\n{BODY}", {"url": "https://example.org/2023/06/20/a"}, DAY, "header"),
        (
            BODY,
            {"page": (PageFact("published", "meta", "date", "2023-06-19"),), "url": "https://example.org/2023/06/20/a"},
            DAY,
            "metadata",
        ),
        (BODY, {"url": "https://example.org/2023/06/19/a"}, DAY, "url"),
        (f"Bridge stays shut\nPublished June 19, 2023\n{BODY}", {}, DAY, "text"),
        (BODY, {}, None, "none"),
    ],
)
def test_the_surest_source_tells_the_date(raw, declared, day, source):
    cleaned = clean(raw, **declared)
    assert (cleaned.published_date, cleaned.date_source) == (day, source)


def test_a_flawed_date_is_flagged_and_the_next_source_used():
    cleaned = clean(BODY, published="sometime", url="https://example.org/2023/06/19/a")
    assert (cleaned.published_date, cleaned.date_source) == (DAY, "url")
    assert "date_unreadable" in cleaned.quality_flags


@pytest.mark.parametrize(
    ("text", "day", "at"),
    [
        ("10:00 03.05.2023", None, None),
        ("8.15, 3/5/2023", None, None),
        ("10:00 13.05.2023", date(2023, 5, 13), None),
        ("10:00 2023-05-03", date(2023, 5, 3), None),
        ("2023-05-03 10:00 EDT", date(2023, 5, 3), datetime(2023, 5, 3, 14, tzinfo=UTC)),
        ("2023-05-03 10:00 XQZ", date(2023, 5, 3), None),
        ("/Date(1683108000000)/", date(2023, 5, 3), datetime(2023, 5, 3, 10, tzinfo=UTC)),
        ("/Date(1683108000000+0200)/", date(2023, 5, 3), datetime(2023, 5, 3, 10, tzinfo=UTC)),
    ],
)
def test_numbers_behind_a_clock_zones_and_service_dates(text, day, at):
    moment = read_declared_date(text)
    assert (moment.day, moment.at) == (day, at)
