"""The files of seeds/ that cleaning reads: what people edit must stay readable."""

import re

import pytest

from quotidian.tasks.clean.lines import split_lines
from quotidian.tasks.clean.looks import Place, describe_content, describe_line, describe_place, read_weights
from quotidian.tasks.clean.phrases import find_phrase, match_line, normalise_phrase, read_patterns, read_phrases
from quotidian.tasks.store.facts import read_facts
from quotidian.tasks.tables.kinds import CREDIT_KINDS, EDIT_KINDS

FIELDS = {*CREDIT_KINDS, "title", "byline", "byline_rest", "section", "date", "url", "outlet"}
WHERES = {"line", "head", "tail", "start", "inside", "comment"}


def test_phrases_are_told_once():
    phrases = [normalise_phrase(row["phrase"]) for row in read_facts("junk_phrases")]
    assert sorted({phrase for phrase in phrases if phrases.count(phrase) > 1}) == []
    assert all(phrases)


def test_phrases_have_known_places():
    assert {phrase.where for phrase in read_phrases().values()} <= {"", "head", "tail", "ends"}


def test_patterns_are_whole():
    patterns = read_patterns()
    assert {pattern.kind for pattern in patterns} <= set(EDIT_KINDS)
    assert {pattern.where for pattern in patterns} <= WHERES
    assert {group.rstrip("2") for pattern in patterns for group in pattern.regex.groupindex} <= FIELDS
    assert all(pattern.rule and pattern.max_chars > 0 for pattern in patterns)


EXAMPLES = list(zip(read_facts("junk_patterns"), read_patterns(), strict=True))


@pytest.mark.parametrize(
    ("row", "pattern"), EXAMPLES, ids=[f"{row['rule']}, row {n}" for n, (row, _) in enumerate(EXAMPLES, 2)]
)
def test_patterns_match_their_examples(row, pattern):
    example = row["example"]
    assert pattern.hint in example.lower()
    if pattern.where in ("start", "inside"):
        find = pattern.regex.match if pattern.where == "start" else pattern.regex.search
        assert find(example)
    else:
        assert match_line(example, [pattern])


@pytest.mark.parametrize("name", ["junk_patterns", "junk_terms", "page_notices", "junk_phrases"])
def test_rows_have_the_columns_of_their_file(name):
    assert [row for row in read_facts(name) if None in row or None in row.values()] == []


def test_notices_are_in_lower_case():
    assert [row["pattern"] for row in read_facts("page_notices") if re.search(r"(?<!\\)[A-Z]", row["pattern"])] == []


def test_hints_are_in_lower_case():
    assert [row["hint"] for row in read_facts("junk_patterns") if row["hint"] != row["hint"].lower()] == []


def test_places_and_agencies_are_told_once():
    for name, column in (
        ("dateline_places", "place"),
        ("agencies", "mark"),
        ("header_keys", "key"),
        ("header_sections", "section"),
    ):
        values = [row[column] for row in read_facts(name)]
        assert len(values) == len(set(values)), name


def test_every_look_has_a_weight():
    crowded = Place("head", True, True, True, True, True, True, True, True, True, True, True, 2)
    lines = split_lines(
        "A: b\n1. c\n“D”\nWWW.E.ORG\nON TUESDAY WE ALL WENT OUT TO SEE IT\nAnn poses on Tuesday, March 7, 2023.\nA:"
    )
    looks = {look for line in lines for look in (*describe_line(line), *describe_content(line))} | set(
        describe_place(crowded)
    )
    assert looks <= set(read_weights())


@pytest.mark.parametrize(
    ("line", "phrase"),
    [
        ("1,234 Shares", "# shares"),
        ("READ MORE »", "read more"),
        ("  Comments (12)", "comments #"),
        ("Don’t miss:", "don't miss"),
        ("Image 3 of 12", "image # of #"),
    ],
)
def test_lines_are_compared_without_case_marks_and_figures(line, phrase):
    assert normalise_phrase(line) == phrase
    assert find_phrase(line) is not None


@pytest.mark.parametrize("line", ["", "…", "Share prices fell.", "a" * 10_000])
def test_other_lines_are_no_phrases(line):
    assert find_phrase(line) is None
