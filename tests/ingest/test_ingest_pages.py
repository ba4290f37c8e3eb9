"""Pages in HTML: the article's text, and what the page declares of it."""

import json

import pytest

from quotidian.tasks.clean.row import clean_input
from quotidian.tasks.clean.settings import CleanSettings
from quotidian.tasks.ingest.archive import DECLARED
from quotidian.tasks.ingest.encodings import decode_page
from quotidian.tasks.ingest.page_metadata import read_metadata
from quotidian.tasks.ingest.pages import fragment_text, page_text
from quotidian.tasks.ingest.raw_text import FRAGMENT, HTML, read_article
from quotidian.tasks.ingest.settings import IngestSettings


def test_the_text_of_a_page_is_the_article_without_its_furniture(page, sentence) -> None:
    text = page_text(page)
    assert text.startswith(f"Bridge opens\n{sentence}")
    assert "Home" not in text
    assert "Copyright" not in text
    assert page_text(page) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One <b>bold</b> word.</p><p>Two.</p>", "One bold word.\nTwo."),
        ("One<br>two<div>three<span> four</span></div>five", "One\ntwo\nthree four\nfive"),
        ("<ul><li>A<li>B</ul><script>x()</script><!-- no -->", "A\nB"),
        ("Fire &amp; smoke &lt;3", "Fire & smoke <3"),
        ("plain\n  words", "plain words"),
        ("", ""),
        ("<p></p>", ""),
        ("a\x00b\ud800", "ab?"),
    ],
)
def test_the_text_of_a_part_of_a_page_is_all_of_it(html: str, text: str) -> None:
    assert fragment_text(html) == text


@pytest.mark.parametrize(
    "html",
    [
        "<html>",
        "<html><body></body></html>",
        "<div>" * 20_000,
        "<html><body>" + "<b><i>" * 5_000 + "x",
        "<html><table>" + "<tr><td>x" * 2_000,
        "<html><body>" + "<a href='" * 3_000,
        "<html><!--" + "-" * 100_000,
        "<html><p>" + "x" * 500_000,
        "<html>" + "&" * 100_000,
        '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><html><p>&b;&b;</html>',
        "<html><body><p>" + "\U0001f600" * 10_000,
        "<html><\ud800\x00\x01>",
        "<html><script type='application/ld+json'>" + "[" * 50_000,
    ],
)
def test_odd_pages_give_a_text_or_none(html: str) -> None:
    payload = html.encode("utf-8", "surrogatepass")
    article = read_article(payload, HTML, IngestSettings())
    assert len(article.text) <= len(html) + 100
    assert article == read_article(payload, HTML, IngestSettings())


HEAD = """<html><head><title>Title | The Daily</title>
<link rel="canonical" href="https://X.com/a?utm_source=b"><meta property="og:title" content="Og title">
<meta property="og:site_name" content="The Daily"><meta name="Author" content="Ann Lee">
<meta property="article:published_time" content="2023-06-19T10:00:00+02:00"><meta property="article:section" content="Local">
%s</head><body><p>Words</p></body></html>"""


def values(html: str) -> dict[str, str]:
    """The most trusted value of each field."""
    return {fact.field: fact.value for fact in reversed(read_metadata(html))}


def test_meta_tags() -> None:
    facts = read_metadata(HEAD % "")
    assert [(fact.origin, fact.key, fact.value) for fact in facts if fact.field == "title"] == [
        ("meta", "og:title", "Og title"),
        ("title", "title", "Title | The Daily"),
    ]
    assert values(HEAD % "") == {
        "url": "https://x.com/a",
        "title": "Og title",
        "outlet": "The Daily",
        "byline": "Ann Lee",
        "section": "Local",
        "published": "2023-06-19T10:00:00+02:00",
    }


NODE = {
    "@type": ["NewsArticle", "Thing"],
    "headline": "Og &amp; title",
    "datePublished": "2023-06-19T08:00:00Z",
    "author": [{"@type": "Person", "name": "Ann"}, {"name": "Bo"}, "Cy"],
    "publisher": {"@type": "Organization", "name": "Own Daily"},
    "articleSection": ["City", "Fire"],
}


