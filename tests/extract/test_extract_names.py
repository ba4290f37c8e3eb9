"""Names: one type, one entity, clean edges."""

import pytest


def names(text, annotation):
    return {
        text[m.start : m.end]: (m.type, annotation.entities[m.entity_index].name)
        for m in annotation.mentions
        if m.mention_kind == "name"
    }


@pytest.mark.parametrize(
    ("text", "form", "expected"),
    [
        ("President Joe Biden met Angela Merkel. Biden left.", "Biden", ("PERSON", "Joe Biden")),
        ("The World Health Organization (WHO) met. The WHO voted.", "WHO", ("ORG", "World Health Organization")),
        ("Secretary of State Antony J. Blinken spoke.", "Antony J. Blinken", ("PERSON", "Antony J. Blinken")),
        ("He flew to Gabon and on to Malawi.", "Malawi", ("GPE", "Malawi")),
        ("Brazil's president met China's envoy.", "Brazil", ("GPE", "Brazil")),
    ],
)
def test_links_forms_of_a_name(annotate, text, form, expected):
    assert names(text, annotate(text))[form] == expected


def test_one_type_for_a_name(annotate):
    text = "Antony Blinken flew to Beijing.\n\nBlinken met Xi Jinping.\n\nTalks with Blinken took hours, Xi said."
    annotation = annotate(text)
    assert {m.type for m in annotation.mentions if text[m.start : m.end] == "Blinken"} == {"PERSON"}
    assert sum(entity.name == "Antony Blinken" for entity in annotation.entities) == 1
