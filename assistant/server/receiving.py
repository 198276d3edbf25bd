"""Stands before what writes uploads down: counts their bytes while they come in, and notes who brought which file."""

from __future__ import annotations

import errno
import json
import logging
import re
from http import HTTPStatus

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.server.proxies import CLIENT, user_of
from assistant.server.uploads import NoRoom, Uploads
from index.errors import StoreError

log = logging.getLogger("dixit.page")

UPLOAD = re.compile(r"/gradio_api/upload/?")
LEFT_OVER = 5_000_000
"""Bytes of a refused upload that are still taken, so that its sender reads why."""
FULL = "There is no room left on the disk. Tell who looks after this machine."


class Receiving:
    """An ASGI application before another one; it lies behind the guard, which tells who somebody is."""

    def __init__(self, app: ASGIApp, uploads: Uploads) -> None:
        self._app = app
        self._uploads = uploads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request on; an upload as long as there is room for it."""
        if scope["type"] != "http" or scope["method"] != "POST" or not UPLOAD.fullmatch(scope["path"]):
            await self._app(scope, receive, send)
            return
        headers = Request(scope).headers
        request = _Upload(self._uploads, user_of(headers) or headers.get(CLIENT, ""), receive, send)
        try:
            self._uploads.require_room(request.person)
            with self._uploads.receiving():
                await self._app(scope, request.receive, request.send)
        except ClientDisconnect:
            return  # nobody is there to answer
        except (NoRoom, StoreError, OSError) as error:
            if isinstance(error, OSError) and error.errno not in (errno.ENOSPC, errno.EDQUOT):
                raise
            log.warning("an upload: %s", error)
            told = str(error) if isinstance(error, NoRoom) else FULL
            await JSONResponse({"detail": told, "error": told}, 507)(scope, receive, send)
            await _drain(receive)


class _Upload:
    """A request that brings files: what comes of it, and what is answered."""

    def __init__(self, uploads: Uploads, person: str, receive: Receive, send: Send) -> None:
        self.person = person
        self._uploads = uploads
        self._receive = receive
        self._send = send
        self._came = 0
        self._status = 0
        self._answer = b""

    async def receive(self) -> Message:
        message = await self._receive()
        came = len(message.get("body", b""))
        self._uploads.count(self.person, came)
        self._came += came
        return message

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._status = message["status"]
        else:
            self._answer += message.get("body", b"")
            if self._status == HTTPStatus.OK and not message.get("more_body"):
                self._uploads.keep(json.loads(self._answer), self.person, self._came)
        await self._send(message)


async def _drain(receive: Receive) -> None:
    left = LEFT_OVER
    while left > 0:
        message = await receive()
        left -= len(message.get("body", b""))
        if message["type"] != "http.request" or not message.get("more_body"):
            return
