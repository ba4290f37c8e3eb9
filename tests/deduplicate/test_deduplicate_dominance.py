"""An event that fills much of an archive."""

import numpy as np
import polars as pl
import pytest

from quotidian.tasks.deduplicate.corpus import gather_texts
from quotidian.tasks.deduplicate.sketch import SKETCH_SCHEMA, sketch_article
from quotidian.tasks.deduplicate.stories.dominance import EVENT_TEXTS, measure_together, weigh_texts

COUNT = 900
NAMES = ["Velmora", "Ostrel", "Dahl", "Farrow", "Karst", "Brandt", "Perrin", "Halden"]


def write_bodies(share_of_names: float, event_share: float) -> dict[str, str]:
    """Texts of words that hardly recur. Every third is of one event: most of its names, and some words of its own.
    The others have each of the names with a chance of `share_of_names`."""
    generator = np.random.default_rng(3)
    bodies = {}
    for number in range(COUNT):
        is_event = number < event_share * COUNT
        words = [f"w{word}x" for word in generator.integers(0, 20_000, 90)]
        chance = 0.95 if is_event else share_of_names
        words += [name for name in NAMES for _ in range(2) if generator.random() < chance]
        words += [f"event{letter}" for letter in "abcdefghij" for _ in range(2)] if is_event else []
        bodies[f"{number:04d}"] = "so " + " ".join(generator.permutation(words))
    return bodies


def gather(bodies: dict[str, str]):
    rows = [{"body_hash": key, **sketch_article(body, None, [])} for key, body in bodies.items()]
    return gather_texts(pl.DataFrame(rows, schema={"body_hash": pl.String, **SKETCH_SCHEMA}))


def test_a_dominant_event_is_one_story(link):
    links = link(write_bodies(0.0, 1 / 3))
    stories = links.articles.sort("article_id")["story_id"].to_list()
    assert len(set(stories[: COUNT // 3])) == 1
    assert len(set(stories[COUNT // 3 :])) == COUNT - COUNT // 3


def test_its_texts_count_as_a_few(link):
    weights = weigh_texts(gather(write_bodies(0.0, 1 / 3)))
    assert np.isclose(weights[weights < 1].sum(), EVENT_TEXTS)
    assert (weights < 1).sum() == COUNT // 3


@pytest.mark.parametrize(("share_of_names", "event_share"), [(0.2, 0.0), (0.0, 0.01), (0.0, 0.0)])
def test_names_that_stand_apart_or_are_rare_are_no_event(share_of_names, event_share):
    assert (weigh_texts(gather(write_bodies(share_of_names, event_share))) == 1).all()


@pytest.mark.parametrize(
    ("both", "expected"),
    [([[50, 40], [40, 50]], 0.513), ([[33, 28], [28, 33]], 0.742), ([[100, 100], [100, 100]], None)],
)
def test_names_that_meet_more_often_than_by_chance(both, expected):
    pairs, together = measure_together(np.array(both, float), 100)
    assert pairs.tolist() == ([] if expected is None else [[0, 1]])
    assert together.tolist() == ([] if expected is None else [pytest.approx(expected, abs=0.001)])
