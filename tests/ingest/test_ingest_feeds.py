"""RSS and Atom: entries with full text come in."""

import pytest

HEAD = (
    '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>The Daily &amp; Co</title>'
)
TAIL = "</channel></rss>"


def rss(*items: str) -> str:
    return HEAD + "".join(f"<item>{item}</item>" for item in items) + TAIL


def test_an_entry_with_full_text(read_file, text_of) -> None:
    item = (
        "<title>Fire &lt;i&gt;again&lt;/i&gt;</title><link>https://x.com/a?utm_source=rss</link><guid>77</guid>"
        "<dc:creator>Ann Lee</dc:creator><category>Local</category><category>Fire</category>"
        "<pubDate>Mon, 19 Jun 2023 10:00:00 GMT</pubDate><description>Short.</description>"
        "<content:encoded><![CDATA[<p>One &amp; two.</p><script>no()</script><ul><li>Three</li></ul>]]></content:encoded>"
    )
    (input_,) = read_file("a.xml", rss(item))
    assert text_of(input_) == "One & two.\nThree"
    assert (input_.title, input_.url, input_.record_id) == ("Fire again", "https://x.com/a", "77")
    assert (input_.outlet, input_.byline, input_.section) == ("The Daily & Co", "Ann Lee", "Local")
    assert input_.published == "Mon, 19 Jun 2023 10:00:00 GMT"


@pytest.mark.parametrize(
    ("words", "settings", "reason"),
    [
        (20, {}, "summary_only"),
        (20, {"keep_summaries": True}, None),
        (250, {}, None),
        (250, {"summary_words": 300}, "summary_only"),
    ],
)
def test_a_summary_is_no_article_unless_it_is_long_or_wanted(read_file, words, settings, reason) -> None:
    (input_,) = read_file("a.rss", rss(f"<title>T</title><description>{'word ' * words}</description>"), **settings)
    assert input_.reject_reason == reason


def test_an_entry_without_any_text_is_rejected(read_file) -> None:
    (input_,) = read_file("a.rss", rss("<title>T</title><link>https://x.com/a</link>"))
    assert (input_.reject_reason, input_.url) == ("no_text", "https://x.com/a")


def test_atom_names_the_source_of_an_entry(read_file, text_of) -> None:
    feed = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Gatherer</title><entry><id>tag:x,1</id><title>T</title>'
        "<link href='https://x.com/c'/><updated>2023-06-20T10:00:00Z</updated><published>2023-06-19T10:00:00+02:00</published>"
        "<author><name>Bo</name></author><source><title>The Daily</title></source>"
        "<content type='text'>Plain &lt;words&gt;.</content></entry></feed>"
    )
    (input_,) = read_file("a", feed)
    assert (input_.outlet, input_.byline, input_.record_id) == ("The Daily", "Bo", "tag:x,1")
    assert input_.published == "2023-06-19T10:00:00+02:00"
    assert text_of(input_) == "Plain <words>."


@pytest.mark.parametrize(
    ("feed", "reasons"),
    [
        (rss(), ["empty"]),
        (rss("<title>T</title><content:encoded>One.</content:encoded>")[:-16], [None, "damaged"]),
        (HEAD + "<item><content:encoded>a & b < c</content:encoded></item>" + TAIL, [None, "damaged"]),
    ],
)
def test_broken_feeds_give_what_can_be_made_out(read_file, feed: str, reasons: list) -> None:
    assert [i.reject_reason for i in read_file("a.xml", feed)] == reasons


def test_entities_do_not_expand(read_file) -> None:
    bomb = '<!DOCTYPE rss [<!ENTITY a "boom">' + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    feed = bomb + "]>" + rss("<title>T</title><content:encoded>&i; and &x;</content:encoded>").partition("?>")[2]
    for input_ in read_file("a.xml", feed):
        assert len(input_.payload) < 10_000


def test_no_file_and_no_address_is_opened_for_an_entity(read_file, tmp_path) -> None:
    (tmp_path / "secret.txt").write_text("the secret")
    doctype = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{tmp_path}/secret.txt">]>'
    feed = doctype + rss("<title>T</title><content:encoded>One &x; two.</content:encoded>").partition("?>")[2]
    assert not any(b"secret" in input_.payload for input_ in read_file("a.xml", feed))


