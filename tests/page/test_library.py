"""The articles of a page that has some: found, sorted, filtered, opened."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import expect

from assistant.texts.catalogue import Texts
from tests.page.browser import Server, in_both_languages, locale, needs_a_browser

pytestmark = needs_a_browser


@in_both_languages
def test_articles_are_searched_sorted_and_filtered(server: Server, visit: Any, texts: Texts) -> None:
    page = visit(server, locale=locale(texts))
    titles = page.locator("#article-list a.open > bdi")
    expect(titles).to_have_count(3)
    expect(titles.first).to_contain_text("Sargune harbour")
    articles = page.locator("#articles")
    articles.get_by_label(texts.get("article_list.sort")).select_option(label=texts.get("article_list.order.oldest"))
    expect(titles.first).to_contain_text("Sargune rouvrira")
    articles.get_by_label(texts.get("article_list.search")).fill("harbours cranes")
    expect(titles).to_have_count(1)
    articles.get_by_label(texts.get("article_list.search")).fill("introuvable")
    expect(page.locator("#article-list")).to_contain_text(texts.get("article_list.none"))
    articles.get_by_label(texts.get("article_list.search")).fill("")
    expect(titles).to_have_count(3)
    outlet = page.locator("#articles").get_by_label(texts.get("article_list.outlet"))
    outlet.select_option("Le Fanal")
    expect(titles).to_have_text([re.compile("Sargune rouvrira")])
    outlet.select_option("")
    expect(titles).to_have_count(3)
    language = page.locator("#articles").get_by_label(texts.get("article_list.language"), exact=True)
    language.select_option(label=texts.entry("languages")["en"])
    expect(titles).to_have_count(2)
