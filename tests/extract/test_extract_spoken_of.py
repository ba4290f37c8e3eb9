"""Whom "he" and "she" mean within what somebody says: one person alone, or nobody."""

import pytest


def read_spoken_of(annotation, text):
    """(pronoun, name) of the pronouns within quotations that have an entity, in the order of the text."""
    inside = [part for quote in annotation.quotes for part in quote.parts]
    pronouns = [m for m in annotation.mentions if m.mention_kind == "pronoun" and m.entity_index is not None]
    return [
        (text[m.start : m.end], annotation.entities[m.entity_index].name)
        for m in pronouns
        if any(start <= m.start < end for start, end in inside)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mr. Hall resigned on Monday. “He was tired,” Anna Berg said.", [("He", "Hall")]),
        ("“Peter Hall was late, and he was tired,” Anna Berg said.", [("he", "Peter Hall")]),
        (
            "Mr. Hall praised Ms. Berg. “She was brave, and I thank her,” Mr. Hall said.",
            [("She", "Berg"), ("her", "Berg")],
        ),
        ("Mr. Hall resigned on Monday. Ms. Berg said that he was tired.", [("he", "Hall")]),
    ],
    ids=["sex stated before", "named in the words", "other than the speaker", "reported by another sex"],
)
def test_a_pronoun_in_a_quotation_means_the_one_person_that_it_can(annotate, text, expected):
    assert read_spoken_of(annotate(text), text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Hall and Mr. Moss resigned on Monday. “He was tired,” Anna Berg said.",
        "Mr. Hall resigned on Monday. “She was tired,” Anna Berg said.",
        "Mr. Hall resigned on Monday. “He was tired,” he said.",
        "Mr. Hall resigned on Monday. Mr. Berg said that he was tired.",
        "Robin Hall resigned on Monday. “He was tired,” Anna Berg said.",
        "Mr. Hall resigned. The roof leaks. The rain came. “He was tired,” Anna Berg said.",
        "Mr. Hall resigned on Monday. “He was tired,” the report said.",
    ],
    ids=[
        "two may be meant",
        "other sex",
        "speaker himself",
        "reported by one of that sex",
        "sex not stated",
        "far away",
        "no speaker",
    ],
)
def test_a_pronoun_in_a_quotation_that_may_mean_more_is_left(annotate, text):
    assert read_spoken_of(annotate(text), text) == []
