"""JSON that is damaged is read as far as it can be made out, in time that grows with its length."""

import time

import pytest

from quotidian.tasks.ingest.loose_json import MAX_DEPTH, read_loose_values

WHOLE = {"headline": "Two ferries sold", "author": {"name": "Ida Marsh"}, "words": 12}


@pytest.mark.parametrize(
    "text",
    [
        '{"headline": "Two ferries sold", "author": {"name": "Ida Marsh"}, "words": 12',
        '{"headline": "Two ferries sold", "author": {"name": "Ida Marsh"}, "words": 12}}',
        '{"headline": "Two ferries sold" "author": {"name": "Ida Marsh"},, "words": 12,}',
        "{'headline': 'Two ferries sold', 'author': {'name': 'Ida Marsh'}, words: 12}",
        '{// seen by hand\n"headline": "Two ferries sold", /* who */ "author": {"name": "Ida Marsh"}, "words": 12}',
        "{“headline”: “Two ferries sold”, “author”: {“name”: “Ida Marsh”}, “words”: 12}",
        '{"headline": "Two ferries sold",\xa0"author": {"name": "Ida Marsh"}, "words": 12}',
    ],
    ids=["no end", "two ends", "commas", "single marks", "comments", "curly marks", "hard blank"],
)
def test_damage_is_mended(text: str) -> None:
    assert read_loose_values(text) == [WHOLE]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": "He said "no" on Monday", "b": 1}', {"a": 'He said "no" on Monday', "b": 1}),
        (r'{"a": "the board\'s \u201cno\u201d\n\q"}', {"a": "the board's “no”\nq"}),
        ("{'a': 'the board's boats'}", {"a": "the board's boats"}),
        ('{"a": , "b": undefined, "c": true, "d": [1,,2]}', {"a": None, "b": None, "c": True, "d": [1, 2]}),
        ('{"a": "x", "a": "y"}', {"a": "x"}),
        ('{"a": [1, 2}', {"a": [1, 2]}),
        ('{"a": "cut off he', {"a": "cut off he"}),
        (r'{"a": "\ud83d"}', {"a": "\ufffd"}),
    ],
    ids=["marks inside", "escapes", "apostrophe", "no values", "twice", "wrong bracket", "cut", "half a character"],
)
def test_values_are_read_as_they_are_meant(text: str, value: dict) -> None:
    assert read_loose_values(text) == [value]


def test_words_hold_no_values() -> None:
    assert read_loose_values("no JSON here: a, b; c") == []


PILES = {
    "keys": '{"a":',
    "lists": "[",
    "texts": '"a" ',
    "commas": '","',
    "comments": "/* ",
    "lines": "//",
    "marks inside": '{"a":"x" y',
    "escapes": '{"a":"x\\',
    "apostrophes": "{'a':'b's ",
    "brackets": "]}",
    "blanks": " ",
}


@pytest.mark.parametrize("part", PILES.values(), ids=PILES)
def test_time_grows_with_length(part: str) -> None:
    text = "{" + part * 20_000
    start = time.process_time()
    read_loose_values(text)
    assert time.process_time() - start < 5


def test_depth_has_an_end() -> None:
    (value,) = read_loose_values('{"a":' * 1_000)
    depth = 0
    while value:
        value, depth = value["a"], depth + 1
    assert depth <= MAX_DEPTH + 1
