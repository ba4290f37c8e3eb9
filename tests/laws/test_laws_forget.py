"""What is taken down is nowhere, stays away, and leaves everything else as if it had never been there."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import polars as pl
import pytest
from traces import find_traces

from quotidian.flows.commands.forget import seal_marks, take_down
from quotidian.flows.run import execute
from quotidian.flows.running.engine import Inline
from quotidian.flows.settings import Settings
from quotidian.flows.storage.verify import list_damage
from quotidian.tasks.clean.work import clean_version
from quotidian.tasks.ingest.archive import archive_folder
from quotidian.tasks.ingest.forget import ForgottenDamaged
from quotidian.tasks.ingest.settings import IngestSettings
from quotidian.tasks.publish import forget as room
from quotidian.tasks.publish.check import check_snapshot
from quotidian.tasks.publish.forget import ForgetUnfinished, read_journal
from quotidian.tasks.publish.forget_targets import NothingToForget, find_targets
from quotidian.tasks.publish.history import list_snapshots
from quotidian.tasks.publish.snapshot import current_snapshot

SECRET = "https://paper.example/2024/05/zanzibarium-scandal"
RECORDS = {
    "early": {"url": "https://paper.example/1", "text": "Ann Castle said the bridge would close. It is not safe."},
    "secret": {
        "url": SECRET,
        "published": "2024-05-02",
        "title": "Zanzibarium scandal",
        "text": "Percy Quillfeather said on Thursday that the Zanzibarium was lost. “It is gone,” Quillfeather said.",
    },
    "other": {
        "url": "https://paper.example/3",
        "published": "2024-05-02",
        "text": "The harbour froze, Ann Castle said.",
    },
}


def write(folder: Path, name: str, **changes: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.json"
    path.write_text(json.dumps(RECORDS[name] | changes))
    return path


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch) -> None:
    """No settings, corrections or environment but the test's own."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="module")
