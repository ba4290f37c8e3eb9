"""Visiting an address as a polite guest: robots.txt, one at a time, pauses, tries, and redirects step by step."""

from collections.abc import Awaitable, Callable

import httpx
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_after_attempt

from quotidian.tasks.ingest.fetch.failure import FetchFailed
from quotidian.tasks.ingest.fetch.gates import HostGates
from quotidian.tasks.ingest.fetch.links import host_of, read_link
from quotidian.tasks.ingest.fetch.request import Answer, Wanted, request
from quotidian.tasks.ingest.fetch.robots import RobotsFiles
from quotidian.tasks.ingest.fetch.settings import FetchSettings

LONGEST_WAIT_SECONDS = 86_400
"""A host that asks for more than a day is asked again after a day: a mistake there would last for ever here."""

MayAsk = Callable[[str], Awaitable[None]]


class Visitor:
    """Visits addresses over one transport. `waits` has the seconds that hosts asked to be left alone, where these are
    too many to wait for."""

    def __init__(self, transport: httpx.AsyncBaseTransport, settings: FetchSettings) -> None:
        self.settings = settings
        self.waits: dict[str, float] = {}
        self.gates = HostGates(settings.delay_seconds, settings.requests_at_once)
        self._transport = transport
        self._robots = RobotsFiles(self._visit_robots, settings.user_agent)

    async def visit(self, url: str, wanted: Wanted, check: Callable[[str], None] = lambda url: None) -> Answer:
        """The answer at the end of the redirects; raises FetchFailed.

        `check` may refuse an address by raising, before it is asked for.
        """

        async def may_ask(address: str) -> None:
            check(address)
            await self._ask_robots(address)

        return await self._follow(url, wanted, may_ask)

    async def _visit_robots(self, url: str, wanted: Wanted) -> Answer:
        """The same for robots.txt itself, for which nobody need be asked."""

        async def may_ask(address: str) -> None:
            self.gates.check_open(host_of(address))

        return await self._follow(url, wanted, may_ask)

    async def _follow(self, url: str, wanted: Wanted, may_ask: MayAsk) -> Answer:
        """Follow redirects; `may_ask` is awaited before each request and refuses by raising."""
        cookies = httpx.Cookies()
        for _ in range(self.settings.max_redirects + 1):
            await may_ask(url)
            answer = await self._try(url, wanted, cookies)
            if answer.redirect is None:
                return answer
            url = read_link(answer.redirect, url)
        raise FetchFailed("redirects", f"more than {self.settings.max_redirects} redirects, the last to {url[:200]}")

    async def _ask_robots(self, url: str) -> None:
        self.gates.check_open(host_of(url))
        delay, longest = await self._robots.check(url), self.settings.max_delay_seconds
        if delay > longest:
            raise FetchFailed("robots", f"it wants {delay:g} s between requests, max_delay_seconds is {longest:g}")
        self.gates.slow_down(host_of(url), delay)

    async def _try(self, url: str, wanted: Wanted, cookies: httpx.Cookies) -> Answer:
        """Ask for one address, again where that may help."""
        retrying = AsyncRetrying(
            stop=stop_after_attempt(self.settings.tries),
            wait=self._choose_pause,
            retry=retry_if_exception(self._may_help),
            reraise=True,
        )
        return await retrying(self._ask, url, wanted, cookies)

    async def _ask(self, url: str, wanted: Wanted, cookies: httpx.Cookies) -> Answer:
        """Ask once, when it is this host's turn; the host's whole gate waits where the host asks for it."""
        host = host_of(url)
        async with self.gates.turn(host):
            try:
                return await request(self._transport, url, wanted, self.settings, cookies)
            except FetchFailed as error:
                self._heed(host, error)
                raise

    def _heed(self, host: str, error: FetchFailed) -> None:
        """Do what the Retry-After of a passing failure asks for."""
        wait = min(error.retry_after or 0, LONGEST_WAIT_SECONDS) if error.is_passing else 0
        if wait > self.settings.max_delay_seconds:
            self.gates.close(host, f"{host} asks to be left alone for {wait:.0f} s ({error.detail})")
            self.waits[host] = wait
        elif wait:
            self.gates.postpone(host, wait)

    def _may_help(self, error: BaseException) -> bool:
        if not isinstance(error, FetchFailed) or not error.is_passing:
            return False
        return (error.retry_after or 0) <= self.settings.max_delay_seconds

    def _choose_pause(self, state: RetryCallState) -> float:
        return self.settings.backoff_seconds * 2 ** (state.attempt_number - 1)
