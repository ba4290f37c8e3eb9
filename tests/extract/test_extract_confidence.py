"""Confidence comes from the table of measured shares."""

from quotidian.tasks.extract.quotes.confidence import UNLISTED, estimate_confidence, read_shares
from quotidian.tasks.extract.quotes.drafts import Saying


def test_shares_are_shares():
    assert read_shares()
    assert all(0 <= share <= 1 for share in read_shares().values())


def test_unlisted_makes_get_the_rest():
    assert estimate_confidence(Saying(((0, 1),), None, "noun"), False) == UNLISTED


def test_direct_speech_in_marks_is_surest(annotate):
    marked = annotate("“It rained all day,” said Peter Hall.").quotes[0].confidence
    indirect = annotate("Peter Hall announced a plan.").quotes[0].confidence
    assert marked > 0.8 > indirect
