"""An address as a reader gives it -> where a connection may go: to public machines, and to nothing else.

A page of the web that is fetched on a server must not be a way into that server's own network, whatever its name
resolves to, however the number is written, wherever it redirects. So the check is made where the connection is: a
name is resolved once, every address that it stands for is checked, and one of those very addresses is connected to.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

import httpx

from index.errors import SourceRefused

PORTS = frozenset({80, 443})
"""Where public pages are served; any other port is more likely a machine's own business."""
LONGEST = 2_000
"""In characters; what browsers and servers agree to carry."""

_SCHEMES = ("http", "https")
# Beyond what the registry of special addresses has as not global: relays that lead elsewhere, and one cloud's
# metadata service, which stands on a public address.
_RELAYS = [IPv4Network(net) for net in ("192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32")]
_GLOBAL_6 = IPv6Network("2000::/3")
_RELAYS_6 = [IPv6Network(net) for net in ("2001::/23", "2001:db8::/32", "3fff::/20")]
_TRANSLATED = IPv6Network("64:ff9b::/96")
_NAME = re.compile(r"(?:[a-z0-9_-]+\.)*[a-z0-9_-]+")
_ENDS_IN_NUMBER = re.compile(r"(?:^|\.)(?:\d+|0x[0-9a-f]*)$")

Resolve = Callable[[str, int], Sequence[str]]
"""A name and a port -> the addresses (IPv4 or IPv6) that it stands for; an ``OSError`` when there are none."""


def resolve(host: str, port: int) -> list[str]:
    """Ask the system what a name stands for."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


@dataclass(frozen=True, slots=True)
class Reach:
    """Where connections may go.

    Attributes:
        resolve: what tells the addresses of a name.
        excepted: addresses with their ports that are allowed although they are not public; none but in tests.
    """

    resolve: Resolve = resolve
    excepted: frozenset[tuple[str, int]] = frozenset()

    def addresses(self, host: str, port: int) -> list[str]:
        """Return the addresses to connect to for a name, each of them checked.

        Raises:
            SourceRefused: the name stands for no address, or for one that is not public, or the port is another.
        """
        if port not in PORTS and port not in {allowed for _, allowed in self.excepted}:
            raise SourceRefused("other_port", port=port)
        try:
            found = self.resolve(host, port)
        except (OSError, UnicodeError):
            raise SourceRefused("unknown_host", host=host) from None
        # One that is not public among others that are is no oversight: the name is refused.
        if not found or not all(is_public(ip) or (ip, port) in self.excepted for ip in found):
            raise SourceRefused("not_public", host=host)
        return list(found)


def parse_address(written: str) -> httpx.URL:
    """Return an address, its fragment dropped.

    Raises:
        SourceRefused: it is no http(s) address, or one that hides where it leads.
    """
    written = written.strip()
    if len(written) > LONGEST:
        raise SourceRefused("address_too_long", most=LONGEST)
    try:
        url = httpx.URL(written).copy_with(fragment=None)
        host = url.raw_host.decode("ascii").lower().rstrip(".")
    except (httpx.InvalidURL, UnicodeError, ValueError):
        raise SourceRefused("no_address") from None
    if url.scheme not in _SCHEMES:
        raise SourceRefused("no_web_address")
    if url.userinfo or "\\" in written:
        raise SourceRefused("address_with_password")
    if not (_is_ip(host) or (_NAME.fullmatch(host) and not _ENDS_IN_NUMBER.search(host))):
        raise SourceRefused("no_host_name")
    return url.copy_with(host=host)


def is_address(source: str) -> bool:
    """Tell whether a source is meant as an address, fetched or refused, rather than as a file's name."""
    return re.match(r"[A-Za-z][A-Za-z0-9+.-]*://|data:", source.strip()) is not None


def is_public(address: str) -> bool:
    """Tell whether an IPv4 or IPv6 address belongs to a machine that everybody can reach.

    An IPv6 address that stands for an IPv4 one is as public as that one.
    """
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    embedded = _embedded(ip) if isinstance(ip, IPv6Address) else ip
    if embedded is None:
        return ip in _GLOBAL_6 and _is_reached(ip, _RELAYS_6)
    return not embedded.is_reserved and _is_reached(embedded, _RELAYS)


def _is_reached(ip: IPv4Address | IPv6Address, relays: Iterable[IPv4Network | IPv6Network]) -> bool:
    return ip.is_global and not ip.is_multicast and not any(ip in relay for relay in relays)


def _embedded(ip: IPv6Address) -> IPv4Address | None:
    if ip in _TRANSLATED:
        return IPv4Address(int(ip) & 0xFFFF_FFFF)
    return ip.ipv4_mapped or ip.sixtofour


def _is_ip(host: str) -> bool:
    # Whoever reads numbers in other forms (octal, decimal, shortened) does not read them all alike.
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
