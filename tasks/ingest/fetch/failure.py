"""Why something could not be fetched."""

import os
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

LASTING = frozenset({"http_404", "http_410", "http_451", "wrong_type", "too_large", "bad_url"})
"""Reasons that another try will not mend."""
PASSING = frozenset({"timeout", "unreachable", "broken", *(f"http_{n}" for n in (408, 425, 429, 500, 502, 503, 504))})
"""Reasons that a try some seconds later may mend: the network, and the statuses that say so (RFC 9110, 6585, 8470)."""


class FetchFailed(Exception):
    """Something was not fetched: a reason word, a detail for people, and the seconds that the host asks to wait."""

    def __init__(self, reason: str, detail: str, retry_after: float | None = None) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason, self.detail, self.retry_after = reason, detail, retry_after

    @property
    def is_lasting(self) -> bool:
        return self.reason in LASTING

    @property
    def is_passing(self) -> bool:
        return self.reason in PASSING


@contextmanager
def name_failures() -> Iterator[None]:
    """Raise what can go wrong in a request as FetchFailed."""
    try:
        yield
    except (httpx.TimeoutException, TimeoutError) as error:
        raise FetchFailed("timeout", describe(error)) from None
    except httpx.ConnectError as error:
        raise FetchFailed("unreachable", describe(error)) from None
    except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
        raise FetchFailed("bad_url", describe(error)) from None
    except (httpx.HTTPError, OSError, ValueError, OverflowError) as error:
        raise FetchFailed("broken", describe(error)) from None


def describe(error: BaseException) -> str:
    """An error's own words, or its name where it has none; of the system's errors, what the system says."""
    cause = error
    while deeper := cause.__cause__ or cause.__context__:
        cause = deeper
    if isinstance(cause, OSError) and not isinstance(cause, ssl.SSLError) and cause.errno:
        return os.strerror(cause.errno)
    return str(error) or type(error).__name__
