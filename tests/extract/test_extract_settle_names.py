"""One-word names that are only a title, half of one, or a common noun are left out or completed."""

import pytest

from quotidian.tasks.extract.names.mentions import Name
from quotidian.tasks.extract.names.settle_names import settle_names
from quotidian.tasks.extract.parsing.parse import Parse


def parse_words(*words):
    """A parse of words that are all proper nouns where they have a capital."""
    text = " ".join(words)
    parse = Parse(text, text, sentence_starts=[0])
    for word in words:
        parse.starts.append(text.index(word, parse.ends[-1] if parse.ends else 0))
        parse.ends.append(parse.starts[-1] + len(word))
        parse.words.append(word.lower())
        parse.tags.append("NNP" if word[0].isupper() else "NN")
        parse.sentence_of.append(0)
    return parse


@pytest.mark.parametrize(
    ("text", "span", "is_kept"),
    [
        ("the Minister of Higher Education", (1, 5), False),
        ("the Minister of Higher Education and Scientific Research", (6, 8), False),
        ("the Minister of Health met Harbour Works", (5, 7), True),
        ("the Minister of Health and UNDP", (5, 6), True),
    ],
    ids=["the office", "a part of it", "somebody met", "acronym"],
)
def test_the_office_of_a_minister_is_no_organisation(text, span, is_kept):
    words = text.split()
    names = settle_names(parse_words(*words), [Name(*span, "ORG", tuple(words[slice(*span)]))])
    assert bool(names) is is_kept


@pytest.mark.parametrize(
    ("words", "label", "kept"),
    [
        (("Treasury", "Secretary", "Yellen"), "ORG", []),
        (("State", "Department"), "ORG", [("State", "Department")]),
        (("Party", "members"), "ORG", []),
        (("President",), "PERSON", []),
        (("Ruto",), "PERSON", [("Ruto",)]),
        (("China", "President"), "GPE", [("China",)]),
        (("Treasury", "officials"), "ORG", [("Treasury",)]),
    ],
)
def test_settles(words, label, kept):
    names = settle_names(parse_words(*words), [Name(0, 1, label, words[:1])])
    assert [name.words for name in names] == kept


@pytest.mark.parametrize(
    ("words", "label", "kept"),
    [
        (("Hall", "of", "Art", "in", "King", "Square"), "FAC", ["Hall of Art", "King Square"]),
        (("State", "Department", "on", "China"), "ORG", ["State Department", "China"]),
        (("Panel", "on", "Trade"), "ORG", ["Panel on Trade"]),
        (("University", "in", "Cairo"), "ORG", ["University in Cairo"]),
        (("North", "Koreas"), "GPE", ["North Korea"]),
        (("United", "States"), "GPE", ["United States"]),
    ],
)
def test_cuts_places_and_lost_apostrophes(words, label, kept):
    names = settle_names(parse_words(*words), [Name(0, len(words), label, words)])
    assert [" ".join(name.words) for name in names] == kept
