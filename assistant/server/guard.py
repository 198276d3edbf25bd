"""Stands before the page and its API: what may not pass is refused here, in one line, before anything reads it."""

from __future__ import annotations

import json
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.members import NotAllowed, may
from assistant.server import open_events
from assistant.server.bodies import Bodies, Incoming, bounded, parsed, replayed, require_length
from assistant.server.calls import Calls, told
from assistant.server.hosts import Hosts
from assistant.server.launch import page_asset
from assistant.server.login import LOGOUT, PATH, Login
from assistant.server.membership import Membership, Standing, lang_of
from assistant.server.open_events import Events
from assistant.server.own_client import Itself
from assistant.server.passwords import Passwords, Store
from assistant.server.paths import API, CALLED, COLLECTED, HEARTBEAT, ITSELF, JOIN, READ, UPLOAD, WRITTEN
from assistant.server.proxies import ROLE, WORKSPACE, Caller, Proxies, proxies
from assistant.server.rate_limits import Rates
from assistant.server.refusals import Refused, refusal
from assistant.server.security_headers import guarded
from assistant.server.session_owners import Sender, Windows
from assistant.server.visitor import browser
from assistant.settings import AssistantSettings


@dataclass(frozen=True, slots=True)
class Rules:
    """What the guard holds to.

    Attributes:
        hosts: names under which the page is reached.
        login: who may pass with a password; None: nobody is asked for one.
        kinds: the functions for programs, each with the kind of call that it counts as.
        most_uploaded: bytes of one upload.
        itself: tells which requests the page's own client sends.
        membership: tells for which workspace a request is; None: there is one, without members.
    """

    hosts: Hosts
    proxies: Proxies
    login: Login | None
    rates: Rates
    read_only: bool
    kinds: dict[str, str]
    most_uploaded: int
    itself: Itself = field(default_factory=Itself)
    membership: Membership | None = None


def rules(
    settings: AssistantSettings,
    rates: Rates,
    kinds: dict[str, str],
    membership: Membership | None = None,
    passwords: Store | None = None,
) -> Rules:
    """Return what the settings ask for; ``passwords``: where they are when not in the file that is set.

    Raises:
        SettingsError: the file of passwords, a proxy or a rate is none.
    """
    named = {host.strip().lower() for host in settings.hosts.split(",") if host.strip()}
    return Rules(
        hosts=Hosts(frozenset(named | {"localhost", socket.gethostname().lower()})),
        proxies=proxies(settings.proxies, settings.auth_header),
        login=Login(Passwords(passwords or settings.auth)) if settings.auth else None,
        rates=rates,
        read_only=settings.read_only,
        kinds=kinds,
        most_uploaded=settings.max_upload_bytes,
        membership=membership,
    )


