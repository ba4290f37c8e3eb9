"""Workers that are this process, so that the model is loaded once."""

from collections.abc import Callable
from concurrent.futures import Future


class HerePool:
    """Runs doors in this process instead of workers."""

    def __init__(self, workers: int = 1) -> None:
        self.workers = workers

    def warm_one(self, model: str) -> None:
        """Nothing to start."""

    def submit(self, door: Callable, *args: object) -> Future:
        future: Future = Future()
        try:
            future.set_result(door(*args))
        except Exception as error:
            future.set_exception(error)
        return future

    def close(self) -> None:
        """Nothing to end."""
