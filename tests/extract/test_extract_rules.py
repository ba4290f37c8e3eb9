"""Each rule of quotation has an example that it gets right, and that comes out otherwise without it."""

import pytest

from quotidian.tasks.extract import annotate as _  # noqa: F401 (brings in every rule)
from quotidian.tasks.extract.annotate import annotate_parse
from quotidian.tasks.extract.annotation import Annotation, Quote
from quotidian.tasks.extract.parsing.parse_text import parse_text
from quotidian.tasks.extract.quotes.readings import ORDERS, RULES, put_in_place
from quotidian.tasks.extract.settings import ExtractSettings

SETTINGS = ExtractSettings()


def show_quotes(text: str, annotation: Annotation) -> str:
    """The quotations of a text, as the examples of the rules give them."""
    shown = (f"[{show_speaker(text, annotation, quote)}] {show_words(text, quote)}" for quote in annotation.quotes)
    return " ".join(" · ".join(shown).split())


def show_speaker(text: str, annotation: Annotation, quote: Quote) -> str:
    """Words for the speaker, whom they mean, his role, and whether he did not say it."""
    who = "" if quote.speaker_start is None else text[quote.speaker_start : quote.speaker_end]
    name = "" if quote.speaker_entity_index is None else annotation.entities[quote.speaker_entity_index].name
    shown = who if name in who else f"{who} = {name}"
    if quote.speaker_role and quote.speaker_role not in shown:
        shown += f", {quote.speaker_role}"
    return shown if quote.is_said else f"{shown}, not said"


def show_words(text: str, quote: Quote) -> str:
    """The parts of a quotation, direct speech in marks."""
    words = " … ".join(text[start:end] for start, end in quote.parts)
    return f"“{words}”" if quote.kind == "direct" else words


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.place}.{rule.name}")
def test_a_rule_makes_its_example_right(model, rule):
    parse = parse_text(rule.example, model, SETTINGS)
    assert show_quotes(rule.example, annotate_parse(parse, SETTINGS)) == rule.gives
    with put_in_place(rule.function, ()):
        assert show_quotes(rule.example, annotate_parse(parse, SETTINGS)) != rule.gives


def test_every_rule_stands_in_an_order_under_a_name_of_its_own():
    ordered = {function for order in ORDERS for function in order.rules}
    assert ordered == {rule.function for rule in RULES}
    assert len({rule.name for rule in RULES}) == len(RULES)


def test_a_rule_that_is_left_out_comes_back():
    before = [order.rules for order in ORDERS]
    with put_in_place(RULES[0].function, ()):
        assert [order.rules for order in ORDERS] != before
    assert [order.rules for order in ORDERS] == before