@pytest.mark.parametrize(
    "wrap", [lambda n: n, lambda n: [{"@type": "WebSite"}, n], lambda n: {"@graph": [{"name": 1}, n]}]
)
def test_json_ld_comes_first(wrap) -> None:
    script = f'<script type="application/ld+json">{json.dumps(wrap(NODE))}</script>'
    found = values(HEAD % script)
    assert (found["outlet"], found["byline"]) == ("Own Daily", "Ann, Bo, Cy")
    assert (found["published"], found["section"]) == ("2023-06-19T08:00:00Z", "City, Fire")


@pytest.mark.parametrize(
    "node",
    [
        '{"@type": "NewsArticle", "headline": ',
        '{"@type": "NewsArticle", "headline": {"a": 1}, "author": 7, "publisher": [[]], "datePublished": null}',
        '{"@type": {"a": 1}}',
        '{"@type": "Organization", "name": "Other"}',
        "[" * 10_000,
        "null",
    ],
)
def test_broken_json_ld_is_passed_over(node: str) -> None:
    assert values(HEAD % f'<script type="application/ld+json">{node}</script>') == values(HEAD % "")


def test_a_profile_address_is_no_author_and_a_path_no_address() -> None:
    html = '<html><meta name="author" content="https://x.com/ann"><link rel="canonical" href="/a"><p>x</p></html>'
    assert values(html) == {}


def test_the_title_and_the_time_element() -> None:
    html = '<html><title> A \n title</title><time itemprop="datePublished" datetime="2023-06-19">June</time></html>'
    assert values(html) == {"title": "A title", "published": "2023-06-19"}


def row(payload: str, media_type: str = HTML, **declared: str) -> dict:
    empty = dict.fromkeys((*DECLARED, "arrival", "record_id"))
    return empty | {"input_id": "i", "source": "s", "payload": payload.encode(), "media_type": media_type} | declared


def test_what_a_page_declares_reaches_the_article(page) -> None:
    html = page.replace("</head>", (HEAD % "").partition("<head>")[2].partition("</head>")[0] + "</head>")
    cleaned = clean_input(row(html), CleanSettings(), IngestSettings())
    assert (cleaned["date_source"], str(cleaned["published_at"])) == ("metadata", "2023-06-19 08:00:00+00:00")
    assert (cleaned["url"], cleaned["byline"], cleaned["outlet"]) == ("https://x.com/a", "Ann Lee", "The Daily")


def test_what_the_source_declares_comes_before(page) -> None:
    html = page.replace("</head>", '<meta name="author" content="Page"><meta name="date" content="2023-06-20"></head>')
    cleaned = clean_input(row(html, byline="Source", published="2023-06-19"), CleanSettings(), IngestSettings())
    assert (cleaned["byline"], str(cleaned["published_date"])) == ("Source", "2023-06-19")
    assert cleaned["date_source"] == "declared"


@pytest.mark.parametrize("media_type", [HTML, FRAGMENT])
def test_a_page_without_text_is_rejected(media_type: str) -> None:
    cleaned = clean_input(row("<html><body><img src=x></body></html>", media_type), CleanSettings(), IngestSettings())
    assert cleaned["reject_reason"] == "no_text"


@pytest.mark.parametrize(
    ("payload", "charset", "text"),
    [
        ("é".encode(), "iso-8859-1", "é"),
        ("“é”".encode("cp1252"), "iso-8859-1", "“é”"),
        ("é è à".encode("cp1252"), None, "é è à"),
        ("é è à".encode("cp1252"), "no such thing", "é è à"),
        (b'<meta charset="windows-1251">\xe0', None, '<meta charset="windows-1251">а'),
        ("é".encode("utf-16"), "utf-8", "é"),
        (b"\xef\xbb\xbfx", None, "x"),
    ],
)
def test_pages_are_decoded(payload: bytes, charset: str | None, text: str) -> None:
    assert decode_page(payload, charset) == text


@pytest.mark.parametrize(
    ("text", "raw"),
    [
        ("<p>One &amp; two.</p><p>Three.</p>", "One & two.\nThree."),
        ("One<br />two<br>three", "One\ntwo\nthree"),
        ("A < b and c > d, as <p> says.", "A < b and c > d, as <p> says."),
    ],
)
def test_records_with_markup_are_read_as_such(text: str, raw: str) -> None:
    payload = json.dumps({"text": text}).encode()
    assert read_article(payload, "application/json", IngestSettings()).text == raw


SCRIPT = f"<script>{'x = 1; ' * 400_000}</script>"


