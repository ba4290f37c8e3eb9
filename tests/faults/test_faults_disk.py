"""Full disks and folders that cannot be written: one sentence, nothing published, and a rerun puts all right.

Mounting needs root; elsewhere these tests are skipped.
"""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from .conftest import Hashes, Run, hash_current

pytestmark = pytest.mark.fault
FOLDERS = ("archive", "work/clean", "work/extract", "work/sketch", "work/links", "published/snapshots")
"""Where each room writes."""
SHARES = (0.02, 0.25, 0.45, 0.6)
"""Of the room that a run needs: the disk is full in another room each time."""


def mount(*arguments: str) -> None:
    """Mount, or skip the test where that is not allowed."""
    done = subprocess.run(["mount", *arguments], capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"cannot mount: {done.stderr.strip()}")


def unmount(folder: Path) -> None:
    subprocess.run(["umount", str(folder)], check=True)


@pytest.fixture
def protect() -> Iterator[Callable[[Path], None]]:
    """protect(folder): make it an empty folder that cannot be written; again: as before."""
    mounted: list[Path] = []

    def protect(folder: Path) -> None:
        if folder in mounted:
            mounted.remove(folder)
            return unmount(folder)
        folder.mkdir(parents=True)
        mount("-t", "tmpfs", "-o", "ro", "tmpfs", str(folder))
        return mounted.append(folder)

    yield protect
    for folder in mounted:
        unmount(folder)


def assert_one_sentence(done: subprocess.CompletedProcess, words: str) -> None:
    """The run said what is wrong and what to do in one line."""
    assert done.stderr.startswith("quotidian: "), done.stderr
    assert done.stderr.count("\n") == 1, done.stderr
    assert words in done.stderr


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_folder_that_cannot_be_written_is_named(folder, protect, run: Run, expected: Hashes, tmp_path: Path) -> None:
    data = tmp_path / "data"
    protect(data / folder)
    failed = run(data, code=1)
    assert_one_sentence(failed, str(data / folder))
    assert "Read-only file system" in failed.stderr
    assert not (data / "published" / "current").exists()
    protect(data / folder)
    run(data)
    assert hash_current(data) == expected


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """An empty disk of a few kilobytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount("-t", "tmpfs", "-o", "size=8k", "tmpfs", str(disk))
    yield disk
    unmount(disk)


@pytest.mark.parametrize("share", SHARES)
def test_a_full_disk_is_said(share: float, small_disk: Path, undisturbed, run: Run, expected: Hashes) -> None:
    needed = int(subprocess.check_output(["du", "-sk", undisturbed]).split()[0])
    mount("-o", f"remount,size={int(needed * share)}k", str(small_disk))
    failed = run(small_disk / "data", code=1)
    assert_one_sentence(failed, "free some space")
    assert not (small_disk / "data" / "published" / "current").exists()
    mount("-o", "remount,size=100m", str(small_disk))
    run(small_disk / "data")
    assert hash_current(small_disk / "data") == expected


def test_a_full_disk_keeps_what_is_current(small_disk: Path, quotidian, run: Run, data: Path, seeds: Path) -> None:
    mount("-o", "remount,size=100m", str(small_disk))
    quotidian("run", seeds, "--inline", "--data", small_disk / "data")
    before = hash_current(small_disk / "data")
    used = int(subprocess.check_output(["du", "-sk", small_disk]).split()[0])
    mount("-o", f"remount,size={used + 60}k", str(small_disk))
    assert_one_sentence(run(small_disk / "data", code=1), "free some space")
    assert hash_current(small_disk / "data") == before
    mount("-o", "remount,size=100m", str(small_disk))
    run(small_disk / "data")
    quotidian("run", seeds, "--inline", "--data", data)
    assert hash_current(small_disk / "data") == hash_current(data)
