"""Who is at the page: the language to speak and whose conversation it is, from what the browser sends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie

from assistant.words import LANGUAGES, spoken

_ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Visitor:
    """One browser.

    Attributes:
        id: a random name that the page's script gave the browser; it outlives a reload.
        lang: the language to speak: the one chosen on the page, else the browser's own.
    """

    id: str
    lang: str


def visitor(cookie: str | None, accept_language: str | None, otherwise: str) -> Visitor:
    """Read the visitor from request headers; ``otherwise`` is the name of one without a cookie of ours."""
    try:
        cookies = {name: morsel.value for name, morsel in SimpleCookie(cookie or "").items()}
    except CookieError:
        cookies = {}
    name, lang = cookies.get("dixit", ""), cookies.get("dixit_lang", "")
    return Visitor(
        id=name if _ID.fullmatch(name) else otherwise,
        lang=lang if lang in LANGUAGES else spoken(accept_language),
    )
