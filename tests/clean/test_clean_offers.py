"""Every value that a source offers is kept with where it came from, and the article has the most trusted."""

from datetime import UTC, datetime

import pytest

from quotidian.tasks.clean.article import clean_article
from quotidian.tasks.clean.cleaned import Cleaned, Declared, Offer
from quotidian.tasks.clean.settings import CleanSettings
from quotidian.tasks.ingest.page_metadata import PageFact

STORY = (
    "The council of Northport voted on Monday to keep the harbour bridge shut until engineers have checked every cable. "
    "Drivers have had to take a detour of twelve miles since the first cracks were found in the northern tower."
)


def clean(raw: str = STORY, **declared: object) -> Cleaned:
    outcome = clean_article(raw, Declared(**declared), CleanSettings())
    assert isinstance(outcome, Cleaned)
    return outcome


def offers_of(cleaned: Cleaned, field: str) -> list[tuple]:
    """Origin, key, value and use of the offers for a field."""
    return [(o.origin, o.key, o.value, o.is_used) for o in cleaned.metadata if o.field == field]


def test_each_source_of_a_title_is_kept_and_the_declared_one_used() -> None:
    page = (PageFact("title", "meta", "og:title", "Bridge shut"), PageFact("title", "title", "title", "Bridge | Post"))
    cleaned = clean(f"Title: Bridge stays shut\nDate: 2023-06-19\n\n{STORY}", title="Declared", page=page)
    assert cleaned.title == "Declared"
    assert offers_of(cleaned, "title") == [
        ("declared", None, "Declared", True),
        ("meta", "og:title", "Bridge shut", False),
        ("title", "title", "Bridge | Post", False),
        ("header", "header_block", "Bridge stays shut", False),
    ]


def test_a_field_that_nobody_declares_comes_from_the_page_or_the_text() -> None:
    cleaned = clean(f"By Ann Lee\n{STORY}", page=(PageFact("outlet", "json_ld", "publisher", "Harbour Post"),))
    assert (cleaned.outlet, cleaned.byline) == ("Harbour Post", "Ann Lee")
    assert offers_of(cleaned, "outlet") == [("json_ld", "publisher", "Harbour Post", True)]
    assert offers_of(cleaned, "byline") == [("text", "byline", "Ann Lee", True)]


def test_agency_and_place_come_from_the_dateline() -> None:
    cleaned = clean(f"BEIJING (AP) — {STORY}")
    assert offers_of(cleaned, "agency") == [("dateline", "agency_dateline", "AP", True)]
    assert offers_of(cleaned, "dateline_place") == [("dateline", "agency_dateline", "BEIJING", True)]
    assert cleaned.agency == "Associated Press"


def test_an_outlet_that_is_no_agency_is_offered_and_not_used() -> None:
    cleaned = clean(f"ORLANDO, Florida (WESH) — {STORY}")
    assert offers_of(cleaned, "agency") == [("dateline", "agency_dateline", "WESH", False)]
    assert cleaned.agency is None


def test_dates_of_every_source_stand_beside_each_other() -> None:
    raw = f"date 2023-06-19 Politics\nPublished 10:30 AM EDT June 18, 2023\n{STORY}"
    cleaned = clean(raw, url="https://example.org/2023/06/20/a")
    assert offers_of(cleaned, "published") == [
        ("header", "header_line", "2023-06-19", True),
        ("url", None, "2023/06/20", False),
        ("text", "timestamp", "Published 10:30 AM EDT June 18, 2023", False),
    ]


def test_a_later_offer_of_the_same_day_adds_the_time() -> None:
    raw = f"Published 10:30 AM EDT June 19, 2023\n{STORY}"
    cleaned = clean(raw, published="2023-06-19")
    assert (cleaned.date_source, str(cleaned.published_at)) == ("declared", "2023-06-19 14:30:00+00:00")
    assert [used for *_, used in offers_of(cleaned, "published")] == [True, True]


@pytest.mark.parametrize(
    ("declared", "problem"),
    [
        ({"published": "sometime"}, "date_unreadable"),
        ({"published": "03/04/2023"}, "date_ambiguous"),
        ({"published": "1970-01-01T00:00:00Z"}, "date_implausible"),
        ({"published": "2190-01-01"}, "date_implausible"),
        ({"url": "https://example.org/1923/06/19/a"}, "date_implausible"),
        ({"published": "2023-06-21", "captured": "2023-06-19T23:00:00Z"}, "date_implausible"),
    ],
)
def test_a_date_that_cannot_be_is_told_flagged_and_not_used(declared, problem) -> None:
    cleaned = clean(**declared)
    (offer,) = [offer for offer in cleaned.metadata if offer.field == "published"]
    assert (offer.problem, offer.is_used) == (problem, False)
    assert (cleaned.published_date, cleaned.date_source) == (None, "none")
    assert problem in cleaned.quality_flags


def test_the_day_of_a_dateline_counts_where_it_has_its_year() -> None:
    cleaned = clean(f"MOSCOW, March 7, 2022. /TASS/. {STORY}")
    assert (str(cleaned.published_date), cleaned.date_source) == ("2022-03-07", "text")
    assert offers_of(cleaned, "published") == [("dateline", "agency_dateline", "March 7, 2022", True)]
    assert clean(f"WASHINGTON, Nov 20 (Reuters) - {STORY}").published_date is None


def test_what_is_offered_twice_stands_once() -> None:
    raw = f"By Ann Lee\n{STORY}\nBy Ann Lee"
    assert [offer for offer in clean(raw).metadata if offer.field == "byline"] == [
        Offer("byline", "text", "byline", "Ann Lee", None, True)
    ]


def test_a_day_that_begins_earlier_elsewhere_is_no_future() -> None:
    cleaned = clean(published="2023-06-20", captured="2023-06-19T13:00:00Z")
    assert str(cleaned.published_date) == "2023-06-20"


@pytest.mark.parametrize(
    ("captured", "moment"),
    [
        ("2023-06-19T13:00:00Z", datetime(2023, 6, 19, 13, tzinfo=UTC)),
        ("2023-06-19T15:00:00+02:00", datetime(2023, 6, 19, 13, tzinfo=UTC)),
        ("2023-06-19 13:00:00", None),
        ("soon", None),
        (None, None),
    ],
)
def test_when_a_crawler_saw_it_is_a_moment_where_the_zone_is_told(captured, moment) -> None:
    assert clean(captured=captured).captured_at == moment


def test_captions_of_a_page_and_of_a_text_are_kept() -> None:
    line = "Workers check the cables of the bridge in Northport on Tuesday, March 7, 2023. (Photo by Ann Lee/Bay Post)"
    page = (PageFact("caption", "element", "figcaption", "The bridge seen from the old pier"),)
    cleaned = clean(f"{STORY}\n{line}\n{STORY}", page=page)
    assert [(o.origin, o.value, o.is_used) for o in cleaned.metadata if o.field == "caption"] == [
        ("element", "The bridge seen from the old pier", False),
        ("text", line, False),
    ]
    assert cleaned.body == f"{STORY}\n{STORY}"
