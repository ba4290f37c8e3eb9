"""Snapshots in a real S3 server: rolled back, pruned, taken down, with mirrors that know nothing of it yet."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import polars as pl
import pytest
from here_pool import HerePool
from traces import find_traces

from quotidian.flows import run as runs
from quotidian.flows.commands.diff import show_diff
from quotidian.flows.commands.forget import take_down
from quotidian.flows.commands.prune import remove_old
from quotidian.flows.commands.rollback import switch_back
from quotidian.flows.running.engine import Inline
from quotidian.flows.settings import Settings, load_settings
from quotidian.flows.storage import mirror_snapshots
from quotidian.flows.storage.mirror import hold_data, hold_place, refresh_data
from quotidian.flows.storage.store import open_store
from quotidian.flows.storage.store_snapshots import list_whole, read_current, remove_stored
from quotidian.tasks.ingest.forget import FILE
from quotidian.tasks.publish.forget import JOURNAL, ForgetUnfinished
from quotidian.tasks.publish.history import NoSuchSnapshot
from quotidian.tasks.publish.snapshot import current_snapshot

pytestmark = [pytest.mark.server, pytest.mark.filterwarnings("ignore::DeprecationWarning")]
s3fs = pytest.importorskip("s3fs")
ADDRESS = "s3://bucket/quotidian"
SECRET = "https://paper.example/zanzibarium"
RECORDS = {
    "early": {
        "url": "https://paper.example/1",
        "published": "2024-05-01",
        "text": "Ann Castle said the bridge would close.",
    },
    "secret": {
        "url": SECRET,
        "published": "2024-05-02",
        "title": "Zanzibarium scandal",
        "text": "Percy Quillfeather said on Thursday that the Zanzibarium was lost. “It is gone,” Quillfeather said.",
    },
    "late": {
        "url": "https://paper.example/3",
        "published": "2024-05-03",
        "text": "The harbour froze, Ann Castle said.",
    },
    "last": {
        "url": "https://paper.example/4",
        "published": "2024-05-04",
        "text": "The harbour thawed, Ann Castle said.",
    },
}


@pytest.fixture
def at(desk, tmp_path: Path, monkeypatch) -> Callable[[str], Settings]:
    """at(machine): from now on this process works as on that machine, with its own mirror; gives its settings."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(runs, "take_pool", lambda workers: HerePool())

    def at(machine: str) -> Settings:
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / machine))
        return load_settings(data=ADDRESS, workers=1)

    return at


@pytest.fixture
def publish(at, tmp_path: Path) -> Callable[..., str]:
    """publish(machine, *records): a run there on some records; gives the name of the current snapshot."""

    def publish(machine: str, *names: str) -> str:
        folder = tmp_path / "landing"
        folder.mkdir(exist_ok=True)
        for name in names:
            (folder / f"{name}.json").write_text(json.dumps(RECORDS[name]))
        sources = [str(folder / f"{name}.json") for name in names]
        report = runs.execute(sources, at(machine), (None, None), Inline, "inline")
        return report.result.published.snapshot.name

    return publish


@pytest.fixture
def three(publish) -> list[str]:
    """Names of three snapshots, made on machine `one`."""
    return [publish("one", name) for name in ("early", "late", "last")]


def names_in(desk) -> list[str]:
    return sorted(
        path.split("/")[-1] for path in desk.ls("bucket/quotidian/published/snapshots", detail=False, refresh=True)
    )


def names_at(settings: Settings) -> list[str]:
    return sorted(path.name for path in (settings.place.published / "snapshots").glob("0*"))


def test_rollback_switches_the_pointer_and_every_mirror_follows(three, at, publish, desk) -> None:
    two = at("two")
    refresh_data(two.place)
    assert current_snapshot(two.place.published).name == three[2]
    at("one")
    assert switch_back(None, ADDRESS, False) == 0
    assert json.loads(desk.cat_file("bucket/quotidian/published/current.json")) == {"snapshot": three[1]}
    refresh_data(at("two").place)
    assert current_snapshot(two.place.published).name == three[1]
    at("three")
    assert switch_back("1", ADDRESS, False) == 0
    assert read_current(open_store(ADDRESS)) == three[0]
    with pytest.raises(NoSuchSnapshot, match="No snapshot is called 9"):
        switch_back("9", ADDRESS, False)
    assert publish("four").startswith("000004-")
    assert names_in(desk)[:3] == three


