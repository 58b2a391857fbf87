"""Calls to the outside that can not be turned against the inside.

The address that is checked is the one connected to: the name is resolved here, and the connection is made
to the number, so that a name that changes its address between check and connection gains nothing.
"""

import asyncio
import socket
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import httpx

from stepwell.connectors.errors import ConnectorError

Address = IPv4Address | IPv6Address
LAST_PORT = 65535
NAT64 = ip_network("64:ff9b::/96")


def is_public(address: Address) -> bool:
    """Whether everybody may be called there: no address of this machine, its network or a special use."""
    inner = carried(address)
    if inner is not None:
        return is_public(inner)
    return address.is_global and not address.is_multicast and not address.is_reserved


def carried(address: Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 one stands for (mapped, 6to4, Teredo, NAT64)."""
    if isinstance(address, IPv4Address):
        return None
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else None)


async def resolve(host: str, port: int) -> list[Address]:
    """Every address of a name, in the order of the system. Raises ConnectorError if there is none."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise ConnectorError(f"Expected '{host}' to have an address, but: {error}.") from None
    return list(dict.fromkeys(ip_address(str(entry[4][0]).partition("%")[0]) for entry in found))


class CheckedTransport(httpx.AsyncBaseTransport):
    """Sends each request, redirected ones too, to a checked address of its host.

    The name stays in the ``Host`` header and in what TLS asks for and verifies.
    """

    def __init__(self, inner: httpx.AsyncBaseTransport, *, allow_private: bool) -> None:
        self.inner = inner
        self.allow_private = allow_private

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.scheme not in ("http", "https"):
            raise ConnectorError(
                f"Expected http or https, but found '{request.url.scheme}'.", may_retry=False
            )
        host = request.url.raw_host.decode("ascii")
        if (request.url.port or 0) > LAST_PORT:
            raise ConnectorError(
                f"Expected a port up to {LAST_PORT}, but found {request.url.port}.", may_retry=False
            )
        addresses = await resolve(host.strip("[]"), request.url.port or 0)
        self.expect_public(host, addresses)
        for address in addresses[:-1]:
            try:
                return await self.inner.handle_async_request(readdressed(request, host, address))
            except httpx.ConnectError:
                continue
        return await self.inner.handle_async_request(readdressed(request, host, addresses[-1]))

    def expect_public(self, host: str, addresses: list[Address]) -> None:
        refused = [address for address in addresses if not is_public(address)]
        if refused and not self.allow_private:
            raise ConnectorError(
                f"Expected '{host}' to be outside, but {refused[0]} is a private or special address "
                "(STEPWELL_ALLOW_PRIVATE_ADDRESSES).",
                may_retry=False,
            )

    async def aclose(self) -> None:
        await self.inner.aclose()


def readdressed(request: httpx.Request, host: str, address: Address) -> httpx.Request:
    """The same request to a number instead of a name."""
    extensions = dict(request.extensions)
    if host.strip("[]") != str(address):
        extensions["sni_hostname"] = host
    return httpx.Request(
        request.method,
        request.url.copy_with(host=str(address)),
        headers=request.headers,
        stream=request.stream,
        extensions=extensions,
    )
