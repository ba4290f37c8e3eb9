"""Names that the recogniser ran together or tore apart, and types that only the article or a list can tell."""

import pytest

from quotidian.tasks.extract.names.mentions import Name, make_name
from quotidian.tasks.extract.names.name_types import Told, correct_type
from quotidian.tasks.extract.names.person_names import is_misspelled
from quotidian.tasks.extract.names.reshape_names import reshape_names
from quotidian.tasks.extract.parsing.parse import Parse


def parse_words(words: list[str]) -> Parse:
    """A parse of words in one sentence, each the compound of the one behind it."""
    text = " ".join(words)
    parse = Parse(text, text, sentence_starts=[0])
    for place, word in enumerate(words):
        parse.starts.append(text.index(word, parse.ends[-1] if parse.ends else 0))
        parse.ends.append(parse.starts[-1] + len(word))
        parse.words.append(word.lower())
        parse.tags.append("NNP" if word[0].isupper() else "NN")
        parse.deps.append("compound")
        parse.heads.append(min(place + 1, len(words) - 1))
        parse.sentence_of.append(0)
    return parse


@pytest.mark.parametrize(
    ("text", "spans", "expected"),
    [
        ("the Special Envoy Anna Berg left", [(1, 5, "WORK_OF_ART")], [("Anna Berg", "PERSON")]),
        ("City Councilman Tyrel D. Okafor spoke", [(0, 5, "ORG")], [("Tyrel D. Okafor", "PERSON")]),
        ("President of the Federation Pedro Salgado spoke", [(3, 6, "ORG")], [("Pedro Salgado", "PERSON")]),
        (
            "director of Radio Norte Ana Salgado said Salgado",
            [(2, 6, "ORG"), (7, 8, "ORG")],
            [("Radio Norte", "ORG"), ("Ana Salgado", "PERSON"), ("Salgado", "ORG")],
        ),
        (
            "head of the Chamber of Shops Ana Salgado",
            [(3, 8, "ORG")],
            [("Chamber of Shops", "ORG"), ("Ana Salgado", "PERSON")],
        ),
        ("director of Clinica Norte Ana Salgado", [(2, 6, "ORG")], [("Clinica Norte Ana Salgado", "ORG")]),
        ("president of the Ana Salgado Club met", [(3, 6, "ORG")], [("Ana Salgado Club", "ORG")]),
        ("Norwegian Peter Dahl won", [(0, 3, "ORG")], [("Peter Dahl", "PERSON")]),
        (
            "the National Archives , Maria Dahl",
            [(1, 6, "ORG")],
            [("National Archives", "ORG"), ("Maria Dahl", "PERSON")],
        ),
        ("the Harbour Journal / KTV News poll", [(1, 6, "ORG")], [("Harbour Journal", "ORG"), ("KTV News", "ORG")]),
        (
            "the National Assembly and National Council of Provinces met",
            [(1, 8, "ORG")],
            [("National Assembly", "ORG"), ("National Council of Provinces", "ORG")],
        ),
        ("the Western Cape High Court ruled", [(1, 3, "GPE"), (3, 5, "ORG")], [("Western Cape High Court", "ORG")]),
        ("Hassan Sheikh Warsame spoke", [(0, 2, "PERSON"), (2, 3, "PERSON")], [("Hassan Sheikh Warsame", "PERSON")]),
        ("from Guinea - Bissau came", [(1, 2, "GPE"), (3, 4, "GPE")], [("Guinea - Bissau", "GPE")]),
        ("from Guinea - Bissau came", [(1, 2, "GPE")], [("Guinea - Bissau", "GPE")]),
        ("the Guinea - Senegal game", [(1, 2, "GPE"), (3, 4, "GPE")], [("Guinea", "GPE"), ("Senegal", "GPE")]),
        ("the Mayor Peter Hall Foundation met", [(1, 5, "ORG")], [("Mayor Peter Hall Foundation", "ORG")]),
        (
            "President of Norway Anna Berg left",
            [(2, 5, "NORP")],
            [("Norway", "GPE"), ("Anna Berg", "PERSON")],
        ),
        (
            "Minister of Labour of the Czech Republic Anna Berg left",
            [(5, 9, "ORG")],
            [("Czech Republic", "GPE"), ("Anna Berg", "PERSON")],
        ),
        ("Finance minister of Ostrel Anna Berg left", [(3, 6, "ORG")], [("Anna Berg", "PERSON")]),
        ("mayor of Lindau Gerd Holm left", [(2, 5, "ORG")], [("Lindau", "GPE"), ("Gerd Holm", "PERSON")]),
        ("mayor of San Luis Obispo left", [(2, 5, "GPE")], [("San Luis Obispo", "GPE")]),
        ("father of Jan Peter Holm left", [(2, 5, "PERSON")], [("Jan Peter Holm", "PERSON")]),
        (
            "Chairman of Morgan Stanley James Holm left",
            [(2, 6, "ORG")],
            [("Morgan Stanley", "ORG"), ("James Holm", "PERSON")],
        ),
        ("chairman of Arthur Daniel Holm left", [(2, 5, "ORG")], [("Arthur Daniel Holm", "ORG")]),
        ("Ostrel Police Lt said", [(0, 3, "PERSON")], [("Ostrel Police", "ORG")]),
        ("songs of Norway Anna Berg left", [(2, 5, "ORG")], [("Norway Anna Berg", "ORG")]),
        ("EXCLUSIVE Anna Berg left", [(0, 3, "PERSON")], [("Anna Berg", "PERSON")]),
        ("ANNA BERG HALL left", [(0, 3, "PERSON")], [("ANNA BERG HALL", "PERSON")]),
        ("the Peter Hall University met", [(1, 4, "ORG")], [("Peter Hall University", "ORG")]),
        ("the Bank of Trade and Industry met", [(1, 6, "ORG")], [("Bank of Trade and Industry", "ORG")]),
    ],
)
def test_one_name_for_one_thing(text, spans, expected):
    words = text.split()
    names = [Name(first, last, label, tuple(words[first:last])) for first, last, label in spans]
    assert [(" ".join(n.words), n.label) for n in reshape_names(parse_words(words), names)] == expected


