"""A data folder in an object store: its address, and one writer at a time on it."""

import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from quotidian.flows.storage.lock import DataLocked
from quotidian.tasks.store.errors import UsageError

LOCK = ".lock"
POLL_SECONDS = 2


class StoreClosed(UsageError):
    """The object store of the data folder cannot be used."""


@dataclass(frozen=True)
class Store:
    """A file system of fsspec, and the path of the data folder on it."""

    address: str
    files: Any
    root: str

    def path(self, relative: str) -> str:
        return f"{self.root}/{relative}"

    def read(self, relative: str) -> bytes | None:
        """The bytes of a small file, None where it is not there."""
        try:
            return self.files.cat_file(self.path(relative))
        except FileNotFoundError:
            return None

    def has(self, relative: str) -> bool:
        """Whether a file is there now."""
        self.files.invalidate_cache()
        return self.files.exists(self.path(relative))

    def write(self, relative: str, values: dict) -> None:
        """Write a small file of JSON in one request."""
        self.files.pipe_file(self.path(relative), json.dumps(values).encode() + b"\n")

    def remove(self, names: list[str]) -> None:
        """Remove files, in no order."""
        if names:
            self.files.rm([self.path(name) for name in names])

    def time_of(self, relative: str) -> datetime:
        """When a file was written, by the clock of the store."""
        self.files.invalidate_cache()
        return self.files.modified(self.path(relative))

    def list_names(self, folder: str) -> list[str]:
        """Names in a folder, without what lies below."""
        self.files.invalidate_cache()
        try:
            return [name.rstrip("/").split("/")[-1] for name in self.files.ls(self.path(folder), detail=False)]
        except FileNotFoundError:
            return []

    def list_sizes(self, folder: str) -> dict[str, int]:
        """Files below a folder, by their path below the root: bytes."""
        self.files.invalidate_cache()
        found = self.files.find(self.path(folder), detail=True)
        return {name.removeprefix(f"{self.root}/"): facts["size"] for name, facts in found.items()}


def open_store(address: str) -> Store:
    """The store of an address such as s3://bucket/folder; raises StoreClosed. Credentials come from the environment."""
    import fsspec

    try:
        files, root = fsspec.url_to_fs(address)
        files.ls(root.split("/")[0])
    except FileNotFoundError:
        raise StoreClosed(f"{address} cannot be used: there is no such bucket; make it, or mend --data.") from None
    except ImportError as error:
        raise StoreClosed(f"{address} cannot be used: {error}.") from None
    except Exception as error:  # every store has errors of its own
        raise StoreClosed(f"{address} cannot be used: {type(error).__name__}: {error}.") from None
    return Store(address, files, root.rstrip("/"))


@contextmanager
def lock_store(store: Store, wait_seconds: float, purpose: str) -> Iterator[None]:
    """Hold the data folder in the store; wait for another run up to `wait_seconds`, then raise DataLocked.

    The lock is an object that only one writer can create. A run that was killed leaves it; the next run on the
    same machine sees that its process is gone and takes it over, on another machine a person has to remove it.
    """
    facts = {"pid": os.getpid(), "host": socket.gethostname(), "purpose": purpose}
    deadline = time.monotonic() + wait_seconds
    while not create_lock(store, facts):
        if time.monotonic() >= deadline:
            raise DataLocked(describe_lock(store))
        time.sleep(POLL_SECONDS)
    try:
        yield
    finally:
        store.files.rm_file(store.path(LOCK))


def create_lock(store: Store, facts: dict) -> bool:
    """Whether the lock could be made, or taken over from a process of this machine that is gone."""
    try:
        store.files.pipe_file(store.path(LOCK), json.dumps(facts).encode(), mode="create")
    except (FileExistsError, OSError):
        holder = read_holder(store)
        if holder.get("host") != socket.gethostname() or is_alive(holder.get("pid", 0)):
            return False
        store.files.rm_file(store.path(LOCK))
        return create_lock(store, facts)
    return True


def read_holder(store: Store) -> dict:
    try:
        return json.loads(store.read(LOCK) or b"{}")
    except ValueError:
        return {}


def is_alive(pid: int) -> bool:
    """Whether a process of this machine runs."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def describe_lock(store: Store) -> str:
    holder = read_holder(store)
    who = (
        f"`{holder.get('purpose')}` (process {holder.get('pid')} on {holder.get('host')})" if holder else "another run"
    )
    return (
        f"{store.address} is held by {who}: wait for it, or use --wait SECONDS; "
        f"if that run is dead, remove {store.address}/{LOCK}."
    )
