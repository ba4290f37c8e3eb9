"""The growing folders of a mirror and of its store: archive, work, runs. Their files never change once they are written."""

import json
from pathlib import Path

from quotidian.flows.storage.store import Store
from quotidian.flows.storage.transfer import fetch_files, send_files
from quotidian.tasks.store.files import write_aside
from quotidian.tasks.store.soundness import NAMED

GROWING = ("archive", "work", "published/runs")
CARRIED = ".carried.json"


def list_local(data: Path, folder: str) -> dict[str, int]:
    """Finished files below a folder of the data folder, by their path below it: bytes."""
    files = (p for p in (data / folder).rglob("*") if p.is_file() and not p.name.startswith("."))
    return {p.relative_to(data).as_posix(): p.stat().st_size for p in files}


def pull_files(store: Store, data: Path, folders: tuple[str, ...]) -> None:
    """Bring to the mirror what the store has more or other, and drop what is gone there.

    What the store never had stays: a run that was stopped before it could carry it back had finished it.
    """
    carried, seen = read_carried(data), set()
    for folder in folders:
        there, here = store.list_sizes(folder), list_local(data, folder)
        for name in sorted((here.keys() - there.keys()) & carried):
            (data / name).unlink()
        wanted = {name: data / name for name in list_differing(there, here)}
        fetch_files(store, wanted, sum(there[name] for name in wanted))
        seen |= there.keys()
    write_carried(data, carried | seen)


def push_files(store: Store, data: Path, folders: tuple[str, ...]) -> None:
    """Make folders of the store equal to those of the mirror, which was brought up to date before."""
    carried = read_carried(data)
    for folder in folders:
        there, here = store.list_sizes(folder), list_local(data, folder)
        send_files(store, {data / name: name for name in list_differing(here, there)})
        gone = there.keys() - here.keys()
        store.remove(sorted(gone))
        carried = (carried | here.keys()) - gone
    write_carried(data, carried)


def list_differing(source: dict[str, int], target: dict[str, int]) -> list[str]:
    """Files that the target lacks or has in another size, and those that may change without changing size."""
    return sorted(n for n, size in source.items() if target.get(n) != size or not n.endswith(NAMED))


def read_carried(data: Path) -> set[str]:
    """Files that were on both sides once."""
    path = data / CARRIED
    return set(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else set()


def write_carried(data: Path, names: set[str]) -> None:
    with write_aside(data / CARRIED) as aside:
        aside.write_text(json.dumps(sorted(names)), encoding="utf-8")


def write_small(path: Path, words: bytes) -> None:
    """Make a file hold these words; none for no words."""
    if not words:
        path.unlink(missing_ok=True)
    elif not path.exists() or path.read_bytes() != words:
        with write_aside(path) as aside:
            aside.write_bytes(words)
