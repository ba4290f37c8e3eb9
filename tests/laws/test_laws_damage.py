"""Damage to anything that is published is found and said in one sentence."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from quotidian.flows.commands import published
from quotidian.flows.commands.app import describe_failure
from quotidian.flows.commands.published import describe_damage, require_snapshot
from quotidian.flows.storage.verify import mend_store
from quotidian.tasks.publish import snapshot
from quotidian.tasks.publish.check_published import check_published
from quotidian.tasks.publish.snapshot import SnapshotDamaged, current_snapshot, read_manifest
from quotidian.tasks.store.errors import QuotidianError


@pytest.fixture
def data(seeds_run, tmp_path: Path) -> Path:
    """A data folder of one's own with one snapshot."""
    published._read.clear()
    shutil.copytree(seeds_run[0], tmp_path / "data", symlinks=True)
    return tmp_path / "data"


def rewrite(change: Callable[[dict], object]) -> Callable[[Path], None]:
    """Write what `change` makes of the manifest in its place."""

    def damage(snapshot: Path) -> None:
        (snapshot / "manifest.json").write_text(json.dumps(change(read_manifest(snapshot))))

    return damage


def cut(name: str) -> Callable[[Path], None]:
    """Cut the first file of a name in half."""

    def damage(snapshot: Path) -> None:
        path = sorted(snapshot.rglob(name))[0]
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    return damage


DAMAGES: dict[str, Callable[[Path], object]] = {
    "a list": rewrite(lambda manifest: []),
    "no files": rewrite(lambda manifest: {"snapshot": manifest["snapshot"]}),
    "other files": rewrite(lambda manifest: manifest | {"files": [{"path": "a"}]}),
    "files in words": rewrite(lambda manifest: manifest | {"files": "all"}),
    "a file outside": rewrite(lambda m: m | {"files": [*m["files"], m["files"][0] | {"path": "../../../a"}]}),
    "no manifest": lambda snapshot: (snapshot / "manifest.json").unlink(),
    "a manifest cut": cut("manifest.json"),
    "no text": lambda snapshot: (snapshot / "manifest.json").write_bytes(b"\xff\xfe\x00"),
    "a table gone": lambda snapshot: shutil.rmtree(snapshot / "quotes"),
    "a table cut": cut("part-0.parquet"),
}
ONLY_CHECKED: dict[str, Callable[[Path], object]] = {
    "a file left out": rewrite(lambda manifest: manifest | {"files": manifest["files"][1:]}),
    "a file too many": lambda snapshot: (snapshot / "note.txt").write_text("x"),
    "a description cut": cut("datapackage.json"),
    "a description gone": lambda snapshot: (snapshot / "datapackage.json").unlink(),
    "another description": lambda snapshot: (snapshot / "datapackage.json").write_text('{"resources": []}'),
}
BESIDE: dict[str, Callable[[Path], object]] = {
    "a record of a run that is none": lambda published: (
        (published / "runs").mkdir(exist_ok=True),
        (published / "runs" / "x.parquet").write_bytes(b"PAR1" * 9),
    ),
    "a folder that is no snapshot": lambda published: (published / "snapshots" / "abc").mkdir(),
    "a file of others": lambda published: (published / "note.txt").write_text("x"),
}


def test_a_sound_folder_has_no_findings(data: Path) -> None:
    assert list(check_published(data / "published")) == []
    assert require_snapshot(str(data))[1] == current_snapshot(data / "published")


@pytest.mark.parametrize("name", DAMAGES)
def test_who_reads_a_damaged_snapshot_is_told(data: Path, name: str) -> None:
    DAMAGES[name](current_snapshot(data / "published"))
    with pytest.raises(SnapshotDamaged, match="quotidian check"):
        require_snapshot(str(data))
    assert list(check_published(data / "published"))


def test_an_unforeseen_failure_is_explained_by_the_damage_behind_it(data: Path) -> None:
    _, snapshot = require_snapshot(str(data))
    assert describe_damage() is None
    path = sorted(snapshot.rglob("part-0.parquet"))[0]
    path.write_bytes(b"x" * path.stat().st_size)
    assert path.name in describe_damage()
    assert describe_failure(RuntimeError("IO Error: No space left on device")).startswith("IO Error")
    assert describe_failure(RuntimeError("something else")) is None


@pytest.mark.parametrize("name", ONLY_CHECKED)
def test_check_sees_every_file_of_a_snapshot(data: Path, name: str) -> None:
    ONLY_CHECKED[name](current_snapshot(data / "published"))
    assert list(check_published(data / "published"))


@pytest.mark.parametrize("name", BESIDE)
def test_check_sees_what_lies_beside_the_snapshots(data: Path, name: str) -> None:
    BESIDE[name](data / "published")
    assert len(list(check_published(data / "published"))) == 1


@pytest.mark.parametrize("target", ["snapshots/nowhere", "..", "/etc", "snapshots"])
def test_a_pointer_that_leads_elsewhere(data: Path, target: str) -> None:
    link = data / "published" / "current"
    link.unlink()
    link.symlink_to(target)
    assert current_snapshot(data / "published") is None
    with pytest.raises(QuotidianError, match="points to no snapshot"):
        require_snapshot(str(data))
    assert "points to no snapshot" in next(check_published(data / "published"))


def test_files_that_a_run_published_are_not_read_again_by_the_next_one(data: Path, monkeypatch) -> None:
    read = []
    monkeypatch.setattr(snapshot, "hash_file", lambda path: read.append(path) or "")
    assert (mend_store(data), read) == ([], [])
    changed = sorted((data / "published" / "current").rglob("part-0.parquet"))[0].resolve()
    changed.write_bytes(b"PAR1")
    assert (len(mend_store(data)), read) == (1, [changed])
