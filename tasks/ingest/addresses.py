"""Canonical addresses: one form for all the ways to write the same page."""

from functools import cache
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from quotidian.tasks.store.facts import read_facts
from quotidian.tasks.store.passwords import drop_users

DEFAULT_PORTS = {"http": ":80", "https": ":443"}


@cache
def read_tracking() -> tuple[frozenset[str], tuple[str, ...]]:
    """Names of query parameters that only track, and how others of them begin."""
    names = [row["parameter"] for row in read_facts("tracking_parameters")]
    whole = frozenset(name for name in names if not name.endswith("*"))
    return whole, tuple(name[:-1] for name in names if name.endswith("*"))


def is_tracking(name: str) -> bool:
    """Whether a query parameter says who came how, not what the page is (seeds/tracking_parameters.csv)."""
    whole, starts = read_tracking()
    return name.lower() in whole or name.lower().startswith(starts)


def canonical_url(url: str) -> str:
    """The address with scheme and host in lower case, without user, password, default port, fragment and tracking parameters.

    What is left of the query is sorted, and escapes are written one way. What is no web address is given back as it is, but for users.
    """
    url = drop_users(url.strip())
    try:
        parts = urlsplit(url)
        if parts.scheme not in DEFAULT_PORTS or not parts.hostname:
            return url
        return write_canonical(urlunsplit(parts._replace(query=clean_query(parts.query), fragment="")))
    except ValueError:
        return url


def absolute_url(url: str) -> str | None:
    """The canonical address; None for what names no page of the web by itself: "/news/101", "#", "article.php?id=5", "N/A"."""
    address = canonical_url(url)
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in DEFAULT_PORTS and parts.hostname else None


def clean_query(query: str) -> str:
    """The query without its tracking parameters; untouched where it has none."""
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if not is_tracking(name)]
    return query if len(kept) == len(pairs) else urlencode(kept)


def write_canonical(url: str) -> str:
    """The address in the one form of w3lib, without the default port."""
    from w3lib.url import canonicalize_url

    parts = urlsplit(canonicalize_url(url))
    return urlunsplit(parts._replace(netloc=parts.netloc.removesuffix(DEFAULT_PORTS[parts.scheme])))