def test_scripts_do_not_count_in_the_size_of_a_page(read_file, make_record, text_of, page, sentence) -> None:
    large = page.replace("<nav>", f"{SCRIPT}<style>{'p {} ' * 10}</style><nav>")
    assert len(large) > IngestSettings().max_record_bytes
    for name, payload in (("a.html", large.encode()), ("a.warc", make_record("https://x.com/a", large.encode()))):
        (input_,) = read_file(name, payload)
        assert (input_.reject_reason, input_.payload) == (None, large.encode())
        assert text_of(input_) == page_text(page)


@pytest.mark.parametrize(
    "html",
    [
        f"<html><p>{'word ' * 500_000}</p></html>",
        f"<html>{SCRIPT * 6}<p>Words</p></html>",
        f"<html>{'<scripts>' * 300_000}</html>",
    ],
    ids=["text", "more than any page", "no scripts"],
)
def test_a_page_of_too_many_bytes_is_rejected(read_file, html: str) -> None:
    (input_,) = read_file("a.html", html)
    assert input_.reject_reason == "too_large"


@pytest.mark.parametrize(
    ("area", "head", "line"),
    [
        ('<p class="article-dek">It took three years and two mayors to build.</p>', "", True),
        ('<h2 class="standfirst">It took three years and two mayors to build.</h2>', "", True),
        (
            "<div>It took three years and two mayors to build.</div>",
            '<meta name="description" content="It took three years and two mayors to build.">',
            True,
        ),
        ('<p class="caption dek">It took three years and two mayors to build.</p>', "", False),
        ('<p class="dek">Bridge opens</p>', "", False),
    ],
    ids=["class", "heading", "description", "caption", "few words"],
)
def test_the_standfirst_is_part_of_the_text_once(page, sentence, area: str, head: str, line: bool) -> None:
    html = page.replace("</h1>", f"</h1>{area}").replace("</head>", f"{head}</head>")
    lines = read_article(html.encode(), HTML, IngestSettings()).text.split("\n")
    assert lines.count("It took three years and two mayors to build.") == line
    assert lines[:2] == ["Bridge opens", "It took three years and two mayors to build."] or not line


NOTICE = "We store small files on your device to remember your choices and to count who reads us, for as long as you let us. "


@pytest.mark.parametrize(
    "name", ["privacy-content-box", "CookieBanner", "onetrust-pc-sdk", "site_cookie_notice", "privacy-notice"]
)
def test_what_asks_for_consent_is_no_text(sentence, name: str) -> None:
    story = "".join(f"<p>{sentence} Part {n} of the story is told here at some length.</p>" for n in range(6))
    notice = "".join(f"<p>{NOTICE} It is part {n} of what we ask of you.</p>" for n in range(30))
    html = f"<html><body><div class='{name}'>{notice}</div><h1>Ferry sold</h1><div class='body'>{story}</div></body></html>"
    text = page_text(html)
    assert "small files" not in text
    assert text.count("Part") == 6


@pytest.mark.parametrize("name", ["post tag-cookie-law category-consent-", "gdpr-ready page", "cookie-dough"])
def test_a_story_about_consent_is_text(sentence, name: str) -> None:
    story = "".join(f"<p>{sentence} Part {n} of the story is told here at some length.</p>" for n in range(6))
    html = f"<html><body><div class='{name}'><h1>Ferry sold</h1>{story}</div></body></html>"
    assert page_text(html).count("Part") == 6


def test_captions_of_the_article_are_told_by_the_page() -> None:
    html = (
        "<html><body><article><h1>Ferry sold</h1><figure><img><figcaption>The ferry leaves <b>Northport</b> for Selby"
        "<span class='caption-text'>for the last time</span></figcaption></figure><p itemprop='caption'>Its crew on the old pier</p>"
        "<figcaption>Ann Lee</figcaption></article><aside><figcaption>A boat of another story altogether</figcaption></aside></body></html>"
    )
    captions = [fact.value for fact in read_metadata(html) if fact.field == "caption"]
    assert captions == ["The ferry leaves Northport for Selby for the last time", "Its crew on the old pier"]


def test_a_moment_in_the_title_of_an_abbreviation_counts(page) -> None:
    html = "<html><body><h1>Ferry sold</h1><p><abbr class='published' title='2023-05-03T08:00:00Z'>3 May</abbr></p></body></html>"
    assert [fact.value for fact in read_metadata(html) if fact.field == "published"] == ["2023-05-03T08:00:00Z"]


