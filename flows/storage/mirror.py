"""Working on a data folder in an object store through a mirror of it on this machine.

Files of the archive, the work store and the snapshots never change once they are written, so each is carried
once. A store has no links: the file `published/current.json` names the current snapshot, and writing it is the
one moment at which a new snapshot appears to readers.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from quotidian.flows.storage.lock import is_held, lock_data, make_private
from quotidian.flows.storage.place import Place
from quotidian.flows.storage.store import Store, lock_store, open_store

REFRESH = ".refresh.lock"
POLL_SECONDS = 1


@contextmanager
def hold_data(place: Place, purpose: str) -> Iterator[Store | None]:
    """Hold the data folder for writing; where it lies in a store, bring the mirror up to date first and carry back after.

    What a failed run finished is carried back too, so that any machine can go on. Yields the store, if any.
    """
    with hold_place(place, purpose) as store:
        if store is None:
            yield None
            return
        from quotidian.flows.storage.mirror_files import GROWING, pull_files, push_files
        from quotidian.flows.storage.mirror_forget import finish_in_store, hear_store
        from quotidian.flows.storage.mirror_snapshots import pull_numbers, pull_snapshot, push_snapshot

        is_news = hear_store(store, place.folder, to_write=True)
        pull_files(store, place.folder, GROWING)
        pull_snapshot(store, place.published, at_once=is_news)
        pull_numbers(store, place.published)
        try:
            yield store
        except Exception:
            push_files(store, place.folder, GROWING)
            raise
        push_files(store, place.folder, GROWING)
        push_snapshot(store, place.published)
        finish_in_store(store, place.folder)


@contextmanager
def hold_place(place: Place, purpose: str) -> Iterator[Store | None]:
    """Hold the data folder, and the store in which it lies, and move nothing. Yields the store, if any."""
    with lock_data(place.folder, place.wait_seconds, purpose):
        if place.store is None:
            yield None
            return
        store = open_store(place.store)
        with lock_store(store, place.wait_seconds, purpose), FileLock(place.folder / REFRESH):
            yield store


def require_settled(place: Place, store: Store | None) -> None:
    """Raise ForgetUnfinished where a take-down was stopped on its way, here or on another machine."""
    from quotidian.tasks.publish.forget import JOURNAL, require_finished

    if store is not None:
        from quotidian.flows.storage.mirror_files import write_small

        write_small(place.folder / JOURNAL, store.read(JOURNAL) or b"")
    require_finished(place.folder)


def refresh_data(place: Place, *folders: str) -> None:
    """Bring the current snapshot (and `folders` of the data folder) of a store to the mirror, for reading.

    While a run of this machine works on the mirror it stays as that run has it.
    """
    with free_mirror(place) as store:
        if store is None:
            return
        from quotidian.flows.storage.mirror_files import pull_files
        from quotidian.flows.storage.mirror_forget import hear_store
        from quotidian.flows.storage.mirror_snapshots import pull_snapshot

        is_news = hear_store(store, place.folder, to_write=False)
        pull_files(store, place.folder, folders)
        pull_snapshot(store, place.published, at_once=is_news)


@contextmanager
def free_mirror(place: Place) -> Iterator[Store | None]:
    """Hold the mirror, not the store, while files are brought to it; yields None where there is none, or a run works on it."""
    if place.store is None:
        yield None
        return
    store, lock = open_store(place.store), FileLock(place.folder / REFRESH)
    make_private(place.folder)
    while not is_held(place.folder):
        try:
            lock.acquire(timeout=POLL_SECONDS)
        except Timeout:  # another command brings files, or a run has just begun
            continue
        try:
            yield store
        finally:
            lock.release()
        return
    yield None


def carry_file(place: Place, path: Path, gone: list[Path]) -> None:
    """Bring one finished file of the mirror to the store, where there is one, and remove those that it replaces."""
    if place.store is None:
        return
    from quotidian.flows.storage.mirror_files import read_carried, write_carried
    from quotidian.flows.storage.transfer import send_files

    store, names = open_store(place.store), [old.relative_to(place.folder).as_posix() for old in gone]
    name = path.relative_to(place.folder).as_posix()
    send_files(store, {path: name})
    store.remove([old for old in names if store.has(old)])
    write_carried(place.folder, (read_carried(place.folder) | {name}) - set(names))
