"""Units that workers take give what they give here, and leave nothing behind."""

import importlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from invented import require_same_links

from quotidian.flows.running.rescue import WorkerDied
from quotidian.tasks.deduplicate import units
from quotidian.tasks.deduplicate.arrays import open_array
from quotidian.tasks.deduplicate.units import Workers, sweep_units


def spread_here(door: Callable, batches: list) -> list:
    return [door(batch) for batch in batches]


def scale_rows(unit: tuple[int, int], rows: np.ndarray, factor: int) -> np.ndarray:
    return rows[slice(*unit)] * factor


@pytest.mark.parametrize("kind", ["small", "large", "stored"])
def test_arrays_come_whole_and_nothing_is_left(kind: str, few, tmp_path: Path) -> None:
    rows = np.arange(10 if kind == "small" else 200_000)
    np.save(tmp_path / "rows.npy", rows)
    given = open_array(tmp_path / "rows.npy") if kind == "stored" else rows
    here = Workers().map(scale_rows, [(0, 3), (4, 9)], given, 2, seconds=1)
    spread = Workers(tmp_path, spread_here).map(scale_rows, [(0, 3), (4, 9)], given, 2, seconds=1)
    assert [list(found) for found in spread] == [list(found) for found in here] == [[0, 2, 4], [8, 10, 12, 14, 16]]
    assert [path.name for path in tmp_path.iterdir()] == ["rows.npy"]


@pytest.mark.parametrize(("nbytes", "count"), [(800, 0), (1_600_000, 1)], ids=["small", "large"])
def test_large_arrays_are_written_once_for_all_units(nbytes: int, count: int, few, tmp_path: Path) -> None:
    def look(door: Callable, batches: list) -> list:
        assert len([*tmp_path.rglob("*.npy")]) == count
        return spread_here(door, batches)

    assert len([*Workers(tmp_path, look).map(scale_rows, [(0, 1)] * 3, np.zeros(nbytes // 8), 2, seconds=1)]) == 3


def test_few_units_are_worked_on_here(tmp_path: Path) -> None:
    found = Workers(tmp_path, None).map(scale_rows, [(0, 1)], np.ones(2), 2, seconds=1)
    refuse = Workers(tmp_path, lambda door, batches: pytest.fail("few units were given out"))
    assert [*refuse.map(scale_rows, [(0, 1)], np.ones(2), 2, seconds=1)] == [*found]


def test_nothing_is_left_where_a_run_ends_or_is_killed(few, tmp_path: Path) -> None:
    def stop(door: Callable, batches: list) -> list:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        next(Workers(tmp_path, stop).map(scale_rows, [(0, 1)], np.ones(2), 2, seconds=1))
    assert not [*tmp_path.iterdir()]
    (tmp_path / units.FOLDER / ".0123").mkdir(parents=True)
    sweep_units(tmp_path)
    assert not [*tmp_path.iterdir()]


def test_workers_give_the_same_links(few, two_workers: Workers) -> None:
    require_same_links(two_workers)


def test_a_worker_that_dies_loses_no_unit(two_workers: Workers, tmp_path: Path) -> None:
    (tmp_path / "marks").mkdir()
    doors = importlib.import_module("deadly_doors")
    found = two_workers.map(doors.double_but_die_once, [1, 2, 3, 4], 3, tmp_path / "marks", seconds=1)
    assert [*found] == [2, 4, 6, 8]
    assert [path.name for path in (tmp_path / "marks").iterdir()] == ["3"]


def test_a_unit_that_kills_each_worker_ends_the_run_and_leaves_nothing(two_workers: Workers, tmp_path: Path) -> None:
    doors = importlib.import_module("deadly_doors")
    with pytest.raises(WorkerDied, match="double_or_die 1: give the machine more memory"):
        [*two_workers.map(doors.double_or_die, [1, 2, 3, 4], 2, seconds=1)]
    assert not (tmp_path / units.FOLDER).exists()
