"""What a page shows around its headline."""

import pytest

from quotidian.tasks.ingest.page_metadata import read_metadata

HEADLINE = "Ferry to the islands stops for the winter"
STORY = (
    "<p>"
    + "The company that runs the boats said on Friday that ice had come early and that the crews were tired. " * 2
    + "</p>"
)


def told(area: str, before: str = "") -> dict[str, str]:
    html = (
        f"<html><head><title>{HEADLINE} - The Gazette</title></head><body><h1><a>The Gazette</a></h1>{before}"
        f"<article><h1>{HEADLINE}</h1>{area}{STORY}{STORY}</article></body></html>"
    )
    return {f"{fact.field} {fact.key}": fact.value for fact in read_metadata(html)}


def test_the_heading_that_is_like_the_title_is_the_headline() -> None:
    assert told("")["title h1"] == HEADLINE


def test_a_bar_in_the_heading_is_part_of_it() -> None:
    words = "Rivermen | The Musical comes to Torvale"
    html = f"<html><head><title>{words} | The Gazette</title></head><body><h1>{words}</h1></body></html>"
    assert next(fact.value for fact in read_metadata(html) if fact.key == "h1") == words


def test_a_label_in_the_heading_is_left_out() -> None:
    html = f"<html><head><title>{HEADLINE}</title></head><body><h1><b>Opinion</b><span>{HEADLINE}</span></h1></body></html>"
    assert next(fact.value for fact in read_metadata(html) if fact.key == "h1") == HEADLINE


@pytest.mark.parametrize(
    ("area", "key"),
    [
        ('<div itemprop="author">By <span itemprop="name">Ida Marsh</span></div>', "itemprop"),
        ('<a rel="author" href="/x">Ida Marsh</a>', "rel"),
        ('<p>By <a href="https://g.example/author/ida">Ida Marsh</a></p>', "author_link"),
        ('<div class="post-byline">Ida Marsh | Published 3 May 2023</div>', "byline"),
        ('<p class="byline">By<br>Ida Marsh<br/>Harbour Gazette</p>', "byline"),
        ('<div class="c-byline"><span>Ida Marsh</span> Updated: 3 May 2023</div>', "byline"),
    ],
)
def test_bylines_near_the_headline_are_read(area: str, key: str) -> None:
    assert told(area)[f"byline {key}"].removeprefix("By ") == "Ida Marsh"


@pytest.mark.parametrize(
    "area",
    [
        '<figure><figcaption>Ice. <a href="/author/bo">Bo Lind</a></figcaption></figure>',
        '<div class="photo-credit"><a rel="author">Bo Lind</a></div>',
        f'{STORY}{STORY}<aside><a href="/author/bo">Bo Lind</a></aside>',
        '<p>An earlier story told how the winter of 1987 had closed the harbour for weeks, wrote <a href="/author/bo">Bo Lind</a></p>',
    ],
    ids=["figure", "credit", "below the story", "in a sentence"],
)
def test_others_that_are_named_are_no_authors(area: str) -> None:
    assert not [key for key in told(area) if key.startswith("byline")]


def test_all_authors_that_stand_together_are_read_and_no_others() -> None:
    links = '<p><a href="/author/a">Ida Marsh</a> and <a href="/author/b">Bo Lind</a></p>'
    other = '<div><div><div><a href="/author/c">Cal Otter</a></div></div></div>'
    assert told(links + other)["byline author_link"] == "Ida Marsh, Bo Lind"


@pytest.mark.parametrize(
    ("area", "key", "value"),
    [
        ('<time datetime="2023-05-03T08:00:00Z">3 May</time>', "near_headline", "2023-05-03T08:00:00Z"),
        ('<span itemprop="datePublished" content="2023-05-03"></span>', "itemprop", "2023-05-03"),
        ("<div>3 May 2023</div>", "visible", "3 May 2023"),
        ("<div>MAY 3, 2023</div>", "visible", "MAY 3, 2023"),
        ('<span property="dc:date dc:created" content="2023-05-03">Wed</span>', "itemprop", "2023-05-03"),
        ("<dl><dt>Date:</dt><dd>May 3, 2023</dd></dl>", "visible", "Date: May 3, 2023"),
    ],
)
def test_times_near_the_headline_are_read(area: str, key: str, value: str) -> None:
    assert told(area)[f"published {key}"] == value


@pytest.mark.parametrize(
    "area",
    [
        '<p>Updated <time datetime="2023-05-04">4 May</time></p>',
        '<time class="dateModified" datetime="2023-05-04">4 May</time>',
        "<div>Last updated 4 May 2023</div>",
        '<article><h2><a href="/b">Ferry fares go up again</a></h2><time datetime="2021-01-01">1 Jan 2021</time></article>',
        '<aside><time datetime="2021-01-01">1 Jan</time> <a href="/b">Ferry fares go up again</a></aside>',
        '<i itemprop="datePublished" content="2023-05-03"></i><i itemprop="datePublished" content="2022-01-01"></i>',
    ],
)
def test_a_change_or_several_days_tell_no_publication(area: str) -> None:
    assert not [key for key in told(area) if key.startswith("published")]