@pytest.mark.parametrize(("tier", "is_paywalled"), [("locked", True), ("free", False)])
def test_the_tier_of_a_page_tells_of_a_paywall(sentence, tier: str, is_paywalled: bool) -> None:
    head = f"<meta property='article:content_tier' content='{tier}'>"
    html = f"<html><head>{head}</head><body><h1>Ferry sold</h1><p>{sentence}</p></body></html>"
    assert read_article(html.encode(), HTML, IngestSettings()).is_paywalled is is_paywalled


@pytest.mark.parametrize(
    "quotation",
    [
        "<blockquote><p>It leaks.</p><cite>Ida Marsh</cite></blockquote>",
        "<blockquote>It leaks.<footer>— <cite>Ida Marsh</cite></footer></blockquote>",
        "<figure><blockquote><p>It leaks.</p></blockquote><figcaption>Ida Marsh</figcaption></figure>",
    ],
)
def test_who_is_quoted_stands_below_a_block_quotation(sentence, quotation: str) -> None:
    story = f"<p>{sentence} The story is told here at some length.</p>"
    html = f"<html><body><article><h1>Ferry sold</h1>{story * 2}{quotation * 2}{story}</article></body></html>"
    assert page_text(html).count("It leaks.\n― Ida Marsh\n") >= 1


def test_a_work_that_a_quotation_cites_stays_where_it_is(sentence) -> None:
    quotation = "<blockquote><p>It stood in <cite>The Post</cite> in May.</p></blockquote>"
    html = f"<html><body><article><h1>Ferry sold</h1><p>{sentence}</p>{quotation}<p>{sentence} It was sold.</p></article></body></html>"
    assert "It stood in The Post in May." in page_text(html)


def put_into_story(sentence: str, piece: str) -> str:
    """A page with a piece of markup between the paragraphs of a story."""
    story = f"<p>{sentence} The story is told here at some length.</p>"
    return f"<html><body><article><h1>Ferry sold</h1>{story * 2}{piece}{story}</article></body></html>"


@pytest.mark.parametrize(
    "post",
    [
        "<blockquote class='instagram-media'><div><a href='x'>View this post on Instagram</a></div><p><a href='x'>It leaks, my friends.</a></p>"
        "<p>A post shared by <a href='y'>Ida Marsh</a> (@ida) on <time>Mar 3, 2019</time></p></blockquote>",
        "<div class='fb-post'><blockquote class='fb-xfbml-parse-ignore'><p>It leaks, my friends.</p>Posted by <a href='y'>Ida Marsh</a> on "
        "<a href='x'>Sunday, 3 March 2019</a></blockquote></div>",
    ],
    ids=["a paragraph of its own", "loose words"],
)
def test_who_wrote_an_embedded_post_stands_below_it(sentence, post: str) -> None:
    text = page_text(put_into_story(sentence, post))
    assert "\nIt leaks, my friends.\n― Ida Marsh" in text
    assert "shared by" not in text


def test_an_embedded_post_without_words_leaves_nothing(sentence) -> None:
    post = (
        "<blockquote class='instagram-media'><a href='x'>View this post on Instagram</a>"
        "<p>A post shared by Ida Marsh (@ida)</p></blockquote>"
    )
    assert "Ida" not in page_text(put_into_story(sentence, post))


@pytest.mark.parametrize(
    ("cap", "line"),
    [
        ("<div class='dropcap'>A</div><p> quay of Kelsby is shut for all of the winter.</p>", "A quay of Kelsby"),
        (
            "<p><div class='x'>T</div>he quay of <a href='x'>Kelsby</a> is shut for all of the winter.</p>",
            "The quay of Kelsby is",
        ),
        ("<p><div>“T</div>he quay of Kelsby is shut for all of the winter,” he said.</p>", "“The quay of Kelsby"),
    ],
)
def test_a_drop_cap_goes_back_to_its_word(sentence, cap: str, line: str) -> None:
    assert f"\n{line}" in page_text(put_into_story(sentence, cap))


def test_the_letter_of_an_option_is_no_drop_cap(sentence) -> None:
    assert "Bbanana" not in page_text(put_into_story(sentence, "<p>B</p><p>banana boats of the harbour of Kelsby</p>"))
