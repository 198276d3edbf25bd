"""Connections that send nothing: dropped after a while, so that half requests do not keep others out.

Uvicorn waits without end for the head and the body of a request. Its own class reads either; this one adds a clock.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from uvicorn.config import HTTP_PROTOCOLS
from uvicorn.protocols.http.auto import AutoHTTPProtocol

from assistant.server.proxies import Proxies
from assistant.server.security_headers import without_sharing

HEAD_SECONDS = 15.0
"""A request's head may take this long."""
BODY_SECONDS = 60.0
"""A request's body may take this long, and an upload so long for each ``BODY_BYTES``: a slow line is no attack."""
BODY_BYTES = 5_000_000
MOST = 200
"""How many connections one machine may have, a proxy that is listed apart."""
MOST_AT_ONCE = 700
"""How many all may have, where a process may have the usual thousand open."""

if TYPE_CHECKING:
    from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol as Protocol
else:
    Protocol = AutoHTTPProtocol


def watch_connections(
    proxies: Proxies, head: float = HEAD_SECONDS, body: float = BODY_SECONDS, most: int = MOST_AT_ONCE
) -> None:
    """Have the server that is started next drop connections that tell nothing for so many seconds.

    Beyond ``MOST`` of one machine, or ``most`` of all, the one that has told nothing for longest gives way.
    Gradio starts uvicorn itself and lets nobody choose its class for connections but by this table of uvicorn's.
    """
    HTTP_PROTOCOLS["auto"] = partial(Connection, proxies=proxies, head=head, body=body, most=most)  # type: ignore[assignment]


class Connection(Protocol):
    """One connection of uvicorn's, with a clock."""

    def __init__(self, *arguments: Any, proxies: Proxies, head: float, body: float, most: int, **options: Any) -> None:
        """Take what uvicorn gives, the proxies that are listed, the seconds for a head and a body, how many may be."""
        super().__init__(*arguments, **options)
        self.app = without_sharing(self.app)
        self._proxies = proxies
        self._seconds = {"head": head, "body": body}
        self._most = most
        self._awaited: tuple[str, object, int] | None = None
        self._clock: asyncio.TimerHandle | None = None
        self._since = 0.0
        self._taken = 0

    @property
    def idle_since(self) -> float | None:
        """Since when the head of a request is awaited (seconds of ``time.monotonic``); None: a request is at work."""
        return self._since if self._awaited and self._awaited[0] == "head" else None

    def connection_made(self, transport: Any) -> None:
        """Start the clock; where there are too many connections, one ends: this one when all others are at work."""
        super().connection_made(transport)
        self._await("head", None, 0)
        every = [each for each in self.connections if isinstance(each, Connection) and not each.transport.is_closing()]
        machine = self._machine()
        own = [each for each in every if each._machine() == machine]
        if machine and len(own) > MOST and not self._proxies.is_proxy(machine):
            _end_idlest(own)
        elif len(every) > self._most:
            _end_idlest(every)

    def data_received(self, data: bytes) -> None:
        """Read on, and see what is still awaited."""
        super().data_received(data)
        self._taken += len(data)
        cycle = self.cycle
        if self.transport.is_closing() or self.transport.get_protocol() is not self:
            self._stop()
        elif cycle is None or cycle.response_complete:
            self._await("head", cycle, 0)
        elif cycle.more_body:
            self._await("body", cycle, self._taken // BODY_BYTES)
        else:
            self._stop()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the clock."""
        self._stop()
        super().connection_lost(exc)

    def _machine(self) -> str:
        return self.client[0] if self.client else ""

    def _await(self, part: str, cycle: object, piece: int) -> None:
        if self._awaited == (part, cycle, piece):
            return
        self._stop()
        self._awaited = (part, cycle, piece)
        self._since = time.monotonic()
        self._clock = self.loop.call_later(self._seconds[part], self.transport.abort)

    def _stop(self) -> None:
        self._awaited = None
        if self._clock:
            self._clock.cancel()
            self._clock = None


def _end_idlest(connections: Sequence[Connection]) -> None:
    """End the connection whose request has been awaited for longest."""
    idle = [each for each in connections if each.idle_since is not None]
    min(idle, key=lambda each: each.idle_since or 0.0).transport.abort()
