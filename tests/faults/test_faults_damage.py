"""Files that change on disk: results are found, set aside and made again; inputs are asked for."""

import json
import os
from pathlib import Path

import pytest

from .conftest import Hashes, Run, hash_current

pytestmark = pytest.mark.fault


def harm(path: Path, how: str) -> None:
    """Damage a file as disks and people do."""
    content = path.read_bytes()
    middle = len(content) // 2
    path.write_bytes(
        {"cut": content[:middle], "emptied": b"", "altered": content[:middle] + b"\0\0\0\0" + content[middle + 4 :]}[
            how
        ]
    )


@pytest.mark.parametrize("how", ["cut", "altered"])
def test_damaged_work_is_set_aside_and_done_again(how: str, run: Run, data: Path, expected: Hashes) -> None:
    harmed = [min(data.glob(f"work/{room}/*/*.parquet")) for room in ("clean", "extract", "sketch", "links")]
    contents = {}
    for path in harmed:
        harm(path, how)
        contents[path] = path.read_bytes()
    report = json.loads(run(data).stdout)
    assert {damage["path"] for damage in report["damage"]} == {
        (path.parent if path.parent.parent.name == "links" else path).relative_to(data).as_posix() for path in harmed
    }
    assert (report["batches"]["clean"], report["batches"]["extract"], report["is_new"]) == (1, 1, False)
    assert hash_current(data) == expected
    for path, content in contents.items():
        assert (data / "work" / "damaged" / path.relative_to(data / "work")).read_bytes() == content
    assert json.loads(run(data).stdout)["damage"] == []


def test_a_removed_work_file_is_done_again(run: Run, data: Path, expected: Hashes) -> None:
    min(data.glob("work/extract/*/*.parquet")).unlink()
    assert json.loads(run(data).stdout)["batches"]["extract"] == 1
    assert hash_current(data) == expected


@pytest.mark.parametrize("how", ["emptied", "altered"])
def test_a_damaged_archive_is_named_and_nothing_is_published(how: str, run: Run, data: Path, expected: Hashes) -> None:
    path = min(data.glob("archive/*.parquet"))
    content = path.read_bytes()
    harm(path, how)
    done = run(data, code=1)
    assert done.stderr.startswith(f"quotidian: {path} changed on disk")
    assert done.stderr.count("\n") == 1
    assert hash_current(data) == expected
    path.write_bytes(content)
    run(data)
    assert hash_current(data) == expected


def test_a_lost_archive_file_comes_back_with_its_sources(run: Run, data: Path, expected: Hashes) -> None:
    min(data.glob("archive/*.parquet")).unlink()
    assert json.loads(run(data).stdout)["inputs_new"] == 27
    assert hash_current(data) == expected


@pytest.mark.parametrize("name", ["quotes/2023-06-19/part-0.parquet", "entities/part-0.parquet", "manifest.json"])
def test_a_damaged_snapshot_is_replaced_by_a_new_one(name: str, run: Run, data: Path, expected: Hashes) -> None:
    before = (data / "published" / "current").resolve()
    harm(before / name, "cut")
    report = json.loads(run(data).stdout)
    after = (data / "published" / "current").resolve()
    assert [damage["path"] for damage in report["damage"]] == [f"published/snapshots/{before.name}/{name}"]
    assert (after.name[:7], after.name[7:]) == ("000002-", before.name[7:])
    assert hash_current(data) == expected
    assert json.loads(run(data).stdout)["is_new"] is False


def test_check_finds_damage_that_kept_size_and_time(quotidian, data: Path) -> None:
    path = min(data.glob("work/extract/*/*.parquet"))
    stat = path.stat()
    harm(path, "altered")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    found = json.loads(quotidian("check", "--data", data, "--json", code=1).stdout)["findings"]
    assert found == [f"{path.relative_to(data).as_posix()} has other bytes than were written"]
