"""What machines ask the page outside the login: whether it lives, whether it is ready, and its figures."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from anyio import CapacityLimiter, Lock, move_on_after, to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.server.failures import attempt
from assistant.server.hosts import Hosts
from assistant.server.metrics import CONTENT_TYPE
from assistant.server.paths import HEALTH, METRICS, READY
from assistant.server.proxies import THIS_MACHINE, Network, Proxies, lies_in, networks_of
from assistant.server.refusals import Refused
from index.errors import SettingsError

FRESH_SECONDS = 1.0
"""So long what was found is told again: who asks often makes no work."""
LOOK_SECONDS = 5.0
"""A part that does not say how it is within this time is not ready."""
FORWARDED = ("forwarded", "via", "x-real-ip")
HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}

Part = Callable[[], str | None]
"""Returns why a part is not ready, in a few words without names, counts or paths; None: it is."""


class Readiness:
    """Looks at the parts, one after the other, and remembers for a moment what it found."""

    def __init__(
        self, parts: Mapping[str, Part], look_seconds: float = LOOK_SECONDS, fresh_seconds: float = FRESH_SECONDS
    ) -> None:
        self._parts = parts
        self._look_seconds = look_seconds
        self._fresh_seconds = fresh_seconds
        self._found: dict[str, str] = {}
        self._until = 0.0
        self._lock: Lock | None = None
        self._asking: set[str] = set()
        self._threads: CapacityLimiter | None = None

    async def look(self) -> dict[str, str]:
        """Return of each part "ok", or why it is not ready."""
        if self._lock is None:  # made in the event loop that it belongs to
            self._lock, self._threads = Lock(), CapacityLimiter(1)
        async with self._lock:
            if time.monotonic() >= self._until:
                self._found = {name: await self._state(name, part) for name, part in self._parts.items()}
                self._until = time.monotonic() + self._fresh_seconds
            return self._found

    async def _state(self, name: str, part: Part) -> str:
        if name not in self._asking:  # one that hangs is not asked again until it has answered
            with move_on_after(self._look_seconds):
                return await to_thread.run_sync(self._why, name, part, limiter=self._threads, abandon_on_cancel=True)
        return "does not answer in time"

    def _why(self, name: str, part: Part) -> str:
        self._asking.add(name)  # here: one that is given up before it begins is not being asked
        try:
            with attempt(f"looking at the {name}"):
                return part() or "ok"
            return "cannot be used: the log says why"
        finally:
            self._asking.discard(name)


@dataclass(frozen=True, slots=True)
class Readers:
    """From where the figures may be read: directly, through no proxy, which speaks for anybody.

    Attributes:
        networks: where readers are.
        proxies: those that are listed; others tell by their headers that they are proxies.
    """

    networks: tuple[Network, ...]
    proxies: Proxies

    def may(self, request: Request) -> bool:
        """Tell whether a request comes from there."""
        if any(name in FORWARDED or name.startswith("x-forwarded-") for name in request.headers):
            return False
        client = request.client.host if request.client else ""
        return lies_in(client, self.networks) and not self.proxies.is_proxy(client)


def readers(setting: str, proxies: Proxies) -> Readers:
    """Return who may read the figures: nobody ("off"), this machine ("loopback"), or a list of addresses.

    Nobody may through one of the proxies.

    Raises:
        SettingsError: something in it is no address.
    """
    listed = {"off": "", "loopback": ", ".join(THIS_MACHINE)}.get(setting.strip(), setting)
    try:
        return Readers(networks_of(listed.split(",")), proxies)
    except ValueError:
        raise SettingsError(
            f"DIXIT_METRICS={setting}: must be off, loopback, or addresses as 10.0.0.7 or 10.0.0.0/8, with commas."
        ) from None


class Probes:
    """An ASGI application before another one, which answers what machines ask."""

    def __init__(
        self, app: ASGIApp, readiness: Readiness, figures: Callable[[], bytes], readers: Readers, hosts: Hosts
    ) -> None:
        self._app = app
        self._readiness = readiness
        self._figures = figures
        self._readers = readers
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or hand it on."""
        asked = scope["type"] == "http" and scope["method"] in ("GET", "HEAD")
        answer = await self._answer(Request(scope)) if asked else None
        await (answer or self._app)(scope, receive, send)

    async def _answer(self, request: Request) -> Response | None:
        path = request.url.path
        if path == HEALTH:
            return JSONResponse({"status": "ok"}, headers=HEADERS)
        if path == READY:
            parts = await self._readiness.look()
            ready = all(state == "ok" for state in parts.values())
            return JSONResponse({"ready": ready, "parts": parts}, 200 if ready else 503, HEADERS)
        if path == METRICS and self._readers.may(request) and self._is_ours(request):
            return Response(await to_thread.run_sync(self._figures), media_type=CONTENT_TYPE, headers=HEADERS)
        return None

    def _is_ours(self, request: Request) -> bool:
        try:
            self._hosts.require_own_page(request)
        except Refused:  # another site's name stands for this machine
            return False
        return True
