"""Whether this process was asked to stop, also where a library swallowed that.

At Ctrl-C or SIGTERM Python raises KeyboardInterrupt at its next step. Where that is a step within a compiled library, it may
come out as another exception (polars: "TypeError: … is not a Polars data type"), and a run that was stopped would seem to
have failed. So the numbers of signals are also noted in a pipe, where nothing is lost.
"""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

NOTED = bytearray()
"""Numbers of the signals that this process has heard."""
STOPPING = (signal.SIGINT, signal.SIGTERM)
PIPES: list[int] = []
"""The end of the pipe to read from, while signals are noted."""


@contextmanager
def noting_signals() -> Iterator[None]:
    """Note the signals of this process. Call it in the main thread, which alone hears of signals."""
    noted, told = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    before = signal.set_wakeup_fd(told, warn_on_full_buffer=False)
    NOTED.clear()
    PIPES.append(noted)
    try:
        yield
    finally:
        signal.set_wakeup_fd(before)
        PIPES.remove(noted)
        os.close(noted)
        os.close(told)


def is_stopped(error: BaseException) -> bool:
    """Whether an error is the end of work that somebody stopped."""
    for pipe in PIPES:
        try:
            NOTED.extend(os.read(pipe, 4096))
        except BlockingIOError:
            continue  # no signal
    return not isinstance(error, Exception) or any(number in NOTED for number in STOPPING)
