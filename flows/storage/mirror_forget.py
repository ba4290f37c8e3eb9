"""Take-downs of a data folder in an object store: known to all mirrors, finished by any of them, undone by none.

Two small files lie in the store beside the archive: `forgotten.csv`, which keeps out what was taken down, and the journal of a
take-down that is under way, with the hashes that it adds. The one request that writes the journal begins it: before, nothing
has happened, and from then on any machine's next run finishes it. Each command brings both to its mirror first. A mirror may
hold results that it never carried back, because a run was killed: when it hears of a take-down, those of the rooms go and are
made again, and what it archived is compared with the hashes.
"""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from quotidian.flows.storage.mirror_files import GROWING, list_local, read_carried, write_small
from quotidian.flows.storage.store import Store
from quotidian.flows.storage.store_snapshots import SNAPSHOTS, list_whole, read_manifest_of, remove_stored
from quotidian.flows.storage.transfer import fetch_files, send_files
from quotidian.tasks.ingest.archive import archive_folder
from quotidian.tasks.ingest.forget import (
    FILE,
    Mark,
    mark_input,
    parse_forgotten,
    parse_marks,
    read_words,
    refuse_input,
    write_words,
)
from quotidian.tasks.publish.forget import JOURNAL, holds, parse_journal, remove_leftovers
from quotidian.tasks.store.drop import drop_rows

HEARD = ".heard-forgotten.csv"
"""In the mirror: `forgotten.csv` as the store had it when no take-down was under way and the mirror was freed of all that it names."""
NAMING = ("articles", "rejects")
"""Tables of a snapshot that name inputs."""


def tell_store(store: Store, data: Path) -> None:
    """Let the store know of a take-down that begins in the mirror, before anything is removed."""
    send_files(store, {data / JOURNAL: JOURNAL})


def hear_store(store: Store, data: Path, to_write: bool) -> bool:
    """Bring the take-downs of the store to the mirror; whether there were new ones, of which the mirror is free now.

    While one is under way the store still has what it names: who only reads hears of it once that is gone. One that was
    stopped here before the store knew of it begins anew with the same command: its journal is dropped.
    """
    journal = store.read(JOURNAL) or b""  # before the hashes: it goes when they are there
    words = store.read(FILE) or b""
    write_small(data / JOURNAL, journal)
    if journal and not to_write:
        return False
    marks = parse_forgotten(words.decode())
    if journal:
        marks = marks.union(parse_journal(journal).marks)
        words = write_words(marks).encode()
    is_news = not marks <= parse_marks(read_words(data / HEARD))
    if is_news:
        drop_unshared(store, data, marks)
    write_small(data / FILE, words)
    if not journal:  # else the store, and so the mirror, still has what it names
        write_small(data / HEARD, words)
    return is_news


def drop_unshared(store: Store, data: Path, marks: frozenset[Mark]) -> None:
    """Take out of the mirror what a take-down elsewhere names, whether the store ever had the files or not."""
    for folder in GROWING:
        there, here, carried = store.list_sizes(folder), list_local(data, folder), read_carried(data)
        for name in here.keys() - there.keys():
            if name in carried or folder == "work":
                (data / name).unlink()
    for folder in (data / "work" / "links").glob("*"):  # is reused as a whole, or not at all
        shutil.rmtree(folder)
    refuse_archived(data, marks)
    remove_leftovers(data)


def refuse_archived(data: Path, marks: frozenset[Mark]) -> None:
    """Replace archived inputs that match marks by their rejects."""
    folder = archive_folder(data)
    hit = [
        row["input_id"]
        for file in folder.files()
        for row in folder.open([file])
        .select("input_id", "url", "payload", "reject_reason")
        .collect()
        .iter_rows(named=True)
        if not marks.isdisjoint(mark_input(**row))
    ]
    if hit:
        folder.write([refuse_input(input_id).row() for input_id in sorted(set(hit))])
        drop_rows(folder.path, "input_id", pl.Series(hit))


def finish_in_store(store: Store, data: Path) -> None:
    """Once a run has finished a take-down here: keep its hashes in the store, remove the snapshots that hold it, then the journal."""
    words = store.read(JOURNAL)
    if words is None or (data / JOURNAL).exists():
        return
    send_files(store, {data / FILE: FILE})
    remove_stored(store, list_holding_stored(store, data / "published", parse_journal(words).input_ids))
    store.remove([JOURNAL])
    write_small(data / HEARD, (data / FILE).read_bytes())


def list_holding_stored(store: Store, published: Path, input_ids: list[str]) -> list[str]:
    """Names of the snapshots of a store that have any of the inputs as article or reject; each different file is read once."""
    work = published.parent / "work"
    work.mkdir(parents=True, exist_ok=True)
    answers: dict[str, bool] = {}
    holding = []
    with TemporaryDirectory(dir=work, prefix=".reading-", suffix=".tmp") as folder:  # a leftover of a kill, by its name
        for name in list_whole(store):
            entries = [entry for entry in read_manifest_of(store, name)["files"] if entry["table"] in NAMING]
            for entry in entries:
                if entry["sha256"] not in answers:
                    path = find_or_fetch(store, published, name, entry, Path(folder))
                    answers[entry["sha256"]] = holds(path, "input_id", input_ids)
            if any(answers[entry["sha256"]] for entry in entries):
                holding.append(name)
    return holding


def find_or_fetch(store: Store, published: Path, name: str, entry: dict, folder: Path) -> Path:
    """A file of a snapshot, in the mirror or brought to a folder."""
    local = published / "snapshots" / name / entry["path"]
    if local.exists():
        return local
    path = folder / f"{entry['sha256']}.parquet"
    fetch_files(store, {f"{SNAPSHOTS}/{name}/{entry['path']}": path}, entry["bytes"])
    return path
