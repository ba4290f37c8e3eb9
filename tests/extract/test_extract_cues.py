"""Cue verbs and nouns in all their forms."""

import pytest

from quotidian.tasks.extract.quotes.cues import (
    inflect_verb,
    read_complements,
    read_cue_nouns,
    read_cue_verbs,
    read_stances,
)
from quotidian.tasks.tables.kinds import STANCES


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("said", "say"),
        ("tells", "tell"),
        ("denied", "deny"),
        ("arguing", "argue"),
        ("stresses", "stress"),
        ("vowed", "vow"),
    ],
)
def test_forms_lead_to_their_lemma(form, lemma):
    assert read_cue_verbs()[form] == lemma


def test_inflects():
    assert inflect_verb("admit", ("admitted", "admitting")) >= {"admit", "admits", "admitted", "admitting"}
    assert inflect_verb("reply", ()) == {"reply", "replies", "replying", "replied"}


def test_every_cue_verb_says_what_it_takes():
    known = {"clause", "order", "plan", "thing", "person", "name", "marked", "gerund"}
    known |= {"about", "against", "for", "of", "on", "out", "to", "upon", "with", "as"}
    assert all(kinds and kinds <= known for kinds in read_complements().values())


def test_nouns_have_plurals():
    assert read_cue_nouns()["warnings"] == "warning"
    assert read_cue_nouns()["testimonies"] == "testimony"


def test_every_cue_has_a_stance():
    assert set(read_stances().values()) <= set(STANCES)


@pytest.mark.parametrize("form", ["lambasted", "panned", "lauded", "bemoans", "pilloried", "extolling"])
def test_words_of_praise_and_blame_are_cues(form):
    assert form in read_cue_verbs()
