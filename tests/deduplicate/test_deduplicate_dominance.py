"""An event that fills much of an archive."""

from datetime import date

import numpy as np
import pytest

DAY = date(2024, 3, 5)
COUNT = 900
NAMES = ["Velmora", "Ostrel", "Dahl", "Farrow", "Karst", "Brandt", "Perrin", "Halden"]


def write_bodies(share_of_names: float, event_share: float) -> dict[str, str]:
    """Texts of words that hardly recur. Every third is of one event: most of its names, and some words of its own.
    The others have each of the names with a chance of `share_of_names`."""
    generator = np.random.default_rng(3)
    bodies = {}
    for number in range(COUNT):
        is_event = number < event_share * COUNT
        words = ["".join(chr(97 + int(digit)) for digit in f"{word:06d}") for word in generator.integers(0, 20_000, 90)]
        chance = 0.95 if is_event else share_of_names
        words += [name for name in NAMES for _ in range(2) if generator.random() < chance]
        words += [f"event{letter}" for letter in "abcdefghij" for _ in range(2)] if is_event else []
        bodies[f"{number:04d}"] = "so " + " ".join(generator.permutation(words))
    return bodies


def test_a_dominant_event_is_one_story(link):
    bodies = write_bodies(0.0, 1 / 3)
    links = link(bodies, dict.fromkeys(bodies, DAY))
    stories = links.articles.sort("article_id")["story_id"].to_list()
    assert len(set(stories[: COUNT // 3])) == 1
    assert len(set(stories[COUNT // 3 :])) == COUNT - COUNT // 3


@pytest.mark.parametrize(("share_of_names", "event_share"), [(0.2, 0.0), (0.0, 0.01), (0.0, 0.0)])
def test_names_that_stand_apart_or_are_rare_make_no_story(link, share_of_names, event_share):
    stories = link(write_bodies(share_of_names, event_share)).articles.sort("article_id")["story_id"].to_list()
    others = stories[round(event_share * COUNT) :]
    assert len(set(others)) == len(others)
