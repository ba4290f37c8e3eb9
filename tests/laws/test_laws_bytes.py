"""First law: the published dataset is a pure function of inputs, settings, corrections and versions."""

import json
from pathlib import Path

import polars as pl
import pytest

from quotidian.flows.pipeline import Result
from quotidian.tasks.deduplicate import units

ORDERS = ((4, 3, 2, 1, 0), (2, 0, 4, 1, 3), (1, 4, 0, 3, 2))
RUNS = {
    "inline, 1 worker": ("--inline", "--workers", "1"),
    "inline, 2 workers": ("--inline", "--workers", "2"),
    "recorded, 1 worker": ("--workers", "1"),
    "recorded, 2 workers": ("--workers", "2"),
}


@pytest.mark.parametrize("order", ORDERS)
def test_one_by_one_in_any_order(order, run_here, seeds_run, table_hashes, seeds: Path, tmp_path: Path) -> None:
    files = sorted(seeds.iterdir())
    for number in order:
        result = run_here(tmp_path, files[number])
    assert table_hashes(result.published.snapshot) == table_hashes(seeds_run[1].published.snapshot)


@pytest.mark.parametrize("flags", RUNS.values(), ids=RUNS)
@pytest.mark.server
def test_any_engine_and_number_of_workers(
    flags, quotidian_process, seeds_run, table_hashes, seeds: Path, monkeypatch, tmp_path_factory
) -> None:
    home = tmp_path_factory.getbasetemp() / "prefect"  # one for all: making its database takes 10 s
    done = quotidian_process("run", seeds, "--json", *flags, PREFECT_HOME=home)
    snapshot = Path(json.loads(done.stdout)["snapshot"])
    assert table_hashes(snapshot) == table_hashes(seeds_run[1].published.snapshot)


def test_the_same_again_publishes_nothing(run_here, seeds_run, seeds: Path) -> None:
    data, first = seeds_run
    again = run_here(data, seeds)
    assert (again.seen, again.new) == (5, 0)
    assert set(again.batches.values()) == {0}
    assert again.published.snapshot == first.published.snapshot
    assert not again.published.is_new


def test_small_batches_give_the_same(run_here, seeds_run, table_hashes, seeds, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("quotidian.tasks.store.batches.MIN_BATCH", 1)
    result = run_here(tmp_path, seeds)
    assert result.batches["extract"] > 1
    assert table_hashes(result.published.snapshot) == table_hashes(seeds_run[1].published.snapshot)


def test_linking_in_units_gives_the_same(run_here, seeds_run, table_hashes, seeds, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(units, "LEAST_SECONDS", 0)
    (tmp_path / "work" / units.FOLDER / ".a unit of a run that was killed").mkdir(parents=True)
    result = run_here(tmp_path, seeds, workers=2)
    assert table_hashes(result.published.snapshot) == table_hashes(seeds_run[1].published.snapshot)
    assert not (tmp_path / "work" / units.FOLDER).exists()


def test_unchanged_files_are_linked(run_here, seeds: Path, tmp_path: Path) -> None:
    (tmp_path / "extra.jsonl").write_text(
        json.dumps({"text": "Rain fell on the town all day. " * 20, "date": "2023-07-01"})
    )
    first = run_here(tmp_path / "data", seeds).published.snapshot
    second = run_here(tmp_path / "data", tmp_path / "extra.jsonl").published.snapshot
    day = "articles/2023-06-19/part-0.parquet"
    assert first != second
    assert (first / day).samefile(second / day)
    assert (second / "articles/2023-07-01/part-0.parquet").exists()


def test_the_order_of_bytes_does_not_hang_on_the_folder(run_here, seeds_run, table_hashes, seeds, tmp_path) -> None:
    copied = tmp_path / "elsewhere"
    copied.mkdir()
    for path in seeds.iterdir():
        (copied / path.name).write_bytes(path.read_bytes())
    result = run_here(tmp_path / "data", copied)
    assert table_hashes(result.published.snapshot) == table_hashes(seeds_run[1].published.snapshot)


def test_no_clock_and_no_path_in_the_tables(seeds_run: tuple[Path, Result]) -> None:
    data, result = seeds_run
    for path in result.published.snapshot.rglob("*.parquet"):
        frame = pl.read_parquet(path, hive_partitioning=False)
        strings = frame.select(pl.col(pl.String)).unpivot(value_name="words")["words"].drop_nulls()
        assert not strings.str.contains(str(data), literal=True).any(), path
        assert str(data).encode() not in path.read_bytes()
