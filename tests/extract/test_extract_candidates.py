"""Who may say a quotation: whom two may be stays open, and both are told; how likely comes from what was counted."""

import pytest

from quotidian.tasks.extract.speakers.candidates import LEAST_PROBABILITY, read_shares
from quotidian.tasks.extract.speakers.speakers import LAYOUTS, WAYS


def list_candidates(annotate, text: str, place: int = -1) -> list[tuple[str, str | None]]:
    """Words and name of the candidates of a quotation, the last one where no other is asked for."""
    annotation = annotate(text)
    return [
        (text[one.start : one.end], None if one.entity_index is None else annotation.entities[one.entity_index].name)
        for one in annotation.quotes[place].candidates
    ]


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("Peter Hall met Erik Dahl in Kent. Hall said it rained.", [("Hall", "Peter Hall")]),
        ("Maria Lopez came. She said it rained.", [("Maria Lopez", "Maria Lopez")]),
        ("The farmers said it rained.", [("The farmers", None)]),
        ("He said it rained.", []),
        ("Peter Hall: “It rained all day and all night.”", [("Peter Hall", "Peter Hall")]),
    ],
    ids=["a name", "a pronoun of one person", "a description", "a pronoun of nobody", "a label"],
)
def test_who_is_found_is_a_candidate(annotate, text, candidates):
    assert list_candidates(annotate, text) == candidates


def test_of_a_pronoun_that_two_may_be_both_are_candidates(annotate):
    text = "Erik Dahl works in Kent. Peter Hall works in Kent as well. The bakers like Kent. He said it rained."
    (quote,) = annotate(text).quotes
    assert quote.speaker_entity_index is None
    assert list_candidates(annotate, text) == [("Peter Hall", "Peter Hall"), ("Erik Dahl", "Erik Dahl")]
    assert sum(one.probability for one in quote.candidates) <= 1


def test_who_is_far_likelier_speaks(annotate):
    text = "Peter Hall said it rained. The bakers met Erik Dahl. He said it was late."
    quote = annotate(text).quotes[-1]
    assert list_candidates(annotate, text) == [("Peter Hall", "Peter Hall")]
    assert quote.candidates[0].entity_index == quote.speaker_entity_index
    assert quote.candidates[0].probability > 0.8


def test_every_way_has_shares_that_rise_with_the_weight():
    shares = read_shares()
    assert set(shares) == {*WAYS, *LAYOUTS}
    for lines in shares.values():
        assert lines[-1][0] == 0
        assert [share for _, share in lines] == sorted((share for _, share in lines), reverse=True)
        assert all(0 <= share <= 1 for _, share in lines)
    assert shares["weighed"][-1][1] < LEAST_PROBABILITY