@pytest.mark.parametrize(
    ("told", "type_"),
    [
        (Told(("palmer",), "PERSON", False, False, False, is_settled=True), "GPE"),
        (Told(("palmer", "fire"), "PERSON", False, False, False), "ORG"),
        (Told(("palmer", "fire"), "WORK_OF_ART", False, False, False), "WORK_OF_ART"),
        (Told(("ugandan",), "ORG", False, False, False), "NORP"),
        (Told(("hausa",), "ORG", False, False, False), "NORP"),
        (Told(("cesar",), "ORG", False, False, False, is_speaking=True), "PERSON"),
        (Told(("cesar",), "ORG", False, False, False), "ORG"),
        (Told(("paris",), "GPE", False, False, False, is_speaking=True), "GPE"),
        (Told(("ostrel", "national", "park"), "FAC", False, False, False), "LOC"),
        (Told(("ostrel", "park"), "ORG", False, False, False), "FAC"),
        (Told(("anna", "klimenko"), "NORP", False, False, False), "PERSON"),
        (Told(("african", "american"), "NORP", False, False, False), "NORP"),
        (Told(("ostrel", "foods"), "PERSON", False, False, False), "ORG"),
    ],
)
def test_the_article_and_lists_decide_types(told, type_):
    assert correct_type(told) == type_


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [("gerardo", "gerado", True), ("marina", "maria", False), ("daniel", "daniela", False), ("ann", "anne", False)],
)
def test_a_lost_letter_is_a_slip_where_no_list_knows_both(left, right, expected):
    assert is_misspelled(left, right) is expected


def test_words_that_name_nothing_are_no_names(annotate):
    text = "The COO spoke of Brexit and of LNG in Oslo."
    assert [text[m.start : m.end] for m in annotate(text).mentions if m.mention_kind == "name"] == ["Oslo"]


def test_a_dateline_in_capitals_is_a_place(annotate):
    text = "CAIRO - The mayor opened a bridge on Monday.\nHe said it was late."
    assert [(text[m.start : m.end], m.type) for m in annotate(text).mentions if m.type == "GPE"] == [("CAIRO", "GPE")]


@pytest.mark.parametrize(
    ("headline", "body", "expected"),
    [
        ("Ann Lee Explained Why She Left", "the banker Ann Lee left", "Ann Lee"),
        ("Ann Lee Explained Why She Left", "the banker Ann Lee Explained left", "Ann Lee Explained"),
        ("Ann Lee Explained Why She Left", "the banker Ann left", "Ann Lee Explained"),
        ("Ann Lee Explained to us why she has left", "the banker Ann Lee left", "Ann Lee Explained"),
        ("Orban Names Top Judge", "the banker Vera Orban left", "Orban"),
    ],
)
def test_the_words_behind_a_name_in_a_headline_are_none_of_it(headline: str, body: str, expected: str) -> None:
    parse = parse_words([*headline.split(), *body.split()])
    middle = len(headline.split())
    parse.sentence_starts.append(middle)
    parse.sentence_of[middle:] = [1] * len(body.split())
    end = next(place for place, word in enumerate(body.split()) if word == "left")
    names = [make_name(parse, 0, 3, "PERSON"), make_name(parse, middle + 2, middle + end, "PERSON")]
    assert " ".join(reshape_names(parse, names)[0].words) == expected
