"""Who is at the page: the language to speak and whose conversation it is, from what the browser sends."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from http.cookies import CookieError, SimpleCookie
from typing import Any, Protocol

from assistant.members import Role, role_of
from assistant.server.proxies import CLIENT, ROLE, WORKSPACE, user_of
from assistant.texts.catalogue import LANGUAGES, spoken

WORKSPACE_COOKIE = "dixit_workspace"
"""In which workspace the browser was last; page.js keeps it."""
_ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Visitor:
    """One browser.

    Attributes:
        id: a random name that the page's script gave the browser; it outlives a reload.
        lang: the language to speak: the one chosen on the page, else the browser's own.
        person: who it is, as far as is known: the name that somebody logged in with, else the machine's address.
        browser_lang: the language of ours that the browser asks for.
        workspace: in which workspace they ask; empty: there is one, without members.
        role: what they may do there.
    """

    id: str
    lang: str
    person: str = ""
    browser_lang: str = ""
    workspace: str = ""
    role: Role = "administer"


def visitor(
    cookie: str | None, accept_language: str | None, otherwise: str, user: str = "", client: str = ""
) -> Visitor:
    """Read the visitor from request headers.

    Args:
        cookie: the browser's cookies.
        accept_language: the languages that its reader prefers.
        otherwise: the name of one without a cookie of ours.
        user: the name that somebody logged in with, empty when nobody has to; what is kept for one user is never
            another's, not even in the same browser.
        client: the machine's address.
    """
    cookies = _cookies(cookie)
    lang, own = cookies.get("dixit_lang", ""), browser(cookie) or otherwise
    asked_for = spoken(accept_language)
    return Visitor(
        id=f"{user}:{own}" if user else own,
        lang=lang if lang in LANGUAGES else asked_for,
        person=user or client,
        browser_lang=asked_for,
    )


def browser(cookie: str | None) -> str:
    """Return the random name that the page's script gave the browser, by its cookies; empty when it has none."""
    name = _cookies(cookie).get("dixit", "")
    return name if _ID.fullmatch(name) else ""


def _cookies(cookie: str | None) -> dict[str, str]:
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(cookie or "").items()}
    except CookieError:
        return {}


class Request(Protocol):
    """What is read of a request, whoever received it."""

    @property
    def headers(self) -> Any:
        """Its headers, by their names in small letters."""

    session_hash: str | None


def visiting(request: Request) -> Visitor:
    """Return who sent a request that passed the guard."""
    told = request.headers.get
    own = request.session_hash or ""
    who = visitor(told("cookie"), told("accept-language"), own, user_of(request.headers), told(CLIENT, ""))
    workspace = told(WORKSPACE, "")
    role = role_of(told(ROLE, "")) or "read" if workspace else who.role
    return replace(who, workspace=workspace, role=role)
