"""Stopping at Ctrl-C, or at SIGTERM, what does not come back to Python by itself: queries of DuckDB.

Python hears of a signal only between two of its own steps, and DuckDB may work for minutes within one. The system
writes the number of a signal into a socket at once; a thread waits there and interrupts the query. What does not heed
that either (one call of a function over a batch of rows is not interrupted) ends with the process a little later.
"""

import os
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from socket import socket, socketpair
from threading import Event, Thread
from typing import TYPE_CHECKING

from quotidian.flows.process.stop_signal import STOPPING

if TYPE_CHECKING:
    import duckdb

INTERRUPTED = 130  # what shells give for Ctrl-C
STOPPED = "quotidian: stopped; what was finished is kept, the same command goes on from there.\n"
GRACE_SECONDS = 3
"""DuckDB looks after each batch of 2,048 rows whether it is to stop: milliseconds in any usual query."""


@contextmanager
def stopping_queries(database: "duckdb.DuckDBPyConnection") -> Iterator[None]:
    """Stop the query of `database` at a signal. Call it in the main thread, which alone hears of signals."""
    ((spill,),) = database.sql("SELECT current_setting('temp_directory')").fetchall()
    heard, told = socketpair()
    told.setblocking(False)
    finished = Event()
    before = signal.set_wakeup_fd(told.fileno())
    watch = Thread(target=await_signal, args=(heard, database, spill, finished), daemon=True)
    watch.start()
    try:
        yield
    finally:
        signal.set_wakeup_fd(before)
        finished.set()
        told.close()  # ends the thread
        watch.join()  # before the database is closed, which it must not touch any more


def await_signal(heard: socket, database: "duckdb.DuckDBPyConnection", spill: str, finished: Event) -> None:
    """Wait for a signal that ends the command; interrupt the query, and end the process where that does not help."""
    with heard:
        while number := heard.recv(1):
            if number[0] in STOPPING:
                database.interrupt()
                break
        else:
            return
    if not finished.wait(GRACE_SECONDS):
        shutil.rmtree(spill, ignore_errors=True)
        sys.stderr.write(STOPPED)
        sys.stderr.flush()
        os._exit(INTERRUPTED)
