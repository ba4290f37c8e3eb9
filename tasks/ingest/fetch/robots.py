"""What hosts ask of robots (RFC 9309)."""

import asyncio
from collections.abc import Awaitable, Callable

from protego import Protego

from quotidian.tasks.ingest.fetch.failure import FetchFailed
from quotidian.tasks.ingest.fetch.links import origin_of
from quotidian.tasks.ingest.fetch.request import Answer, Wanted

MAX_ROBOTS_BYTES = 512_000
"""What a robot must read at least (RFC 9309, section 2.5); what follows is not read."""

Get = Callable[[str, Wanted], Awaitable[Answer]]


class RobotsFiles:
    """The robots.txt of each origin, asked for once in a run. `get` asks for an address."""

    def __init__(self, get: Get, user_agent: str) -> None:
        self._get, self._name = get, user_agent.split("/")[0]
        self._files: dict[str, asyncio.Task[Protego]] = {}

    async def check(self, url: str) -> float:
        """Seconds that the origin wants between two requests; raises FetchFailed (robots) where it refuses."""
        origin = origin_of(url)
        if origin not in self._files:
            self._files[origin] = asyncio.create_task(read_robots(self._get, origin))
        rules = await asyncio.shield(self._files[origin])
        if not rules.can_fetch(url, self._name):
            raise FetchFailed("robots", f"robots.txt of {origin} refuses it")
        return rules.crawl_delay(self._name) or 0.0


async def read_robots(get: Get, origin: str) -> Protego:
    """The rules of an origin: all is allowed where it has none (4xx), nothing where they cannot be had.

    RFC 9309, sections 2.3.1.3 and 2.3.1.4; 429 counts as "cannot be had", since the host only asks for patience.
    """
    try:
        answer = await get(f"{origin}/robots.txt", Wanted(MAX_ROBOTS_BYTES))
    except FetchFailed as error:
        if error.reason.startswith("http_4") and not error.is_passing:
            return Protego.parse("")
        raise FetchFailed(error.reason, f"robots.txt of {origin}: {error.detail}") from None
    return Protego.parse(answer.body.decode("utf-8", "replace"))
