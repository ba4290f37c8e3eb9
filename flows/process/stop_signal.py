"""Whether this process was asked to stop, also where a library swallowed that.

At Ctrl-C or SIGTERM Python raises KeyboardInterrupt at its next step. Where that is a step within a compiled library, it may
come out as another exception (polars: "TypeError: … is not a Polars data type"), and a run that was stopped would seem to
have failed. So the system also writes the numbers of signals into a socket, where they stay.
"""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from socket import MSG_PEEK, socket, socketpair

STOPPING = (signal.SIGINT, signal.SIGTERM)
NOTED: list[socket] = []
"""The end to read from, while signals are noted."""


@contextmanager
def noting_signals() -> Iterator[None]:
    """Note the signals of this process. Call it in the main thread, which alone hears of signals."""
    noted, told = socketpair()
    with noted, told:
        noted.setblocking(False)
        told.setblocking(False)
        before = signal.set_wakeup_fd(told.fileno(), warn_on_full_buffer=False)
        NOTED.append(noted)
        try:
            yield
        finally:
            signal.set_wakeup_fd(before)
            NOTED.remove(noted)


def is_stopped(error: BaseException) -> bool:
    """Whether an error is the end of work that somebody stopped."""
    return not isinstance(error, Exception) or any(has_stop(noted) for noted in NOTED)


def has_stop(noted: socket) -> bool:
    """Whether a signal that stops was noted."""
    try:
        return any(number in STOPPING for number in noted.recv(4096, MSG_PEEK))
    except BlockingIOError:
        return False  # no signal
