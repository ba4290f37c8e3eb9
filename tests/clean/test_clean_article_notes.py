"""Credits by their kinds, and what an article says of itself: noted, and its words left where they are."""

import re

import pytest

from quotidian.tasks.clean.article import clean_article, rebuild_raw
from quotidian.tasks.clean.article_notes import read_notes
from quotidian.tasks.clean.cleaned import Declared
from quotidian.tasks.clean.settings import CleanSettings
from quotidian.tasks.store.facts import read_facts
from quotidian.tasks.tables.kinds import CREDIT_KINDS

STORY = (
    "The ferry company in Northport said on Friday that it would sell two of its six boats before the summer season.\n"
    "Fewer people cross the bay in winter than ten years ago, and the older boats need engines that nobody makes."
)
NOTES = {
    "Correction: The ferry was sold in March, not in May.": {"correction": None},
    "An earlier version of this story gave a wrong price for the ferry.": {"correction": None},
    "This article was amended on 3 May to give the right price of the ferry.": {"correction": None},
    "Updated to add what the company says.": {"correction": None},
    "A correction was made on May 3: An earlier price was wrong.": {"correction": None},
    "Clarification: The ferry sails on Tuesday.": {"correction": None},
    "The headline and text of this article were updated to give the right price.": {"correction": None},
    "Corrected on 3 May: The price of the ferry was wrong.": {"correction": None},
    "(Corrects price in second paragraph)": {"correction": None},
    "The Harbour Post regrets the error.": {"correction": None},
    "UPDATE, May 3: The company has now replied.": {"editors_note": None},
    "Note to readers: The report names no victims.": {"editors_note": None},
    "*Some names have been changed to protect the children.": {"editors_note": None},
    "EDITOR’S NOTE — The names of the children are not theirs.": {"editors_note": None},
    "A note from the editor: this report is the first of three.": {"editors_note": None},
}
SOURCES = {
    "This piece originally appeared in Harbour Weekly": {"republication": "Harbour Weekly"},
    "First published at harbourweekly.example.": {"republication": "harbourweekly.example"},
    "The story first appeared on KXN.": {"republication": "KXN"},
    "This report was first published by The Harbour Wire on May 3, 2023.": {"republication": "The Harbour Wire"},
    "This essay was first published in The Bay and appears here under a Creative Commons licence.": {
        "republication": "The Bay",
        "licence": "Creative Commons licence",
    },
}
NO_NOTES = (
    "The correction of the price took a month, the company said.",
    "The story of the ferry was first reported by a boy who saw it leave.",
    "This article of the law was published in May by the court, she said.",
    "The report was published in The Lancet on Monday, and its authors ask for more money.",
    "This review was published by the Ministry of Boats in March, after two years of work.",
    "The name of the ferry has been changed twice, and its engines once.",
    "A note to the editor was found in his desk after he had left.",
)
CREDITS = {
    "Translation: Ann Lee": [("translator", "Ann Lee")],
    "This report was translated from Dutch by Ann Lee.": [("translator", "Ann Lee")],
    "– Translated by Ann Lee, edited by Bob Ray": [("translator", "Ann Lee"), ("editor", "Bob Ray")],
    "Additional reporting by Ann Lee in Selby; editing by Bob Ray": [("contributor", "Ann Lee"), ("editor", "Bob Ray")],
    "Illustration: Ann Lee": [("illustrator", "Ann Lee")],
    "Illustrated by Ann Lee": [("illustrator", "Ann Lee")],
    "Translation by Ann Lee": [("translator", "Ann Lee")],
    "Photographer: Ann Lee/Harbour Post": [("photographer", "Ann Lee"), ("photo_agency", "Harbour Post")],
    "– By Ann Lee": [("author", "Ann Lee")],
    "Words: Ann Lee": [("author", "Ann Lee")],
    "Harbour Wire writer Ann Lee contributed to this report.": [("contributor", "Ann Lee")],
    "Contributing: Ann Lee and Bob Ray": [("contributor", "Ann Lee"), ("contributor", "Bob Ray")],
    "This story was edited for radio by Ann Lee.": [("editor", "Ann Lee")],
    "Information from Harbour Wire was used in this report.": [("agency", "Harbour Wire")],
    "WAM/Ann": [("agency", "WAM")],
    "-PNA-": [("agency", "PNA")],
    "--IANS ab/cd/": [("agency", "IANS")],
    "With AFP": [("agency", "AFP")],
    "-ENDS-": [],
    "###": [],
    "Cartoon by Ann Lee": [("illustrator", "Ann Lee")],
    "Graphic: Ann Lee/Harbour Post": [("illustrator", "Ann Lee"), ("photo_agency", "Harbour Post")],
    "Photos by Ann Lee and Bob Ray": [("photographer", "Ann Lee"), ("photographer", "Bob Ray")],
    "Photograph: Ann Lee for The Harbour Post": [("photographer", "Ann Lee"), ("photo_agency", "The Harbour Post")],
    "(PTI Photo)": [("photo_agency", "PTI")],
    "(With inputs from PTI)": [("agency", "PTI")],
    "Story by Ann Lee, photos by Bob Ray": [("author", "Ann Lee"), ("photographer", "Bob Ray")],
}


