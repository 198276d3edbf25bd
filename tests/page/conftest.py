"""A browser, and pages served to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from index.catalog import Catalog, open_catalog
from tests.page.browser import ARTICLES, CHROMIUM, FLAGS, WIDE, Server, stand_in


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright, which drives the browser, is missing")
    playwright.expect.set_options(timeout=20_000)  # a busy machine is no failure
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A page over three articles; what tests read, none changes."""
    server = stand_in(tmp_path_factory.mktemp("data"), ARTICLES)
    yield server
    assert server.stop() == 0


@pytest.fixture(scope="session")
def catalog(server: Server) -> Iterator[Catalog]:
    """The catalog that the server writes."""
    catalog = open_catalog(server.data)
    yield catalog
    catalog.close()


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A page over three articles, of one file's tests: each takes back what it changes."""
    server = stand_in(tmp_path_factory.mktemp("harbour"), ARTICLES)
    yield server
    assert server.stop() == 0


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A page without articles, for the tests of one file to fill."""
    server = stand_in(tmp_path_factory.mktemp("empty"))
    yield server
    server.stop()


@pytest.fixture(scope="session")
def contexts(chromium: Any) -> Iterator[dict[str, Any]]:
    """One browser profile for each set of options, so that only the first visit loads the page's files."""
    contexts: dict[str, Any] = {}
    yield contexts
    for context in contexts.values():
        context.close()


@pytest.fixture
def visit(chromium: Any, contexts: dict[str, Any]) -> Iterator[Any]:
    """Open the page; at the end, nothing may have gone wrong in the browser or left the machine."""
    pages, troubles = [], []

    def open_page(server: Server, **options: Any) -> Any:
        options = {"locale": "fr-FR", "viewport": WIDE} | options
        if repr(options) not in contexts:
            contexts[repr(options)] = chromium.new_context(**options)
        page = contexts[repr(options)].new_page()
        pages.append(page)
        page.context.clear_cookies()
        # A reload cuts the streams that are open, and the page says so while it goes.
        cut = re.compile("AbortError|Connection errored out")
        page.on("console", lambda m: m.type == "error" and not cut.search(m.text) and troubles.append(m.text))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        own = (server.url, "data:", "blob:")
        page.on("request", lambda request: request.url.startswith(own) or troubles.append(request.url))
        page.goto(server.url)
        page.locator("#header h1", has_text="Dixit").wait_for()
        page.locator("#articles form").wait_for(state="attached")
        return page

    yield open_page
    for page in pages:
        page.close()
    assert not troubles
