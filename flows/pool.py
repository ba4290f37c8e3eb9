"""The worker processes of one run: started once, warmed up early, replaced when one dies."""

import multiprocessing
import os
import signal
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from threading import Lock
from typing import Any, Protocol

ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "POLARS_MAX_THREADS")


class Pool(Protocol):
    """What engines need of a pool of workers."""

    workers: int

    def submit(self, door: Callable, *args: Any) -> Future:
        """Start `door(*args)` in a worker; a worker that died raises BrokenProcessPool."""

    def close(self) -> None:
        """Stop at once."""


def prepare_worker() -> None:
    """Leave Ctrl-C to the parent, which ends its workers itself."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def warm_up(model: str) -> None:
    """Load in a worker what every batch needs."""
    from quotidian.tasks.clean import task  # noqa: F401
    from quotidian.tasks.deduplicate import task as _  # noqa: F401
    from quotidian.tasks.extract.annotate import load_model

    load_model(model)


class WorkerPool:
    """Processes that run doors. Each has one thread for arithmetic: two would only wait for each other.

    Workers are started by spawning (Prefect runs threads, which a fork would tear), and only when they are needed.
    """

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._lock = Lock()
        self._pool = self._start()

    def _start(self) -> ProcessPoolExecutor:
        for name in ONE_THREAD:
            os.environ.setdefault(name, "1")
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self.workers, context, initializer=prepare_worker)

    def submit(self, door: Callable, *args: Any) -> Future:
        """Start `door(*args)` in a worker; a pool that lost a worker is replaced first."""
        with self._lock:
            try:
                return self._pool.submit(door, *args)
            except BrokenProcessPool:
                self._pool.shutdown(wait=False)
                self._pool = self._start()
                return self._pool.submit(door, *args)

    def close(self) -> None:
        """End the workers at once; what they had not finished is done by the next run."""
        processes = list((self._pool._processes or {}).values())
        self._pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.terminate()
        for process in processes:
            process.join(timeout=5)


_early: list[WorkerPool] = []


def start_early(workers: int, model: str) -> None:
    """Start one worker before the run begins, while this process still imports and waits for a server."""
    pool = WorkerPool(workers)
    pool.submit(warm_up, model)
    _early.append(pool)


def take_pool(workers: int) -> WorkerPool:
    """The pool that was started early, else a new one."""
    return _early.pop() if _early and _early[-1].workers == workers else WorkerPool(workers)