def test_a_feed_that_breaks_its_parser_is_rejected(read_file, monkeypatch) -> None:
    def fail(payload: bytes) -> None:
        raise OverflowError("date value out of range")

    monkeypatch.setattr("quotidian.tasks.ingest.feeds.parse_feed", fail)
    (input_,) = read_file("a.xml", rss().encode())
    assert input_.reject_reason == "damaged"
    assert "out of range" in input_.reject_detail


@pytest.mark.parametrize(
    ("authors", "byline"),
    [
        ("<dc:creator>Ida Marsh</dc:creator><dc:creator>Bo Lind</dc:creator>", "Ida Marsh, Bo Lind"),
        ("<author>ida@g.org (Ida Marsh)</author>", "Ida Marsh"),
        ("<dc:creator>Ida Marsh</dc:creator><dc:creator>Ida Marsh</dc:creator>", "Ida Marsh"),
        ("<author>ida@gazette.example (Ida Marsh)</author><dc:creator>Bo Lind</dc:creator>", "Ida Marsh, Bo Lind"),
        ("", None),
    ],
)
def test_all_authors_of_an_entry_are_kept(read_file, authors: str, byline: str | None) -> None:
    (input_,) = read_file("a.rss", rss(f"<title>T</title>{authors}<description>{'word ' * 250}</description>"))
    assert input_.byline == byline


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("/news/101", "https://gazette.example/news/101"),
        ("article.php?id=5", "https://gazette.example/article.php?id=5"),
        ("//g.example/a", "https://g.example/a"),
        ("https://other.example/a", "https://other.example/a"),
        ("#", None),
        ("N/A", None),
        ("", None),
    ],
)
def test_links_are_relative_to_the_feeds_address(read_file, link: str, url: str | None) -> None:
    feed = rss(f"<title>T</title><link>{link}</link><description>{'word ' * 250}</description>")
    (input_,) = read_file("a.rss", feed.replace("<title>", "<link>https://gazette.example</link><title>", 1))
    assert input_.url == url


def test_a_relative_link_of_a_feed_without_an_address_names_no_page(read_file) -> None:
    one, two = (
        read_file(name, rss(f"<title>T</title><link>/news/1</link><description>{'word ' * 250}</description>"))[0]
        for name in ("a.rss", "b.rss")
    )
    assert one.url is None
    assert one.input_id != two.input_id


def test_marks_of_cdata_that_were_escaped_are_no_text(read_file, text_of) -> None:
    words = "word " * 250
    (input_,) = read_file(
        "a.rss", rss(f"<title>T</title><description>&lt;![CDATA[&lt;p&gt;{words}&lt;/p&gt;]]&gt;</description>")
    )
    assert text_of(input_) == words.strip()


@pytest.mark.parametrize(
    "marked",
    [
        "<![CDATA[%s]]>",
        "<![cdata[%s]]>",
        "<! [CDATA[ %s ]]>",
        "<p></p><![CDATA[%s]]>",
        "%s]]>",
        "<![CDATA[%s]]><![CDATA[ ]]>",
    ],
    ids=["whole", "small", "blank", "behind a tag", "end alone", "two"],
)
def test_every_mark_of_cdata_goes(read_file, text_of, marked: str) -> None:
    words = "word " * 250
    escaped = (marked % f"<p>{words}</p>").replace("<", "&lt;").replace(">", "&gt;")
    (input_,) = read_file("a.rss", rss(f"<title>T</title><description>{escaped}</description>"))
    assert text_of(input_) == words.strip()


def test_the_day_of_dublin_core_is_no_change(read_file) -> None:
    item = (
        "<dc:date>2023-05-03</dc:date><atom:updated xmlns:atom='http://www.w3.org/2005/Atom'>2023-06-04T08:00:00Z"
        f"</atom:updated><description>{'word ' * 250}</description>"
    )
    (input_,) = read_file("a.xml", rss(item))
    assert input_.published == "2023-05-03"
