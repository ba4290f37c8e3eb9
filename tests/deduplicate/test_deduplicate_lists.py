"""Lists of features, and hashes: all is found that is there."""

from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from quotidian.tasks.deduplicate.copies import lists
from quotidian.tasks.deduplicate.copies.lists import TEXT_BITS, FeatureList, Listed, list_features
from quotidian.tasks.deduplicate.copies.part_files import read_list, write_array
from quotidian.tasks.deduplicate.copies.recall import match_codes


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bounds that short lists reach."""
    monkeypatch.setattr(lists, "PART_FEATURES", 90)
    monkeypatch.setattr(lists, "LIST_FEATURES", 20)


def store_list(listed: FeatureList, folder: Path | None) -> FeatureList:
    """A list as it is read from files, or as it is where there is no folder."""
    if folder is None:
        return listed
    files = {f"some_{field.name}": write_array(getattr(listed, field.name), folder) for field in fields(listed)}
    return read_list(folder, files, "some")


def make_lists(folder: Path | None) -> list[Listed]:
    """Lists of features that some texts have, of which one has features that many have, each list with numbers of its own."""
    draw, made = np.random.default_rng(1), []
    for first, count in ((0, 300), (40, 7), (80, 0), (120, 90)):
        features = (draw.integers(0, 2**6, count) ** 2 % 61).astype(np.uint64) << np.uint64(58)
        features |= (draw.integers(0, 3, count)).astype(np.uint64) << TEXT_BITS
        packed = np.unique(features | draw.integers(0, 40, count).astype(np.uint64))
        made.append((store_list(list_features(packed), folder), np.arange(first, first + 40)))
    return made


def number_all(made: list[Listed]) -> np.ndarray:
    """All features of some lists with the numbers of their texts, sorted, each once."""
    return np.unique(np.concatenate([listed.read(0, len(listed.keys), numbers) for listed, numbers in made]))


@pytest.mark.parametrize("is_stored", [False, True], ids=["in memory", "in files"])
@pytest.mark.parametrize("spare", [3, lists.MANY])
def test_all_texts_are_found_of_features_that_few_have(small, tmp_path: Path, is_stored: bool, spare: int) -> None:
    made = make_lists(tmp_path if is_stored else None)
    packed, numbers = number_all(made), np.arange(200)
    some = np.unique(made[0][0].read(0, 80, numbers)[::3])
    asked = [list_features(some), made[3][0]]
    found = [lists.look_up(made, asked, bounds, spare) for bounds in lists.cut_lists(made, asked)]
    assert len(found) > 3
    wanted = np.concatenate([some, made[3][0].read(0, len(made[3][0].keys), numbers)]) >> TEXT_BITS
    for feature in np.unique(wanted):
        own = np.concatenate([part[part >> TEXT_BITS == feature] for part in found])
        expected, most = packed[packed >> TEXT_BITS == feature], np.count_nonzero(wanted == feature) + spare
        assert np.isin(own, expected).all()
        assert np.array_equal(own, expected) or min(len(own), len(expected)) > most
    assert np.isin(np.concatenate(found) >> TEXT_BITS, wanted).all()


def test_all_features_of_all_lists_are_read_range_by_range(small, tmp_path: Path) -> None:
    made = make_lists(tmp_path)
    ranges = lists.cut_lists(made)
    assert len(ranges) > 3
    assert np.array_equal(np.concatenate([lists.read_range(made, bounds) for bounds in ranges]), number_all(made))


@pytest.mark.parametrize(
    "texts",
    [[], [0], [3] * 9, [70_000, 5] * 40, [7] * 255],
    ids=["nothing", "one", "nine", "far ones", "as many as a byte counts"],
)
def test_a_list_tells_what_was_packed(texts: list[int], tmp_path: Path) -> None:
    draw = np.random.default_rng(len(texts))
    features = draw.integers(0, 2**38, len(texts)).astype(np.uint64) // np.uint64(2**35) * np.uint64(2**35 - 1)
    packed = np.unique(features << TEXT_BITS | np.array(texts, np.uint64))
    listed = store_list(list_features(packed), tmp_path)
    assert len(listed) == len(packed)
    numbers = np.arange(80_000)
    for first in range(len(listed.keys) + 1):
        cut = listed.read(0, first, numbers), listed.read(first, len(listed.keys), numbers)
        assert np.array_equal(np.concatenate(cut), packed)


def test_hashes_are_matched_whatever_bits_they_begin_with() -> None:
    draw = np.random.default_rng(1)
    known = np.unique(draw.integers(0, 50, 40)).astype(np.uint64) << np.uint64(52)
    draw.shuffle(known)
    codes = np.arange(60, dtype=np.uint64) << np.uint64(52)
    places = {code: row for row, code in enumerate(known.tolist())}
    assert match_codes(known, codes).tolist() == [places.get(code, -1) for code in codes.tolist()]
    assert match_codes(known[:0], codes).tolist() == [-1] * 60
