"""What an article calls a person: titles, words of kinship and pronouns count; given names never do."""

import pytest


@pytest.mark.parametrize(
    ("text", "name", "counts"),
    [
        ("Mr. Hall came. Mr. Hall said it rained.", "Hall", (2, 0, 0)),
        ("Maria Lopez came. She said it rained.", "Maria Lopez", (0, 1, 0)),
        ("His wife, Robin Dahl, said it rained.", "Robin Dahl", (0, 1, 0)),
        ("Mx Robin Berg said it rained.", "Robin Berg", (0, 0, 1)),
        ("Maria Lopez said it rained.", "Maria Lopez", (0, 0, 0)),
    ],
    ids=["title", "pronoun", "kinship", "mx", "given name"],
)
def test_only_what_is_stated_counts(annotate, text, name, counts):
    (person,) = (entity for entity in annotate(text).entities if entity.name == name)
    assert (person.he_count, person.she_count, person.they_count) == counts
