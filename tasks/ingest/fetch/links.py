"""Which addresses may be fetched."""

from urllib.parse import urldefrag, urljoin

import httpx

from quotidian.tasks.ingest.fetch.failure import FetchFailed

MAX_URL_CHARS = 8_000
"""What HTTP software is asked to support at least (RFC 9110, section 4.1); longer ones are data, not addresses."""

MAX_PORT = 65_535


def read_link(link: str, base: str = "") -> str:
    """The absolute address of a link, without fragment; raises FetchFailed where it must not be fetched.

    Only http and https; no user names or passwords, which would end up in the archive.
    """
    try:
        url = httpx.URL(urldefrag(urljoin(base, link.strip())).url)
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchFailed("bad_url", f"{link[:200]}: {error}") from None
    if url.scheme not in ("http", "https") or not url.raw_host:
        raise FetchFailed("bad_url", f"only http and https addresses are fetched, not {link[:200]}")
    host = host_of(str(url))
    if url.userinfo:
        raise FetchFailed("bad_url", f"the address at {host} holds a user name")
    if url.port is not None and not 0 < url.port <= MAX_PORT:
        raise FetchFailed("bad_url", f"{host} has no port {url.port}")
    if len(str(url)) > MAX_URL_CHARS:
        raise FetchFailed("bad_url", f"the address at {host} has more than {MAX_URL_CHARS} characters")
    return str(url)


def host_of(url: str) -> str:
    """Host name of an address in lower case and ASCII (xn--…), without port."""
    return httpx.URL(url).raw_host.decode("ascii")


def origin_of(url: str) -> str:
    """Scheme, host and port of an address: what one robots.txt speaks for."""
    parsed = httpx.URL(url)
    return f"{parsed.scheme}://{parsed.netloc.decode('ascii')}"
