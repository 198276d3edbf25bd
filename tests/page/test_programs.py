"""Other programs: the documented examples run, and nothing but what they show can be called."""

from __future__ import annotations

import asyncio
import io
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import redirect_stdout
from typing import Any, NamedTuple

import pytest
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client

from tests.page.browser import ARTICLES, ROOT, stand_in

NAMES = [
    "add_article", "ask", "check_feed", "correct_article", "correct_name", "correct_quotation", "count_list",
    "find_quotations", "list_articles", "list_corrections", "list_feeds", "list_jobs", "list_mentions",
    "list_people", "search_articles", "undo_correction", "unwatch_feed", "watch_feed",
]  # fmt: skip


class Ran(NamedTuple):
    """What the examples left: names and values of each package's part, and what was printed."""

    client: dict[str, Any]
    mcp: dict[str, Any]
    printed: str


@pytest.fixture(scope="module")
def apart() -> Iterator[ThreadPoolExecutor]:
    """A thread without the event loop that drives the browser in this one."""
    with ThreadPoolExecutor(1) as apart:
        yield apart


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory, apart: ThreadPoolExecutor) -> Iterator[Ran]:
    """Run the examples of docs/api.md over one article."""
    article = ARTICLES / "lantern-2025-04-02.txt"
    articles = tmp_path_factory.mktemp("articles")
    (articles / article.name).write_bytes(article.read_bytes())
    server = stand_in(tmp_path_factory.mktemp("data"), articles)
    try:
        yield apart.submit(run, server.url).result()
    finally:
        server.stop()


def run(url: str) -> Ran:
    document = (ROOT / "docs" / "api.md").read_text("utf-8").replace("http://127.0.0.1:7860", url)
    parts = [
        "\n".join(re.findall(r"^```python\n(.*?)^```", part, re.M | re.S)) for part in document.split("## Over MCP")
    ]
    client, mcp = dict[str, Any](), dict[str, Any]()
    with redirect_stdout(io.StringIO()) as printed:
        exec(parts[0], client)
        exec(parts[1], mcp)
    return Ran(client, mcp, printed.getvalue())


def test_the_examples_for_gradio_client_run(ran: Ran) -> None:
    held = ran.client
    assert held["answer"]["citations"] == [] or held["answer"]["citations"][0]["speaker"]
    assert {quotation["speaker"] for quotation in held["quotations"]} == {"Dorothy Quill"}
    assert [article["title"] for article in held["articles"]] == ["Sargune harbour works start amid doubts"]
    assert held["added"]["outcome"] == "added"
    assert "A crane is not a quay," in ran.printed


def test_the_examples_over_mcp_run_and_tell_the_same(ran: Ran) -> None:
    for name in ("answer", "quotations"):
        assert ran.mcp[name] == ran.client[name]
    assert ran.client["articles"][0] in ran.mcp["articles"]
    assert ran.mcp["added"]["outcome"] == "added"


def test_an_error_says_what_to_do_instead(ran: Ran, apart: ThreadPoolExecutor) -> None:
    with pytest.raises(Exception, match="'hier' is no day. Write it as 2026-01-31."):
        ran.client["dixit"].predict(since="hier", api_name="/find_quotations")
    asked = apart.submit(lambda: asyncio.run(ran.mcp["call"]("find_quotations", since="hier")))
    with pytest.raises(ValueError, match="'hier' is no day. Write it as 2026-01-31."):
        asked.result()


def test_nothing_else_can_be_called(ran: Ran) -> None:
    endpoints = ran.client["dixit"].view_api(return_format="dict")
    assert sorted(endpoints["named_endpoints"]) == [f"/{name}" for name in NAMES]
    assert not endpoints["unnamed_endpoints"]


def test_the_tools_have_typed_signatures_and_say_what_they_do(ran: Ran, apart: ThreadPoolExecutor) -> None:
    tools = {tool.name: tool for tool in apart.submit(asyncio.run, list_tools(ran.client["dixit"].src)).result()}
    assert sorted(tools) == NAMES
    assert all(tool.description.endswith(".") for tool in tools.values())
    schemas = {name: tool.inputSchema for name, tool in tools.items()}
    assert schemas["ask"]["required"] == ["question"]
    assert set(schemas["add_article"]["properties"]) == {"text", "title", "url"}
    assert schemas["find_quotations"]["properties"]["limit"]["type"] == "integer"
    for schema in schemas.values():
        assert all(
            field["description"] and ("type" in field or "oneOf" in field) for field in schema["properties"].values()
        )


async def list_tools(url: str) -> list[Any]:
    async with (
        streamable_http_client(f"{url.rstrip('/')}/gradio_api/mcp/") as (incoming, outgoing, _),
        ClientSession(incoming, outgoing) as session,
    ):
        await session.initialize()
        return list((await session.list_tools()).tools)
