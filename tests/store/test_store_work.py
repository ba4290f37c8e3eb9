"""Files are whole, named by content, and the same for the same rows."""

from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from quotidian.tasks.store.batches import MAX_BATCH, cut_batches, halve_batch
from quotidian.tasks.store.files import write_aside
from quotidian.tasks.store.work import WorkFolder

SCHEMA = pl.Schema({"key": pl.String, "items": pl.List(pl.Struct({"n": pl.Int32}))})


@pytest.fixture
def folder(tmp_path: Path) -> WorkFolder:
    return WorkFolder(tmp_path / "work", SCHEMA, "key")


def test_write_aside_leaves_the_old_file_where_writing_fails(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("old")
    with pytest.raises(RuntimeError), write_aside(path) as aside:
        aside.write_text("half of the new")
        raise RuntimeError
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_rows_in_any_order_give_one_file(folder: WorkFolder) -> None:
    rows = [{"key": "b", "items": [{"n": 1}]}, {"key": "a", "items": []}]
    assert folder.write(rows) == folder.write(rows[::-1])
    assert len(folder.files()) == 1


def test_a_key_in_two_files_is_read_once(folder: WorkFolder) -> None:
    folder.write([{"key": "a", "items": []}])
    folder.write([{"key": "a", "items": []}, {"key": "b", "items": [{"n": 2}]}])
    expected = pl.DataFrame({"key": ["a", "b"], "items": [[], [{"n": 2}]]}, schema=SCHEMA)
    assert_frame_equal(folder.scan().sort("key").collect(), expected)
    assert folder.keys().to_list() == ["a", "b"]


def test_rows_are_read_from_the_files_that_hold_them(folder: WorkFolder) -> None:
    first = folder.write([{"key": "a", "items": []}, {"key": "c", "items": []}])
    second = folder.write([{"key": "b", "items": []}, {"key": "c", "items": []}])
    located = folder.locate(size=pl.col("items").list.len())
    files = {"a": first, "b": second, "c": min(first, second)}
    assert located.select("key", "file").rows() == [(key, str(path)) for key, path in files.items()]
    assert folder.read(located.filter(pl.col("key") != "b"))["key"].to_list() == ["a", "c"]


def test_rows_are_measured_in_the_files_that_hold_them_alone(folder: WorkFolder) -> None:
    first = folder.write([{"key": "a", "items": [{"n": 1}, {"n": 2}]}, {"key": "c", "items": []}])
    second = folder.write([{"key": "b", "items": []}])
    located = folder.locate(known=pl.lit(7)).filter(pl.col("file") == str(first))
    second.unlink()
    measured = folder.measure(located, size=pl.col("items").list.len())
    assert measured.select("key", "known", "size").rows() == [("a", 7, 2), ("c", 7, 0)]
    assert folder.measure(located.clear(), size=pl.col("items").list.len()).columns == measured.columns


def test_leftovers_of_a_killed_process_are_not_read(folder: WorkFolder) -> None:
    path = folder.write([{"key": "a", "items": []}])
    path.with_name(f".{path.name}.1.tmp").write_bytes(b"PAR1 half")
    assert folder.files() == [path]


def test_an_empty_folder_has_no_rows(folder: WorkFolder) -> None:
    assert folder.scan().collect().schema == SCHEMA
    assert folder.keys().is_empty()
    assert folder.locate(size=pl.col("items").list.len()).columns == ["key", "file", "size"]
    assert folder.read(folder.locate()).schema == SCHEMA


def test_batches_hold_every_key_once_and_about_a_megabyte() -> None:
    rows = pl.DataFrame({"file": ["f", "g"] * 50, "key": [f"{n:03}" for n in range(100)], "size": [90_000] * 100})
    batches = cut_batches(rows, "key", workers=2)
    keys = [key for batch in batches for _, keys in batch for key in keys]
    assert sorted(keys) == rows["key"].to_list()
    assert max(sum(90_000 * len(keys) for _, keys in batch) for batch in batches) <= MAX_BATCH + 90_000
    assert cut_batches(rows.clear(), "key", workers=2) == []
    assert batches == cut_batches(rows.reverse(), "key", workers=2)


@pytest.mark.parametrize(("articles", "batches"), [(1, 1), (200, 1), (1_000, 5), (4_000, 12)])
def test_no_worker_is_started_for_a_few_articles(articles: int, batches: int) -> None:
    rows = pl.DataFrame({"file": "f", "key": [f"{n:04}" for n in range(articles)], "size": 3_000})
    assert len(cut_batches(rows, "key", workers=2)) == batches


def test_a_batch_is_halved_until_one_item_is_left() -> None:
    batch = [("f", ["a", "b", "c"]), ("g", ["d", "e"])]
    assert halve_batch(batch) == ([("f", ["a", "b"])], [("f", ["c"]), ("g", ["d", "e"])])
    assert halve_batch([("f", ["a", "b"])]) == ([("f", ["a"])], [("f", ["b"])])
    assert halve_batch([("f", ["a"])]) is None
