"""How weights are learned: from what several sites have, the same each time."""

import importlib
from pathlib import Path

import pytest

TRAINING = Path(__file__).parents[2] / "training"


@pytest.fixture
def training(monkeypatch):
    monkeypatch.syspath_prepend(TRAINING)
    return {name: importlib.import_module(name) for name in ("labelled_lines", "learned_lines", "cross_validate")}


def test_only_what_several_sites_have_is_learned(training):
    learn = training["learned_lines"].learn_weights
    rows = [(f"site{n}", n % 2, 1.0, [n % 2, 7, 100 + n]) for n in range(12)]
    weights = learn(rows)
    assert weights[1] > 500 and weights[0] < -500
    assert not any(number >= 100 for number in weights)
    assert learn(rows) == weights


def test_texts_with_a_long_line_of_junk_in_common_are_one_site(training):
    lines = training["labelled_lines"]
    same = "Sign up here for the free morning letter of the Harbour Post and its friends"
    texts = [same, f"{same}\nMore", "The ferry company in Northport said that it would sell two of its six boats today"]
    samples = [lines.Sample(str(n), "junk", f"s{n}", text, [0] * len(text.split("\n"))) for n, text in enumerate(texts)]
    lines.join_sites(samples)
    lines.assign_folds(samples)
    assert samples[0].site == samples[1].site != samples[2].site
    assert samples[0].fold == samples[1].fold != samples[2].fold


@pytest.mark.parametrize(
    ("sites", "counts"), [({"a"}, False), ({"a", "b"}, True), (set(), True)], ids=["own", "two", "none"]
)
def test_a_pattern_of_one_site_does_not_count_there(training, sites, counts):
    assert training["cross_validate"].is_supported({"p": sites}, "p", "a") is counts
