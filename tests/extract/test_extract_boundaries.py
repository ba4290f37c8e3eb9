"""Paragraphs and sentences."""

import pytest

from quotidian.tasks.extract.parsing.boundaries import find_forbidden_starts, find_paragraph_starts


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("", []),
        ("One line", [0]),
        ("\n\n One", [3]),
        ("One\nTwo\n\nThree", [0, 4, 9]),
        ("One\n \n  Two", [0, 8]),
    ],
)
def test_every_line_is_a_paragraph(text, starts):
    assert find_paragraph_starts(text) == starts


def test_lines_of_wrapped_text_are_joined():
    line = "a line that is about sixty characters long and goes on with\n"
    text = "The first line of the letter stands here and goes on with\n" + line * 5 + "the end.\n\nNew."
    assert find_paragraph_starts(text) == [0, text.index("New")]


def test_forbidden_starts():
    words = ["Yes", ",", "He", "said", "so", ".", "it", "is", "?", "he", "asked", "Why"]
    assert find_forbidden_starts(words) == [1, 2, 3, 4, 5, 7, 8, 9, 10]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("It cost 3.5 million. He paid.", ["It cost 3.5 million.", "He paid."]),
        ("Mr. Wang met J. R. Smith. They spoke.", ["Mr. Wang met J. R. Smith.", "They spoke."]),
        ("“Why now?” he asked. Nobody knew.", ["“Why now?” he asked.", "Nobody knew."]),
        ("A Short Headline\nThe story starts here.", ["A Short Headline", "The story starts here."]),
        ("- first item\n- second item", ["- first item", "- second item"]),
        ("The strait. of Taiwan is wide.", ["The strait. of Taiwan is wide."]),
    ],
)
def test_sentences(annotate, text, sentences):
    assert [text[s.start : s.end] for s in annotate(text).sentences] == sentences


def test_a_sentence_without_end_is_cut(annotate):
    counts = [sentence.token_count for sentence in annotate("and " * 2_500).sentences]
    assert sum(counts) == 2_500
    assert max(counts) <= 1_000


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_who_said_it_in_small_letters_goes_on_with_the_line_before(annotate, gap):
    text = f"“We are proud of it,”{gap}said coach Ann Dale in May.\n“It was late,”{gap}she said. A boat came."
    found = annotate(text)
    assert [found.entities[quote.speaker_entity_index].name for quote in found.quotes] == ["Ann Dale", "Ann Dale"]
    assert find_paragraph_starts(text) == [0, text.index("“It was")]
