"""Names that the recogniser found in part or overlooked, and the words around a name that tell its type."""

import pytest

from quotidian.tasks.extract.names.extend_names import extend_names
from quotidian.tasks.extract.names.mentions import Name
from quotidian.tasks.extract.names.name_types import decide_types

from .test_extract_reshape_names import parse_words


def read(text: str, spans: list[tuple[int, int, str]]) -> list[tuple[str, str]]:
    words = text.split()
    names = [Name(first, last, label, tuple(words[first:last])) for first, last, label in spans]
    return [(" ".join(name.words), name.label) for name in extend_names(parse_words(words), names)]


@pytest.mark.parametrize(
    ("text", "spans", "expected"),
    [
        ("said Ricardo Olmedo today", [(2, 3, "ORG")], [("Ricardo Olmedo", "PERSON")]),
        ("said Rafael Barros Heredia today", [(2, 4, "ORG")], [("Rafael Barros Heredia", "PERSON")]),
        ("Anna Berg Finally in Court", [(0, 2, "PERSON")], [("Anna Berg", "PERSON")]),
        (
            "Otto Dahl Ties Anna Berg In Poll",
            [(0, 2, "PERSON"), (3, 5, "PERSON")],
            [("Otto Dahl", "PERSON"), ("Anna Berg", "PERSON")],
        ),
        ("he came with Marisela Sosa Riquelme there", [(3, 5, "PERSON")], [("Marisela Sosa Riquelme", "PERSON")]),
        ("and while Johannes Gaoseb came", [(2, 3, "GPE")], [("Johannes Gaoseb", "PERSON")]),
        ("then Pilar Ratán left", [], [("Pilar Ratán", "PERSON")]),
        ("Minister Pilar Ratán left", [], [("Pilar Ratán", "PERSON")]),
        ("the Charlotte Observer wrote", [(2, 3, "ORG")], [("Observer", "ORG")]),
        ("from Santiago Chile today", [(2, 3, "GPE")], [("Chile", "GPE")]),
        ("Mayor Anna Berg Supporters Rally", [(1, 3, "PERSON")], [("Anna Berg", "PERSON")]),
        ("Fans Cheer Pilar Ratán Again", [], []),
        ("the Diamond Jubilee began", [], []),
        ("the Nigeria Labour Congress met", [(1, 2, "GPE"), (3, 4, "ORG")], [("Nigeria Labour Congress", "ORG")]),
        ("the Communist Party of Cuba met", [(1, 3, "ORG"), (4, 5, "GPE")], [("Communist Party of Cuba", "ORG")]),
        ("at the Yale Paul Tam China Center today", [(2, 5, "PERSON")], [("Yale Paul Tam China Center", "ORG")]),
        ("the Clinton Global Initiative met", [(1, 2, "PERSON")], [("Clinton Global Initiative", "ORG")]),
        ("with Anna Berg of the Berg Center", [(1, 3, "PERSON")], [("Anna Berg", "PERSON")]),
        ("Anna Berg Opens Cancer Centre In Dover", [(0, 2, "PERSON")], [("Anna Berg", "PERSON")]),
        ("the Nigeria and Congress met", [(1, 2, "GPE"), (3, 4, "ORG")], [("Nigeria", "GPE"), ("Congress", "ORG")]),
        ("the Congress of Nigeria met", [(1, 2, "ORG"), (3, 4, "GPE")], [("Congress", "ORG"), ("Nigeria", "GPE")]),
        ("the Rundu Magistrate 's Court sat", [(1, 3, "ORG")], [("Rundu Magistrate 's Court", "ORG")]),
        (
            "the Clara and Otto Brandt Trust paid",
            [(1, 2, "PERSON"), (3, 6, "PERSON")],
            [("Clara and Otto Brandt Trust", "ORG")],
        ),
        (
            "Clara and Otto Brandt Trust paid",
            [(0, 1, "PERSON"), (2, 5, "ORG")],
            [("Clara", "PERSON"), ("Otto Brandt Trust", "ORG")],
        ),
        (
            "the Brandt Foundation for the Public Arts paid",
            [(1, 3, "ORG")],
            [("Brandt Foundation for the Public Arts", "ORG")],
        ),
        ("the Brandt Foundation for Norway paid", [(1, 3, "ORG")], [("Brandt Foundation", "ORG")]),
        ("from the Brandt Trust for the Harbour Museum", [(2, 4, "ORG")], [("Brandt Trust", "ORG")]),
        ("the Rundu Magistrate 's friend sat", [(1, 3, "ORG")], [("Rundu Magistrate", "ORG")]),
    ],
)
def test_a_name_has_the_words_that_belong_to_it(text, spans, expected):
    assert read(text, spans) == expected


