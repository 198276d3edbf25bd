"""Connections that send nothing: dropped after a while, so that half requests do not keep others out.

Uvicorn waits without end for the head and the body of a request. Its own class reads either; this one adds a clock.
"""

from __future__ import annotations

import asyncio
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

if TYPE_CHECKING:
    from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol as Protocol
else:
    Protocol = AutoHTTPProtocol


def watch_connections(proxies: Proxies, head: float = HEAD_SECONDS, body: float = BODY_SECONDS) -> None:
    """Have the server that is started next drop connections that send nothing for so many seconds.

    Gradio starts uvicorn itself and lets nobody choose its class for connections but by this table of uvicorn's.
    """
    HTTP_PROTOCOLS["auto"] = partial(Connection, proxies=proxies, head=head, body=body)  # type: ignore[assignment]


class Connection(Protocol):
    """One connection of uvicorn's, with a clock."""

    def __init__(self, *arguments: Any, proxies: Proxies, head: float, body: float, **options: Any) -> None:
        """Take what uvicorn gives, the proxies that are listed, and the seconds for a head and a body."""
        super().__init__(*arguments, **options)
        self.app = without_sharing(self.app)
        self._proxies = proxies
        self._seconds = {"head": head, "body": body}
        self._awaited: tuple[str, object, int] | None = None
        self._clock: asyncio.TimerHandle | None = None
        self._taken = 0

    def connection_made(self, transport: Any) -> None:
        """Start the clock, or close at once when the machine has too many connections."""
        super().connection_made(transport)
        client = self.client[0] if self.client else ""
        others = sum(1 for each in self.connections if (getattr(each, "client", None) or ("",))[0] == client)
        if client and others > MOST and not self._proxies.is_proxy(client):
            transport.abort()
            return
        self._await("head", None, 0)

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

    def _await(self, part: str, cycle: object, piece: int) -> None:
        if self._awaited == (part, cycle, piece):
            return
        self._stop()
        self._awaited = (part, cycle, piece)
        self._clock = self.loop.call_later(self._seconds[part], self.transport.abort)

    def _stop(self) -> None:
        self._awaited = None
        if self._clock:
            self._clock.cancel()
            self._clock = None
