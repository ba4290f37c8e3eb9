"""The worker processes of one run: started once, warmed up early, replaced when one dies."""

import multiprocessing
import os
import signal
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextvars import copy_context
from queue import LifoQueue
from threading import Thread
from typing import Any, Protocol

from quotidian.flows.process.garbage import search_rarely
from quotidian.flows.process.memory import keep_memory

ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "POLARS_MAX_THREADS")


class Pool(Protocol):
    """What engines need of a pool of workers."""

    workers: int

    def submit(self, door: Callable, *args: Any) -> Future:
        """Start `door(*args)` in a worker; a worker that died raises BrokenProcessPool."""

    def close(self) -> None:
        """Stop at once."""


def prepare_worker() -> None:
    """End when the parent is gone without having ended its workers; search for garbage rarely, and keep memory."""
    search_rarely()
    keep_memory()
    Thread(target=end_with_parent, daemon=True).start()


def end_with_parent() -> None:
    """Wait for the end of the parent: a worker whose parent was killed would wait for its next batch for ever."""
    multiprocessing.parent_process().join()
    os._exit(1)


def warm_up(model: str) -> None:
    """Load in a worker what every batch needs, languages while other things load: unpacking them leaves Python free."""
    with ThreadPoolExecutor(1) as aside:
        from quotidian.tasks.clean.language import load_identifier

        aside.submit(load_identifier)
        from quotidian.tasks.clean import row  # noqa: F401
        from quotidian.tasks.deduplicate import task  # noqa: F401
        from quotidian.tasks.extract import row as _  # noqa: F401
        from quotidian.tasks.extract.annotate import load_model

        load_model(model)


def block_interrupts() -> None:
    """Leave Ctrl-C to the main thread, which ends the workers itself; processes inherit this from the first moment on."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


class WorkerPool:
    """Processes that run doors. Each has one thread for arithmetic: two would only wait for each other.

    Workers are started by spawning (Prefect runs threads, which a fork would tear), and only when they are needed.
    Each is an executor of its own, so that a death tells which batch it struck: in one executor of many
    processes, one death breaks the batches of all.
    """

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._threads = ThreadPoolExecutor(workers, initializer=block_interrupts)
        self._idle: LifoQueue[ProcessPoolExecutor] = LifoQueue()
        for _ in range(workers):
            self._idle.put(start_worker())
        self._busy: set[ProcessPoolExecutor] = set()

    def submit(self, door: Callable, *args: Any) -> Future:
        """Start `door(*args)` in a worker; raises BrokenProcessPool, through the future, where that worker dies."""
        return self._threads.submit(copy_context().run, self._run, door, *args)

    def warm_one(self, model: str) -> None:
        """Start one worker now; it takes the first batch when it is ready, so that a small run starts no other."""
        self._threads.submit(self._warm_one, model)

    def _warm_one(self, model: str) -> None:
        worker = self._idle.get()
        worker.submit(warm_up, model)
        self._idle.put(worker)

    def _run(self, door: Callable, *args: Any) -> Any:
        worker = self._idle.get()
        self._busy.add(worker)
        try:
            return worker.submit(door, *args).result()
        except BrokenProcessPool:
            worker.shutdown(wait=False)
            self._busy.discard(worker)
            worker = start_worker()
            raise
        finally:
            self._busy.discard(worker)
            self._idle.put(worker)

    def close(self) -> None:
        """End the workers at once; what they had not finished is done by the next run."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        workers = [*self._busy, *self._idle.queue]
        processes = [process for worker in workers for process in (worker._processes or {}).values()]
        for process in processes:
            process.terminate()
        for worker in workers:
            worker.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.join(timeout=5)


def start_worker() -> ProcessPoolExecutor:
    """One worker; its process starts with its first batch."""
    for name in ONE_THREAD:
        os.environ.setdefault(name, "1")
    return ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), initializer=prepare_worker)


_early: list[WorkerPool] = []


def start_early(workers: int, model: str) -> None:
    """Start one worker before the run begins, while this process still imports and waits for a server."""
    pool = WorkerPool(workers)
    pool.warm_one(model)
    _early.append(pool)


def take_pool(workers: int) -> WorkerPool:
    """The pool that was started early, else a new one."""
    return _early.pop() if _early and _early[-1].workers == workers else WorkerPool(workers)