def told(run_here, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sources, and a data folder with two snapshots: one before the secret came, one after. Tests copy it."""
    folder = tmp_path_factory.mktemp("told")
    run_here(folder / "data", write(folder / "in", "early"))
    run_here(folder / "data", write(folder / "in", "secret"), write(folder / "in", "other"))
    return folder


@pytest.fixture
def data(told: Path, tmp_path: Path) -> Path:
    """A data folder of one's own, beside the sources."""
    shutil.copytree(told, tmp_path, symlinks=True, dirs_exist_ok=True)
    return tmp_path / "data"


def run_again(data: Path, *sources: Path) -> None:
    execute([str(source) for source in sources], Settings(data=data, workers=1), (None, None), Inline, "inline")


def reasons(data: Path) -> list[str]:
    return pl.read_parquet(f"{current_snapshot(data / 'published')}/rejects/*.parquet")["reason"].to_list()


def test_without_yes_nothing_is_removed(data: Path, capsys) -> None:
    before = sorted(p for p in data.rglob("*") if p.is_file())
    assert take_down(SECRET, False, str(data), False) == 0
    words = capsys.readouterr().out
    assert "Zanzibarium scandal" in words
    assert "Snapshots that go with it: 000002-" in words
    assert "add --yes" in words
    assert sorted(p for p in data.rglob("*") if p.is_file()) == before
    assert find_traces(data)


@pytest.mark.parametrize("name", [f"{SECRET}?utm_source=x#top", "secret.json", "article_id"])
def test_it_is_nowhere(data: Path, name: str) -> None:
    if name == "article_id":
        articles = pl.read_parquet(
            f"{current_snapshot(data / 'published')}/articles/**/*.parquet", hive_partitioning=False
        )
        name = articles.filter(pl.col("url") == SECRET)["article_id"].item()
    first = list_snapshots(data / "published")[0]
    assert take_down(name, True, str(data), False) == 0
    assert find_traces(data) == []
    left = list_snapshots(data / "published")
    assert [path.name[:6] for path in left] == ["000001", "000003"]
    assert left[0] == first
    for snapshot in left:
        assert check_snapshot(snapshot, data, IngestSettings()) == []
    assert reasons(data) == ["forgotten"]


def test_the_rest_is_as_if_it_had_never_come(data: Path, run_here, table_hashes, tmp_path: Path) -> None:
    take_down(SECRET, True, str(data), False)
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    (fresh / "forgotten.csv").write_bytes((data / "forgotten.csv").read_bytes())
    result = run_here(fresh, tmp_path / "in")
    assert table_hashes(result.published.snapshot) == table_hashes(current_snapshot(data / "published"))
    assert sorted(archive_folder(fresh).keys()) == sorted(archive_folder(data).keys())


def test_it_stays_away_as_itself_as_another_text_and_under_another_name(data: Path, tmp_path: Path) -> None:
    take_down(SECRET, True, str(data), False)
    again = tmp_path / "again"
    write(again, "secret")
    (again / "renamed.json").write_bytes((again / "secret.json").read_bytes())
    write(again, "secret", text="Percy Quillfeather, in other words, said the Zanzibarium was found.").rename(
        again / "b.json"
    )
    run_again(data, write(again, "secret"), again)
    assert find_traces(data) == []
    assert reasons(data) == ["forgotten", "forgotten"]


def test_all_texts_of_an_address_go(data: Path, tmp_path: Path) -> None:
    run_again(data, write(tmp_path / "later", "secret", text="Percy Quillfeather said the Zanzibarium was found."))
    take_down(SECRET, True, str(data), False)
    assert find_traces(data) == []
    assert reasons(data) == ["forgotten", "forgotten"]


def test_a_body_that_another_article_has_stays_there(data: Path, tmp_path: Path, capsys) -> None:
    run_again(data, write(tmp_path / "copy", "secret", url="https://other.example/copy"))
    take_down(SECRET, True, str(data), False)
    assert "Copies that stay" in capsys.readouterr().out
    articles = pl.read_parquet(f"{current_snapshot(data / 'published')}/articles/**/*.parquet", hive_partitioning=False)
    assert articles.filter(pl.col("title") == "Zanzibarium scandal")["url"].to_list() == ["https://other.example/copy"]
    assert check_snapshot(current_snapshot(data / "published"), data, IngestSettings()) == []


STEPS = [("drop_rows", call) for call in range(1, 5)] + [("remove_leftovers", 1), ("list_own_bodies", 1)]
STEPS += [
    ("remove_snapshot", 1),
    ("write_aside", 1),
    ("add_forgotten", 1),
    ("refuse_input", 1),
    ("finish_forgetting", 1),
]


@pytest.mark.parametrize(("step", "call"), STEPS)
def test_a_take_down_that_is_killed_is_finished_by_the_next_run(data: Path, step, call, monkeypatch) -> None:
    owner = __import__("quotidian.flows.run", fromlist=["run"]) if step == "finish_forgetting" else room
    real, calls = getattr(owner, step), []

    def die(*arguments):
        calls.append(1)
        if len(calls) == call:
            raise KeyboardInterrupt
        return real(*arguments)

    monkeypatch.setattr(owner, step, die)
    with pytest.raises(KeyboardInterrupt):
        take_down(SECRET, True, str(data), False)
    monkeypatch.undo()
    monkeypatch.chdir(data.parent)
    if read_journal(data) is None:  # killed before it began: nothing has happened, the same command begins again
        assert find_traces(data)
        assert not (data / "forgotten.csv").exists()
        take_down(SECRET, True, str(data), False)
    else:
        with pytest.raises(ForgetUnfinished):
            room.require_finished(data)
        run_again(data)
    assert read_journal(data) is None
    assert find_traces(data) == []
    assert reasons(data) == ["forgotten"]
    assert check_snapshot(current_snapshot(data / "published"), data, IngestSettings()) == []


def test_a_take_down_that_an_earlier_version_began_is_finished(data: Path, monkeypatch) -> None:
    monkeypatch.setattr(room, "drop_rows", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        take_down(SECRET, True, str(data), False)
    monkeypatch.undo()
    monkeypatch.chdir(data.parent)
    kept, journal = (data / "forgotten.csv").read_bytes(), json.loads((data / room.JOURNAL).read_text())
    assert journal.pop("marks")
    (data / room.JOURNAL).write_text(json.dumps(journal))
    run_again(data, data.parent / "in")
    assert find_traces(data) == []
    assert (data / "forgotten.csv").read_bytes() == kept


def test_forget_without_a_name_finishes(data: Path, monkeypatch) -> None:
    monkeypatch.setattr(room, "remove_leftovers", lambda data: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        take_down(SECRET, True, str(data), False)
    monkeypatch.undo()
    monkeypatch.chdir(data.parent)
    assert take_down(None, False, str(data), False) == 0
    assert find_traces(data) == []


def test_what_killed_runs_left_goes_too(data: Path) -> None:
    for name in (
        "archive/.x.parquet.1.tmp",
        "work/clean/v/.x.parquet.1.tmp",
        "work/damaged/x",
        "published/snapshots/.building-1/x",
    ):
        (data / name).parent.mkdir(parents=True, exist_ok=True)
        (data / name).write_text("Zanzibarium")
    take_down(SECRET, True, str(data), False)
    assert find_traces(data) == []


def test_damaged_work_of_any_version_goes_too(data: Path) -> None:
    old = data / "work" / "clean" / "0123456789ab" / "0.parquet"
    old.parent.mkdir()
    old.write_bytes(b"Zanzibarium")
    take_down(SECRET, True, str(data), False)
    assert find_traces(data) == []
    assert not old.exists()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (None, "No take-down is under way"),
        ("https://paper.example/nowhere", "No archived input is called"),
        ("abcdef", "No archived input is called abcdef"),
    ],
)
def test_names_that_are_not_clear(data: Path, name: str | None, words: str) -> None:
    with pytest.raises(NothingToForget, match=words):
        take_down(name, True, str(data), False)


def test_a_source_of_many_records_names_none_of_them(run_here, tmp_path: Path) -> None:
    (tmp_path / "many.jsonl").write_text(
        "\n".join(json.dumps({"text": f"Ann Castle said it {n} times."}) for n in range(3))
    )
    run_here(tmp_path / "data", tmp_path / "many.jsonl")
    settings = Settings()
    with pytest.raises(NothingToForget, match="3 inputs are called"):
        find_targets(tmp_path / "data", clean_version(settings.clean, settings.ingest), "many.jsonl")


def test_what_is_forgotten_is_known_as_such(data: Path) -> None:
    take_down(SECRET, True, str(data), False)
    with pytest.raises(NothingToForget, match="is forgotten already"):
        take_down(SECRET, True, str(data), False)


def test_a_take_down_whose_process_is_killed_is_finished_by_the_next_run(data: Path, tmp_path: Path) -> None:
    command = [str(Path(sys.executable).parent / "quotidian"), "forget", SECRET, "--yes", "--data", str(data)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    while read_journal(data) is None:
        time.sleep(0.002)
        assert process.poll() is None
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert read_journal(data) is not None
    run_again(data, tmp_path / "in")
    assert read_journal(data) is None
    assert find_traces(data) == []
    assert reasons(data) == ["forgotten"]


DAMAGES = {
    "gone": lambda path: path.unlink(),
    "emptied": lambda path: path.write_text(""),
    "cut": lambda path: path.write_bytes(path.read_bytes()[:60]),
    "a line less": lambda path: path.write_text(
        "".join(path.read_text().splitlines(keepends=True)[:1] + path.read_text().splitlines(keepends=True)[2:])
    ),
    "header only": lambda path: path.write_text("kind,hash\n"),
    "another byte": lambda path: path.write_text(path.read_text().replace("url,", "xrl,")),
    "no text": lambda path: path.write_bytes(b"\xff\x00" * 50),
}


@pytest.fixture(scope="module")
def taken(told: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder from which the secret was taken down."""
    folder = tmp_path_factory.mktemp("taken") / "data"
    shutil.copytree(told / "data", folder, symlinks=True)
    take_down(SECRET, True, str(folder), False)
    return folder


@pytest.mark.parametrize("damage", DAMAGES)
def test_nothing_runs_without_what_keeps_take_downs_out(taken: Path, told: Path, tmp_path: Path, damage: str) -> None:
    data = tmp_path / "data"
    shutil.copytree(taken, data, symlinks=True)
    DAMAGES[damage](data / "forgotten.csv")
    with pytest.raises(ForgottenDamaged, match="could come in again"):
        run_again(data, told / "in")
    assert find_traces(data) == []
    (finding,) = list_damage(data)
    assert "forgotten.csv" in finding


def test_lines_that_are_deleted_on_purpose_let_it_in(taken: Path, told: Path, tmp_path: Path, capsys) -> None:
    data = tmp_path / "data"
    shutil.copytree(taken, data, symlinks=True)
    (data / "forgotten.csv").write_text("kind,hash\n")
    assert seal_marks(str(data)) == 0
    assert "with 0 hashes" in capsys.readouterr().out
    run_again(data, told / "in")
    assert list_damage(data) == []
    assert find_traces(data)


def test_the_report_in_the_data_folder_goes_too(data: Path) -> None:
    for name in ("report/index.html", "report/articles/1.html", ".report.1.aside/index.html", "watches/told/w.jsonl"):
        (data / name).parent.mkdir(parents=True, exist_ok=True)
        (data / name).write_text("Zanzibarium")
    take_down(SECRET, True, str(data), False)
    assert find_traces(data) == []
    assert not (data / "report").exists()
    assert not (data / "watches" / "told").exists()
