"""Who is at the door: a form, a cookie that remembers who has passed, and a lock after too many wrong passwords."""

from __future__ import annotations

import base64
import binascii
import hashlib
import secrets
import time
from collections import OrderedDict
from dataclasses import dataclass
from urllib.parse import parse_qs

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from assistant.rendering.template import page_html
from assistant.server.passwords import Passwords
from assistant.server.rate_limits import Rates, TooOften
from assistant.texts.catalogue import spoken, texts_of

PATH = "/dixit/login"
LOGOUT = "/dixit/logout"
COOKIE = "dixit_session"
HOURS = 12
"""How long somebody stays logged in."""
MOST = 10_000
"""How many are remembered; who logged in first is forgotten first."""

_LONGEST_FORM = 4_096


@dataclass(frozen=True, slots=True)
class _Session:
    name: str
    hashed: str  # of the password that opened it: another password, or none, ends it
    until: float


class Login:
    """Knows who has logged in; used by one event loop, and a thread that looks names up."""

    def __init__(self, passwords: Passwords) -> None:
        self._passwords = passwords
        self._sessions: OrderedDict[str, _Session] = OrderedDict()
        self._wrong = Rates(pair="5/15minute", client="30/15minute", name="100/hour")
        self._busy: CapacityLimiter | None = None
        self._looking: CapacityLimiter | None = None

    async def user(self, request: Request, client: str) -> str | None:
        """Return who sends a request, by cookie or, for programs, by HTTP's basic way; None when nobody proves it.

        Raises:
            TooOften: too many wrong passwords came from there.
        """
        if token := request.cookies.get(COOKIE):
            return await self._known(token)
        kind, _, given = request.headers.get("authorization", "").partition(" ")
        if kind.lower() != "basic":
            return None
        token = hashlib.sha256(given.encode()).hexdigest()
        if name := await self._known(token):
            return name
        try:
            name, _, password = base64.b64decode(given, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return None
        return name if await self._passes(name, password, client, token) else None

    async def answer(self, request: Request, client: str, secure: bool) -> Response:
        """Answer a request for the form: show it, or read it."""
        if request.method != "POST":
            return self._form(request, "")
        form = parse_qs(await _body(request), keep_blank_values=True)
        name, password = (form.get(field, [""])[0] for field in ("name", "password"))
        token = secrets.token_urlsafe(32)
        try:
            if not await self._passes(name, password, client, token):
                return self._form(request, "login.wrong", 401)
        except TooOften as error:
            return self._form(request, "login.locked", 429, count=-(-error.seconds // 60))
        passed = RedirectResponse("/", 303)
        passed.set_cookie(COOKIE, token, max_age=HOURS * 3600, httponly=True, samesite="lax", secure=secure)
        return passed

    def leave(self, request: Request) -> Response:
        """Forget who sends a request."""
        self._sessions.pop(request.cookies.get(COOKIE, ""), None)
        left = RedirectResponse(PATH, 303)
        left.delete_cookie(COOKIE)
        return left

    async def _known(self, token: str) -> str | None:
        if token not in self._sessions:
            return None
        # in a thread: a server may have the passwords, and be away
        self._looking = self._looking or CapacityLimiter(1)
        return await to_thread.run_sync(self._remembered, token, limiter=self._looking)

    def _remembered(self, token: str) -> str | None:
        session = self._sessions.get(token)
        if session is None:
            return None
        if session.until < time.monotonic() or self._passwords.hash_of(session.name) != session.hashed:
            self._sessions.pop(token, None)
            return None
        return session.name

    async def _passes(self, name: str, password: str, client: str, token: str) -> bool:
        # Counted before the look, or a thousand tries at once would all be looked at.
        counted = {"pair": f"{client} {name}", "client": client, "name": name}
        for kind, who in counted.items():
            self._wrong.count(kind, who)
        # Each check takes 19 MB and a core for a moment: a crowd at the door waits in line.
        self._busy = self._busy or CapacityLimiter(2)
        hashed = await to_thread.run_sync(self._passwords.verified, name, password, limiter=self._busy)
        if hashed is None:
            return False
        self._wrong.forget("pair", counted["pair"])
        self._wrong.forget("client", client)
        self._sessions[token] = _Session(name, hashed, time.monotonic() + HOURS * 3600)
        while len(self._sessions) > MOST:
            self._sessions.popitem(last=False)
        return True

    def _form(self, request: Request, told: str, status: int = 200, **values: object) -> Response:
        texts = texts_of(spoken(request.headers.get("accept-language")))
        sentence = texts.get(told, **values) if told else ""
        return HTMLResponse(page_html("login", texts=texts, action=PATH, told=sentence), status)


async def _body(request: Request) -> str:
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > _LONGEST_FORM:
            return ""
    return body.decode("utf-8", "replace")
