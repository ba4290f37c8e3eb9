"""What stands on a page beside its story is not read with it: teasers, appeals, notes on authors, widgets, captions, titles of players."""

import json

import pytest

from quotidian.tasks.ingest.pages import page_text
from quotidian.tasks.ingest.raw_text import HTML, read_raw_text
from quotidian.tasks.ingest.settings import IngestSettings
from quotidian.tasks.store.facts import read_facts

BESIDE = "The old pier of Selby is for sale again, and nobody in the harbour knows who might want to buy it."


@pytest.fixture
def story(sentence) -> str:
    return "".join(f"<p>{sentence} Part {n} of the story is told here at some length.</p>" for n in range(6))


def build_page(story: str, beside: str) -> str:
    return f"<html><body><article><h1>Ferry sold</h1>{story}{beside}{story}</article></body></html>"


NAMES = [row["name"].strip() for row in read_facts("page_boxes") if row["kind"] != "consent"]


@pytest.mark.parametrize("name", NAMES)
def test_boxes_are_known_by_their_name(story, name: str) -> None:
    text = page_text(build_page(story, f"<div class='Box {name.upper().replace('-', '_')} left'><p>{BESIDE}</p></div>"))
    assert text.count("Part") == 12
    assert BESIDE not in text


BOXES = {
    "role": f"<section role='complementary'><p>{BESIDE}</p><ul><li>{BESIDE}</li></ul></section>",
    "a link around a paragraph": f"<a href='/pier'><div><p>{BESIDE}</p></div></a>",
    "caption after its picture": f"<div><a href='/p'><img alt='{BESIDE}'></a><p>{BESIDE}</p></div>",
    "caption before its picture": f"<div><p>{BESIDE}</p><img title=' {BESIDE}  '></div>",
}


@pytest.mark.parametrize("box", BOXES.values(), ids=BOXES)
def test_boxes_are_known_by_what_they_are(story, box: str) -> None:
    text = page_text(build_page(story, box))
    assert text.count("Part") == 12
    assert BESIDE not in text


STORIES = {
    "a long text": "<div class='news-card'>{long}</div>",
    "an article": "<div class='trending'><article>{story}</article></div>",
    "a headline": "<div class='promo'><h1>Ferry sold</h1>{story}</div>",
    "a post with its tags": "<div class='post tag-promo category-support-us'>{story}</div>",
    "a link never closed": "<a href='#top'>{long}",
    "a picture": "<img alt='A ferry'>{story}",
    "nothing else": "<div class='story-card'>{story}</div>",
}


@pytest.mark.parametrize("html", STORIES.values(), ids=STORIES)
def test_stories_are_no_boxes(story, html: str) -> None:
    text = page_text(f"<html><body>{html.format(story=story, long=story * 5)}</body></html>")
    assert text.count("Part") in (6, 30)


def read_page(story: str, name: str, line: str) -> str:
    video = json.dumps({"@type": "NewsArticle", "video": {"@type": "VideoObject", "name": name}})
    head = f"<title>Ferry sold</title><script type='application/ld+json'>{video}</script>"
    html = f"<html><head>{head}</head><body><article><h1>Ferry sold</h1><p>{line}</p>{story}</article></body></html>"
    return read_raw_text(html.encode(), HTML, IngestSettings())


@pytest.mark.parametrize(
    ("name", "line", "is_kept"),
    [
        ("Moment the ferry leaves the bay", "Moment the ferry leaves the bay", False),
        ("Moment the ferry leaves the bay", "Moment the ferry leaves the bay with its crew", True),
        ("The ferry left the bay.", "The ferry left the bay.", True),
    ],
    ids=["its title", "more than its title", "a sentence"],
)
def test_the_title_of_a_player_is_no_text(story, name: str, line: str, is_kept: bool) -> None:
    assert (line in read_page(story, name, line).split("\n")) == is_kept
