"""The page's own client: its MCP server sends on over HTTP what an MCP client asks for."""

from __future__ import annotations

import secrets
from functools import cache
from typing import TYPE_CHECKING, Any

from starlette.datastructures import Headers

if TYPE_CHECKING:
    from collections.abc import Callable

    from gradio_client import Client

TOKEN = "dixit-itself"
"""The header in which the client proves that it is the page's own; nobody else can know what stands in it."""
MARK = "x-gradio-user"
"""The header in which Gradio's client says so without proof; behind the guard, it is true."""


class Itself:
    """Knows the page's own client by a secret of this process."""

    def __init__(self) -> None:
        self._secret = secrets.token_urlsafe(32)

    def sent(self, headers: Headers) -> bool:
        """Tell whether the page's own client sent a request."""
        return secrets.compare_digest(headers.get(TOKEN, "").encode(), self._secret.encode())

    def client(self, url: str) -> Callable[[], Client]:
        """Return what makes the client, once, as Gradio's MCP server would: it asks for what there is to call."""

        @cache
        def made() -> Any:
            from gradio_client import Client

            return Client(
                url, download_files=False, verbose=False, analytics_enabled=False, ssl_verify=False,
                _skip_components=False, headers={MARK: "mcp", TOKEN: self._secret},
            )  # fmt: skip

        return made
