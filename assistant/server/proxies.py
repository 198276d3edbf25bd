"""Who sends a request, and from where: headers of a proxy are believed only when the proxy is listed."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import quote, unquote

from starlette.datastructures import Headers
from starlette.types import Scope
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from assistant.server.own_client import MARK, TOKEN
from index.errors import SettingsError

USER, CLIENT, WORKSPACE, ROLE = "dixit-user", "dixit-client", "dixit-workspace", "dixit-role"
"""Headers by which the guard passes on who sends a request, and where; they are removed from what comes in."""

THIS_MACHINE = ("127.0.0.0/8", "::1")

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True, slots=True)
class Caller:
    """Who sends a request.

    Attributes:
        client: the address of the machine.
        user: the name that a proxy gives, None when none does.
        secure: whether it came over https, as far as is known.
    """

    client: str
    user: str | None
    secure: bool


@dataclass(frozen=True, slots=True)
class Proxies:
    """The proxies that are believed.

    Attributes:
        networks: where they are.
        user_header: the header in which they name the user, in lower case; empty: they do not.
    """

    networks: tuple[Network, ...] = ()
    user_header: str = ""

    def told(self, scope: Scope) -> Caller:
        """Return on whose behalf the page's own client sends a request, as the guard named it before."""
        headers = Headers(scope=scope)
        return Caller(headers.get(CLIENT, ""), user_of(headers) or None, False)

    async def caller(self, scope: Scope) -> Caller:
        """Return who sends a request."""
        headers, client = Headers(scope=scope), (scope.get("client") or ("",))[0]
        user = _read(headers.get(self.user_header, "")) if self.user_header and self.is_proxy(client) else ""
        # Asked here, and not put before the guard: whose user is believed, the address of the connection tells.
        seen: Any = dict(scope)
        await _reader(self.networks)(seen, _nothing, _nothing)
        outside = (seen.get("client") or ("",))[0]
        # Where all hops are proxies, uvicorn takes the first, which whoever is in their network may have written.
        return Caller(client if self.is_proxy(outside) else outside, user or None, seen["scheme"] == "https")

    def cleaned(
        self,
        scope: Scope,
        caller: Caller,
        user: str | None,
        itself: bool = False,
        *,
        where: Mapping[str, str] | None = None,
    ) -> Scope:
        """Return the request as what lies behind may believe it.

        Args:
            scope: the request as it came.
            caller: who sent it.
            user: the name that somebody logged in with; None where nobody has to.
            itself: the page's own client sent it.
            where: the headers that tell its workspace; none where there is one alone.
        """
        untold = {USER, CLIENT, WORKSPACE, ROLE, TOKEN, self.user_header} | ({MARK} if not itself else set())
        if not self.is_proxy((scope.get("client") or ("",))[0]):
            untold |= {"x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-forwarded-prefix", "forwarded"}
        headers = [(name, value) for name, value in scope["headers"] if name.decode("latin-1").lower() not in untold]
        headers += [(CLIENT.encode(), caller.client.encode()), (USER.encode(), quote(user or "").encode())]
        headers += [(name.encode(), value.encode()) for name, value in (where or {}).items()]
        return {**scope, "headers": headers}

    def is_proxy(self, client: str) -> bool:
        """Tell whether a proxy that is believed has that address."""
        return lies_in(client, self.networks)


def user_of(headers: Mapping[str, str]) -> str:
    """Return the name of whoever sent a request that passed the guard; empty: it has none."""
    return unquote(headers.get(USER, ""))


def _read(name: str) -> str:
    """Return a name that a proxy sent, which may be in UTF-8 where headers are read as Latin-1."""
    try:
        return name.strip().encode("latin-1").decode()
    except UnicodeError:
        return name.strip()


def proxies(listed: str, user_header: str) -> Proxies:
    """Return the proxies of a list ("10.0.0.7, 10.1.0.0/16"); none listed, those of this machine, if they tell users.

    Raises:
        SettingsError: something in it is no address.
    """
    try:
        networks = networks_of(listed.split(","))
    except ValueError as error:
        raise SettingsError(f"DIXIT_PROXIES: {error}. Write it as 10.0.0.7 or 10.0.0.0/8.") from None
    if user_header and not networks:
        networks = networks_of(THIS_MACHINE)
    return Proxies(networks, user_header.strip().lower())


def lies_in(address: str, networks: Iterable[Network]) -> bool:
    """Tell whether an address lies in one of some networks; what is no address lies in none."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(parsed in network for network in networks)


def networks_of(names: Iterable[str]) -> tuple[Network, ...]:
    """Return the networks of some addresses ("10.0.0.7", "10.1.0.0/16"); empty names are passed over.

    Raises:
        ValueError: one is no address; says which.
    """
    return tuple(_network(name.strip()) for name in names if name.strip())


@cache
def _reader(networks: tuple[Network, ...]) -> ProxyHeadersMiddleware:
    return ProxyHeadersMiddleware(_nothing, [str(network) for network in networks])


async def _nothing(*_: Any) -> Any:
    """Take the place of what would answer a request: its headers alone are to be read."""


def _network(name: str) -> Network:
    try:
        return ipaddress.ip_network(name, strict=False)
    except ValueError:
        raise ValueError(f"{name!r} is no address") from None
