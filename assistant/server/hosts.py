"""Under which names the page is reached, and whose requests it takes: its own pages' and programs'."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.requests import Request

from assistant.server.refusals import Refused


@dataclass(frozen=True, slots=True)
class Hosts:
    """The names, in small letters, under which the page is reached; numbers always are."""

    names: frozenset[str]

    def require_own_page(self, request: Request) -> None:
        """Refuse what another site's page sends: under a name of its own for this machine, or across.

        Raises:
            Refused: it does not come from Dixit's own page, nor from a program.
        """
        host = request.headers.get("host", "")
        if not self._is_ours(host):
            raise Refused(421, f"The page is not reached as {host[:100]!r}. Name it in DIXIT_HOSTS to allow it.")
        if request.method in ("GET", "HEAD"):
            return
        origin = request.headers.get("origin")
        crossing = request.headers.get("sec-fetch-site", "") in ("cross-site", "same-site")
        if crossing or (origin is not None and not self._same(origin, host)):
            raise Refused(403, "Another site's page sent this. Only Dixit's own page may.")

    def _is_ours(self, host: str) -> bool:
        name = _hostname(f"//{host}")
        return name is not None and (name in self.names or _is_ip(name))

    def _same(self, origin: str, host: str) -> bool:
        try:
            there = urlsplit(origin)
        except ValueError:
            return False
        # A proxy may have put another name in the place of the one that the browser asked for.
        return there.netloc == host or (_hostname(origin) or "") in self.names - {"localhost"}


def _is_ip(name: str) -> bool:
    """Tell whether a host is a number; who is asked for by one was not asked for by another site's name."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _hostname(address: str) -> str | None:
    try:
        name = urlsplit(address).hostname
    except ValueError:
        return None
    return name.rstrip(".") if name else None
