"""Connections only to addresses that the whole internet can reach, so that a feed cannot point into a private network."""

import asyncio
import socket
import ssl
from functools import cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

import httpx

from quotidian.tasks.ingest.fetch.failure import FetchFailed

Address = IPv4Address | IPv6Address

NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052
NEVER = tuple(
    map(
        ip_network,
        (
            "64:ff9b:1::/48",  # NAT64 of one's own network, RFC 8215
            "::/96",  # IPv4-compatible, deprecated by RFC 4291
            "::ffff:0:0:0/96",  # IPv4-translated, RFC 2765
            "fec0::/10",  # site-local, deprecated by RFC 3879
            "3fff::/20",  # documentation, RFC 9637
            "5f00::/16",  # segment routing, RFC 9602
            "192.88.99.0/24",  # relays of 6to4, deprecated by RFC 7526
            "168.63.129.16/32",  # Azure's own services for a machine
        ),
    )
)
"""Networks that lead to machines nearby, and that Python's tables call global or do not know."""


def carried_address(address: Address) -> Address:
    """The IPv4 address that an IPv6 address stands for (mapped, 6to4, NAT64), else itself."""
    if not isinstance(address, IPv6Address):
        return address
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour or address


def is_public(text: str) -> bool:
    """Whether an address is globally routable by IANA's registries, and one machine's, and in none of `NEVER`."""
    told = ip_address(text.split("%")[0])
    address = carried_address(told)
    return (
        address.is_global and not address.is_multicast and not any(a in net for net in NEVER for a in (told, address))
    )


async def resolve_host(host: str, port: int) -> list[str]:
    """Addresses of a host in the system's order of preference; raises FetchFailed."""
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchFailed("unreachable", f"{host} has no address: {error}") from None
    return list(dict.fromkeys(entry[4][0] for entry in found))


@cache
def trusted_authorities() -> ssl.SSLContext:
    """Whose certificates are believed: the usual ones, or those that SSL_CERT_FILE or SSL_CERT_DIR name."""
    return httpx.create_ssl_context()


class CheckedTransport(httpx.AsyncHTTPTransport):
    """Resolves a host once, checks what it gets, and connects to just that: a second look-up cannot differ.

    Each request has a connection of its own. The pool knows connections by their address, so a kept one could be
    used for another host on the same address, whose certificate was never checked.
    """

    def __init__(self, allow_private: bool) -> None:
        super().__init__(
            verify=trusted_authorities(), limits=httpx.Limits(max_connections=None, max_keepalive_connections=0)
        )
        self._allow_private = allow_private

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request without body to the first address that takes the connection."""
        host = request.url.raw_host.decode("ascii")
        port = request.url.port or {"http": 80, "https": 443}[request.url.scheme]
        for address in (addresses := await self._find_addresses(host, port)):
            try:
                return await super().handle_async_request(send_to(request, address, host))
            except (httpx.ConnectError, httpx.ConnectTimeout):
                if address == addresses[-1]:
                    raise
        raise httpx.ConnectError(f"{host} has no address")

    async def _find_addresses(self, host: str, port: int) -> list[str]:
        addresses = await resolve_host(host, port)
        private = [] if self._allow_private else [address for address in addresses if not is_public(address)]
        if private:
            raise FetchFailed("private_address", f"{host} is {private[0]}, which is not globally routable")
        return addresses


def send_to(request: httpx.Request, address: str, host: str) -> httpx.Request:
    """The same request to an address; the Host header and the name in the certificate stay those of the host."""
    return httpx.Request(
        request.method,
        request.url.copy_with(host=address),
        headers=request.headers,
        extensions={**request.extensions, "sni_hostname": host},
    )