def test_prune_removes_from_the_store_and_from_mirrors(three, at, publish, desk, capsys) -> None:
    two = at("two")
    refresh_data(two.place)
    fourth = publish("one", "secret")
    at("three")
    capsys.readouterr()
    assert remove_old(1, 0, False, True, ADDRESS, True) == 0
    planned = json.loads(capsys.readouterr().out)
    assert [one["snapshot"] for one in planned["removed"]] == three
    size = sum(
        facts["size"] for facts in desk.find(f"bucket/quotidian/published/snapshots/{three[0]}", detail=True).values()
    )
    assert planned["removed"][0]["bytes"] == size
    assert names_in(desk) == [*three, fourth]
    remove_old(1, 0, False, False, ADDRESS, False)
    assert names_in(desk) == [fourth]
    assert "Freed" in capsys.readouterr().out
    assert current_snapshot(two.place.published).name == three[2]
    at("two")
    assert names_at(two) == [three[2]]
    assert publish("two").split("-")[0] == "000004"
    assert fourth in names_at(two)
    remove_old(1, 0, False, False, ADDRESS, False)
    assert names_at(two) == [fourth]


def test_a_pruned_number_never_comes_back(three, at, publish, desk) -> None:
    at("one")
    switch_back("1", ADDRESS, False)
    remove_old(1, 0, False, False, ADDRESS, False)
    assert names_in(desk) == [three[0], three[2]]
    store = open_store(ADDRESS)
    remove_stored(store, [three[2]])
    assert publish("two").startswith("000004-")


def judge(grace: float, capsys) -> list[str]:
    """Why each snapshot would be kept by a prune with this grace; empty for those that would go."""
    capsys.readouterr()
    remove_old(1, grace, False, True, ADDRESS, True)
    facts = json.loads(capsys.readouterr().out)
    kept = {one["snapshot"]: one["because"] for one in facts["kept"]}
    return [kept.get(name, "") for name in sorted(kept.keys() | {one["snapshot"] for one in facts["removed"]})]


def test_a_snapshot_stays_for_a_while_after_it_was_current(three, at, desk, capsys) -> None:
    at("one")
    while_ago = "was current 0 minutes ago"
    assert judge(60, capsys) == [while_ago, while_ago, "current"]
    assert judge(0, capsys) == ["", "", "current"]
    switch_back("1", ADDRESS, False)
    assert judge(60, capsys) == ["current", while_ago, "among the newest"]
    for name in three:  # as killed runs leave it: the time at which the pointer was written counts
        desk.rm(f"bucket/quotidian/published/snapshots/{name}/.ended") if name != three[0] else None
    assert judge(60, capsys) == ["current", while_ago, "among the newest"]


def test_a_prune_that_was_killed_leaves_no_half_snapshot(three, at, desk, monkeypatch) -> None:
    at("one")
    store = open_store(ADDRESS)
    real, calls = type(store).remove, []

    def die(self, names):
        calls.append(names)
        if len(calls) == 2:
            raise KeyboardInterrupt
        real(self, names)

    with monkeypatch.context() as patch:
        patch.setattr(type(store), "remove", die)
        with pytest.raises(KeyboardInterrupt):
            remove_old(1, 0, False, False, ADDRESS, False)
    assert names_in(desk) == three
    assert list_whole(store) == three[1:]
    with pytest.raises(NoSuchSnapshot):
        switch_back("1", ADDRESS, False)
    remove_old(2, 0, False, False, ADDRESS, False)
    assert names_in(desk) == three[1:]


def test_prune_removes_unused_work_everywhere(three, at, desk) -> None:
    one, two = at("one"), at("two")
    old = one.place.folder / "work" / "extract" / "0123456789ab"
    with hold_data(at("one").place, "an older release"):
        old.mkdir()
        (old / "x.parquet").write_bytes(b"old")
    refresh_data(at("two").place, "work")
    assert (two.place.folder / "work" / "extract" / old.name / "x.parquet").exists()
    before = desk.find("bucket/quotidian/work")
    assert remove_old(5, 60, True, False, ADDRESS, False) == 0
    assert set(before) - set(desk.find("bucket/quotidian/work")) == {
        f"bucket/quotidian/work/extract/{old.name}/x.parquet"
    }
    refresh_data(at("one").place, "work")
    assert not (old / "x.parquet").exists()


def test_diff_brings_the_snapshots_that_it_compares(three, at, capsys) -> None:
    at("two")
    show_diff([], None, False, ADDRESS, True)
    show_diff(["1"], None, False, ADDRESS, True)
    pairs = [json.loads(part) for part in capsys.readouterr().out.replace("}\n{", "}\0{").split("\0")]
    assert [(pair["from"], pair["to"]) for pair in pairs] == [(three[1], three[2]), (three[0], three[2])]


