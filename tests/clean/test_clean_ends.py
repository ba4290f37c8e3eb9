"""What stands at the end of a story and is none of it: marks of agencies, last bylines; and what stands in it and is."""

import pytest

from quotidian.tasks.clean.article import clean_article
from quotidian.tasks.clean.cleaned import Declared
from quotidian.tasks.clean.settings import CleanSettings

STORY = (
    "The ferry company in Northport said on Friday that it would sell two of its six boats before the summer season.\n"
    "Fewer people cross the bay in winter than ten years ago, and the older boats need engines that nobody makes."
)


def clean(raw: str):
    return clean_article(raw, Declared(), CleanSettings())


@pytest.mark.parametrize(
    ("end", "agency"),
    [
        ("\n- Bernama", "Bernama"),
        (" – Bernama", "Bernama"),
        ("\n(KUNA)", "Kuwait News Agency"),
        ("\n(KUNA) hj.mb", "Kuwait News Agency"),
        (" (KUNA)", "Kuwait News Agency"),
        ("\n— SPA", "Saudi Press Agency"),
        ("\nEnditem", None),
        (" Enditem", None),
    ],
)
def test_marks_of_agencies_at_the_end_are_credits(end, agency):
    cleaned = clean(STORY + end)
    assert (cleaned.body, cleaned.agency) == (STORY, agency)
    assert [credit.kind for credit in cleaned.credits] == ["agency"] * (agency is not None)


def test_a_byline_at_the_end_is_a_credit():
    cleaned = clean(f"{STORY}\nBy Ann Leland")
    assert (cleaned.body, cleaned.byline) == (STORY, "Ann Leland")


def test_a_last_sentence_with_the_name_of_an_agency_stays():
    body = f"{STORY}\nThe sale was first told by two people at the ferry company to Reuters."
    assert clean(body).body == body


@pytest.mark.parametrize("name", ["TODAY NORTHPORT", "BAY NEWS", "DAILY FERRY"])
def test_names_of_outlets_are_no_datelines(name):
    cleaned = clean(f"{name} – {STORY}")
    assert cleaned.dateline_place is None
    assert cleaned.body == f"{name} – {STORY}"


def test_short_questions_of_an_interview_stay():
    body = f"{STORY}\nWhy sell all of them?\nWe cannot pay for the engines of half of them, let alone for new boats.\nWhat is next?\n{STORY}"
    assert "Why sell all of them?" in clean(body).body
    assert "What is next?" in clean(body).body


def test_a_question_of_an_interview_is_no_headline():
    talk = "Q: Why sell two of the boats?\n\nA: Nobody takes them.\n\nQ: Only that?\n\nA: The engines, too."
    assert clean(f"{talk}\n\n{STORY}").body.startswith(talk)
