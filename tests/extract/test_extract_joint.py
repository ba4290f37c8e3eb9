"""Everybody who says a quotation: nobody of several is lost, and nobody is added who is only named beside them."""

import pytest


def list_speakers(annotate, text: str) -> list[tuple[str, str, str | None]]:
    """Words, how they mean the speaker, and whom, of each speaker of the first quotation."""
    annotation = annotate(text)
    return [
        (
            text[one.start : one.end],
            one.how,
            None if one.entity_index is None else annotation.entities[one.entity_index].name,
        )
        for one in annotation.quotes[0].speakers
    ]


BERG, HALL, DAHL = (
    ("Anna Berg", "named", "Anna Berg"),
    ("Peter Hall", "named", "Peter Hall"),
    ("Erik Dahl", "named", "Erik Dahl"),
)


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Anna Berg and Peter Hall said it rained.", [BERG, HALL]),
        ("“It rained,” said Anna Berg and Peter Hall.", [BERG, HALL]),
        ("It rained all day, said Anna Berg and Peter Hall.", [BERG, HALL]),
        ("According to Anna Berg and Peter Hall, it rained.", [BERG, HALL]),
        ("Anna Berg, Peter Hall and Erik Dahl said it rained.", [BERG, HALL, DAHL]),
        ("Mayor Anna Berg and the police chief, Peter Hall, said it rained.", [BERG, HALL]),
        (
            "Anna Berg came with Peter Hall. She and Peter Hall said it rained.",
            [("She", "pronoun", "Anna Berg"), HALL],
        ),
        (
            "The mayor and the governor said it rained.",
            [("The mayor", "role", None), ("the governor", "role", None)],
        ),
        (
            "The ministers of Peru and Chile said it rained.",
            [
                ("The ministers of Peru and Chile", "role", None),
                ("Peru", "represented", "Peru"),
                ("Chile", "represented", "Chile"),
            ],
        ),
        ("The former mayor and senator said it rained.", [("The former mayor and senator", "role", None)]),
        ("Anna Berg, who works with Peter Hall, said it rained.", [BERG]),
        ("Anna Berg, along with Peter Hall, said it rained.", [BERG]),
        ("Anna Berg or Peter Hall said it rained.", [BERG]),
        ("“It rained,” said Anna Berg and Peter Hall left the room.", [BERG]),
        ("“It rained,” Anna Berg told Peter Hall and Erik Dahl.", [BERG]),
    ],
)
def test_all_who_speak_and_nobody_else(annotate, text, speakers):
    assert list_speakers(annotate, text) == speakers


def test_the_speaker_of_a_quotation_is_the_first(annotate):
    (quote,) = annotate("Anna Berg and Peter Hall said it rained.").quotes
    assert quote.speakers[0].entity_index == quote.speaker_entity_index
    assert quote.speaker_kind == "collective"


def test_a_second_quotation_without_a_cue_has_the_same_speakers(annotate):
    text = "“It rained all day,” said Anna Berg and Peter Hall. They left.\n“It rained all day and all night again in the valley.”"
    first, second = annotate(text).quotes
    assert first.speakers == second.speakers
    assert len(first.speakers) == 2
