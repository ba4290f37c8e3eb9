"""How this process stops at a signal, and whether it was asked to, also where a library swallowed that.

At Ctrl-C or SIGTERM Python raises KeyboardInterrupt at its next step. Where that is a step within a compiled library, it may
come out as another exception (polars: "TypeError: … is not a Polars data type"), and a run that was stopped would seem to
have failed. So the system also writes the numbers of signals into a socket, where they stay. Where polars raises
KeyboardInterrupt by itself, Python's own comes a moment later, while the command already ends: one is enough.
"""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from socket import MSG_PEEK, socket, socketpair

STOPPING = (signal.SIGINT, signal.SIGTERM)
NOTED: list[socket] = []
"""The end to read from, while signals are noted."""
AGAIN_SECONDS = 0.01
"""Until a stop that could not be raised is raised again."""


def heed_signals() -> None:
    """Stop at Ctrl-C, and at the wish of the system or of whoever cancels a run. Call it in the main thread."""
    for number in (*STOPPING, signal.SIGALRM):
        signal.signal(number, stop)
    sys.unraisablehook = raise_later


def ignore_signals() -> None:
    """Let nothing stop what is left: all is done."""
    for number in (*STOPPING, signal.SIGALRM):
        signal.signal(number, signal.SIG_IGN)


def stop(*_: object) -> None:
    """Raise KeyboardInterrupt, unless the end of one is under way, which a second would break off."""
    if not isinstance(sys.exception(), KeyboardInterrupt | SystemExit):
        raise KeyboardInterrupt


def raise_later(failure: "sys.UnraisableHookArgs") -> None:
    """Raise a stop again a little later that fell into a finalizer, where Python would print it and go on."""
    if issubclass(failure.exc_type, KeyboardInterrupt):
        signal.setitimer(signal.ITIMER_REAL, AGAIN_SECONDS)
    else:
        sys.__unraisablehook__(failure)


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
