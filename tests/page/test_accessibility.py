"""Everybody can read the page: axe-core finds nothing to mend, in each language and theme, wide and on a telephone."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from assistant.texts.catalogue import Texts
from tests.page.axe import assert_nothing_to_mend
from tests.page.browser import PHONE, Server, answer, ask, button, every_reader, locale, needs_a_browser

pytestmark = needs_a_browser


@every_reader
def test_axe_finds_nothing_to_mend(
    server: Server, visit: Any, texts: Texts, theme: str, viewport: dict[str, int]
) -> None:
    page = visit(server, locale=locale(texts), color_scheme=theme, viewport=viewport)
    expect(page.locator("#questions button").first).to_be_visible()
    assert_nothing_to_mend(page)
    ask(page, {"fr": "Que dit Auguste Mérelle de la météo ?", "en": "What does Dorothy Quill say?"}[texts.lang])
    expect(answer(page).locator(".deeds")).to_be_visible()
    answer(page).locator("a.cite").first.focus()  # its card is shown
    assert_nothing_to_mend(page)
    answer(page).locator("a.cite").first.click()
    expect(page.locator("#panel mark.cited")).to_be_in_viewport()
    assert_nothing_to_mend(page)
    button(page, texts.get("page.speakers")).click()
    expect(page.locator(".statements tbody tr").first).to_be_visible()
    assert_nothing_to_mend(page)
    if viewport == PHONE:
        button(page, texts.get("page.library")).click()
        expect(page.locator("#article-list li").first).to_be_visible()
        assert_nothing_to_mend(page)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_telephone_shows_one_column_at_a_time(server: Server, visit: Any, theme: str) -> None:
    page = visit(server, viewport=PHONE, color_scheme=theme)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    ask(page, "Que dit Auguste Mérelle de la météo ?")
    answer(page).locator("a.cite").first.click()
    expect(page.locator("#panel mark.cited")).to_be_in_viewport()
    expect(page.locator("#box")).to_be_hidden()
    button(page, "Questions").click()
    expect(page.locator("#box textarea")).to_be_visible()
    button(page, "Articles").click()
    expect(page.locator("#article-list li").first).to_be_visible()
    for view in ("Questions", "Articles", "Qui a dit quoi", "Source"):
        button(page, view).click()
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], view
    expect(page.locator(".statements .words").first).to_be_attached()
    for name in ("words", "article"):  # a quotation has the whole width of a telephone, not that of a table's column
        button(page, "Qui a dit quoi").click()
        box = page.locator(f".statements tbody .{name}").first.bounding_box()
        assert box["width"] > 0.9 * (PHONE["width"] - 28), name
