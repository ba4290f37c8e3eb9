"""One request at a time to each host, with a pause between them; several hosts side by side."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import monotonic

from quotidian.tasks.ingest.fetch.failure import FetchFailed


class HostGates:
    """A gate for each host, which lets one request through at a time and then pauses."""

    def __init__(self, delay_seconds: float, requests_at_once: int) -> None:
        self._slots = asyncio.Semaphore(requests_at_once)
        self._locks: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._delays: dict[str, float] = defaultdict(lambda: delay_seconds)
        self._ready: dict[str, float] = defaultdict(float)
        self.closed: dict[str, str] = {}

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Hold the host's gate for one request; raises FetchFailed (postponed) where the gate is closed."""
        async with self._locks[host]:
            while (pause := self._ready[host] - monotonic()) > 0:
                await asyncio.sleep(pause)
            async with self._slots:
                self.check_open(host)
                try:
                    yield
                finally:
                    self.postpone(host, self._delays[host])

    def slow_down(self, host: str, seconds: float) -> None:
        """Pause at least so long between two requests to the host, from the one before on."""
        more = seconds - self._delays[host]
        if more > 0:
            self._delays[host] = seconds
            self._ready[host] += more

    def postpone(self, host: str, seconds: float) -> None:
        """Let nothing through for some seconds from now."""
        self._ready[host] = max(self._ready[host], monotonic() + seconds)

    def close(self, host: str, why: str) -> None:
        """Let nothing through any more."""
        self.closed.setdefault(host, why)

    def check_open(self, host: str) -> None:
        """Raise FetchFailed (postponed) where the gate is closed."""
        if host in self.closed:
            raise FetchFailed("postponed", self.closed[host])
