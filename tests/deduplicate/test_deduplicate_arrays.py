"""Arrays that are read from files, and numbers counted that lie there."""

import os
import pickle
from pathlib import Path

import numpy as np
import pytest

from quotidian.tasks.deduplicate.arrays import find_places, open_array, read_stretches
from quotidian.tasks.deduplicate.copies import pair_runs
from quotidian.tasks.deduplicate.copies.groups import find_stars
from quotidian.tasks.deduplicate.values import is_among

SHAPES = {"numbers": (500,), "rows of several": (500, 3), "nothing": (0,)}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_stretches_of_a_file_are_those_of_the_array(shape: tuple[int, ...], tmp_path: Path) -> None:
    array = np.random.default_rng(1).integers(0, 2**16, shape).astype(np.uint16)
    np.save(tmp_path / "a.npy", array)
    stored = pickle.loads(pickle.dumps(open_array(tmp_path / "a.npy")))
    assert np.array_equal(stored, array)
    assert np.array_equal(stored[-9:490], array[-9:490])
    for some in ([(7, 3), (0, 0), (400, 100), (7, 1)], [(7, 3), (10, 5), (15, 0), (15, 2), (400, 40), (440, 60)], []):
        starts, sizes = np.array(some, np.int64).reshape(-1, 2).T * (len(array) > 0)
        assert np.array_equal(read_stretches(stored, starts, sizes), read_stretches(array, starts, sizes))


def test_stretches_side_by_side_are_read_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    np.save(tmp_path / "a.npy", np.arange(500))
    stored, read, places = open_array(tmp_path / "a.npy"), os.preadv, []
    monkeypatch.setattr(os, "preadv", lambda file, views, place: places.append(place) or read(file, views, place))
    assert stored.read(np.array([5, 8, 20]), np.array([3, 9, 1])).tolist() == [*range(5, 17), 20]
    assert len(places) == 2


def test_what_the_system_reads_in_parts_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    array, read = np.arange(500), os.preadv
    np.save(tmp_path / "a.npy", array)
    stored = open_array(tmp_path / "a.npy")
    monkeypatch.setattr(os, "preadv", lambda file, views, place: read(file, [views[0][:33]], place))
    assert np.array_equal(stored[:], array)
    assert stored.read(np.array([5, 20]), np.array([10, 400])).tolist() == [*range(5, 15), *range(20, 420)]
    os.truncate(tmp_path / "a.npy", 2_000)
    with pytest.raises(ValueError, match="ends before its last row"):
        stored[:]


def test_a_cut_file_is_not_opened(tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", np.arange(500))
    (tmp_path / "a.npy").write_bytes((tmp_path / "a.npy").read_bytes()[:-9])
    with pytest.raises(ValueError, match="length"):
        open_array(tmp_path / "a.npy")


def test_places_in_a_file_are_those_in_the_array(tmp_path: Path) -> None:
    array = np.sort(np.random.default_rng(2).integers(0, 300, 500).astype(np.uint64))
    np.save(tmp_path / "a.npy", array)
    values = np.arange(0, 310, 7, dtype=np.uint64)
    assert np.array_equal(find_places(open_array(tmp_path / "a.npy"), values), np.searchsorted(array, values))


@pytest.mark.parametrize("least", [1, 3])
@pytest.mark.parametrize("most", [100, 10**6], ids=["from files", "in memory"])
def test_frequent_numbers_are_found(least: int, most: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("RUN_PAIRS", "STRETCH_PAIRS", "HELD_PAIRS"):
        monkeypatch.setattr(pair_runs, name, most)
    draw = np.random.default_rng(3)
    found = [draw.integers(0, 400, size).astype(np.uint64) for size in (0, 90, 300, 40, 7)]
    numbers, counts = np.unique(np.concatenate(found), return_counts=True)
    kept = pair_runs.keep_frequent(iter(found), least, tmp_path)
    assert np.array_equal(kept, [numbers[counts >= least], counts[counts >= least]])
    assert not list(tmp_path.iterdir())


def test_texts_that_all_hang_on_the_earliest_are_a_star() -> None:
    pairs = np.array([[1, 4], [4, 9], [2, 3], [3, 5], [2, 5], [6, 7], [7, 8]])
    ranks = np.array([0, 5, 3, 9, 1, 2, 4, 8, 7, 6])
    texts, first, is_star = find_stars(pairs, ranks)
    assert texts.tolist() == [1, 2, 3, 4, 5, 6, 7, 8, 9]
    assert first.tolist() == [4, 5, 5, 4, 5, 6, 6, 6, 4]
    assert is_star.tolist() == [True, True, True, True, True, False, False, False, True]


@pytest.mark.parametrize("count", [0, 1, 400])
def test_numbers_are_found_among_some_also_where_their_last_bits_are_those_of_others(count: int) -> None:
    values = np.random.default_rng(3).integers(0, 2**10, (2, 800)).astype(np.uint32) << 12
    ordered = np.unique(values[1, :count])
    assert is_among(values[0], ordered).tolist() == np.isin(values[0], ordered).tolist()
