"""A request that does not pass, and the one line that its sender reads."""

from __future__ import annotations

import errno
import logging

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from assistant.server.paths import API
from assistant.server.rate_limits import TooOften
from index.errors import SettingsError, StoreError

log = logging.getLogger("dixit.guard")


class Refused(Exception):
    """A request that does not pass; its message is one line."""

    def __init__(self, status: int, told: str, **headers: str) -> None:
        self.status, self.told, self.headers = status, told, headers
        super().__init__(told)

    def response(self, request: Request) -> Response:
        """Return the line as a program, the page or a reader expects it."""
        if request.url.path.startswith(API):
            return JSONResponse({"detail": self.told, "error": self.told}, self.status, self.headers)
        return PlainTextResponse(self.told + "\n", self.status, self.headers)


def refusal(error: Exception) -> Refused:
    """Return the reply to a request that failed; what is not the sender's fault is logged."""
    if isinstance(error, Refused):
        return error
    if isinstance(error, TooOften):
        return Refused(429, str(error), **{"Retry-After": str(error.seconds)})
    if isinstance(error, ClientDisconnect):
        return Refused(400, "The request broke off.")
    if isinstance(error, (SettingsError, StoreError)):  # of the passwords or the members
        log.error("%s", error)
        return Refused(503, "Nobody can log in just now. Whoever runs Dixit finds the reason in its log.")
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        log.error("an upload could not be taken: %s", error.strerror)
        return Refused(507, "There is no room left on the server's disk. Try again once there is.")
    log.error("a request failed", exc_info=error)
    return Refused(500, "That failed here, not at your side. Whoever runs Dixit finds the reason in its log.")
