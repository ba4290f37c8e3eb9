"""What an article says of a person beside the name: the words of his description."""

import pytest

from quotidian.tasks.extract.names.mentions import make_name
from quotidian.tasks.extract.names.stated import find_described, read_stated
from quotidian.tasks.extract.parsing.parse_text import parse_text
from quotidian.tasks.extract.settings import ExtractSettings


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Its president, Brian Marlow, said it rained.", {"president"}),
        ("According to its president, Brian Marlow, Ostrel Club rum is sold for six crowns.", {"president"}),
        ("The head of the harbour police in Ostrel, Brian Marlow, said it rained.", {"head", "harbour", "police"}),
        ("It rained in Ostrel, said Brian Marlow, chief economist of the bank.", {"chief", "economist", "bank"}),
    ],
    ids=["noun", "behind according to", "behind places", "behind the name"],
)
def test_the_words_that_describe_a_person(model, text, words):
    parse = parse_text(text, model, ExtractSettings())
    first = parse.words.index("brian")
    assert words <= read_stated(parse, make_name(parse, first, first + 2, "PERSON")).words


def test_what_stands_above_a_description_is_no_part_of_it(model):
    text = "According to its president, Brian Marlow, Ostrel Club rum is sold for six crowns."
    parse = parse_text(text, model, ExtractSettings())
    first = parse.words.index("brian")
    described = find_described(parse, make_name(parse, first, first + 2, "PERSON"))
    assert [parse.words[token] for token in described] == ["president"]
