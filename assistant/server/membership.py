"""Which workspace a request is for: the guard asks here, and passes on what it is told."""

from __future__ import annotations

from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request

from assistant.server.refusals import Refused
from assistant.server.visitor import WORKSPACE_COOKIE, visitor
from assistant.texts.catalogue import texts_of
from index.errors import shortened

if TYPE_CHECKING:
    from assistant.members import Registry, Role

HEADER = "x-dixit-workspace"
"""The header in which the page's script, or a program, names the workspace that it is about."""


@dataclass(frozen=True, slots=True)
class Standing:
    """In which workspace somebody asks, and what they may do there."""

    workspace: str
    role: Role


class Membership:
    """Lets members alone into a workspace."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._threads: CapacityLimiter | None = None

    async def standing(self, request: Request, user: str | None) -> Standing | None:
        """Return where a request belongs; None: there is one workspace, without members.

        A workspace that is named must be one of the user's. Else it is the one that the browser was in last, else the
        first by name.

        Raises:
            Refused: it is none of theirs; the same is told whether there is one of that name or not.
            StoreError: the members cannot be read.
        """
        self._threads = self._threads or CapacityLimiter(4)  # its own: what is shown keeps nobody at the door
        return await to_thread.run_sync(self._standing, request, user, limiter=self._threads)

    def _standing(self, request: Request, user: str | None) -> Standing | None:
        if not self._registry.is_in_force():
            return None
        roles = self._registry.roles(user) if user else {}
        named, texts = request.headers.get(HEADER, "").strip(), texts_of(lang_of(request))
        if named and named not in roles:
            raise Refused(404, texts.get("members.no_workspace", name=shortened(named)))
        if not roles:
            raise Refused(403, texts.get("members.nowhere" if user else "members.nobody"))
        last = _last(request.headers.get("cookie", ""))
        workspace = named or (last if last in roles else sorted(roles)[0])
        return Standing(workspace, roles[workspace])


def lang_of(request: Request) -> str:
    """Return the language to speak to whoever sends a request."""
    return visitor(request.headers.get("cookie"), request.headers.get("accept-language"), "").lang


def _last(cookies: str) -> str:
    try:
        return SimpleCookie(cookies)[WORKSPACE_COOKIE].value
    except (CookieError, KeyError):
        return ""
