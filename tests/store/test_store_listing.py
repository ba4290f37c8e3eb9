"""The listing of a work folder saves time and is never trusted over the files."""

from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from quotidian.tasks.store import listing
from quotidian.tasks.store.drop import drop_rows
from quotidian.tasks.store.work import WorkFolder

SCHEMA = pl.Schema({"key": pl.String, "size": pl.Int64, "body": pl.String})


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WorkFolder:
    """A folder of six files, one key twice, that has a listing."""
    monkeypatch.setattr(listing, "MIN_FILES", 2)
    made = WorkFolder(tmp_path / "room", SCHEMA, "key", listed=("size",))
    for number in range(6):
        write(made, number)
    made.locate(size=pl.col("size"))
    assert len(parts(made)) == 1
    return made


def write(folder: WorkFolder, number: int) -> Path:
    return folder.write([{"key": f"k{number % 5}", "size": number % 5, "body": f"words {number}"}])


def parts(folder: WorkFolder) -> list[Path]:
    return listing.find_parts(folder.path)


def read_files(folder: WorkFolder) -> pl.DataFrame:
    """What `locate` gives without a listing."""
    return WorkFolder(folder.path, SCHEMA, "key").locate(size=pl.col("size"))


def require_true(folder: WorkFolder) -> None:
    """Raise where the listing says anything else than the files."""
    assert_frame_equal(folder.locate(size=pl.col("size")), read_files(folder))
    assert_frame_equal(folder.scan("key", "size").sort("key").collect(), read_files(folder).drop("file").sort("key"))


def test_what_is_listed_is_read_from_no_file(folder: WorkFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = read_files(folder)
    monkeypatch.setattr(WorkFolder, "open", None)
    assert_frame_equal(folder.locate(size=pl.col("size")), expected)
    assert folder.keys().to_list() == [f"k{number}" for number in range(5)]


def harm_bytes(folder: WorkFolder) -> None:
    path = parts(folder)[0]
    path.write_bytes(path.read_bytes()[:-9] + b"012345678")


def drop_key(folder: WorkFolder) -> None:
    drop_rows(folder.path, "key", pl.Series(["k3"]))


HARMS = {
    "lost": lambda folder: parts(folder)[0].unlink(),
    "altered": harm_bytes,
    "empty": lambda folder: parts(folder)[0].write_bytes(b""),
    "a file is gone": lambda folder: folder.files()[2].unlink(),
    "a row was dropped": drop_key,
    "a file came": lambda folder: write(folder, 7),
}


@pytest.mark.parametrize("harm", HARMS.values(), ids=HARMS)
def test_a_listing_that_is_not_true_is_made_again(folder: WorkFolder, harm) -> None:
    harm(folder)
    require_true(folder)
    assert parts(folder)
    require_true(folder)


def test_other_columns_are_listed_anew(folder: WorkFolder) -> None:
    more = WorkFolder(folder.path, SCHEMA, "key", listed=("size", "body"))
    assert more.locate(body=pl.col("body"))["body"].to_list() == folder.locate(body=pl.col("body"))["body"].to_list()
    assert len(parts(folder)) == 1


def test_many_parts_become_one(folder: WorkFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "MOST_PARTS", 3)
    counts = []
    for number in range(10, 18):
        write(folder, number)
        require_true(folder)
        counts.append(len(parts(folder)))
    assert counts == [2, 3, 1, 2, 3, 1, 2, 3]


def test_who_may_only_read_needs_no_listing(folder: WorkFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, 8)

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(listing, "write_part", refuse)
    require_true(folder)


def test_a_take_down_leaves_no_listing(folder: WorkFolder) -> None:
    listing.remove_listings(folder.path.parent)
    assert not parts(folder)
