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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kent was led by the last Democratic Party council.", {"Democratic Party": "ORG"}),
        ("Many pro-Israel groups met in Kent.", {"Israel": "GPE"}),
        ("Ban Ki-moon spoke.", {"Ban Ki-moon": "PERSON"}),
        ("Ms. Berg signed the Clean Rivers and Harbors Act in May.", {"Clean Rivers and Harbors Act": "LAW"}),
        ("An attack by a lone wolf is feared.", {}),
        ("According to Stahl, Hauge had been told by Ness.", {"Stahl": "ORG", "Hauge": "ORG"}),
        ("The gossip site Gawker set a trap for Donald Hall.", {"Gawker": "ORG"}),
        ("Administrator Tessa Quill left.", {"Tessa Quill": "PERSON"}),
        ("Harbour Authority Spokeswoman Nora Vance left.", {"Harbour Authority": "ORG", "Nora Vance": "PERSON"}),
        ("Ms. Quill left. A Quill-like calm was in the room.", {"Quill": "PERSON"}),
        ("Shadow Home Secretary Gwen Tally left.", {"Gwen Tally": "PERSON"}),
        ("Venus Hartley beat her sister Selma Hartley 6-4, 6-3 on Monday.", {"Selma Hartley": "PERSON"}),
        ("Analysts at Carter Ledyard said that the case was weak.", {"Carter Ledyard": "ORG"}),
    ],
)
def test_edges_and_types(annotate, text, expected):
    found = {name: kind for name, (kind, _) in names(text, annotate(text)).items()}
    assert {name: found.get(name) for name in expected} == expected
    assert not any(name == name.lower() for name in found)
    assert not any("Shadow" in name or name.endswith(("-like", "Spokeswoman")) for name in found)
