"""The edit algebra: changes of several steps become one list of edits that leads back."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotidian.tasks.clean.trace import Change, apply_changes, finish_edits, rebuild_raw, start_trace


def change(start: int, end: int, text: str = "", rule: str = "rule", kind: str = "junk") -> Change:
    return Change(start, end, text, rule, kind)


def test_no_change_leaves_no_edit():
    trace = apply_changes(start_trace("one two"), [change(0, 3, "one")])
    assert (trace.text, finish_edits(trace)) == ("one two", ())


def test_steps_compose_to_raw_offsets():
    trace = apply_changes(start_trace("aa bb cc dd"), [change(0, 3)])
    trace = apply_changes(trace, [change(3, 6)])
    (first, second) = finish_edits(trace)
    assert trace.text == "bb dd"
    assert (first.raw_start, first.raw_end, first.raw_text) == (0, 3, "aa ")
    assert (second.raw_start, second.raw_end, second.body_start) == (6, 9, 3)


def test_a_removal_takes_in_earlier_repairs():
    trace = apply_changes(start_trace("x &amp; y"), [change(2, 7, "&", "html_entity", "encoding")])
    trace = apply_changes(trace, [change(0, 4, "", "phrase")])
    (edit,) = finish_edits(trace)
    assert (edit.raw_text, edit.body_text, edit.rule) == ("x &amp; ", "", "phrase")


def test_blanks_around_a_removal_are_counted_to_it():
    trace = apply_changes(start_trace("a junk b"), [change(2, 6, "", "phrase")])
    trace = apply_changes(trace, [change(1, 3, " ", "blanks", "spacing")])
    (edit,) = finish_edits(trace)
    assert (trace.text, edit.rule, edit.kind) == ("a b", "phrase", "junk")


def test_overlapping_changes_of_one_step_keep_the_first():
    trace = apply_changes(start_trace("abcdef"), [change(2, 5), change(0, 3)])
    assert trace.text == "def"


@pytest.mark.parametrize(
    ("start", "end", "span"),
    [(0, 1, (0, 1)), (2, 3, (7, 8)), (1, 2, (1, 7)), (0, 3, (0, 8))],
)
def test_raw_span_follows_edits(start, end, span):
    trace = apply_changes(start_trace("a&quot;b"), [change(1, 7, '"', "html_entity", "encoding")])
    assert trace.raw_span(start, end) == span


SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 6), st.text("xy\n ", max_size=3)), max_size=6)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(raw=st.text("ab \n", max_size=30), steps=st.lists(SPANS, max_size=5))
def test_any_changes_can_be_undone(raw, steps):
    trace = start_trace(raw)
    for number, spans in enumerate(steps):
        size = len(trace.text)
        kind = ("junk", "spacing", "encoding")[number % 3]
        changes = [Change(min(s, size), min(s + n, size), text, f"rule{number}", kind) for s, n, text in spans]
        trace = apply_changes(trace, changes)
    edits = finish_edits(trace)
    assert rebuild_raw(trace.text, edits) == raw
    for left, right in itertools.pairwise(edits):
        assert left.raw_end <= right.raw_start
        assert left.body_end <= right.body_start
    for edit in edits:
        assert trace.text[edit.body_start : edit.body_end] == edit.body_text