class Guard:
    """An ASGI application before another one."""

    def __init__(self, app: ASGIApp, rules: Rules, calls: Calls, queue: open_events.Queue) -> None:
        self._app = app
        self._rules = rules
        self._calls = calls
        self._events = Events(queue)
        self._windows = Windows()
        self._bodies = Bodies()
        self._script = page_asset("js").encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or hand it on with its sender's name on it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":  # neither the page nor a program opens one
            await send({"type": "websocket.close", "code": 1008})
        else:
            await self._answer(scope, Incoming(receive), guarded(send, self._script))

    async def _answer(self, scope: Scope, incoming: Incoming, send: Send) -> None:
        request, begun = Request(scope, incoming), False

        async def sending(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._pass(request, sending)
        except Exception as error:  # noqa: BLE001 - the outermost door: what failed is answered with one line and logged
            answer = refusal(error).response(request)
            if not begun:
                await incoming.drain()
                await answer(scope, incoming, send)

    async def _pass(self, request: Request, send: Send) -> None:
        rules = self._rules
        itself = rules.itself.sent(request.headers)
        caller = rules.proxies.told(request.scope) if itself else await rules.proxies.caller(request.scope)
        rules.hosts.require_own_page(request)
        if own := await self._at_the_door(request, caller):
            await own(request.scope, request.receive, send)
            return
        own_account = _asks_itself(request, itself)
        user = None if own_account else await self._user(request, caller)
        sender = Sender(caller.client, user, browser(request.headers.get("cookie")), itself)
        standing = await rules.membership.standing(request, user) if rules.membership and not own_account else None
        self._require_allowed(request, sender.person, standing)
        await self._events.tidy()
        where = {WORKSPACE: standing.workspace, ROLE: standing.role} if standing else {}
        scope = rules.proxies.cleaned(request.scope, caller, user, itself, where=where)
        if request.method == "POST":
            await self._take(request, scope, sender, send)
        else:
            with self._reading(request, sender):
                await self._app(scope, request.receive, send)

    async def _at_the_door(self, request: Request, caller: Caller) -> Response | None:
        login, path = self._rules.login, request.url.path
        if login is None or path not in (PATH, LOGOUT):
            return None
        if path == LOGOUT:
            return login.leave(request) if request.method == "POST" else RedirectResponse("/", 303)
        return await login.answer(request, caller.client, caller.secure)

    async def _user(self, request: Request, caller: Caller) -> str | None:
        """Return who sends a request, None when nobody is asked for a name."""
        login = self._rules.login
        user = caller.user or (await login.user(request, caller.client) if login else None)
        if user or not (login or self._rules.proxies.user_header):
            return user
        if login and request.method == "GET" and request.url.path == "/":
            raise Refused(303, "Log in first.", Location=PATH)
        raise Refused(
            401, "Log in first.", **{"WWW-Authenticate": 'Basic realm="Dixit"'} if _is_program(request) else {}
        )

    def _require_allowed(self, request: Request, person: str, standing: Standing | None) -> None:
        path, method = request.url.path, request.method
        allowed = READ if method in ("GET", "HEAD") else WRITTEN
        if method not in ("GET", "HEAD", "POST", "DELETE", "OPTIONS") or not allowed.fullmatch(path):
            raise Refused(404, "There is nothing here.")
        if path.startswith(UPLOAD) and method == "POST":
            self._require_adder(request, standing)
            self._rules.rates.count("upload", person)
        if (named := CALLED.fullmatch(path)) and (kind := self._rules.kinds.get(named[2])):
            self._rules.rates.check(kind, person)

    def _require_adder(self, request: Request, standing: Standing | None) -> None:
        if self._rules.read_only:
            raise Refused(403, "The articles can be read and asked about, not changed.")
        if standing and not may(standing.role, "add"):
            raise Refused(403, NotAllowed(standing.role, "add").told(lang_of(request)))

    @contextmanager
    def _reading(self, request: Request, sender: Sender) -> Iterator[None]:
        """Let somebody read what goes on in a window of theirs; the answers of it are not dropped meanwhile."""
        collected, heard = COLLECTED.fullmatch(request.url.path), HEARTBEAT.fullmatch(request.url.path)
        window = request.query_params.get("session_hash")
        if collected:
            window = self._events.session(collected[1])
        for name in {window, heard and heard[1], collected and collected[1]} - {None, ""}:
            self._windows.require_own(str(name), sender)
        streamed = collected or request.url.path.rstrip("/") == f"{API}/queue/data"
        with self._events.reading(window) if streamed and window else nullcontext():
            yield

    async def _take(self, request: Request, scope: Scope, sender: Sender, send: Send) -> None:
        """Hand on what somebody sends: read and bounded, in a window of theirs, one of not too many."""
        path = request.url.path
        if path.startswith(UPLOAD):
            require_length(request, self._rules.most_uploaded)
            await self._app(scope, bounded(request.receive, self._rules.most_uploaded), send)
            return
        async with self._read(request, sender) as (body, said):
            receive = replayed(body, request.receive)
            window = said.get("session_hash") if isinstance(said, dict) else None
            for name in _named(said):
                self._windows.require_own(name, sender)
            called = CALLED.fullmatch(path)
            if not called and path.rstrip("/") != JOIN:
                await self._app(scope, receive, send)
                return
            with self._events.room(_bounds(sender, window), len(body)) as begun:
                direct = called and called[1] in ("run", "api")
                hear = told if direct else partial(self._heard, begun, window, sender)
                await self._app(scope, receive, hear(send))

    @asynccontextmanager
    async def _read(self, request: Request, sender: Sender) -> AsyncIterator[tuple[bytes, Any]]:
        """Read a body and what it says; what it leaves out of a call is filled in."""
        async with self._bodies.read(request, sender.client) as body:
            path = request.url.path
            said = parsed(body) if body or not path.startswith(f"{API}/mcp") else None
            if not path.startswith(f"{API}/mcp"):
                checked = self._calls.checked(path, said)
                if checked != said:
                    said, body = checked, json.dumps(checked).encode()
            yield body, said

    def _heard(self, begun: Any, window: str | None, sender: Sender, send: Send) -> Send:
        """Return what sends the name of a new event, and notes it."""

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.body" and (event := _event(message.get("body", b""))):
                begun(event, window or event)
                self._windows.require_own(event, sender)
            await send(message)

        return sending


def _bounds(sender: Sender, window: str | None) -> dict[str, int]:
    """Return for whom an event counts, each with how many may be open.

    Where nobody logs in, several people may share an address, so that a browser or, of a program, a window counts; but
    their names can be made up, so that the address has a bound as well.
    """
    if sender.user:
        return {f"user {sender.user}": open_events.MOST_OF_ONE}
    one = f"browser {sender.browser}" if sender.browser else f"window {window}" if window else "programs"
    return {f"{sender.client} {one}": open_events.MOST_OF_ONE, sender.client: open_events.MOST_FROM_ONE}


def _named(said: Any) -> Iterator[str]:
    """Yield the window and the event that a body names."""
    for key in ("session_hash", "event_id"):
        if isinstance(said, dict) and isinstance(name := said.get(key), str) and name:
            yield name


def _event(body: bytes) -> str | None:
    try:
        return str(json.loads(body)["event_id"])
    except (ValueError, KeyError, TypeError):
        return None


def _asks_itself(request: Request, itself: bool) -> bool:
    """Tell whether the page asks on its own account, at its start or for its MCP server.

    What an MCP client asks for is sent on in that client's name.
    """
    if request.method != "GET":
        return False
    if itself:
        return ITSELF.fullmatch(request.url.path) is not None
    return request.url.path == f"{API}/startup-events"


def _is_program(request: Request) -> bool:
    return "sec-fetch-mode" not in request.headers
