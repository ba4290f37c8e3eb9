"""How far direct speech reaches whose marks were lost."""

import pytest

SAID = "Nobody buys our fish, Erik Dahl said."


@pytest.mark.parametrize(
    ("before", "is_speech"),
    [
        ("The harbour is dying.", True),
        ("Too late.", True),
        ("Norway has closed three harbours.", False),
        ("Still, the harbour is full.", False),
        ("The harbour closed after a long winter with much snow and ice.", False),
        (
            "The harbour has 4,200 berths and handles most of the fish of the country between March and June of each year.",
            False,
        ),
    ],
)
def test_a_sentence_before(annotate, before, is_speech):
    text = f"{before} {SAID}"
    (quote,) = annotate(text).quotes
    assert (quote.start == 0) == is_speech


@pytest.mark.parametrize(
    ("after", "is_speech"),
    [
        ("It is a hard winter.", True),
        ("It was a hard winter.", True),
        ("But the harbour is ours.", True),
        ("However, the harbour is full.", False),
        ("His boat sank in May.", False),
        ("Dahl bought the boat in May.", False),
        ("In 2019 the town had 300 boats and 12 harbours, and sold its fish to the whole of the country.", False),
    ],
)
def test_a_sentence_behind(annotate, after, is_speech):
    text = f"{SAID} {after}"
    quote = annotate(text).quotes[0]
    assert (quote.end > len(SAID)) == is_speech
