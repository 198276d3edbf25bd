"""Each request's id: taken from X-Request-ID or made, told in the reply and in every line that is logged for it."""

from __future__ import annotations

import logging
import re
import time
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeVar

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.server.paths import place

Item = TypeVar("Item")

HEADER = "x-request-id"
PASSED_ON = "dixit-request"
"""The header by which a handler learns it that Gradio's queue calls later, in another task."""
_ID = re.compile(r"[0-9A-Za-z._-]{1,64}")


@dataclass(slots=True, eq=False)
class _Held:
    """An id while something belongs to its request: tasks that are begun then, and go on, have it in their context."""

    request_id: str
    over: bool = False


_current: ContextVar[_Held | None] = ContextVar("request", default=None)

log = logging.getLogger("dixit.requests")


def current() -> str:
    """Return the id of the request that is being answered; empty: none is."""
    held = _current.get()
    return held.request_id if held and not held.over else ""


@contextmanager
def within(request_id: str) -> Iterator[None]:
    """Let what happens inside belong to a request."""
    held = _Held(request_id)
    token = _current.set(held)
    try:
        yield
    finally:
        held.over = True
        _current.reset(token)


def each_within(request_id: str, items: Iterator[Item]) -> Iterator[Item]:
    """Yield items, the making of each within a request; whoever takes them may do so from several threads."""
    while True:
        with within(request_id):
            try:
                item = next(items)
            except StopIteration:
                return
        yield item


async def each_awaited_within(request_id: str, items: AsyncIterator[Item]) -> AsyncIterator[Item]:
    """See ``each_within``."""
    while True:
        with within(request_id):
            try:
                item = await anext(items)
            except StopAsyncIteration:
                return
        yield item


class Identified:
    """An ASGI application before another one, which gives each request its id and tells how it was answered.

    Args:
        answered: is told the status of each reply.
    """

    def __init__(self, app: ASGIApp, answered: Callable[[int], None]) -> None:
        self._app = app
        self._answered = answered

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request on with its id."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get(HEADER, "")
        request_id, begun = given if _ID.fullmatch(given) else uuid.uuid4().hex, time.perf_counter()
        status = 0

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[HEADER] = request_id
            await send(message)

        with within(request_id):
            try:
                await self._app(_passed_on(scope, request_id), receive, sending)
            finally:
                self._answered(status)
                told = {"method": scope["method"], "place": place(scope["path"]), "status": status}
                log.info("answered", extra={"told": told | {"seconds": round(time.perf_counter() - begun, 3)}})


def _passed_on(scope: Scope, request_id: str) -> Scope:
    headers: list[tuple[bytes, bytes]] = [each for each in scope["headers"] if each[0].lower() != PASSED_ON.encode()]
    return {**scope, "headers": [*headers, (PASSED_ON.encode(), request_id.encode())]}


def of(request: Any) -> str:
    """Return the id of a request that passed."""
    return str(request.headers.get(PASSED_ON, ""))
