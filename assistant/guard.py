"""Stands before the page and its API: what may not pass is refused here, in one line, before anything reads it."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections import OrderedDict
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.caller import Caller, Proxies, proxies
from assistant.headers import guarded
from assistant.login import LOGOUT, PATH, Login
from assistant.passwords import Passwords
from assistant.rates import Rates, TooOften
from assistant.serving import page_asset
from assistant.settings import AssistantSettings

UPLOAD = "/gradio_api/upload"
LARGEST_BODY = 5_000_000
"""Bytes; an upload may be larger."""
MOST_SESSIONS = 10_000

_API = r"/gradio_api"
# All that the page and the programs use of what Gradio serves. Its other doors (files, proxies, recordings, its own
# editing and profiling) stay shut.
_READ = re.compile(
    rf"/|/config/?|/theme\.css|/favicon\.ico|/robots\.txt|/manifest\.json|/pwa_icon(/\d+)?|/(assets|static|svelte)/.+"
    rf"|{_API}/(info|openapi\.json|theme\.css|app_id|startup-events|upload_progress|queue/data)/?"
    rf"|{_API}/(heartbeat|call/\w+)/\w+|{_API}/mcp(/.*)?"
)
_WRITTEN = re.compile(rf"{_API}/(queue/join|cancel|reset|upload|(call|call/v2|run|api)/\w+|mcp(/.*)?)/?")
_ITSELF = re.compile(rf"/config|{_API}/(info|app_id|queue/data|heartbeat/\w+)")
_COUNTED = re.compile(rf"{_API}/(?:call|call/v2|run|api)/(\w+)/?")


class Refused(Exception):
    """A request that does not pass; its message is one line."""

    def __init__(self, status: int, told: str, **headers: str) -> None:
        self.status, self.told, self.headers = status, told, headers
        super().__init__(told)

    def response(self, request: Request) -> Response:
        """Return the line as a program, the page or a reader expects it."""
        if request.url.path.startswith(_API):
            return JSONResponse({"detail": self.told, "error": self.told}, self.status, self.headers)
        return PlainTextResponse(self.told + "\n", self.status, self.headers)


@dataclass(frozen=True, slots=True)
class Rules:
    """What the guard holds to.

    Attributes:
        hosts: names, beside this machine's own, under which the page is reached.
        login: who may pass with a password; None: nobody is asked for one.
        kinds: the functions for programs, each with the kind of deed that it counts as.
    """

    hosts: frozenset[str]
    proxies: Proxies
    login: Login | None
    rates: Rates
    read_only: bool
    kinds: dict[str, str]


def rules(settings: AssistantSettings, rates: Rates, kinds: dict[str, str]) -> Rules:
    """Return what the settings ask for.

    Raises:
        SettingsError: the file of passwords, a proxy or a rate is none.
    """
    named = {host.strip().lower() for host in settings.hosts.split(",") if host.strip()}
    return Rules(
        hosts=frozenset(named | {"localhost", socket.gethostname().lower()}),
        proxies=proxies(settings.proxies, settings.auth_header),
        login=Login(Passwords(settings.auth)) if settings.auth else None,
        rates=rates,
        read_only=settings.read_only,
        kinds=kinds,
    )


class Guard:
    """An ASGI application before another one."""

    def __init__(self, app: ASGIApp, rules: Rules) -> None:
        self._app = app
        self._rules = rules
        self._script = page_asset("js").encode()
        self._sessions: OrderedDict[str, str] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or hand it on with its sender's name on it."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        request, caller = Request(scope, receive), self._rules.proxies.caller(scope)
        answer = self._app
        try:
            self._require_own_page(request)
            if own := await self._at_the_door(request, caller):
                answer = own
            else:
                user = await self._user(request, caller)
                self._require_allowed(request, user or caller.client)
                self._require_own_session(request, user)
                scope = self._rules.proxies.cleaned(scope, caller, user)
        except (Refused, TooOften) as refused:
            answer = refused.response(request) if isinstance(refused, Refused) else _later(refused).response(request)
            await _drain(receive)
        await answer(scope, receive, guarded(send, self._script))

    def _require_own_page(self, request: Request) -> None:
        """Refuse what another site's page sends: under a name of its own for this machine, or across."""
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
        return name is not None and (name in self._rules.hosts or _is_ip(name))

    def _same(self, origin: str, host: str) -> bool:
        try:
            there = urlsplit(origin)
        except ValueError:
            return False
        # A proxy may have put another name in the place of the one that the browser asked for.
        return there.netloc == host or (_hostname(origin) or "") in self._rules.hosts - {"localhost"}

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
        if _asks_itself(request, caller):
            return None
        user = caller.user or (await login.user(request, caller.client) if login else None)
        if user or not (login or self._rules.proxies.user_header):
            return user
        if login and request.method == "GET" and request.url.path == "/":
            raise Refused(303, "Log in first.", Location=PATH)
        raise Refused(
            401, "Log in first.", **{"WWW-Authenticate": 'Basic realm="Dixit"'} if _is_program(request) else {}
        )

    def _require_allowed(self, request: Request, person: str) -> None:
        path, method = request.url.path, request.method
        allowed = _READ if method in ("GET", "HEAD") else _WRITTEN
        if method not in ("GET", "HEAD", "POST", "DELETE", "OPTIONS") or not allowed.fullmatch(path):
            raise Refused(404, "There is nothing here.")
        if path.startswith(UPLOAD) and method == "POST":
            if self._rules.read_only:
                raise Refused(403, "The articles can be read and asked about, not changed.")
            self._rules.rates.count("upload", person)
        elif _length(request) > LARGEST_BODY:
            raise Refused(413, f"That is larger than {LARGEST_BODY // 1_000_000} MB. Upload it as a file.")
        if (named := _COUNTED.fullmatch(path)) and (kind := self._rules.kinds.get(named[1])):
            self._rules.rates.check(kind, person)

    def _require_own_session(self, request: Request, user: str | None) -> None:
        """Refuse to hand somebody what goes on in another's window."""
        found = re.fullmatch(rf"{_API}/heartbeat/(\w+)", request.url.path)
        session = found[1] if found else request.query_params.get("session_hash")
        if user is None or not session:
            return
        if self._sessions.setdefault(session, user) != user:
            raise Refused(404, "There is nothing here.")
        while len(self._sessions) > MOST_SESSIONS:
            self._sessions.popitem(last=False)


