"""First law, across articles: who came first to the archive changes nothing of copies, stories, entities and statements."""

import importlib.util
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

COUNT, DAYS = 200, 6
SINGLES = int(os.environ.get("QUOTIDIAN_TEST_SINGLES", "40"))
"""Articles that come one by one; those after them come at once. All 200 take ten minutes."""
BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture(scope="module")
def records() -> list[dict]:
    """Invented articles with copies among them: most tell their moment, the others their day."""
    sys.path.insert(0, str(BENCHMARKS))
    spec = importlib.util.spec_from_file_location("newsroom", BENCHMARKS / "newsroom.py")
    newsroom = importlib.util.module_from_spec(spec)
    sys.modules["newsroom"] = newsroom
    spec.loader.exec_module(newsroom)
    sys.path.remove(str(BENCHMARKS))
    made = list(newsroom.make_records(COUNT, DAYS, seed=5))
    for number, record in enumerate(made):
        if number % 3:
            record["published"] += f"T{number * 7 % 24:02d}:{number * 11 % 60:02d}:00Z"
    return made


@pytest.fixture(scope="module")
def files(records: list[dict], tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """One file for each article."""
    folder = tmp_path_factory.mktemp("landing")
    paths = [folder / f"{number:03d}.json" for number in range(COUNT)]
    for path, record in zip(paths, records, strict=True):
        path.write_text(json.dumps(record), encoding="utf-8")
    return paths


@pytest.fixture(scope="module")
def at_once(files: list[Path], run_here, table_hashes, tmp_path_factory) -> dict[str, str]:
    """Hashes of the tables of one run over everything."""
    result = run_here(tmp_path_factory.mktemp("once"), files[0].parent)
    return table_hashes(result.published.snapshot)


def split_order(seed: int, largest: int) -> Iterator[list[int]]:
    """All articles in a random order, some at a time; where they come one by one, the last ones together."""
    draw = np.random.default_rng(seed)
    left = draw.permutation(COUNT).tolist()
    while left:
        if largest == 1 and COUNT - len(left) == SINGLES:
            yield left
            return
        size = int(draw.integers(1, largest + 1))
        yield left[:size]
        left = left[size:]


@pytest.mark.scale
@pytest.mark.parametrize(
    ("seed", "largest"), [(1, 1), (2, 12), (3, 40)], ids=["one by one", "in small runs", "in runs"]
)
def test_any_order_and_split_give_the_same_tables(
    seed: int, largest: int, files, at_once, run_here, table_hashes, tmp_path: Path
) -> None:
    for numbers in split_order(seed, largest):
        result = run_here(tmp_path, *(files[number] for number in numbers))
    assert table_hashes(result.published.snapshot) == at_once
