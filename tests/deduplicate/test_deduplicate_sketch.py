import polars as pl
import pytest

from quotidian.tasks.deduplicate.sketch import MAX_WORDS, SKETCH_SCHEMA, sketch_article, sketch_quotes
from quotidian.tasks.deduplicate.words import (
    KIND_BITS,
    LONG,
    LOWER,
    NAME,
    NUMBER,
    content_words,
    fold_text,
    split_words,
)


def hashes(text: str) -> list[int]:
    return list(content_words(*split_words(fold_text(text))))


def stems(text: str) -> list[int]:
    return [word >> KIND_BITS for word in hashes(text)]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("The minister resigned.", "the MINISTER  resigned"),
        ("Blinken’s visit", "Blinken's visits"),
        ("1,200 homes", "1200 homes"),
        ("a café owner", "a cafe owner"),
        ("negotiations", "negotiating"),
        ("ﬁre ﬁghters", "fire fighters"),
    ],
)
def test_same_content_words(left, right):
    assert stems(left) == stems(right)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Police met Dahl near Velmora", [LOWER, LOWER, NAME, NAME]),
        ("It cost 500 crowns", [LOWER, NUMBER, LOWER]),
        ("It rained. Velmora flooded", [LOWER, LOWER, LOWER]),
        ("an investigation", [LONG]),
        ("the US and WHO", [NAME, NAME]),
    ],
)
def test_kinds_of_words(text, kinds):
    mask = (1 << KIND_BITS) - 1
    assert [word & mask for word in hashes(text)] == kinds


def test_words_of_names_count_as_names_at_a_sentence_start():
    plain, named = sketch_article("Velmora burned.", None, []), sketch_article("Velmora burned.", None, ["Velmora"])
    assert plain["words"][0] & 3 == LOWER
    assert named["words"][0] & 3 == NAME
    assert plain["text_hash"] == named["text_hash"]


def test_headline_in_front_of_the_body_is_left_out():
    assert sketch_article("Ship aground\n\nA ferry sank.", "Ship aground", []) == sketch_article(
        "A ferry sank.", None, []
    )


def test_hash_changes_with_a_small_word():
    assert sketch_article("he did go", None, [])["text_hash"] != sketch_article("he did not go", None, [])["text_hash"]


@pytest.mark.parametrize(
    "body",
    ["", " \n", "…!?", "\x00\x01", "🙂🙂", "x" * 1_000_000, "word " * 200_000, "''’’'", "\ud800 lone", "1,2,3." * 9],
)
def test_odd_texts_give_a_row(body):
    sketch = sketch_article(body, None, ["", "…"])
    frame = pl.DataFrame([sketch], schema=SKETCH_SCHEMA)
    assert frame.height == 1
    assert len(sketch["words"]) <= MAX_WORDS


def test_hashes_are_the_same_in_every_version():
    assert hashes("The ferry ran aground off Velmora with 214 passengers") == [
        3205307408, 2128114580, 596112356, 1358610674, 1061624811, 2198861913,
    ]  # fmt: skip


def test_words_are_slices():
    words, gaps = split_words("It's 3.5% of $1,200m—the U.S. total")
    assert words[:4] == ["It's", "3.5", "of", "1,200"]
    assert gaps[:4] == ["", " ", "% ", " $"]


def test_quotations_have_the_sketches_of_their_words():
    texts = ["We will rebuild Velmora.", "", "…", "Now"]
    rows = [{"text_hash": sketch_article(text, None, [])["text_hash"], "words": hashes(text)} for text in texts]
    assert sketch_quotes(pl.Series(texts)).equals(pl.DataFrame(rows, schema=SKETCH_SCHEMA))


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("The price rose by 12 percent", "The price rose by twelve per cent", True),
        ("It costs 18 million euros", "It costs eighteen million euros", True),
        ("It costs 18m euros", "It costs 18,000,000 euros", True),
        ("Up by 3.5%", "Up by 3.5 per cent", True),
        ("It costs 18 million euros", "It costs 31 million euros", False),
        ("Hundreds of guests came", "100 guests came", False),
        ("One of the guests came", "1 of the guests came", False),
    ],
)
def test_a_figure_in_other_words_is_the_same_word_of_a_quotation(one, other, is_same):
    left, right = sketch_quotes(pl.Series([one, other]))["text_hash"]
    assert (left == right) is is_same
