"""Notices of sites are no articles; what the page itself says of a paywall is a flag."""

import re

import pytest

from quotidian.tasks.clean.article import clean_article
from quotidian.tasks.clean.cleaned import Cleaned, Declared, Rejected
from quotidian.tasks.clean.settings import CleanSettings
from quotidian.tasks.ingest.raw_text import read_article
from quotidian.tasks.ingest.settings import IngestSettings
from quotidian.tasks.store.facts import read_facts

STORY = (
    "The ferry company in Northport said on Friday that it would sell two of its six boats before the summer season.\n"
    "Fewer people cross the bay in winter than ten years ago, and the older boats need engines that nobody makes any more."
)
PAGE = "<html><head><title>Ferries</title>{head}</head><body>{body}</body></html>"


@pytest.mark.parametrize("row", read_facts("page_notices"), ids=lambda row: row["example"])
def test_examples_of_notices_match(row):
    assert re.search(row["pattern"], row["example"], re.IGNORECASE)


@pytest.mark.parametrize(
    "raw",
    [
        "Are you a robot?\nPlease complete the security check to go on. Request ID: 77af",
        "Just a moment...\nPlease enable JavaScript and cookies in your browser.",
        "Page not found\nThe page you asked for could not be found. Go back to our home page.",
        "We value your privacy\nWe and our partners use cookies to measure ad effectiveness. You can change your choices in our privacy policy.",
        "post.example\nPlease enable JS and turn off your ad blocker",
        "500 Internal Server Error\nThe server encountered an error and could not complete your request.",
        "Service Unavailable\nThe site is down for scheduled maintenance. We will be back soon.",
        "451\nThis page is unavailable due to legal reasons. For any issues, write to the desk.",
        "Gone\nThe requested page is no longer here, and there is no forwarding address.",
        "Redirecting\nYou are being redirected. If you are not redirected, click here.",
        "502 Bad Gateway\nnginx/1.24.0",
        "Too Many Requests\nPlease wait a few minutes and try again.",
        "Oops!\nIt looks like nothing was found at this location. Maybe try a search?",
    ],
    ids=[
        "bot check",
        "scripts",
        "error",
        "consent",
        "script alone",
        "server",
        "closed",
        "legal",
        "moved",
        "redirect",
        "gateway",
        "limit",
        "search",
    ],
)
def test_a_page_that_is_a_notice_is_rejected(raw):
    outcome = clean_article(raw, Declared(), CleanSettings())
    assert isinstance(outcome, Rejected)
    assert outcome.reason == "notice"


@pytest.mark.parametrize(
    "raw",
    [
        STORY,
        f"{STORY}\nWe use cookies to measure site traffic.",
        "A man was hurt when a ferry struck the pier in Northport on Monday night, the police said. He was 34.",
        "The court said the firm must change its cookie policy by March. The firm said it would ask visitors before it sets any.",
        "Visitors who must prove that they are human lose patience, a study said.\n“Access is denied to people, not to robots,” said Ida Marsh, "
        "who told sites not to ask them to enable cookies.",
    ],
    ids=["story", "story with a notice", "short story", "story about cookies", "story about bot checks"],
)
def test_a_story_is_no_notice(raw):
    assert isinstance(clean_article(raw, Declared(), CleanSettings()), Cleaned)


def read_flags(html: str) -> tuple[str, ...]:
    article = read_article(html.encode(), "text/html", IngestSettings())
    outcome = clean_article(article.text, Declared(is_paywalled=article.is_paywalled), CleanSettings())
    return outcome.quality_flags


PARAGRAPHS = "".join(f"<p>{line}</p>" for line in STORY.split("\n"))


@pytest.mark.parametrize(
    ("head", "more", "is_walled"),
    [
        (
            '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}</script>',
            "",
            True,
        ),
        ("", '<div class="article-paywall"><p>Subscribe now. Already a member? Log in.</p></div>', True),
        ("", "<div><p>Log in or register to continue reading this story.</p></div>", True),
        ("", "<p>To read the rest of this story, start your free trial today.</p>", True),
        ("", "<p>This story is behind a paywall. Please sign in.</p>", True),
        (
            "",
            "<p>Papers ask more and more of those who visit them to subscribe to continue reading, a study found.</p>",
            False,
        ),
        ("", "<div><p>Log in</p><p>Subscribe to our newsletter.</p></div>", False),
        ("", "<div><p>Members may log in at the quay to read the full list of ferries.</p></div>", False),
        ("", "", False),
    ],
    ids=[
        *("declared", "element", "words", "trial", "told", "story about paywalls", "links of every page"),
        *("a list that members read", "free"),
    ],
)
def test_a_paywall_of_the_page_is_flagged(head, more, is_walled):
    html = PAGE.format(head=head, body=f"<article><h1>Ferries</h1>{PARAGRAPHS}{more}</article>")
    assert ("paywalled" in read_flags(html)) is is_walled


def test_an_article_in_an_odd_element_is_found_beside_a_notice():
    notice = "<div class='consent'><p>We use cookies and similar methods to know visitors again.</p></div>"
    html = PAGE.format(head="", body=f"{notice}<aside><h2>Ferries</h2>{PARAGRAPHS * 3}</aside>")
    text = read_article(html.encode(), "text/html", IngestSettings()).text
    assert STORY.split("\n")[0] in text
    assert "cookies" not in text


@pytest.mark.parametrize(
    "call", ["Subscribe to read the full story.", "This story is only available to subscribers. Log in."]
)
def test_a_short_text_that_ends_in_a_call_is_paywalled(call):
    assert "paywalled" in clean_article(f"{STORY}\n{call}", Declared(), CleanSettings()).quality_flags


@pytest.mark.parametrize("name", ["cookie-aware-page", "post-footer story"])
def test_an_article_in_an_element_with_the_name_of_a_notice_is_found(name):
    notice = "<div role='dialog'><p>We use cookies and similar methods to know visitors again.</p></div>"
    html = PAGE.format(head="", body=f"{notice}<footer class='{name}'><h1>Ferries</h1>{PARAGRAPHS * 3}</footer>")
    text = read_article(html.encode(), "text/html", IngestSettings()).text
    assert STORY.split("\n")[0] in text
    assert "cookies" not in text
