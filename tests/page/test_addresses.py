"""Addresses on the page, in a real browser, with a real server to fetch from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.page.browser import Server, answer, ask, needs_a_browser, stand_in
from tests.web_server import WebServer, web_server

pytestmark = needs_a_browser


@pytest.fixture(scope="module")
def web() -> Iterator[WebServer]:
    with web_server() as web:
        yield web


@pytest.fixture(scope="module")
def fetching(tmp_path_factory: pytest.TempPathFactory, web: WebServer) -> Iterator[Server]:
    server = stand_in(tmp_path_factory.mktemp("fetching"), TEST_WEB_PORT=web.port)
    yield server
    server.stop()


@pytest.mark.parametrize(
    ("locale", "label", "button", "refused", "gone", "private"),
    [
        ("fr-FR", "Adresse d’une page ou d’un flux", "Récupérer", "refusé", "n’existe pas", "une machine publique"),
        ("en-GB", "Address of a page or a feed", "Fetch", "refused", "there is no such page", "a public machine"),
    ],
)  # fmt: skip
def test_an_address_is_fetched_and_a_bad_one_is_told(
    fetching: Server,
    visit: Any,
    web: WebServer,
    locale: str,
    label: str,
    button: str,
    refused: str,
    gone: str,
    private: str,
) -> None:
    page = visit(fetching, locale=locale)
    good, missing, inside = f"{web.url}/page", f"{web.url}/status/404", "http://169.254.169.254/"
    page.get_by_label(label).fill(f"{good} {missing} {inside}")
    page.locator("#address").get_by_role("button", name=button).click()
    rows = page.locator("#results li")
    expect(rows).to_have_count(3)
    expect(page.get_by_label(label)).to_have_value("")
    expect(rows.filter(has_text=missing)).to_contain_text(refused)
    expect(rows.filter(has_text=missing)).to_contain_text(f"{gone} (404)")
    expect(rows.filter(has_text=inside)).to_contain_text(private)
    rows.filter(has_text=good).locator("a").click()
    expect(page.locator("#panel .verbatim")).to_contain_text("« Nous rouvrirons lundi »")


def test_an_empty_address_is_told(fetching: Server, visit: Any) -> None:
    page = visit(fetching)
    page.get_by_label("Adresse d’une page").press("Enter")
    expect(page.locator("#results")).to_contain_text("Donnez d’abord l’adresse d’une page.")


def test_a_slow_address_does_not_keep_a_question_waiting(fetching: Server, visit: Any, web: WebServer) -> None:
    page = visit(fetching)
    page.get_by_label("Adresse d’une page").fill(f"{web.url}/page")
    page.get_by_label("Adresse d’une page").press("Enter")
    expect(page.locator("#results li")).to_have_count(1)
    page.get_by_label("Adresse d’une page").fill(f"{web.url}/silent")
    page.get_by_label("Adresse d’une page").press("Enter")
    expect(page.locator("#results")).to_contain_text("/silent")
    ask(page, "Que dit Claire Besson ?")
    expect(answer(page).locator(".words").first).to_contain_text("Nous rouvrirons lundi")
    expect(page.locator("#results progress")).to_be_visible()


def test_a_feed_is_watched_and_tells_what_came_in(fetching: Server, visit: Any, web: WebServer) -> None:
    web.entries = ["« Le phare rouvre », a dit Anne Lebrun devant le phare de Sargune, fermé depuis la tempête."]
    page = visit(fetching, locale="en-GB")
    feeds = page.locator("#feeds")
    feeds.get_by_text("Watch a feed").click()
    feeds.get_by_label("Address of a feed").fill(f"{web.url}/watched")
    feeds.get_by_role("button", name="Watch").click()
    expect(feeds).to_contain_text("1 feed watched", timeout=120_000)  # the models are loaded first
    expect(feeds.locator("li li a")).to_have_text("« Le phare rouvre")
    web.entries = [
        "« Le quai ferme », a dit Paul Roux devant le quai de Sargune, ouvert depuis la tempête.",
        *web.entries,
    ]
    feeds.get_by_role("button", name="Look at").click()
    expect(feeds.locator("li li a")).to_have_count(2, timeout=60_000)
    feeds.locator("li li a").first.click()
    expect(page.locator("#panel .verbatim")).to_contain_text("Le quai ferme")
    feeds.get_by_role("button", name="no more").click()
    expect(feeds).to_contain_text("Watch a feed")
