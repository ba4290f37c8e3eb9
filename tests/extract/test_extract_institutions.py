"""Institutions of several countries, or towns, in one article."""

import pytest

from quotidian.tasks.extract.names.institutions import find_kind


def owned(text, annotation):
    """(form, country of its entity) of each name of an institution, in the order of the text."""
    names = (mention for mention in annotation.mentions if mention.mention_kind == "name")
    named = ((text[m.start : m.end], annotation.entities[m.entity_index]) for m in names)
    return [(form, entity.name, entity.country) for form, entity in named if entity.type == "ORG"]


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        (
            "Kenya's Health Ministry closed the school. Uganda's Health Ministry did not. Kenya's Health Ministry was proud.",
            ["KE", "UG", "KE"],
        ),
        (
            "Kenya's Health Ministry met Uganda's Health Ministry on Monday. Later the Health Ministry said both would test.",
            ["KE", "UG", None],
        ),
        (
            "Turkey's Central Bank raised its rate. Russia's Central Bank kept its own. Both will meet in Ankara.",
            ["TR", "RU"],
        ),
        ("Kenya's Health Ministry closed the school. The Health Ministry said it was late.", ["KE", "KE"]),
        (
            "The Defence Ministry in Moscow was silent. The Ukrainian Defence Ministry said it had shot down four drones.",
            ["RU", None],
        ),
        (
            "Kenya's Foreign Ministry was glad. In Kampala, the Foreign Ministry said that it was surprised.",
            ["KE", "UG"],
        ),
    ],
)
def test_whose_an_institution_is(annotate, text, countries):
    assert [country for _, _, country in owned(text, annotate(text))] == countries


def test_an_institution_of_one_country_is_one_thing_however_it_is_named(annotate):
    text = "The Supreme Court of India will hear it. Pakistan's Supreme Court did not. The Indian Supreme Court is in Delhi."
    annotation = annotate(text)
    first, second, third = (name for _, name, _ in owned(text, annotation))
    assert first == third != second


def test_the_bare_name_of_two_departments_is_neither(annotate):
    text = (
        "The Wexhill Police Department arrested two men on Friday. Officers of the Dornby Police Department found the van. "
        "The Police Department thanked callers."
    )
    names = [name for _, name, _ in owned(text, annotate(text))]
    assert names == ["Wexhill Police Department", "Dornby Police Department", "Police Department"]


@pytest.mark.parametrize(
    ("name", "words", "country"),
    [
        ("Ministry of Health", {"ministry", "health"}, None),
        ("Ugandan Health Ministry", {"ministry", "health"}, "UG"),
        ("Ministry of Health of Uganda", {"ministry", "health"}, "UG"),
    ],
)
def test_kinds_of_institutions(name, words, country):
    assert find_kind(tuple(name.lower().split())) == (words, country)


def test_other_names_are_no_kind():
    assert find_kind(("helvar", "bank")) is None
