"""Two snapshots are compared by key, and each changed row has a cause."""

import json
from pathlib import Path

import pytest

from quotidian.tasks.clean.settings import CleanSettings
from quotidian.tasks.publish.diff import SnapshotDiff, diff_snapshots
from quotidian.tasks.publish.history import NoSuchSnapshot, find_snapshot, list_snapshots, snapshot_before

FIRST = {
    "url": "https://p.example/1",
    "published": "2024-05-01",
    "text": "Ann Castle said the bridge would close soon.",
}
SECOND = {
    "url": "https://p.example/2",
    "published": "2024-05-02",
    "text": "Peter Stone said the harbour froze on Friday.",
}


@pytest.fixture
def publish(run_here, tmp_path: Path):
    """publish(*records, **settings): a run over these records; returns the snapshot."""

    def run(*records: dict, **settings: object) -> Path:
        path = tmp_path / "in" / f"{len(records)}.jsonl"
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join(map(json.dumps, records)))
        return run_here(tmp_path / "data", path, **settings).published.snapshot

    return run


@pytest.fixture
def compare(tmp_path: Path):
    def run(old: Path, new: Path) -> SnapshotDiff:
        return diff_snapshots(old, new, tmp_path / "data")

    return run


def summarise(diff: SnapshotDiff) -> dict[str, tuple]:
    return {t.table: (t.count("added"), t.count("gone"), t.count("changed"), t.why) for t in diff.tables}


def test_a_new_input_adds_the_rows_of_its_article(publish, compare) -> None:
    diff = compare(publish(FIRST), publish(FIRST, SECOND))
    assert diff.causes == ["new input"]
    found = summarise(diff)
    assert found["articles"] == (1, 0, 0, {"new input": 1})
    assert found["quotes"] == (1, 0, 0, {"new input": 1})
    assert found["ledger"] == (1, 0, 0, {"new input": 1})
    assert "rejects" not in found


def test_the_other_way_round_rows_are_gone(publish, compare) -> None:
    old, new = publish(FIRST), publish(FIRST, SECOND)
    back = compare(new, old)
    assert summarise(back)["articles"][:3] == (0, 1, 0)
    assert summarise(back)["articles"][3] == {"new version": 1}  # its input is still archived


def test_a_snapshot_and_itself_are_the_same(publish, compare) -> None:
    snapshot = publish(FIRST)
    assert compare(snapshot, snapshot).tables == []


def test_a_correction_is_told(publish, compare, tmp_path: Path) -> None:
    old = publish(FIRST)
    (tmp_path / "data" / "corrections").mkdir()
    lines = "name,canonical_name\nAnn Castle,Mayor Ann Castle\n"
    (tmp_path / "data" / "corrections" / "canonical_names.csv").write_text(lines)
    diff = compare(old, publish(FIRST))
    assert diff.causes == ["correction"]
    (entities,) = diff.tables
    assert (entities.table, entities.columns, entities.why) == ("entities", {"name": 1}, {"correction": 1})
    assert entities.rows["columns"].to_list() == ["name"]


def test_another_version_of_a_room_is_told(publish, compare) -> None:
    german = FIRST | {
        "url": "https://p.example/3",
        "text": "Der Bürgermeister sagte, die Brücke werde im Mai eröffnet, und dankte allen. " * 5,
    }
    old = publish(FIRST, german)
    diff = compare(old, publish(FIRST, german, clean=CleanSettings(languages=())))
    assert diff.causes == ["new version"]
    found = summarise(diff)
    assert found["articles"] == (1, 0, 1, {"new version": 2})  # the first one names its version of clean
    assert found["rejects"] == (0, 1, 0, {"new version": 1})


def test_several_causes_are_all_named(publish, compare, tmp_path: Path) -> None:
    old = publish(FIRST)
    (tmp_path / "data" / "corrections").mkdir()
    lines = "name,canonical_name\nAnn Castle,Mayor Ann Castle\n"
    (tmp_path / "data" / "corrections" / "canonical_names.csv").write_text(lines)
    diff = compare(old, publish(FIRST, SECOND))
    found = summarise(diff)
    assert found["articles"][3] == {"new input": 1}
    assert found["entities"] == (1, 0, 1, {"correction or new input": 2})


def test_snapshots_are_found_by_number_name_and_hash(publish, tmp_path: Path) -> None:
    first, second = publish(FIRST), publish(FIRST, SECOND)
    published = tmp_path / "data" / "published"
    assert list_snapshots(published) == [first, second]
    for name in ("1", "000001", first.name, first.name[:9], first.name.split("-")[1]):
        assert find_snapshot(published, name) == first
    assert find_snapshot(published, "current") == second
    assert snapshot_before(published, second) == first
    with pytest.raises(NoSuchSnapshot, match=r"No snapshot is called 3: .* newest are 000001-"):
        find_snapshot(published, "3")
    with pytest.raises(NoSuchSnapshot, match="is the first"):
        snapshot_before(published, first)
