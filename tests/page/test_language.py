"""French and English: by the browser's language, and by choice."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

from assistant.texts.catalogue import Texts, texts_of
from tests.page.browser import Server, answer, ask, button, in_both_languages, locale, needs_a_browser

pytestmark = needs_a_browser


@in_both_languages
def test_the_page_speaks_the_language_of_the_browser(server: Server, visit: Any, texts: Texts) -> None:
    page = visit(server, locale=locale(texts))
    expect(page.locator("#upload")).to_have_text(texts.get("page.upload"))
    expect(page.locator("#article-list .count")).to_have_text(texts.get("article_list.count", count=3))
    expect(page.locator("#questions button").first).to_contain_text({"fr": "Que dit", "en": "What did"}[texts.lang])
    expect(page.locator("#box textarea")).to_have_attribute("placeholder", texts.get("page.ask"))
    expect(page.locator("html")).to_have_attribute("lang", texts.lang)


@in_both_languages
def test_the_other_language_can_be_chosen_and_the_conversation_stays(server: Server, visit: Any, texts: Texts) -> None:
    page = visit(server, locale=locale(texts))
    ask(page, "Que dit Auguste Mérelle de la météo ?")
    expect(answer(page).locator(".deeds")).to_be_visible()
    other = texts_of({"fr": "en", "en": "fr"}[texts.lang])
    button(page, other.lang.upper()).click()
    expect(page.locator("#upload")).to_have_text(other.get("page.upload"))
    day = {"fr": "2 avril 2025", "en": "2 April 2025"}[other.lang]
    expect(page.locator("#article-list .where").first).to_have_text(f"The Lantern, {day}")
    expect(button(page, other.lang.upper())).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[data-testid=user]")).to_have_text("Que dit Auguste Mérelle de la météo ?")
    button(page, other.get("page.speakers")).click()
    expect(page.locator(".statements .date").first).to_have_text(day)
