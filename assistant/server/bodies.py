"""The bodies of requests: never larger than their bound, whatever their headers say of them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.formparsers import MultiPartException
from starlette.requests import ClientDisconnect, Request
from starlette.types import Message, Receive

from assistant.server.refusals import Refused

LARGEST = 5_000_000
"""Bytes of a request that is no upload."""
DRAINED = 50_000_000
"""Bytes of a refused request that are read, and not kept, before the connection is closed."""
DEEPEST = 50
"""How many lists and objects may be within one another."""
MOST_VALUES = 200_000
"""Each value takes some ten times its bytes once it is read: five megabytes of brackets would be a hundred."""
MOST_FROM_ONE = 25_000_000
"""Bytes of bodies, together, that one machine may be sending at a time."""
MOST_AT_ONCE = 200_000_000
"""Bytes of bodies, together, that all may."""


class Bodies:
    """Reads bodies, and knows how much of them is in memory; used by one event loop."""

    def __init__(self) -> None:
        self._held: Counter[str] = Counter()

    @asynccontextmanager
    async def read(self, request: Request, client: str) -> AsyncIterator[bytes]:
        """Read a whole body; it counts as the machine's until the end of the block.

        Raises:
            Refused: it is too large, or too much is being sent at once.
        """
        require_length(request, LARGEST)
        pieces, size = list[bytes](), 0
        try:
            while True:
                message = await request.receive()
                if message["type"] != "http.request":
                    raise ClientDisconnect
                piece = message.get("body", b"")
                size += len(piece)
                self._held[client] += len(piece)
                self._require_room(size, client)
                pieces.append(piece)
                if not message.get("more_body"):
                    break
            body = b"".join(pieces)
            pieces.clear()
            yield body
        finally:
            self._held[client] -= size
            if not self._held[client]:
                del self._held[client]

    def _require_room(self, size: int, client: str) -> None:
        if size > LARGEST:
            raise _too_large(LARGEST)
        if self._held[client] > MOST_FROM_ONE or self._held.total() > MOST_AT_ONCE:
            raise Refused(429, "Too much is being sent at once. Try again in 10 seconds.", **{"Retry-After": "10"})


def require_length(request: Request, most: int) -> None:
    """Refuse, unread, what says itself that it is too large.

    Raises:
        Refused: it is.
    """
    length = request.headers.get("content-length", "")
    if length.isdecimal() and int(length[:20]) > most:
        raise _too_large(most)


def bounded(receive: Receive, most: int) -> Receive:
    """Return what receives an upload until it is larger than ``most`` bytes.

    The error then is the one with which Gradio's own reader gives up: it deletes what it has written so far.
    """
    left = most

    async def receiving() -> Message:
        nonlocal left
        message = await receive()
        left -= len(message.get("body", b""))
        if left < 0:
            raise MultiPartException(f"An upload exceeds its maximum allowed size of {most // 1_000_000} MB.")
        return message

    return receiving


def replayed(body: bytes, receive: Receive) -> Receive:
    """Return what receives a body that was read, and after it what still comes: that the sender has left."""
    told = False

    async def receiving() -> Message:
        nonlocal told
        if told:
            return await receive()
        told = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receiving


def parsed(body: bytes) -> Any:
    """Return what a body of JSON says.

    Raises:
        Refused: it is none, or so made that reading it would take more than its size.
    """
    if sum(map(body.count, (b",", b"[", b"{"))) > MOST_VALUES:
        raise Refused(413, f"The body holds more than {MOST_VALUES:,} values. Send less at once.")
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        raise Refused(400, "The body is no JSON, or lists within lists too deep. Send one JSON object.") from None
    if _deeper(value, DEEPEST):
        raise Refused(400, f"The body has more than {DEEPEST} lists and objects within one another. Send fewer.")
    return value


class Incoming:
    """Receives what comes of a request, and knows whether more will."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._ended = False

    async def __call__(self) -> Message:
        """Return the next piece."""
        message = await self._receive()
        self._ended = message["type"] != "http.request" or not message.get("more_body")
        return message

    async def drain(self) -> None:
        """Take what still comes, or the connection breaks before its sender has read why it was refused.

        Who sends on beyond ``DRAINED`` is cut off.
        """
        left = DRAINED
        while left > 0 and not self._ended:
            left -= len((await self()).get("body", b""))


def _deeper(value: Any, most: int) -> bool:
    level = [value]
    for _ in range(most):
        level = [
            inner
            for outer in level
            if isinstance(outer, (dict, list))
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
        if not level:
            return False
    return any(isinstance(value, (dict, list)) for value in level)


def _too_large(most: int) -> Refused:
    instead = "Upload it as a file." if most == LARGEST else "Upload fewer files at once."
    return Refused(413, f"That is larger than {most // 1_000_000} MB. {instead}", Connection="close")