def clean(line: str):
    return clean_article(f"{STORY}\n{line}", Declared(), CleanSettings())


@pytest.mark.parametrize(("line", "told"), NOTES.items(), ids=[line[:40] for line in NOTES])
def test_notes_are_credits_and_stay(line, told):
    cleaned = clean(line)
    assert cleaned.body == f"{STORY}\n{line}"
    assert {credit.kind: credit.text for credit in cleaned.credits} == {k: text or line for k, text in told.items()}
    assert all(f"{STORY}\n{line}"[c.raw_start : c.raw_end] == c.text for c in cleaned.credits)


@pytest.mark.parametrize(("line", "told"), SOURCES.items(), ids=[line[:40] for line in SOURCES])
def test_where_a_story_was_published_first_is_a_credit(line, told):
    cleaned = clean(line)
    assert cleaned.body == STORY
    assert {credit.kind: credit.text for credit in cleaned.credits} == told
    assert [edit.rule for edit in cleaned.edits] == ["republication"]
    assert rebuild_raw(cleaned.body, cleaned.edits) == f"{STORY}\n{line}"


def test_a_note_in_mid_story_stays():
    line = "This story was first published in The Bay."
    raw = "\n".join([STORY, STORY.upper(), line, *[f"{n}. {STORY}" for n in range(4)]])
    assert line in clean_article(raw, Declared(), CleanSettings()).body


@pytest.mark.parametrize("line", NO_NOTES)
def test_sentences_of_a_story_are_no_notes(line):
    cleaned = clean(line)
    assert (cleaned.body, cleaned.credits) == (f"{STORY}\n{line}", ())


@pytest.mark.parametrize(("line", "found"), CREDITS.items(), ids=[f"line {line}" for line in CREDITS])
def test_credits_have_their_kinds(line, found):
    cleaned = clean(line)
    assert [(credit.kind, credit.text) for credit in cleaned.credits] == found
    assert cleaned.body == STORY
    assert rebuild_raw(cleaned.body, cleaned.edits) == f"{STORY}\n{line}"


@pytest.mark.parametrize("row", read_facts("article_notes"), ids=lambda row: row["example"][:40])
def test_forms_match_their_examples(row):
    assert row["kind"] in CREDIT_KINDS
    assert row["hint"] in row["example"].lower()
    assert re.fullmatch(row["pattern"], row["example"], re.IGNORECASE)


def test_forms_name_their_own_kind():
    assert {(form.kind, *form.regex.groupindex) for form in read_notes() if form.regex.groupindex} == {
        ("licence", "licence"),
        ("republication", "republication"),
    }
