"""What names tell by themselves is kept, and entities are the same whatever was kept and however the names come."""

from functools import cache

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from quotidian.tasks.deduplicate.corrections import Correction, Corrections
from quotidian.tasks.deduplicate.entities import institutions, names, people
from quotidian.tasks.deduplicate.entities.entities import EntityLinks, link_entities
from quotidian.tasks.deduplicate.entities.linked_names import join_entities, sort_names
from quotidian.tasks.deduplicate.entities.remembered import keep_told, recall_told
from quotidian.tasks.deduplicate.kept import Kept

GIVEN = ("Mara", "M.", "Jon", "Jonathan", "Tess", "Senator Mara")
SURNAMES = ("Kessel", "Brandt", "Van Oort", "Kessel Jr.", "Velmora")
OTHERS = (
    ("Harbour Workers Union", "ORG"),
    ("HWU", "ORG"),
    ("Supreme Court", "ORG"),
    ("Ugandan Parliament", "ORG"),
    ("Parliament", "ORG"),
    ("Uganda", "GPE"),
    ("Dublin", "GPE"),
    ("Velmora", "GPE"),
    ("U.S.", "GPE"),
    ("Brandt Foods", "ORG"),
    ("Brandt", "ORG"),
)


def make_names(seed: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Names of some articles that have much in common, and the stories of these."""
    draw = np.random.default_rng(seed)
    pick = lambda options: options[int(draw.integers(len(options)))]  # noqa: E731
    rows = []
    for article in range(30):
        full = {f"{pick(GIVEN)} {pick(SURNAMES)}" for _ in range(3)}
        bare = {pick(SURNAMES)} if draw.random() < 0.6 else set()
        own = [(name, "PERSON") for name in sorted(full | bare)] + [pick(OTHERS) for _ in range(4)]
        for index, (name, type_) in enumerate(dict(own).items()):
            words = [pick(("lawyer", "singer", "pilot"))] if type_ == "PERSON" and draw.random() < 0.5 else []
            stated = {
                "titles": [pick(("senator", "captain"))] if draw.random() < 0.2 else [],
                "sex": "",
                "words": words,
            }
            called = {"aliases": sorted({name, name.split()[-1]}), "mention_count": int(draw.integers(1, 5))}
            rows.append(
                {"article_id": f"a{article:02}", "entity_index": index, "name": name, "type": type_, **called, **stated}
            )
    schema = {"entity_index": pl.Int32, "titles": pl.List(pl.String), "words": pl.List(pl.String)}
    stories = pl.DataFrame({"article_id": [f"a{article:02}" for article in range(30)]}).with_columns(
        story_id=pl.Series([f"s{int(draw.integers(12))}" for _ in range(30)])
    )
    return pl.DataFrame(rows, schema_overrides=schema), stories


def correct(seed: int) -> Corrections:
    """Some lines on these names, one of them in one article."""
    every = [f"{given} {surname}" for given in GIVEN for surname in SURNAMES] + [name for name, _ in OTHERS]
    left, right, *others = np.random.default_rng(seed).permutation(every).tolist()
    same = {"name": left, "same_as": right, "article_id": "", "quote_id": ""}
    apart = {"name": others[0], "other_name": others[1], "article_id": "a03" if seed % 2 else "", "quote_id": ""}
    named = {"name": others[2], "canonical_name": "Somebody Else", "external_id": ""}
    return Corrections(
        same_entities=(Correction("same_entities.csv", 2, same),),
        different_entities=(Correction("different_entities.csv", 2, apart),),
        canonical_names=(Correction("canonical_names.csv", 2, named),),
    )


def forget() -> None:
    """Forget what names told."""
    recall_told(Kept())
    for function in (names.spell_words, names.name_key, people.read_key, institutions.split_institution):
        function.cache_clear()


@cache
def link_once(seed: int) -> tuple[EntityLinks, Kept]:
    """Links of an archive of which nothing is known, and what is kept."""
    forget()
    links, kept = link_entities(*make_names(seed), correct(seed)), Kept()
    keep_told(kept)
    return links, kept


@pytest.mark.parametrize("seed", range(12))
def test_names_in_any_order_with_anything_kept_give_the_same_entities(seed: int):
    expected, kept = link_once(seed)
    local, stories = make_names(seed)
    forget()
    recall_told(Kept(kept.after))
    found = link_entities(local.sample(fraction=1, shuffle=True, seed=seed), stories.reverse(), correct(seed))
    for one, other in zip(found, expected, strict=True):
        assert_frame_equal(one, other)


def test_what_was_told_is_kept_and_not_told_again(monkeypatch: pytest.MonkeyPatch):
    _, kept = link_once(0)
    forget()
    recall_told(Kept(kept.after))
    monkeypatch.setattr(names, "find_alias", lambda *_: pytest.fail("a key was found again"))
    monkeypatch.setattr(people, "read_person_name", lambda *_: pytest.fail("a name was read again"))
    link_entities(*make_names(0), correct(0))
    again = Kept()
    keep_told(again)
    told = again.after["told"]
    assert told.height == told.join(kept.after["told"], on=told.columns, nulls_equal=True, how="semi").height > 0
    forget()


def test_names_that_are_gone_and_names_of_another_archive_are_not_kept():
    _, kept = link_once(0)
    forget()
    recall_told(Kept(kept.after))
    named, stories = make_names(0)
    link_entities(named.filter(pl.col("name") != "Harbour Workers Union"), stories)
    less = Kept()
    keep_told(less)
    assert kept.after["told"].filter(pl.col("asked").str.contains("Harbour Workers Union")).height
    assert not less.after["told"].filter(pl.col("asked").str.contains("(?i)harbour workers")).height
    forget()
    nothing = Kept()
    keep_told(nothing)
    assert nothing.after["told"].is_empty()


@pytest.mark.parametrize(
    ("key", "told"),
    [("parliament", ("parliament", None)), ("ugandan parliament", ("parliament", "UG")), ("mara kessel", None)],
)
def test_a_kept_institution_is_read_as_it_was_told(key: str, told: tuple | None):
    assert institutions.split_institution(key) == told


def test_links_in_another_order_than_names_are_joined_by_their_keys():
    named = pl.DataFrame({"article_id": ["b", "a", "a"], "entity_index": [0, 1, 0], "name": ["x", "y", "z"]})
    links = pl.DataFrame({"article_id": ["a", "a", "b"], "entity_index": [0, 1, 0], "entity_id": ["e1", "e2", "e3"]})
    expected = ["e1", "e2", "e3"]
    assert join_entities(named, links).sort("article_id", "entity_index")["entity_id"].to_list() == expected
    assert join_entities(sort_names(named), links)["entity_id"].to_list() == expected


def test_sorted_names_are_left_as_they_are():
    named = pl.DataFrame({"article_id": ["a", "a", "b"], "entity_index": [0, 1, 0]})
    assert sort_names(named) is named
    assert_frame_equal(sort_names(named.reverse()), named)
