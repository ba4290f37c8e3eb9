"""Rows leave the store only on purpose, and a kill on the way loses none."""

from pathlib import Path

import polars as pl
import pytest

from quotidian.tasks.store import drop
from quotidian.tasks.store.drop import drop_rows
from quotidian.tasks.store.work import WorkFolder, hash_bytes

SCHEMA = pl.Schema({"key": pl.String, "n": pl.Int64})


@pytest.fixture
def folder(tmp_path: Path) -> WorkFolder:
    folder = WorkFolder(tmp_path, SCHEMA, "key")
    folder.write([{"key": "a", "n": 1}, {"key": "b", "n": 2}])
    folder.write([{"key": "b", "n": 2}])
    folder.write([{"key": "c", "n": 3}])
    return folder


def test_rows_go_and_the_rest_stays(folder: WorkFolder) -> None:
    kept = next(path for path in folder.files() if pl.read_parquet(path)["key"].to_list() == ["c"])
    assert drop_rows(folder.path, "key", pl.Series(["b", "x"])) == 2
    assert folder.keys().to_list() == ["a", "c"]
    assert len(folder.files()) == 2
    assert kept.exists()
    assert all(hash_bytes(path.read_bytes()) == path.stem for path in folder.files())


def test_nothing_named_and_nothing_there(folder: WorkFolder, tmp_path: Path) -> None:
    files = folder.files()
    assert drop_rows(folder.path, "key", pl.Series([], dtype=pl.String)) == 0
    assert drop_rows(folder.path, "key", pl.Series(["x"])) == 0
    assert drop_rows(tmp_path / "nowhere", "key", pl.Series(["x"])) == 0
    assert folder.files() == files


def test_a_kill_between_the_new_file_and_the_old_loses_nothing(folder: WorkFolder, monkeypatch) -> None:
    def die(path: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(drop.Path, "unlink", die)
    with pytest.raises(KeyboardInterrupt):
        drop_rows(folder.path, "key", pl.Series(["b"]))
    monkeypatch.undo()
    assert folder.keys().to_list() == ["a", "b", "c"]
    assert drop_rows(folder.path, "key", pl.Series(["b"])) >= 2
    assert folder.keys().to_list() == ["a", "c"]
