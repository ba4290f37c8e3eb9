"""Metadata and credits that stand in the text."""

import pytest

from quotidian.tasks.clean.article import clean_article
from quotidian.tasks.clean.cleaned import Cleaned, Declared
from quotidian.tasks.clean.settings import CleanSettings

FIRST = (
    "The council of Northport voted on Monday to keep the harbour bridge shut until engineers have checked every cable."
)
SECOND = "Drivers have had to take a detour of twelve miles since the first cracks were found in the northern tower last spring."
TITLE = "Harbour bridge to stay shut until autumn, council says"


def clean(raw: str, settings: CleanSettings | None = None, **declared: str) -> Cleaned:
    outcome = clean_article(raw, Declared(**declared), settings or CleanSettings())
    assert isinstance(outcome, Cleaned)
    return outcome


def list_credits(cleaned: Cleaned) -> list[tuple[str, str]]:
    return [(credit.kind, credit.text) for credit in cleaned.credits]


def test_the_scrapers_header_line_gives_date_and_section():
    cleaned = clean(f" date 2023-06-19 Politics\n{FIRST}")
    assert (cleaned.body, cleaned.section, str(cleaned.published_date)) == (FIRST, "Politics", "2023-06-19")


def test_a_header_line_that_runs_into_the_story_leaves_it():
    cleaned = clean(f"date 2023-06-19 {FIRST}")
    assert (cleaned.body, cleaned.section) == (FIRST, None)


def test_a_header_block_fills_what_is_not_declared():
    raw = f"Title: {TITLE}\nAuthor: Ann Lee\nDate: 2023-06-19\nSource: Harbour Post\nURL: https://example.org/a\n\n{FIRST}"
    cleaned = clean(raw, outlet="Example")
    assert (cleaned.title, cleaned.byline, cleaned.outlet, cleaned.url) == (
        TITLE,
        "Ann Lee",
        "Example",
        "https://example.org/a",
    )
    assert cleaned.body == FIRST


def test_one_key_alone_is_no_header():
    assert clean(f"Title: {FIRST}").body == f"Title: {FIRST}"


EXPORTS = {
    "fields in capitals": f"""12 of 40 DOCUMENTS

The Harbour Post

June 19, 2023 Monday
Late Edition - Final

{TITLE}

BYLINE: By Ann Lee

SECTION: Section A; Column 0; City Desk; Pg. 1

LENGTH: 845 words

DATELINE: NORTHPORT

ABSTRACT

{SECOND}

FULL TEXT

{FIRST}

LOAD-DATE: June 20, 2023

LANGUAGE: ENGLISH

PUBLICATION-TYPE: Newspaper""",
    "lines without labels": f"""{TITLE}
By Ann Lee
845 words
19 June 2023
The Harbour Post
English

{SECOND}

{FIRST}

Document HARP000020230619ec330001k""",
    "fields behind the text": f"""Title: {TITLE}
Author: Ann Lee
Abstract: Cracks were found in spring.
Links: https://db.example/doc/1
Full text: {SECOND}

{FIRST}
Subject: Bridges; Cracks;
Location: Northport
Publication title: The Harbour Post
Publication date: Jun 19, 2023
Language of publication: English
ProQuest document ID: 17
Last updated: 2024-11-23
Database: News""",
}


@pytest.mark.parametrize("raw", EXPORTS.values(), ids=EXPORTS)
def test_what_a_database_writes_around_an_article_is_metadata(raw):
    cleaned = clean(raw)
    assert (cleaned.title, cleaned.byline, cleaned.outlet) == (TITLE, "Ann Lee", "The Harbour Post")
    assert (str(cleaned.published_date), cleaned.body) == ("2023-06-19", f"{SECOND}\n\n{FIRST}")


def test_fields_of_a_database_tell_section_and_place():
    cleaned = clean(EXPORTS["fields in capitals"])
    assert (cleaned.section, cleaned.dateline_place) == ("City", "NORTHPORT")


def test_a_few_labels_at_the_end_stay():
    story = f"{FIRST}\nSubject: Bridges\nLocation: Northport\nPages: 12"
    assert clean(story).body == story


@pytest.mark.parametrize("suffix", ["", " | Harbour Post", " - The Harbour Post"])
def test_a_headline_goes_into_the_title(suffix):
    cleaned = clean(f"{TITLE}{suffix}\n\n{FIRST}")
    assert (cleaned.title, cleaned.body) == (TITLE, FIRST)


def test_the_declared_headline_is_found_again():
    cleaned = clean(f"Will it ever open again?\n\n{FIRST}", title="Will it ever open again?")
    assert cleaned.body == FIRST


def test_settings_keep_headline_and_credits():
    settings = CleanSettings(remove_titles=False, remove_credits=False)
    raw = f"{TITLE}\n\nBEIJING (AP) — {FIRST}"
    cleaned = clean(raw, settings)
    assert (cleaned.body, cleaned.title, cleaned.agency) == (raw, TITLE, "Associated Press")


def test_a_summary_that_is_a_sentence_stays():
    summary = "The repair costs three times as much as planned."
    assert clean(f"{TITLE}\n{summary}\nBy Ann Lee\n{FIRST}").body == f"{summary}\n{FIRST}"