def test_a_command_that_reads_leaves_the_mirror_alone_while_a_run_is_at_work(three, at) -> None:
    one = at("one")
    with hold_place(one.place, "a run"):
        (one.place.folder / "archive" / "new.parquet").write_bytes(b"new")
        refresh_data(one.place, "archive")
    assert (one.place.folder / "archive" / "new.parquet").exists()


def find_stored(desk, tmp_path: Path) -> list[str]:
    """The same as `find_traces` for all objects of the store."""
    copy = tmp_path / "copy"
    desk.invalidate_cache()
    for number, name in enumerate(desk.find("bucket/quotidian")):
        path = copy / str(number) / name.split("/")[-1]
        path.parent.mkdir(parents=True)
        path.write_bytes(desk.cat_file(name))
    found = [f"{name}" for name in find_traces(copy)]
    for path in sorted(copy.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    return found


def reasons(settings: Settings) -> list[str]:
    return pl.read_parquet(f"{current_snapshot(settings.place.published)}/rejects/*.parquet")["reason"].to_list()


@pytest.fixture
def secret(publish) -> list[str]:
    """Three snapshots, of which the last two hold the secret."""
    return [publish("one", name) for name in ("early", "secret", "late")]


def test_a_take_down_reaches_the_store_and_all_its_mirrors(secret, at, publish, desk, tmp_path: Path, capsys) -> None:
    two = at("two")
    refresh_data(two.place, "archive", "work")
    at("one")
    capsys.readouterr()
    assert take_down(SECRET, False, ADDRESS, False) == 0
    shown = capsys.readouterr().out
    assert f"Snapshots that go with it: {secret[1]}, {secret[2]}." in shown
    assert find_stored(desk, tmp_path)
    assert take_down(SECRET, True, ADDRESS, False) == 0
    assert find_stored(desk, tmp_path) == []
    assert find_traces(tmp_path / "one") == []
    assert names_in(desk)[0] == secret[0]
    assert len(names_in(desk)) == 2
    assert find_traces(tmp_path / "two")
    refresh_data(at("two").place)
    assert find_traces(tmp_path / "two") == []
    assert publish("two", "secret") == publish("three", "secret", "early")
    assert reasons(at("three")) == ["forgotten"]
    assert find_stored(desk, tmp_path) == []


def test_what_a_killed_run_left_in_another_mirror_does_not_come_back(
    secret, at, publish, desk, tmp_path, monkeypatch
) -> None:
    two = at("two")
    (tmp_path / "landing" / "again.json").write_text(json.dumps(RECORDS["secret"] | {"section": "Local"}))
    with monkeypatch.context() as patch:
        patch.setattr(mirror_snapshots, "push_snapshot", lambda *_: None)
        patch.setattr(
            "quotidian.flows.storage.mirror_files.push_files", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt)
        )
        with pytest.raises(KeyboardInterrupt):
            runs.execute([str(tmp_path / "landing" / "again.json")], two, (None, None), Inline, "inline")
    at("one")
    assert take_down(SECRET, True, ADDRESS, False) == 0
    assert find_traces(two.place.folder)
    publish("two", "last")
    assert find_traces(two.place.folder) == []
    assert find_stored(desk, tmp_path) == []
    assert reasons(two) == ["forgotten", "forgotten"]


KILLS = {
    "before the store knows": ("mirror_forget.send_files", 1, "before"),
    "once the store knows": ("mirror_forget.send_files", 1, "after"),
    "before the archive of the store": ("mirror_files.push_files", 2, "before"),
    "before the snapshot": ("mirror_snapshots.push_snapshot", 2, "before"),
    "before the hashes are kept": ("mirror_forget.send_files", 2, "before"),
    "once the hashes are kept": ("mirror_forget.send_files", 2, "after"),
    "before the journal goes": ("mirror_forget.remove_stored", 1, "after"),
}
"""What is called when the take-down is killed, which call of it that is, and whether it is killed before or after it."""