@pytest.mark.parametrize(
    ("text", "span", "expected"),
    [
        ("the Okarumbu settlement grew", (1, 2, "ORG"), "GPE"),
        ("on southern Okarumbu today", (2, 3, "PERSON"), "GPE"),
        ("the outskirts of Okarumbu today", (3, 4, "PERSON"), "GPE"),
        ("the capital of Okarumbu today", (3, 4, "ORG"), "GPE"),
        ("the Okarumbu Party grew", (1, 2, "ORG"), "ORG"),
        ("Okarumbu , 61 , left", (0, 1, "GPE"), "PERSON"),
        ("Okarumbu , 2019 , left", (0, 1, "GPE"), "GPE"),
        ("Okarumbu who was late left", (0, 1, "ORG"), "PERSON"),
        ("Okarumbu , who were late left", (0, 1, "ORG"), "ORG"),
        ("the Okarumbu newspaper wrote", (1, 2, "GPE"), "ORG"),
        ("the Okarumbu mayor wrote", (1, 2, "GPE"), "GPE"),
        ("the newspaper Okarumbu wrote", (2, 3, "PERSON"), "ORG"),
        ("the mayor of Okarumbu wrote", (3, 4, "PERSON"), "GPE"),
        ("the Okarumbu bridge broke", (1, 2, "ORG"), "GPE"),
    ],
)
def test_what_stands_around_a_name_tells_its_type(text, span, expected):
    words = text.split()
    first, last, label = span
    names = [Name(first, last, label, tuple(words[first:last]))]
    assert list(decide_types(parse_words(words), names).values()) == [expected]


@pytest.mark.parametrize(
    ("label", "others", "expected"),
    [("ORG", "GPE", "GPE"), ("PERSON", "GPE", "GPE"), ("ORG", "PERSON", "ORG"), ("NORP", "GPE", "NORP")],
)
def test_a_name_in_a_list_of_places_is_one(label, others, expected):
    words = ["in", "Okarumbu", ",", "Ostrelk", "and", "Tarvoro", "today"]
    labels = {1: others, 3: label, 5: others}
    names = [Name(token, token + 1, labels[token], (words[token],)) for token in labels]
    assert decide_types(parse_words(words), names)["ostrelk",] == expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The president of Guinea-Bissau spoke in Lisbon on Monday.", "Guinea-Bissau"),
        ("The Republic of Congo signed the treaty on Monday.", "Republic of Congo"),
        ("The office is in Washington, D.C. and has ten rooms.", "Washington, D.C."),
    ],
)
def test_a_country_or_capital_is_one_name(annotate, text, name):
    assert (name, "GPE") in [(text[m.start : m.end], m.type) for m in annotate(text).mentions]


@pytest.mark.parametrize(
    ("text", "name", "type_"),
    [
        ("The Harbour Workers Union (HWU) met. The HWU left.", "HWU", "ORG"),
        ("President Karim El-Okarumbi arrived. El-Okarumbi left.", "El-Okarumbi", "PERSON"),
        ("He lives in Seattle, Washington.", "Washington", "GPE"),
        ("Okarumbi is a company that builds boats. Okarumbi opened in May.", "Okarumbi", "ORG"),
        ("Carla Olmedo was late. The children met Carla there.", "Carla", "PERSON"),
        ('Envoys met on Monday. Jordan said it welcomed the talks. "We hope," Jordan\'s envoy said.', "Jordan", "GPE"),
        ("Michael Jordan came on Monday. Jordan said he was happy.", "Jordan", "PERSON"),
        ("Storm Ciara killed three people on Monday.", "Storm Ciara", "EVENT"),
        ("They stood before the Lincoln Memorial on Monday.", "Lincoln Memorial", "FAC"),
        ("Maria Torvik-Mohn, formerly Maria Torvik, will sing in July.", "Maria Torvik-Mohn", "PERSON"),
    ],
    ids=[
        "acronym in brackets",
        "tail of a full name",
        "state behind its town",
        "called a company",
        "given name alone",
        "country that a person may be called",
        "person who is called like a country",
        "storm",
        "monument",
        "double surname",
    ],
)
def test_the_article_tells_what_a_short_name_is(annotate, text, name, type_):
    mentions = [m for m in annotate(text).mentions if text[m.start : m.end] == name]
    assert mentions
    assert {m.type for m in mentions} == {type_}


@pytest.mark.parametrize(
    ("text", "word", "types"),
    [
        ("Police in Georgia arrested a man. Georgia Hale, 30, saw it. \"He ran,\" Georgia said.", "Georgia", ["GPE", "PERSON"]),
        ("Jordan Velde, an envoy, flew to Jordan on Monday. Jordan's king met him.", "Jordan", ["GPE", "GPE"]),
        ("Jordan Velde was late. Jordan said he was sorry. He came from Kent.", "Jordan", ["PERSON"]),
    ],
)  # fmt: skip
def test_a_place_is_not_who_bears_its_name(annotate, text, word, types):
    annotation = annotate(text)
    found = [m for m in annotation.mentions if text[m.start : m.end] == word]
    assert [m.type for m in found] == types
    people = {m.entity_index for m in annotation.mentions if m.type == "PERSON"}
    assert not people & {m.entity_index for m in found if m.type == "GPE"}


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("He lives in Seattle, Washington.", "Washington state"),
        ("In Moscow, Washington is seen as an enemy.", "Washington"),
        ("The talks in Paris, Washington and Oslo failed.", "Washington"),
    ],
)
def test_a_state_is_told_from_the_capital(annotate, text, entity):
    annotation = annotate(text)
    assert entity in [one.name for one in annotation.entities]
