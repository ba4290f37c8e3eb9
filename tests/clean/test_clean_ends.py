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


@pytest.mark.parametrize(
    "line",
    [
        "By Ann Leland on Monday, November 18th, 2019 at 11:04 a.m.",
        "By Ann Leland on 18 November 2019",
        "By Ann Leland on Nov. 18, 2019 at 4 p.m.",
    ],
)
def test_a_byline_with_its_time_is_a_credit(line):
    cleaned = clean(f"{line}\n{STORY}")
    assert (cleaned.body, cleaned.byline) == (STORY, "Ann Leland")


@pytest.mark.parametrize(
    "line", ["By noon on Monday the boats were back, the office said at 4 p.m.", "By Friday nobody knew."]
)
def test_a_sentence_that_ends_in_a_time_is_none(line):
    assert clean(f"{STORY}\n{line}\n{STORY}").body.count("\n") == 4


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("“We sold two,” ADVERTISEMENT she said.", "“We sold two,” she said."),
        ("The boats are old. Story continues below They need engines.", "The boats are old. They need engines."),
        ("The boats are old. [Image: Ann Leland] They need engines.", "The boats are old. They need engines."),
    ],
    ids=["advertisement", "continues", "image"],
)
def test_furniture_within_sentences_goes(text, body):
    assert clean(f"{STORY} {text}").body == f"{STORY} {body}"


def test_who_says_something_of_a_newsletter_stays():
    line = "“I do not read it,” he told a man who wants to sign up for our newsletter on the quay of the town on Friday"
    assert line in clean(f"{STORY}\n{line}\n{STORY}").body