async def _drain(receive: Receive) -> None:
    """Take what still comes of a request, or the connection breaks before its sender has read why it was refused."""
    left = LARGEST_BODY
    while left > 0:
        message = await receive()
        left -= len(message.get("body", b""))
        if message["type"] != "http.request" or not message.get("more_body"):
            return


def _later(error: TooOften) -> Refused:
    return Refused(429, str(error), **{"Retry-After": str(error.seconds)})


def _hostname(address: str) -> str | None:
    try:
        name = urlsplit(address).hostname
    except ValueError:
        return None
    return name.rstrip(".") if name else None


def _is_ip(name: str) -> bool:
    # Who is asked for by a number cannot have been asked for by another site's name.
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _asks_itself(request: Request, caller: Caller) -> bool:
    """Tell whether it is the server's own question, at its start and for its MCP server: none that tells of articles.

    What an MCP client asks for is then sent on with that client's name and password.
    """
    own = _is_ip(caller.client) and ipaddress.ip_address(caller.client).is_loopback and request.method == "GET"
    if request.headers.get("x-gradio-user") == "mcp":
        return own and _ITSELF.fullmatch(request.url.path) is not None
    return own and request.url.path == f"{_API}/startup-events"


def _is_program(request: Request) -> bool:
    return "sec-fetch-mode" not in request.headers


def _length(request: Request) -> int:
    length = request.headers.get("content-length", "")
    return int(length) if length.isdigit() else 0
