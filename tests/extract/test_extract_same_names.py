"""Two people of one whole name in one article are two, and who is meant from the second one on is left open."""

import pytest

ONE, OTHER = "Tom Reed, a baker, came on Monday.", "Tom Reed left."


def count_entities(annotation):
    """How often each entity named Tom Reed is named, in the order of the text."""
    named = [mention.entity_index for mention in annotation.mentions if mention.mention_kind == "name"]
    people = [index for index in dict.fromkeys(named) if annotation.entities[index].name == "Tom Reed"]
    return [named.count(index) for index in people]


@pytest.mark.parametrize(
    "second",
    [
        "Another Tom Reed, the coach, was late.",
        "He met another man named Tom Reed.",
        "A different sailor called Tom Reed was late.",
        "His neighbour, also called Tom Reed, was late.",
        "His father, also Tom Reed, was late.",
        "His namesake, Tom Reed, was late.",
        "Two men named Tom Reed were late.",
    ],
)
def test_a_second_person_of_a_name_is_another(annotate, second):
    assert count_entities(annotate(f"{ONE} {second} {OTHER}")) == [1, 2]


@pytest.mark.parametrize(
    "text",
    [
        "Tom Reed, 34, and Tom Reed, 61, were late.",
        "Tom Reed, a baker, was late. Tom Reed, the coach, left. The two are not related.",
        "Tom Reed, a baker, was late. Tom Reed, the coach, left. They share a name.",
        "Tom Reed's son Tom Reed was late.",
        "Tom Reed, the father of the skater Tom Reed, was late.",
        "Tom Reed, 61, whose nephew Tom Reed is a baker, was late.",
        "Tom Reed and his son, the coach Tom Reed, were late.",
    ],
)
def test_what_is_told_of_each_parts_two_of_one_name(annotate, text):
    assert count_entities(annotate(text)) == [1, 1]


@pytest.mark.parametrize(
    "text",
    [
        "Tom Reed came on Monday. The town needs another Tom Reed. Tom Reed left.",
        "Tom Reed came on Monday. Ann Reed and her husband Tom Reed were late. Tom Reed left.",
        "Tom Reed, the father of two, came on Monday. Tom Reed was late. Tom Reed left.",
        "Tom Reed, 34, came on Monday. A year later Tom Reed, 35, was late. Tom Reed left.",
        "Tom Reed, a baker, came. Tom Reed, a former sailor, was late. Ben Reed (no relation) slept. Tom Reed left.",
        "Tom Reed, a baker, came. Tom Reed, a former sailor, was late. The two fires are not related. Tom Reed left.",
    ],
)
def test_one_person_is_one(annotate, text):
    assert count_entities(annotate(text)) == [3]


def test_a_bare_name_behind_a_second_person_is_open(annotate):
    text = f"{ONE} Another Tom Reed, the coach, was late. Reed said it was cold."
    assert count_entities(annotate(text)) == [1, 2]


@pytest.mark.parametrize(
    ("told", "called", "is_his"),
    [
        ("the president's son", "Mr. Reed", False),
        ("the president's son", "Reed", False),
        ("the president's son", "Reed Jr.", True),
        ("a lawyer", "Mr. Reed", True),
        ("a lawyer", "Reed", True),
    ],
)
def test_a_son_who_is_told_as_such_is_not_his_father(annotate, told, called, is_his):
    text = f"Tom Reed Jr., {told}, came on Monday. {called} said it was cold."
    annotation = annotate(text)
    (quote,) = annotation.quotes
    assert (annotation.entities[quote.speaker_entity_index].name == "Tom Reed Jr.") == is_his
