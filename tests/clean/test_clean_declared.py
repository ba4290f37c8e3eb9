"""What a page tells of itself is no story: its headline wherever it stands above, and notes on its authors."""

import pytest

from quotidian.tasks.clean.article import clean_article, rebuild_raw
from quotidian.tasks.clean.cleaned import Declared
from quotidian.tasks.clean.settings import CleanSettings

STORY = (
    "The ferry company in Northport said on Friday that it would sell two of its six boats before the summer season.\n"
    "Fewer people cross the bay in winter than ten years ago, and the older boats need engines that nobody makes.\n"
    "The council of Northport will talk about the pier in June, and about who is to pay for it."
)
TITLE = "If nobody buys the two old ferries, will anybody cross the bay in winter again?"


def clean(raw: str, title: str | None = None, byline: str | None = None):
    return clean_article(raw, Declared(title=title, byline=byline), CleanSettings())


HEADS = {
    "a headline like a story": (TITLE, TITLE),
    "twice": ("Two ferries for sale\nTwo ferries -- for sale", "Two ferries for sale"),
    "below a label": (f"Supported by\n{TITLE}", TITLE),
}


@pytest.mark.parametrize(("head", "title"), HEADS.values(), ids=HEADS)
def test_the_declared_headline_is_no_line_of_the_story(head, title):
    cleaned = clean(f"{head}\n{STORY}", title)
    assert cleaned.body == STORY
    assert cleaned.title == title
    assert rebuild_raw(cleaned.body, cleaned.edits) == f"{head}\n{STORY}"


def test_a_text_of_its_headline_alone_stays():
    assert clean(TITLE, TITLE).body == TITLE


NOTES = (
    "Ann Lee is a boat builder in Selby.",
    "Ann Lee, a boat builder in Selby, has three boats of her own and would like to have a fourth one.",
    "Ms. Lee writes about ferries.",
    "Ann Lee can be reached at the pier.",
)


@pytest.mark.parametrize("note", NOTES)
def test_notes_on_the_declared_author_are_credits(note):
    assert clean(f"{STORY}\n{note}", byline="By Ann Lee and Bob Ray").body == STORY


def test_the_author_of_a_note_is_a_credit():
    cleaned = clean(f"{STORY}\n{NOTES[0]}", byline="Ann Lee")
    assert [(credit.kind, credit.text) for credit in cleaned.credits] == [("author", "Ann Lee")]


KEPT = (
    "Bob Marsh is a boat builder in Selby.",
    "Ann Lee told the council that the pier was hers.",
    "Mr. Lee was not asked.",
    "Ann Leeds is a boat builder in Selby.",
)


@pytest.mark.parametrize("line", KEPT)
def test_what_others_are_and_authors_do_stays(line):
    assert clean(f"{STORY}\n{line}", byline="Ann Lee").body == f"{STORY}\n{line}"


CALL = "We ask you to look at our list of the best boats before you buy one."
REFRAINS = {
    "a call": (CALL, False),
    "a fact of each item": ("Open all days of the week from eight in the morning until four.", True),
    "a question": ("What would you do if you had to sell your own boat?", True),
    "quoted": ("“We ask you to look at our boats before you buy one.”", True),
    "with a figure": ("We take 12 of you across the bay at our own cost.", True),
}


@pytest.mark.parametrize(("line", "is_kept"), REFRAINS.values(), ids=REFRAINS)
def test_calls_that_come_back_go(line, is_kept):
    raw = f"\n{line}\n".join(
        [*STORY.split("\n"), "Nobody else said anything about the boats on that Friday in Northport."]
    )
    assert (line in clean(raw).body) == is_kept


QUESTIONS = "What is a ferry?\nWho may sell one?\nWhere is the pier?"


@pytest.mark.parametrize(
    ("lead", "is_kept"), [("Frequently Asked Questions About Ferries", False), ("The boats of Northport", True)]
)
def test_questions_without_answers_go_below_a_line_that_calls_them_so(lead, is_kept):
    cleaned = clean(f"{STORY}\n{lead}\n{QUESTIONS}\n{STORY}")
    assert ("Who may sell one?" in cleaned.body) == is_kept


ITEM = "- The mayor of Selby has bought the old pier. Here is what he wants to do with it."


@pytest.mark.parametrize(("lead", "is_kept"), [("Read Next:", False), ("Latest updates", True), ("The plan:", True)])
def test_sentences_in_a_list_of_links_go_with_it(lead, is_kept):
    cleaned = clean(f"{STORY}\n{lead}\n{ITEM}\n{ITEM.replace('mayor', 'council')}\n{STORY}")
    assert (ITEM in cleaned.body) == is_kept


def test_where_a_story_appeared_first_is_noted_behind_its_headline():
    line = "This article 'Two ferries for sale' originally appeared on Harbourpost.com"
    cleaned = clean(f"{STORY}\n{line}", "Two ferries for sale")
    assert cleaned.body == STORY
    assert [(credit.kind, credit.text) for credit in cleaned.credits] == [("republication", "Harbourpost.com")]