@pytest.mark.parametrize("kill", KILLS)
def test_a_take_down_that_was_killed_is_finished_by_any_machine(
    secret, at, publish, desk, tmp_path, monkeypatch, kill
) -> None:
    at("one")
    name, number, moment = KILLS[kill]
    owner, _, step = name.rpartition(".")
    real, calls = getattr(import_module(f"quotidian.flows.storage.{owner}"), step), []

    def die(*arguments):
        calls.append(1)
        if (len(calls), moment) == (number, "before"):
            raise KeyboardInterrupt
        answer = real(*arguments)
        if len(calls) == number:
            raise KeyboardInterrupt
        return answer

    with monkeypatch.context() as patch:
        patch.setattr(f"quotidian.flows.storage.{name}", die)
        with pytest.raises(KeyboardInterrupt):
            take_down(SECRET, True, ADDRESS, False)
    store, has_begun = open_store(ADDRESS), kill != "before the store knows"
    assert store.has(JOURNAL) == has_begun
    two = at("two")
    if has_begun:
        with pytest.raises(ForgetUnfinished, match="run `quotidian forget`"):
            switch_back(None, ADDRESS, False)
        publish("two", "secret")
    else:
        assert publish("two", "secret") == secret[2]
        assert find_stored(desk, tmp_path)
        take_down(SECRET, True, ADDRESS, False)
    assert not store.has(JOURNAL)
    assert find_stored(desk, tmp_path) == []
    assert reasons(two) == ["forgotten"]
    assert publish("one", "secret") == publish("two")
    assert find_traces(tmp_path / "one") == []
    assert find_stored(desk, tmp_path) == []
    assert store.read(FILE) == (two.place.folder / FILE).read_bytes() == (at("one").place.folder / FILE).read_bytes()


def test_a_take_down_whose_process_is_killed_is_finished_elsewhere(secret, at, publish, desk, tmp_path: Path) -> None:
    at("one")
    command = [Path(sys.executable).parent / "quotidian", "forget", SECRET, "--yes", "--data", ADDRESS]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    store = open_store(ADDRESS)
    while not store.has(JOURNAL):
        time.sleep(0.002)
        assert process.poll() is None
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert store.has(JOURNAL)
    publish("two", "secret")  # the killed process held the store
    assert not store.has(JOURNAL)
    assert find_stored(desk, tmp_path) == []
    assert reasons(at("two")) == ["forgotten"]
    assert publish("one", "secret") == publish("two")
    assert find_traces(tmp_path / "one") == []


def test_a_mirror_that_heard_of_an_unfinished_take_down_is_freed_later(
    secret, at, publish, desk, tmp_path, monkeypatch
) -> None:
    def die(*_: object) -> None:
        raise KeyboardInterrupt

    at("one")
    with monkeypatch.context() as patch:
        patch.setattr(runs, "work", die)
        with pytest.raises(KeyboardInterrupt):
            take_down(SECRET, True, ADDRESS, False)
        with pytest.raises(KeyboardInterrupt):
            publish("two")
    assert open_store(ADDRESS).has(JOURNAL)
    publish("three")
    for machine in ("one", "two"):
        assert find_traces(at(machine).place.folder)
        refresh_data(at(machine).place)
        assert find_traces(at(machine).place.folder) == []


def test_transfers_report_their_bytes(at, desk, tmp_path: Path, monkeypatch) -> None:
    from quotidian.flows.storage import transfer

    told: dict[str, list[tuple[int, int]]] = {}
    shown = lambda self, room, unit="": lambda done, total: told.setdefault(room, []).append((done, total))  # noqa: E731
    monkeypatch.setattr(transfer.Progress, "show", shown)
    store, files = open_store(ADDRESS), {}
    for name, size in (("a", 1_000), ("b", 2_000_000), ("c", 7)):
        (tmp_path / name).write_bytes(b"x" * size)
        files[tmp_path / name] = f"many/{name}"
    transfer.send_files(store, files)
    transfer.fetch_files(store, {name: tmp_path / "back" / path.name for path, name in files.items()}, 2_001_007)
    assert {room: steps[-1] for room, steps in told.items()} == {
        "to store": (2_001_007, 2_001_007),
        "from store": (2_001_007, 2_001_007),
    }
    assert (tmp_path / "back" / "b").stat().st_size == 2_000_000


def test_a_backfill_into_a_store_goes_on_from_another_machine(on, desk, tmp_path: Path) -> None:
    for name, day in (("early", "2024-05-01"), ("late", "2024-05-03")):
        (tmp_path / "in" / day).mkdir(parents=True)
        (tmp_path / "in" / day / f"{name}.json").write_text(json.dumps(RECORDS[name]))
    days = ("--from", "2024-05-01", "--to", "2024-05-03", "--inline", "--json", "--workers", "1")
    first = json.loads(on("one", "backfill", "in/{date}", *days).stdout)
    assert [(day["state"], day["inputs_new"]) for day in first] == [("completed", 1), ("missing", 0), ("completed", 1)]
    second = json.loads(on("two", "backfill", "in/{date}", *days).stdout)
    assert [day["state"] for day in second] == ["skipped", "missing", "skipped"]
    sql = "SELECT count(*) AS n FROM articles"
    assert json.loads(on("three", "sql", sql, "--json").stdout) == [{"n": 2}]
