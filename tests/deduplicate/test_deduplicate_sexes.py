"""What articles call a person: counted over articles, mixed where they disagree, null where none tells."""

import polars as pl
import pytest

from quotidian.tasks.deduplicate.entities.sexes import COUNTS, state_sexes


@pytest.mark.parametrize(
    ("counts", "stated"),
    [
        ([(2, 0, 0), (1, 0, 0)], "he"),
        ([(0, 3, 0)], "she"),
        ([(0, 0, 1)], "they"),
        ([(9, 1, 0)], "he"),
        ([(3, 0, 0), (0, 1, 0)], "mixed"),
        ([(1, 1, 0)], "mixed"),
        ([(0, 0, 0)], None),
    ],
    ids=["he in two", "she", "they", "one slip", "a quarter", "half", "nothing"],
)
def test_the_sex_of_a_person_is_what_most_words_state(counts, stated):
    places = [(f"a{number}", 0) for number in range(len(counts))]
    names = pl.DataFrame(
        [(*place, *count) for place, count in zip(places, counts, strict=True)],
        schema=["article_id", "entity_index", *COUNTS],
        orient="row",
    )
    links = names.select("article_id", "entity_index", entity_id=pl.lit("e"))
    (row,) = state_sexes(names, links).to_dicts()
    assert row["sex_stated"] == stated
    assert sum(row[name] for name in COUNTS) == sum(map(sum, counts))
