"""The workers of a running Dask cluster, behind the same `submit` as the processes of one machine.

Batches wait in threads of this process, as they do for local workers, so the workers need neither Prefect nor
its server: only this package, in the same version, and the data folder under the same path.
"""

from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any

from quotidian.flows.running.versions import versions_of
from quotidian.flows.settings import Settings
from quotidian.tasks.deduplicate.sketches import sketch_version
from quotidian.tasks.store.errors import QuotidianError, UsageError

CONNECT_SECONDS = 30
WORKERLESS_SECONDS = 60
"""A cluster that restarts its workers has some again by then."""


class ClusterMissing(UsageError):
    """The Dask cluster cannot be used."""


class ClusterLost(QuotidianError):
    """The Dask cluster went away during a run."""


class DaskPool:
    """Runs doors on a Dask cluster; raises ClusterMissing where it cannot be reached or does not fit."""

    def __init__(self, settings: Settings) -> None:
        self.address = settings.dask_address
        self.client = connect(self.address)
        try:
            self.workers = check_workers(self.client, settings)
        except BaseException:
            self.client.close()
            raise
        self._executor = self.client.get_executor(pure=False)
        self._running: set[Future] = set()
        self._lock, self._closing = Lock(), Event()
        Thread(target=self._watch, daemon=True).start()

    def submit(self, door: Callable, *args: Any) -> Future:
        """Start `door(*args)` on the cluster; a batch whose worker died over and over raises BrokenProcessPool."""
        outer: Future = Future()
        outer.set_running_or_notify_cancel()
        with self._lock:
            self._running.add(outer)
        inner = self._executor.submit(door, *args)
        inner.add_done_callback(lambda done: self._finish(outer, *outcome_of(done, self.address)))
        return outer

    def _finish(self, outer: Future, result: Any, error: BaseException | None) -> None:
        """Settle a future once, whoever comes first: its result, or the loss of the cluster."""
        with self._lock:
            if outer not in self._running:
                return
            self._running.discard(outer)
        if error is None:
            outer.set_result(result)
        else:
            outer.set_exception(error)

    def _watch(self) -> None:
        """Fail what is running once the cluster has had no worker for WORKERLESS_SECONDS: Dask itself would wait on."""
        without = 0
        while not self._closing.wait(1):
            without = 0 if count_threads(self.client) else without + 1
            if without > WORKERLESS_SECONDS:
                for future in list(self._running):
                    self._finish(future, None, ClusterLost(describe_loss(self.address)))

    def close(self) -> None:
        """Leave the cluster; what it had not finished is cancelled there."""
        self._closing.set()
        self._executor.shutdown(wait=False)
        self.client.close()


def connect(address: str):
    """A client of the scheduler; raises ClusterMissing."""
    try:
        from distributed import Client
    except ImportError:
        raise ClusterMissing(
            "Dask is not installed: pip install 'quotidian[dask]', here and on every worker."
        ) from None
    try:
        return Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ClusterMissing(
            f"No Dask scheduler answers at {address} ({error}): start one with `dask scheduler`, or mend --dask-address."
        ) from None


def check_workers(client: Any, settings: Settings) -> int:
    """Threads of the workers; raises ClusterMissing where there is none, or one has other code or another data folder."""
    if not count_threads(client):
        raise ClusterMissing(
            f"The Dask cluster has no worker: start some with `dask worker {client.scheduler.address}`."
        )
    marker = settings.place.folder / ".cluster"
    marker.touch()
    try:
        answers = client.run(describe_worker, marker, settings, name_versions(settings), on_error="return")
    finally:
        marker.unlink(missing_ok=True)
    for worker, answer in sorted(answers.items()):
        if answer is not None:
            raise ClusterMissing(
                f"Dask worker {worker} {answer if isinstance(answer, str) else describe_error(answer)}"
            )
    return count_threads(client)


def describe_error(error: BaseException) -> str:
    return f"cannot run Quotidian ({type(error).__name__}: {error}): install the same version there."


def describe_worker(marker: Path, settings: Settings, versions: tuple[str, ...]) -> str | None:
    """Run by each worker: why it cannot take part, else None."""
    if not marker.exists():
        return f"does not see {marker.parent}: the data folder must lie where all workers see it, under the same path."
    if name_versions(settings) != versions:
        return "has other code, libraries or model: install the same lock file there, and start the worker again."
    return None


def name_versions(settings: Settings) -> tuple[str, ...]:
    """Versions of the rooms whose batches are mapped."""
    versions = versions_of(settings)
    return versions.clean, versions.extract, sketch_version(versions.extract)


def count_threads(client: Any) -> int:
    """Threads of all workers that the scheduler knows now."""
    return sum(worker["nthreads"] for worker in client.scheduler_info(n_workers=-1)["workers"].values())


def outcome_of(done: Future, address: str) -> tuple[Any, BaseException | None]:
    """Result and error of a batch. A worker that died is told as the local pool tells it."""
    from distributed import KilledWorker

    if done.cancelled():
        return None, ClusterLost(describe_loss(address))
    error = done.exception()
    if isinstance(error, KilledWorker):
        return None, BrokenProcessPool(str(error))
    return (None, error) if error else (done.result(), None)


def describe_loss(address: str) -> str:
    return f"The Dask cluster at {address} is gone or without workers: start it again and repeat the command."
