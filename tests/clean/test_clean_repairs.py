"""Repairs of encoding and spacing: what changes, and what must not."""

import pytest

from quotidian.tasks.clean.article import clean_article, rebuild_raw
from quotidian.tasks.clean.cleaned import Declared
from quotidian.tasks.clean.encoding import repair_encoding
from quotidian.tasks.clean.settings import CleanSettings
from quotidian.tasks.clean.spacing import repair_spacing, repair_stops
from quotidian.tasks.clean.trace import finish_edits, start_trace


@pytest.mark.parametrize(
    ("raw", "text", "rule"),
    [
        ("a\r\nb", "a\nb", "line_break"),
        ("a\rb\u2028c", "a\nb\nc", "line_break"),
        ("Itâ€™s fine", "It’s fine", "mojibake"),
        ("The cafÃ© on the corner", "The café on the corner", "mojibake"),
        ("Fish &amp; chips", "Fish & chips", "html_entity"),
        ("Fish &amp;amp; chips", "Fish & chips", "html_entity"),
        ("Don&#8217;t", "Don’t", "html_entity"),
        ("Don&amp;#x2019;t", "Don’t", "html_entity"),
        ("one<br/>two", "one\ntwo", "html_tag"),
        ("an <em>old</em> man", "an old man", "html_tag"),
        ("oﬃce", "office", "ligature"),
        ("Mon\u00adday\u200b", "Monday", "invisible"),
        ("a\x00b\x1b", "ab", "invisible"),
        ("\ufeffThe", "The", "invisible"),
    ],
)
def test_encoding_is_repaired(raw, text, rule):
    trace = repair_encoding(start_trace(raw))
    assert trace.text == text
    assert {(edit.rule, edit.kind) for edit in finish_edits(trace)} == {(rule, "encoding")}


@pytest.mark.parametrize(
    "text",
    [
        "“Typographic” quotes’ marks — and dashes – stay…",
        "Zoë’s naïve café in São Paulo costs 5 €",
        "AT&T and R&D; a < b and c > d",
        "<The Palace> is a play",
        "👩\u200d👩\u200d👧 is one character to readers",
        "Москва и 北京",
    ],
)
def test_good_text_is_left_alone(text):
    assert repair_encoding(start_trace(text)).text == text


def test_mojibake_edits_are_small():
    trace = repair_encoding(start_trace("A long line in which only one word isnâ€™t right, and no other one."))
    (edit,) = finish_edits(trace)
    assert (edit.raw_text, edit.body_text) == ("â€™", "’")


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("  a  b\t c  ", "a b c"),
        ("a\u00a0b\u3000c", "a b c"),
        ("a \n b", "a\nb"),
        ("a\n\n\n\nb", "a\n\nb"),
        ("a\n \n\n b", "a\n\nb"),
        ("a\n\nb\nc", "a\n\nb\nc"),
    ],
)
def test_blanks_are_put_in_order(raw, text):
    assert repair_spacing(start_trace(raw)).text == text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("unresolved. . The end", "unresolved. The end"),
        ("our relationship. .", "our relationship."),
        ("first meeting. , in Anchorage", "first meeting, in Anchorage"),
        ("Raimondo , and Kerry", "Raimondo, and Kerry"),
        ("Harbour Inc. , which", "Harbour Inc., which"),
        ("in the U.S. , he said", "in the U.S., he said"),
        ("he said .", "he said."),
    ],
)
def test_stray_stops_go(raw, text):
    assert repair_stops(start_trace(raw)).text == text


@pytest.mark.parametrize(
    "text", ["later in the week. the day.", "Wait . . . what", "a .5 share", "Well. . . no", "x ... y"]
)
def test_other_stops_stay(text):
    assert repair_stops(start_trace(text)).text == text


@pytest.mark.parametrize(
    ("raw", "body"),
    [
        ("We don â € ™ t sell boats, he said.", "We don’t sell boats, he said."),
        ("It â€ ™ s the oldest boat.", "It’s the oldest boat."),
        ("Ita\u0302€™s the oldest boat.", "It’s the oldest boat."),
        ("The city â€™ s plan is old.", "The city’s plan is old."),
        ("It&acirc;&euro;&trade;s the oldest boat.", "It’s the oldest boat."),
        ("She said: â € œ We sell it.", "She said: “We sell it."),
        ("He sold it â € ” and left.", "He sold it — and left."),
        ("The cafÃ © by the pier is shut.", "The café by the pier is shut."),
    ],
    ids=["apostrophe", "half torn", "decomposed", "blanks around", "entities", "opening mark", "dash", "letter"],
)
def test_mojibake_with_blanks_inside_is_repaired(raw, body):
    cleaned = clean_article(raw, Declared(), CleanSettings())
    assert cleaned.body == body
    assert rebuild_raw(cleaned.body, cleaned.edits) == raw


def test_letters_of_other_languages_are_no_torn_mojibake():
    raw = "The â of Vlad and the ã of São Paulo stand here, at 5 € each."
    assert clean_article(raw, Declared(), CleanSettings()).body == raw