def test_bylines_give_authors():
    cleaned = clean(f"{TITLE}\nBy ANN LEE and BOB RAY\n{FIRST}")
    assert cleaned.byline == "ANN LEE and BOB RAY"
    assert list_credits(cleaned) == [("author", "ANN LEE"), ("author", "BOB RAY")]


@pytest.mark.parametrize(
    ("dateline", "place", "agency"),
    [
        ("BEIJING (AP) — ", "BEIJING", "Associated Press"),
        ("BEIJING (AP) ", "BEIJING", "Associated Press"),
        ("WASHINGTON, Nov 20 (Reuters) - ", "WASHINGTON", "Reuters"),
        ("(Reuters) - ", None, "Reuters"),
        ("Beijing\n\nCNN\n\n–\n\n\n\n", "Beijing", "CNN"),
        ("Hong Kong CNN — ", "Hong Kong", "CNN"),
        ("BEIJING ", "BEIJING", None),
    ],
)
def test_datelines_give_place_and_agency(dateline, place, agency):
    cleaned = clean(f"{dateline}{FIRST}")
    assert (cleaned.body, cleaned.dateline_place, cleaned.agency) == (FIRST, place, agency)


@pytest.mark.parametrize(
    ("dateline", "place"),
    [
        ("DUBAI, United Arab Emirates — ", "DUBAI"),
        ("SIOUX FALLS, S.D. – ", "SIOUX FALLS"),
        ("NEW DELHI: ", "NEW DELHI"),
    ],
)
def test_a_whole_dateline_without_agency_is_noted_and_goes_where_wanted(dateline, place):
    raw = f"{dateline}{FIRST}"
    kept, removed = clean(raw), clean(raw, CleanSettings(remove_datelines="all"))
    assert (kept.body, kept.dateline_place) == (raw, place)
    assert (removed.body, removed.dateline_place) == (FIRST, place)


def test_broken_datelines_alone_can_be_removed():
    settings = CleanSettings(remove_datelines="broken")
    whole = f"BEIJING (AP) — {FIRST}"
    assert (clean(whole, settings).body, clean(whole, settings).agency) == (whole, "Associated Press")
    assert clean(f"BEIJING (AP) {FIRST}", settings).body == FIRST


def test_a_dateline_below_the_headline_is_found():
    cleaned = clean(f"{TITLE}\n\nBeijing\nCNN\n—\n{FIRST}")
    assert (cleaned.title, cleaned.dateline_place, cleaned.agency, cleaned.body) == (TITLE, "Beijing", "CNN", FIRST)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Reuters contributed to this report", ("agency", "Reuters")),
        ("Photo: Ann Lee", ("photographer", "Ann Lee")),
        ("Ann Lee is a reporter for the Harbour Post.", ("author", "Ann Lee")),
        ("Related: Five bridges that fell", ("related_headline", "Five bridges that fell")),
    ],
)
def test_lines_give_credits_with_their_place_in_the_raw_text(line, found):
    raw = f"{FIRST}\r\n\r\n{SECOND}\r\n\r\n{line}\r\n"
    cleaned = clean(raw)
    assert list_credits(cleaned) == [found]
    (credit,) = cleaned.credits
    assert raw[credit.raw_start : credit.raw_end] == found[1]
    assert cleaned.body == f"{FIRST}\n\n{SECOND}"


def test_phrases_can_be_added():
    raw = f"{FIRST}\n\nNorthport news, 24 hours a day\n\n{SECOND}"
    assert clean(raw).body == raw
    assert clean(raw, CleanSettings(junk_phrases=("Northport news, 24 hours a day",))).body == f"{FIRST}\n\n{SECOND}"


@pytest.mark.parametrize(
    "start",
    [
        "Palestinian Authority (PA) officials said",
        "Associated Press (AP) reporters said",
        "Philippine Airlines (PA) said",
    ],
)
def test_an_abbreviation_behind_its_name_is_no_dateline(start):
    raw = f"{start} on Monday that nothing had changed."
    assert clean(raw).body == raw


def test_declared_metadata_wins():
    cleaned = clean(
        f"date 2023-06-19 Politics\n{TITLE}\nBy Ann Lee\n{FIRST}", section="Local", byline="Bea Roe", title="Bridge"
    )
    assert (cleaned.section, cleaned.byline, cleaned.title) == ("Local", "Bea Roe", "Bridge")


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (
            "(Reporting by Ida Marsh in Oslo and Bo Lind; Editing by Cal Otter)",
            [("contributor", "Ida Marsh"), ("contributor", "Bo Lind"), ("editor", "Cal Otter")],
        ),
        ("Additional reporting by Ida Marsh, Bo Lind", [("contributor", "Ida Marsh"), ("contributor", "Bo Lind")]),
        ("Reporting and writing by Ida Marsh", [("contributor", "Ida Marsh")]),
        ("Translated by Ida Marsh", [("translator", "Ida Marsh")]),
        ("Translated from Norwegian by Ida Marsh", [("translator", "Ida Marsh")]),
        (
            "Ida Marsh and Bo Lind contributed to this report.",
            [("contributor", "Ida Marsh"), ("contributor", "Bo Lind")],
        ),
    ],
)
def test_each_name_of_a_line_of_credits_has_its_work(line, found):
    raw = f"{FIRST}\n\n{SECOND}\n\n{line}"
    cleaned = clean(raw)
    assert list_credits(cleaned) == found
    assert [raw[credit.raw_start : credit.raw_end] for credit in cleaned.credits] == [text for _, text in found]
