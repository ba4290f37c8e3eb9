"""Confidence comes from weights that were learned on annotated news."""

import pytest

from quotidian.tasks.extract.quotes.confidence import describe_saying, estimate_confidence, read_weights
from quotidian.tasks.extract.quotes.drafts import Saying


def test_what_is_not_listed_weighs_nothing():
    saying = Saying(((0, 300),), None, "elsewhere")
    listed = [feature for feature in describe_saying(saying, "unheard of", True) if feature in read_weights()]
    assert listed == [("base", ""), ("complement", ""), ("length", "more")]
    assert 0 < estimate_confidence(saying, "unheard of", True) < 1


@pytest.mark.parametrize(
    ("surer", "other"),
    [
        ("“It rained all day,” said Peter Hall.", "Peter Hall announced a plan."),
        ("Peter Hall said it rained all day.", "It was said it rained all day."),
        ("Maria Lopez said that the new port will open in spring.", "Maria Lopez said he left."),
    ],
    ids=["direct speech in marks", "a speaker with a name", "a whole clause"],
)
def test_one_is_surer_than_another(annotate, surer, other):
    first, second = (annotate(text).quotes[0].confidence for text in (surer, other))
    assert first > second
