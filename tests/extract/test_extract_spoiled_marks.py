"""Marks as other languages, machine translation and text cut into tokens have them, and speech that lost one of its two marks."""

import pytest


@pytest.fixture
def read(annotate):
    """(words, name of the speaker) of each quotation."""

    def read(text):
        found = annotate(text)
        return [
            (
                " … ".join(text[start:end] for start, end in quote.parts),
                None if quote.speaker_entity_index is None else found.entities[quote.speaker_entity_index].name,
            )
            for quote in found.quotes
        ]

    return read


@pytest.mark.parametrize(
    "marks",
    ["“ ”", "„ “", "„ ”", "« »", "» «", "” ”", '" "', "«\N{NO-BREAK SPACE} \N{NO-BREAK SPACE}»", "“_ _”", '"_ _"'],
    ids=[
        "english",
        "german",
        "polish",
        "french",
        "reversed",
        "swedish",
        "straight",
        "spaced_french",
        "spaced_english",
        "spaced_straight",
    ],
)
def test_marks_of_all_kinds_pair(read, marks):
    one, two = (mark.replace("_", " ") for mark in marks.split(" "))
    text = f"Mayor Ann Dale came. {one}The quay is shut,{two} she said. {one}We open it in May.{two} Tom Weir asked: {one}Why so late?{two}"
    found = [(words.rstrip("., "), name) for words, name in read(text)]
    assert found == [("The quay is shut … We open it in May", "Ann Dale"), ("Why so late?", "Tom Weir")]


def test_marks_within_others_stay_within(read):
    text = "Tom Dale said: “The mayor told me „we are done“ and left.” Ann Weir said: «He said “no” and left»."
    assert read(text) == [
        ("The mayor told me „we are done“ and left", "Tom Dale"),
        ("He said “no” and left", "Ann Weir"),
    ]


def test_text_cut_into_tokens_has_its_sentences(annotate, read):
    text = "The mayor of Kent , Ann Dale , opened the quay . “ The quay is safe , ” she said . “ We tested it twice . ”"
    assert len(annotate(text).sentences) == 3
    assert read(text) == [("The quay is safe … We tested it twice", "Ann Dale")]


def test_speech_of_two_lines_cut_into_tokens_is_one(read):
    text = '" Most doors in the mill were locked .\nBy noon all of them stood open , " the head of the guards , Tom Dale , told the radio .\nHe said , " Nobody was hurt . "'
    assert read(text)[0] == ("Most doors in the mill were locked … By noon all of them stood open", "Tom Dale")
    assert read(text)[-1][0].startswith("Nobody was hurt")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "“We have nothing to hide, the banker Tom Dale said in May. “Our books are open.”",
            "We have nothing to hide … Our books are open.",
        ),
        ('Tom Dale came. "We want peace, he told the guests, and it rained.', "We want peace"),
        ("“We want peace, said Tom Dale. It rained.", "We want peace"),
    ],
)
def test_speech_without_its_closing_mark_ends_before_its_cue(read, text, words):
    assert read(text) == [(words, "Tom Dale")]


def test_speech_that_has_both_marks_holds_who_said_so(read):
    assert read("“We went home, he said to me, and I cried all night long.” Ms. Dale knows.")[0][0].endswith(
        "all night long."
    )


@pytest.mark.parametrize(
    "text",
    [
        '"The site will be calm. A resort catches the eye, "Tom Dale, head of the Ruz district, told the guests.',
        "'The site will be calm. A resort catches the eye,” said Tom Dale.",
        "Nobody knew. ‘The site will be calm. A resort catches the eye,” Tom Dale said.",
    ],
    ids=["a closing mark that stands apart", "a straight mark of its own", "a curly mark of its own"],
)
def test_speech_ends_where_its_mark_has_slipped(read, text):
    assert read(text) == [("The site will be calm. A resort catches the eye", "Tom Dale")]


def test_speech_without_a_closing_mark_does_not_end_at_the_next_that_opens(read):
    assert read('"The roof leaks. He said, "It is old." Ann Dale left.')[-1][0] == "It is old."


def test_speech_without_its_opening_mark_begins_with_its_sentence(read):
    text = "He came to Kent. While in Norway, you should see the coast,” Tom Dale wrote. “It is a treasure of a place.”"
    assert read(text) == [("While in Norway, you should see the coast … It is a treasure of a place.", "Tom Dale")]


def test_two_small_angle_marks_are_a_double_one(annotate):
    text = "The house, ‹‹La Rosa››, is old. ‹‹We want to sell it in May,›› said Milla Roe."
    (quote,) = annotate(text).quotes
    assert text[quote.start : quote.end] == "We want to sell it in May"
