"""Other programs where people log in: one that gives its name and password asks, one that does not is turned away."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from gradio_client import Client
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client

from assistant.server.passwords import write_password
from tests.page.browser import ARTICLES, Server, stand_in

QUESTION = "What does Dorothy Quill say?"
PASSWORD = "eleven minutes late"


def basic(name: str, password: str = PASSWORD) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()}


OUTSIDE = [{}, basic("ana", "wrong"), basic("ben"), {"x-gradio-user": "mcp"}]
"""What programs send that may not ask."""


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The page for ana, who has a password."""
    users = tmp_path_factory.mktemp("auth") / "users"
    write_password(users, "ana", PASSWORD)
    server = stand_in(tmp_path_factory.mktemp("data"), ARTICLES, DIXIT_AUTH=users)
    yield server
    server.stop()


def over_gradio(url: str, headers: dict[str, str]) -> Any:
    return Client(url, headers=headers, verbose=False).predict(QUESTION, api_name="/ask")


def over_mcp(url: str, headers: dict[str, str]) -> Any:
    async def asked() -> Any:
        async with (
            httpx.AsyncClient(headers=headers, trust_env=False, timeout=60) as http,
            streamable_http_client(f"{url}/gradio_api/mcp/", http_client=http) as (incoming, outgoing, _),
            ClientSession(incoming, outgoing) as session,
        ):
            await session.initialize()
            return json.loads((await session.call_tool("ask", {"question": QUESTION})).content[0].text)

    with ThreadPoolExecutor(1) as apart:  # the browser's event loop may run in this thread
        return apart.submit(asyncio.run, asked()).result()


def test_a_program_that_logs_in_asks(guarded: Server) -> None:
    answer = over_gradio(guarded.url, basic("ana"))
    assert answer == over_mcp(guarded.url, basic("ana"))
    assert {citation["speaker"] for citation in answer["citations"]} == {"Dorothy Quill"}


@pytest.mark.parametrize("headers", OUTSIDE, ids=["nothing", "wrong password", "unknown name", "the server's own mark"])
def test_a_program_that_does_not_is_refused_by_both(guarded: Server, headers: dict[str, str]) -> None:
    with pytest.raises(Exception, match="credentials were not provided|Could not fetch|401"):
        over_gradio(guarded.url, headers)
    with pytest.raises(BaseExceptionGroup) as refused:
        over_mcp(guarded.url, headers)
    assert "401" in str(_first(refused.value))


def _first(error: BaseException) -> BaseException:
    return _first(error.exceptions[0]) if isinstance(error, BaseExceptionGroup) else error
