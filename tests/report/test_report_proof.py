"""Marks of a proof stand where they belong, and never change the text."""

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotidian.tasks.report.proof import Element, Note, Span, mark_edits, render_proof
from quotidian.tasks.report.render import keep_characters
from quotidian.tasks.report.stories import mark_difference, mark_wording

BODY = "Ann said it was over.\n\nBob agreed."


class Reader(HTMLParser):
    """The text of paragraphs without notes and without one element."""

    def __init__(self, without: str) -> None:
        super().__init__()
        self.without, self.depth, self.text = {"sup", without}, 0, ""
        self.in_paragraph = False

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.in_paragraph |= tag == "p"
        self.depth += tag in self.without

    def handle_endtag(self, tag: str) -> None:
        self.in_paragraph &= tag != "p"
        self.depth -= tag in self.without

    def handle_data(self, data: str) -> None:
        self.text += data if self.in_paragraph and not self.depth else ""


def read_text(html: str, without: str = "sup") -> str:
    reader = Reader(without)
    reader.feed(str(html))
    reader.close()
    return reader.text


def test_a_body_without_marks_is_paragraphs() -> None:
    assert render_proof(BODY, [], []) == (
        '<p>Ann said it was over.<span class="tail">\n\n</span></p>\n<p>Bob agreed.</p>'
    )


def test_layers_nest_whatever_their_order() -> None:
    quote, name = Element("mark", "direct"), Element("a", "name", ("href", "x.html"))
    html = render_proof("It is Ann", [Span(6, 9, 3, name), Span(0, 9, 0, quote)], [])
    assert html == '<p><mark class="direct">It is <a class="name" href="x.html">Ann</a></mark></p>'


def test_overlapping_marks_are_cut_and_not_crossed() -> None:
    html = render_proof("abcdef", [Span(0, 4, 0, Element("mark", "q")), Span(2, 6, 2, Element("b", "s"))], [])
    assert html == '<p><mark class="q">ab<b class="s">cd</b></mark><b class="s">ef</b></p>'


def test_what_was_removed_stands_in_its_place() -> None:
    edits = [
        {
            "body_start": 0,
            "body_end": 0,
            "raw_text": "MENU <3\n",
            "body_text": "",
            "kind": "junk",
            "rule": "navigation",
        },
        {"body_start": 3, "body_end": 4, "raw_text": "\t\t", "body_text": " ", "kind": "spacing", "rule": "runs_of_x"},
    ]
    put, gone = mark_edits(edits)
    html = render_proof("Ann said", put, gone)
    assert html == (
        '<p><del class="junk" title="navigation">MENU &lt;3\n</del>Ann'
        '<del class="spacing blank" title="runs of x">\t\t</del><ins class="spacing blank" title="runs of x"> </ins>said</p>'
    )
    assert read_text(html, "ins") == "MENU <3\nAnn\t\tsaid"
    assert read_text(html, "del") == "Ann said"


def test_text_and_attributes_are_escaped() -> None:
    html = render_proof("<i>&", [Span(0, 4, 0, Element("b", 'x"y', ("title", "<z>")))], [])
    assert html == '<p><b class="x&#34;y" title="&lt;z&gt;">&lt;i&gt;&amp;</b></p>'


spans = st.tuples(st.integers(0, 60), st.integers(0, 60), st.integers(0, 4))


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("ab \n<&\"'\u202e\U0001f309e\u0301"), max_size=60), st.lists(spans, max_size=8))
def test_no_marks_ever_change_the_text(body: str, drawn: list[tuple[int, int, int]]) -> None:
    marks = [
        Span(min(start, end, len(body)), min(max(start, end), len(body)), layer, Element("i", "x"))
        for start, end, layer in drawn
    ]
    notes = [Note(mark.end, Element("sup", "note").around("1")) for mark in marks]
    assert read_text(render_proof(body, marks, notes)) == body


@pytest.mark.parametrize(("text", "kept"), [("a\rb", "a&#13;b"), ("a\x00b", "a\u2400b"), ("a\x0bb", "a\x0bb")])
def test_characters_that_html_would_change_are_written_otherwise(text: str, kept: str) -> None:
    assert keep_characters(text) == kept


def test_a_difference_is_marked_where_most_words_are_the_same() -> None:
    difference = "[-the-] {+a+} choice between <dialogue> or confrontation"
    assert mark_difference(difference) == (
        "<del>the</del> <ins>a</ins> choice between &lt;dialogue&gt; or confrontation"
    )
    assert mark_wording(difference, "plain") == mark_difference(difference)
    assert mark_wording("[-nothing of this-] {+stands there+} now", "plain") == "plain"
    assert mark_wording(None, "plain") == "plain"
