"""Quotation marks are paired within their paragraph, in every style."""

import pytest

from quotidian.tasks.extract.parsing.boundaries import find_paragraph_starts
from quotidian.tasks.extract.parsing.view import smooth_text
from quotidian.tasks.extract.quotes.marks import find_segments


def segments(text):
    view = smooth_text(text)
    found = find_segments(text, view, find_paragraph_starts(view))
    return [text[s.start : s.end] for s in found]


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        ('"A b," he said.', ["A b,"]),
        ("“A b,” he said, “c d.”", ["A b,", "c d."]),
        ("«A b», he said.", ["A b"]),
        ("''A b,'' he said.", ["A b,"]),
        ("'A b,' he said.", ["A b,"]),
        ("‘A b,’ he said. It’s the farmers’ vote.", ["A b,"]),
        ("“A ‘b’ c,” he said.", ["A ‘b’ c,"]),
        ("It’s 5’ long, in the ’90s", []),
        ("", []),
        ('"', []),
        ('""', []),
    ],
)
def test_pairs(text, contents):
    assert segments(text) == contents


def test_a_lost_mark_spoils_one_paragraph():
    assert segments("“A b c. He left.\n\n“D e,” he said.")[-1] == "D e,"
    assert segments("A b” c.\n\n“D e,” he said.") == ["D e,"]
    assert segments("He said “a b. Then c d.\n\nThe end.") == ["a b."]


def test_speech_runs_on_where_the_next_paragraph_opens_with_a_mark():
    text = "“A b.\n\n“C d.”"
    view = smooth_text(text)
    first, second = find_segments(text, view, find_paragraph_starts(view))
    assert first.runs_on
    assert not second.runs_on
