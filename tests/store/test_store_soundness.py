"""Files that changed on disk are found, and those that did not are not read again."""

import os
from pathlib import Path

import pytest

from quotidian.tasks.store.soundness import (
    Ledger,
    find_broken_seals,
    find_damaged,
    hash_stored,
    open_ledger,
    put_aside,
    seal_folder,
)
from quotidian.tasks.store.work import hash_bytes


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    """A file of the store, named by its content."""
    folder = tmp_path / "work" / "clean" / "v"
    folder.mkdir(parents=True)
    path = folder / f"{hash_bytes(b'rows')}.parquet"
    path.write_bytes(b"rows")
    return path


@pytest.mark.parametrize("content", [b"", b"row", b"rowz", b"rows and more"])
def test_other_bytes_are_found(stored: Path, tmp_path: Path, content: bytes) -> None:
    assert find_damaged(tmp_path / "work", open_ledger(tmp_path)) == []
    stored.write_bytes(content)
    assert find_damaged(tmp_path / "work", open_ledger(tmp_path)) == [stored]


def test_a_file_is_read_again_only_where_it_changed(stored: Path, tmp_path: Path) -> None:
    read = []

    def hash_and_note(path: Path) -> str:
        read.append(path)
        return hash_stored(path)

    for _ in range(3):
        ledger = open_ledger(tmp_path)
        assert ledger.is_sound(stored, stored.stem, hash_and_note)
        ledger.save()
    assert read == [stored]
    os.utime(stored, (1, 1))
    assert open_ledger(tmp_path).is_sound(stored, stored.stem, hash_and_note)
    assert read == [stored, stored]


def test_files_of_a_new_folder_are_taken_for_what_they_were_in_the_one_before_or_as_they_were_written(
    tmp_path: Path,
) -> None:
    (tmp_path / "work").mkdir()
    for folder, names in (("old", ["a", "b"]), ("new", ["c"])):
        (tmp_path / folder).mkdir()
        for name in names:
            (tmp_path / folder / name).write_text(name)
    promised = {name: hash_bytes(name.encode()) for name in ("a", "b", "c")}
    ledger = Ledger(tmp_path, {"old/b": 3, "archive/d": [1, 1, "hash"]})
    assert ledger.is_sound(tmp_path / "old" / "a", promised["a"])
    for name in ("a", "b"):
        os.link(tmp_path / "old" / name, tmp_path / "new" / name)
    (tmp_path / "new" / "a").write_text("damaged")  # while the folder was made
    ledger.take_over("new", "old", promised)
    ledger.save()
    kept, read = open_ledger(tmp_path), []
    assert kept.before["archive/d"] == [1, 1, "hash"]
    sound = [
        kept.is_sound(tmp_path / "new" / name, promised[name], lambda path: read.append(path.name)) for name in "abc"
    ]
    assert (sound, read) == ([False, True, True], ["a"])


def test_a_ledger_does_not_hide_damage_that_keeps_size_and_time_from_a_full_reading(stored, tmp_path: Path) -> None:
    ledger = open_ledger(tmp_path)
    assert find_damaged(tmp_path / "work", ledger) == []
    ledger.save()
    stat = stored.stat()
    stored.write_bytes(b"swor")
    os.utime(stored, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert find_damaged(tmp_path / "work", Ledger(tmp_path, {})) == [stored]


@pytest.mark.parametrize("content", ["", "[]", "{", '{"work/clean/v/x": 3}'])
def test_a_broken_ledger_counts_as_none(stored: Path, tmp_path: Path, content: str) -> None:
    (tmp_path / "work" / ".sound.json").write_text(content)
    assert find_damaged(tmp_path / "work", open_ledger(tmp_path)) == []


def test_damage_is_put_aside_once_and_twice_and_not_found_again(stored: Path, tmp_path: Path) -> None:
    for place in (stored.name, f"{stored.name}.2"):
        stored.write_bytes(b"wrong")
        moved = put_aside(stored, tmp_path)
        assert moved == tmp_path / "work" / "damaged" / "clean" / "v" / place
        assert moved.read_bytes() == b"wrong"
        assert not stored.exists()
    assert find_damaged(tmp_path / "work", open_ledger(tmp_path)) == []


@pytest.mark.parametrize("harm", ["change", "remove", "unseal"])
def test_a_sealed_folder_holds_its_files_or_is_found(tmp_path: Path, harm: str) -> None:
    folder = tmp_path / "work" / "links" / "abc"
    folder.mkdir(parents=True)
    (folder / "articles.parquet").write_bytes(b"rows")
    seal_folder(folder)
    assert find_broken_seals(tmp_path, open_ledger(tmp_path)) == []
    if harm == "change":
        (folder / "articles.parquet").write_bytes(b"rowz")
    elif harm == "remove":
        (folder / "articles.parquet").unlink()
    else:
        (folder / "hashes.json").write_text("{")
    assert find_broken_seals(tmp_path, open_ledger(tmp_path)) == [folder]
