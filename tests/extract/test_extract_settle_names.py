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
