"""What headers of every reply make a browser forbid: scripts that are not the page's own, frames, guesses, leaks."""

from __future__ import annotations

import base64
import hashlib
import re

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Gradio makes functions of strings ('unsafe-eval') and sets styles; its scripts and ours are known by their hashes,
# so that an event attribute or a script that came in with an article would not run.
_POLICY = (
    "default-src 'none'; script-src {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; manifest-src 'self'; form-action 'self'; "
    "base-uri 'self'; frame-ancestors 'none'"
)
_ALWAYS = {
    "x-frame-options": "DENY",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
_INLINE = re.compile(rb"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.S | re.I)


def policy(page: bytes, *scripts: bytes) -> str:
    """Return the content security policy of a page: its own inline scripts and those named run, and no others."""
    inline = [*_INLINE.findall(page), *scripts]
    hashes = {base64.b64encode(hashlib.sha256(script).digest()).decode() for script in inline}
    return _POLICY.format(
        scripts=" ".join(["'self'", "'unsafe-eval'", *(f"'sha256-{each}'" for each in sorted(hashes))])
    )


def guarded(send: Send, *scripts: bytes) -> Send:
    """Return what sends a reply with those headers; a page is held until it is whole, for its policy.

    ``scripts`` are those that the page puts in by itself once it is there.
    """
    held: list[Message] = []

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _ALWAYS.items():
                headers[name] = value
            if headers.get("content-type", "").startswith("text/html"):
                held.append(message)
                return
            headers["content-security-policy"] = policy(b"")
        elif held:
            held.append(message)
            if message.get("more_body"):
                return
            page = b"".join(part.get("body", b"") for part in held[1:])
            MutableHeaders(scope=held[0])["content-security-policy"] = policy(page, *scripts)
            for part in held:
                await send(part)
            held.clear()
            return
        await send(message)

    return sending


def without_sharing(app: ASGIApp) -> ASGIApp:
    """Return an application that lets no other site read its replies.

    Gradio's own middleware, which stands before all others, allows that to every site that calls this machine by a
    number, and cannot be turned off.
    """

    async def called(scope: Scope, receive: Receive, send: Send) -> None:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                kept = [each for each in message["headers"] if not each[0].lower().startswith(b"access-control-")]
                message = {**message, "headers": kept}
            await send(message)

        await app(scope, receive, sending if scope["type"] == "http" else send)

    return called
